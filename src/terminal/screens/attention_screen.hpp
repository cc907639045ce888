#pragma once
// Needs attention: what was refused, disputed, or is in doubt, each with its story and the choices.
// Nothing here is lost; a person decides. Thread contract: UI thread.

#include <optional>
#include <string>
#include <vector>

#include "terminal/screens/approval.hpp"
#include "terminal/screens/shell.hpp"
#include "terminal/seller_models.hpp"

namespace showfloor::terminal {

class AttentionScreen final : public ui::Screen {
   public:
    explicit AttentionScreen(Shell& shell) : shell_(shell), approval_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "attention"; }
    void draw(ui::Context& ui) override;

   private:
    enum class Decision { kGiveCar, kOtherCar, kRefund };
    void read();
    [[nodiscard]] std::string story_of(const ui::Context& ui, const AttentionItem& item) const;
    void draw_item(ui::Context& ui, ui::Area& page, const AttentionItem& item);
    void draw_more(ui::Context& ui, ui::Area& area, const AttentionItem& item);
    void open_again(const AttentionItem& item);
    void save_diagnostics(ui::Context& ui);
    void draw_choices(ui::Context& ui, ui::Area& area, const AttentionItem& item);
    void choose(const AttentionItem& item, Decision decision);
    void decide(ui::Context& ui, const base::Uuid& other_car);
    void draw_other_car(ui::Context& ui);
    void ask();
    void draw_overdue(ui::Context& ui, ui::Area& page, const SaleLine& sale);

    Shell& shell_;
    Alive alive_;
    std::vector<AttentionItem> items_;
    std::vector<SaleLine> overdue_;
    bool reading_ = false, read_once_ = false;
    std::uint64_t read_version_ = 0;

    std::optional<AttentionItem> deciding_;  // with `decision_`
    Decision decision_ = Decision::kGiveCar;
    bool picking_car_ = false;
    std::string car_words_;
    base::Uuid other_car_;
    Approval approval_;
    bool approved_ = false;
    std::string error_;
    bool decided_ = false;  // said in the next frame
};

}  // namespace showfloor::terminal
