#pragma once
// Attract: the dealer's own pictures or those of the newest cars, one fading into the next, and one
// invitation. Draws only while one fades; outside opening hours it is dark and still.
// Thread contract: UI thread.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terminal/opening_hours.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class AttractScreen final : public ui::Screen {
   public:
    explicit AttractScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "attract"; }
    void draw(ui::Context& ui) override;
    void on_enter() override;

   private:
    // One picture of the show: the dealer's own, or a car's.
    struct Slide {
        std::string media;
        base::Uuid car_id;
        bool operator==(const Slide&) const = default;
    };
    void collect(bool upright);
    void turn(ui::Context& ui);
    static void shade_words(ui::Context& ui, ui::Area page);
    void draw_show(ui::Context& ui, ui::Area page);
    void draw_slide(ui::Context& ui, ui::Area page, const Slide& slide, float shown);
    void draw_closed(ui::Context& ui, ui::Area page, const OpeningHours::Moment& opens);
    void draw_alone(ui::Context& ui, ui::Area page);
    void draw_car(ui::Context& ui, ui::Area area, const domain::Car& car);
    void draw_invitation(ui::Context& ui, ui::Area area);
    void draw_choices(ui::Context& ui, ui::Area area);
    // Nothing while the branch is open, or nobody knows.
    [[nodiscard]] std::optional<OpeningHours::Moment> opens_at(ui::Context& ui) const;

    Shell& shell_;
    std::vector<Media> media_;
    std::shared_ptr<Catalogue> catalogue_;  // what the slides were collected from
    bool collected_upright_ = false, collected_ = false;
    std::uint64_t images_seen_ = 0;
    std::vector<Slide> slides_;
    std::optional<Slide> now_, before_;
    std::size_t next_ = 0;
    std::int64_t since_ms_ = 0, next_at_ms_ = 0;
    Alive alive_;
};

}  // namespace showfloor::terminal
