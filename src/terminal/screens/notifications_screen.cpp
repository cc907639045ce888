#include "terminal/screens/notifications_screen.hpp"

#include <algorithm>

#include "terminal/screens/seller_frame.hpp"
#include "terminal/screens/seller_words.hpp"
#include "ui/scroll.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostNotes = 500;
constexpr std::size_t kMostValues = 4'000;

bool holds(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

char32_t icon_of(const std::string& type) {
    if (type == "dispute" || type == "review") return ui::icons::kReport;
    if (type == "sale") return ui::icons::kSell;
    if (type == "invoice" || type == "receipt") return ui::icons::kReceiptLong;
    if (type == "lead") return ui::icons::kPhoneCallback;
    if (type == "assistance") return ui::icons::kSupportAgent;
    if (type == "inventory") return ui::icons::kDirectionsCar;
    if (type == "customer" || type == "sign_up") return ui::icons::kPerson;
    if (type == "sync" || type == "terminal_offline") return ui::icons::kSyncProblem;
    if (type == "low_stock") return ui::icons::kInventory2;
    return ui::icons::kNotifications;
}

}  // namespace

std::vector<domain::Notification> read_notifications(domain::World& world,
                                                     const domain::Actor& actor) {
    std::vector<domain::Notification> notes;
    const std::string me = actor.user_id.to_string();
    for (auto& note : world.find<domain::Notification>(
             {.where = {}, .order_by = "id", .descending = true, .limit = kMostNotes})) {
        if (note.archived || holds(note.dismissed_by, me) || !domain::concerns(actor, note))
            continue;
        notes.push_back(std::move(note));
    }
    return notes;
}

bool is_read(const domain::Notification& note, const base::Uuid& user_id) {
    return note.resolved_at != 0 || holds(note.read_by, user_id.to_string());
}

void NotificationsScreen::read() {
    if (reading_ || read_version_ == shell_.app.version() || !shell_.app.person()) return;
    reading_ = true;
    read_version_ = shell_.app.version();
    auto fresh = std::make_shared<std::vector<domain::Notification>>();
    shell_.app.read([fresh, actor = actor_of(*shell_.app.person())](
                        domain::World& world) { *fresh = read_notifications(world, actor); },
                    [this, fresh, alive = alive_.token()] {
                        if (alive.expired()) return;
                        reading_ = false;
                        if (shell_.app.link().unreadable) return;
                        ready_ = true;
                        all_ = std::move(*fresh);
                    });
}

// What changes here is small and comes again by itself: a refusal is not worth a word.
void NotificationsScreen::submit(const char* command, const base::Uuid& id) {
    domain::Command draft;
    draft.name = command;
    draft.args = {{"notification_id", id.to_string()}};
    shell_.app.submit(std::move(draft), [this, alive = alive_.token()](const Submitted&) {
        if (!alive.expired()) read_version_ = 0;
    });
}

std::string NotificationsScreen::words_of(const ui::Context& ui,
                                          const domain::Notification& note) const {
    const auto values = base::parse_json(note.values, kMostValues);
    const auto text_of = [&](const char* name) {
        return values ? base::text_member(*values, name) : std::string();
    };
    std::string amount;
    if (values && values->contains("amount_minor") && (*values)["amount_minor"].is_number_integer())
        amount = money_of(ui, (*values)["amount_minor"].get<std::int64_t>(), text_of("currency"));
    const std::string key = ui.strings().has(note.message) ? note.message : "notification.other";
    const std::string car = text_of("car");
    return ui.tr(key, {{"car", car.empty() ? std::string(ui.tr("notification.a_car")) : car},
                       {"amount", amount},
                       {"number", text_of("number")},
                       {"kind", word_or(ui, "leads.kind_" + text_of("kind"), text_of("kind"))},
                       {"terminal", text_of("terminal")}});
}

void NotificationsScreen::open(const domain::Notification& note) {
    if (!is_read(note, shell_.app.person()->user_id)) submit("read_notification", note.id);
    if (note.type == "dispute" || note.type == "review") return shell_.to_attention();
    if (note.type == "lead") return shell_.to_leads();
    if (note.type == "sync") return shell_.to_sync();
    if (note.record == "sale") return shell_.to_sale_detail(note.record_id);
    if (note.record == "customer") return shell_.to_customer(note.record_id);
    if (note.record == "car") return shell_.to_car(note.record_id);
}

void NotificationsScreen::draw_note(ui::Context& ui, ui::Area area,
                                    const domain::Notification& note, bool last) {
    const bool seen = is_read(note, shell_.app.person()->user_id);
    const std::string id = note.id.to_string();
    ui::Area line = area;
    const ui::Area end = line.cut_end(64, ui::space::k8);
    if (list_row(ui, line,
                 {.id = ui.keep("note:" + id),
                  .title = ui.keep(words_of(ui, note)),
                  .subtitle = ui.keep(age_of(ui, note.occurred_at, shell_.app.now())),
                  .icon = icon_of(note.type),
                  .trailing = seen ? std::string_view() : ui.tr("notification.new"),
                  .trailing_ink = ui::Ink::kAccent,
                  .divider = !last,
                  .list = "notes"}))
        open(note);
    if (icon_button(ui, end.centred(56, 56),
                    {.id = ui.keep("dismiss:" + id),
                     .label = ui.tr("notification.dismiss"),
                     .icon = ui::icons::kClose,
                     .plain = true}))
        submit("dismiss_notification", note.id);
}

void NotificationsScreen::draw(ui::Context& ui) {
    read();
    auto page = seller_page(ui, shell_, Section::kNotifications);
    if (!page) return;
    const base::Uuid me = shell_.app.person()->user_id;
    const bool unread =
        std::any_of(all_.begin(), all_.end(), [&](const auto& note) { return !is_read(note, me); });
    ui::Button all_read{};
    if (unread) all_read = {.id = "all_read", .label = ui.tr("notification.all_read")};
    if (page_title(ui, *page, ui.tr("section.notifications"), all_read))
        for (const auto& note : all_)
            if (!is_read(note, me)) submit("read_notification", note.id);
    if (!ready_) {
        if (says_unreadable(ui, *page, shell_.app)) return;
        for (int i = 0; i < 5; ++i)
            skeleton(ui, page->cut_top(72, ui::space::k16));
        return;
    }
    if (all_.empty()) {
        empty_state(ui, *page,
                    {.id = "no_notes",
                     .icon = ui::icons::kNotifications,
                     .title = ui.tr("notification.none"),
                     .words = ui.tr("notification.none_hint")});
        return;
    }
    rows_in_card(
        ui, *page, {.id = "notes", .count = all_.size(), .item_height = ui::kRowHeight},
        [&](std::size_t i, ui::Area row) { draw_note(ui, row, all_[i], i + 1 == all_.size()); });
}

}  // namespace showfloor::terminal
