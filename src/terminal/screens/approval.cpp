#include "terminal/screens/approval.hpp"

#include "domain/rights.hpp"

namespace showfloor::terminal {

namespace {

// Whether such a person decides about a sale of this branch that is not their own.
bool may_approve(const Shell& shell, const SignInTile& tile) {
    domain::Actor actor;
    actor.role = role_of(tile);
    actor.branch_id = shell.app.branch().id;
    const domain::Facts facts{.branch_id = actor.branch_id,
                              .owner_id = {},
                              .subject_role = domain::Role::kNobody,
                              .subject_id = {}};
    return domain::may(actor, domain::Area::kSaleDecisions, domain::Action::kChange, facts);
}

}  // namespace

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
        },
        [this](const SignInTile& tile) { return may_approve(shell_, tile); });
}

void Approval::draw(ui::Context& ui) {
    if (accepted_) panel_.reset();
    accepted_ = false;
    if (!panel_) return;
    // As high as what is asked; it grows when somebody was chosen.
    const float width = std::min(980.F, ui.screen().width() - 48);
    const auto lines =
        ui.painter().wrap(ui.tr(why_), ui.text(ui::Style::kBody), width - 2 * ui::space::k32);
    const float words = static_cast<float>(lines.size()) * line_height(ui, ui::Style::kBody);
    ui::Modal sheet(
        ui, "approval", width,
        2 * ui::space::k32 + ui::kSheetHead + words + ui::space::k16 + panel_->height());
    ui::Area& area = sheet.area();
    const bool left = sheet_head(ui, area, "close_approval", ui.tr("approval.title"), 0);
    paragraph(ui, area, ui.tr(why_), ui::Style::kBody, ui::Ink::kQuiet);
    area.skip(ui::space::k16);
    panel_->draw(ui, area, ui.tr("approval.action"));
    if (left || sheet.dismissed()) panel_.reset();
}

}  // namespace showfloor::terminal
