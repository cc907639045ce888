#pragma once
// Leads: what visitors left at a kiosk: a test drive, a call-back, an offer. Claimed, contacted, an
// appointment, won or lost. Thread contract: UI thread.

#include <optional>
#include <string>
#include <vector>

#include "domain/records_leads.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

struct LeadLine {
    domain::Lead lead;
    std::string car_title, terminal_name, owner_name;
};
// Those this person may read, the newest first; read on the reader's thread.
[[nodiscard]] std::vector<LeadLine> read_leads(domain::World& world, const domain::Actor& actor);
// "Test drive: 2022 Toyota Corolla Cross", in the words of the screens.
[[nodiscard]] std::string title_of(const ui::Context& ui, const LeadLine& line);
[[nodiscard]] char32_t icon_of(domain::LeadKind kind);

class LeadsScreen final : public ui::Screen {
   public:
    explicit LeadsScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "leads"; }
    void draw(ui::Context& ui) override;

   private:
    enum class Filter { kNew, kMine, kOpen, kClosed };
    void read();
    [[nodiscard]] bool fits(const LeadLine& line, Filter filter) const;
    void draw_list(ui::Context& ui, ui::Area area);
    void draw_lead(ui::Context& ui, ui::Area& page, const LeadLine& line);
    void draw_choices(ui::Context& ui, ui::Area& area, const LeadLine& line);
    void claim(ui::Context& ui, const base::Uuid& id);
    void move_to(ui::Context& ui, const base::Uuid& id, domain::LeadStatus status);
    void submit(ui::Context& ui, domain::Command command);

    Shell& shell_;
    Alive alive_;
    std::vector<LeadLine> all_;
    Filter filter_ = Filter::kNew;
    bool reading_ = false, ready_ = false, waiting_ = false;
    std::uint64_t read_version_ = 0;
    std::string error_;
};

}  // namespace showfloor::terminal
