#include "terminal/screens/approval.hpp"

namespace showfloor::terminal {

void Approval::open(std::string_view why, std::function<void(Person)> done) {
    why_ = why;
    done_ = std::move(done);
    accepted_ = false;
    panel_.emplace(
        shell_,
        [this](SignIn who, auto answered) {
            shell_.app.approve(std::move(who), std::move(answered));
        },
        [this](Person person) {
            accepted_ = true;  // the panel is still in its callback; it goes with the next frame
            done_(std::move(person));
        });
}

void Approval::draw(ui::Context& ui) {
    if (accepted_) panel_.reset();
    accepted_ = false;
    if (!panel_) return;
    ui::Modal sheet(ui, "approval", std::min(980.F, ui.screen().width() - 48), 720);
    ui::Area& area = sheet.area();
    label(ui, area.cut_top(44, ui::space::k4), ui.tr("approval.title"), ui::Style::kTitle);
    paragraph(ui, area, ui.tr(why_), ui::Style::kBody, ui::Ink::kQuiet);
    area.skip(ui::space::k16);
    panel_->draw(ui, area, ui.tr("approval.action"));
    if (sheet.dismissed()) panel_.reset();
}

}  // namespace showfloor::terminal
