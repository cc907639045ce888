// Which scopes a row belongs to (feed.hpp).

#include <algorithm>

#include "central/feed.hpp"
#include "domain/records.hpp"
#include "domain/records_deliveries.hpp"
#include "domain/records_own.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::central {

namespace {

using domain::describe;
using domain::Description;
using domain::Row;

const std::string kPublic = "public";

std::string text_at(const Description& record, const Row& row, std::string_view field) {
    const domain::Field* found = record.find(field);
    if (found == nullptr) return {};
    const auto* text = std::get_if<std::string>(&row[record.index_of(field)]);
    return text == nullptr ? std::string() : *text;
}

std::int64_t integer_at(const Description& record, const Row& row, std::string_view field) {
    const auto* value = std::get_if<std::int64_t>(&row[record.index_of(field)]);
    return value == nullptr ? 0 : *value;
}

std::string branch_scope(const std::string& branch_id) {
    return "branch:" + branch_id;
}

// What speaks of cars and customers: its branch must hold them.
const std::vector<const Description*>& speakers() {
    static const std::vector<const Description*> all = {&describe<domain::Sale>(),
                                                        &describe<domain::ServiceTicket>()};
    return all;
}

// Branches that sold this car or to this customer, or have it in their workshop.
void add_branches_of_speakers(domain::World& world, std::string_view field, const std::string& id,
                              std::vector<std::string>& scopes) {
    for (const Description* record : speakers()) {
        for (const Row& row : world.find_rows(*record, {.where = {{field, id}}}))
            scopes.push_back(branch_scope(text_at(*record, row, "branch_id")));
    }
}

void scopes_of_car(domain::World& world, const Row& row, std::vector<std::string>& scopes) {
    const Description& car = describe<domain::Car>();
    if (integer_at(car, row, "archived") == 0) {
        scopes.push_back(kPublic);
        return;
    }
    scopes.push_back(branch_scope(text_at(car, row, "branch_id")));
    add_branches_of_speakers(world, "car_id", text_at(car, row, "id"), scopes);
}

void scopes_of_user(const Row& row, std::vector<std::string>& scopes) {
    const Description& user = describe<domain::User>();
    const std::string role = text_at(user, row, "role");
    if (role == "supplier" || role == "customer") return;
    const std::string branch = text_at(user, row, "branch_id");
    scopes.push_back(branch.empty() ? kPublic : branch_scope(branch));
}

void scopes_of_notification(domain::World& world, const Row& row,
                            std::vector<std::string>& scopes) {
    const auto note = domain::from_row<domain::Notification>(row);
    if (!note || note->archived) return;
    if (!note->branch_id.is_nil()) {
        scopes.push_back(branch_scope(note->branch_id.to_string()));
    } else if (!note->user_id.is_nil()) {
        if (const auto user = world.get_row(describe<domain::User>(), note->user_id))
            scopes_of_user(*user, scopes);
    } else if (std::find(note->audience.begin(), note->audience.end(), "admin") !=
               note->audience.end()) {
        scopes.push_back(kPublic);  // admins of all branches may stand at any terminal
    }
}

// A row that belongs where its parent does.
void scopes_of_parent(domain::World& world, const Description& record, const Row& row,
                      std::string_view field, const Description& parent,
                      std::vector<std::string>& scopes) {
    const auto id = base::Uuid::parse(text_at(record, row, field));
    if (!id) return;
    if (const auto found = world.get_row(parent, *id)) scopes = scopes_of(world, parent, *found);
}

void scopes_by_description(const Description& record, const Row& row,
                           std::vector<std::string>& scopes) {
    if (record.synced == domain::Synced::kPublic) {
        scopes.push_back(kPublic);
    } else if (record.synced == domain::Synced::kBranch) {
        const std::string branch = text_at(record, row, "branch_id");
        if (!branch.empty()) scopes.push_back(branch_scope(branch));
    }
}

}  // namespace

std::vector<std::string> scopes_of(domain::World& world, const Description& record,
                                   const Row& row) {
    std::vector<std::string> scopes;
    if (record.synced == domain::Synced::kNever) return scopes;
    if (&record == &describe<domain::Car>()) {
        scopes_of_car(world, row, scopes);
    } else if (&record == &describe<domain::CarImage>()) {
        if (integer_at(record, row, "archived") == 0)
            scopes_of_parent(world, record, row, "car_id", describe<domain::Car>(), scopes);
    } else if (&record == &describe<domain::User>()) {
        scopes_of_user(row, scopes);
    } else if (&record == &describe<domain::Terminal>()) {
        scopes.push_back("terminal:" + text_at(record, row, "id"));
    } else if (&record == &describe<domain::Verifier>()) {
        if (integer_at(record, row, "archived") == 0)
            scopes.push_back("terminal:" + text_at(record, row, "terminal_id"));
    } else if (&record == &describe<domain::Customer>()) {
        scopes_by_description(record, row, scopes);
        add_branches_of_speakers(world, "customer_id", text_at(record, row, "id"), scopes);
    } else if (&record == &describe<domain::OwnedItem>()) {
        scopes_of_parent(world, record, row, "user_id", describe<domain::User>(), scopes);
    } else if (&record == &describe<domain::InvoiceLine>()) {
        scopes_of_parent(world, record, row, "invoice_id", describe<domain::Invoice>(), scopes);
    } else if (&record == &describe<domain::Notification>()) {
        scopes_of_notification(world, row, scopes);
    } else {
        scopes_by_description(record, row, scopes);
    }
    std::sort(scopes.begin(), scopes.end());
    scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
    return scopes;
}

std::vector<std::pair<const Description*, Row>> dependants_of(domain::World& world,
                                                              const domain::Change& change) {
    std::vector<std::pair<const Description*, Row>> dependants;
    const Description& record = *change.record;
    if (&record == &describe<domain::Car>()) {
        // Pictures go where their car goes; only archiving and its undoing move a car.
        const std::int64_t before =
            change.before ? integer_at(record, *change.before, "archived") : 0;
        if (before == integer_at(record, change.after, "archived")) return dependants;
        const Description& image = describe<domain::CarImage>();
        for (Row& row : world.find_rows(image, {.where = {{"car_id", change.id.to_string()}}}))
            dependants.emplace_back(&image, std::move(row));
    } else if (&record == &describe<domain::User>()) {
        // What somebody keeps here goes where they go.
        const bool moved = change.before && text_at(record, *change.before, "branch_id") !=
                                                text_at(record, change.after, "branch_id");
        if (!moved) return dependants;
        const Description& item = describe<domain::OwnedItem>();
        for (Row& row : world.find_rows(item, {.where = {{"user_id", change.id.to_string()}}}))
            dependants.emplace_back(&item, std::move(row));
    } else if (std::find(speakers().begin(), speakers().end(), &record) != speakers().end()) {
        const bool speaks_anew = !change.before || text_at(record, *change.before, "car_id") !=
                                                       text_at(record, change.after, "car_id");
        if (!speaks_anew) return dependants;
        // The selling branch must hold the car and the customer its sale speaks of.
        const auto add = [&](const Description& parent, std::string_view field) {
            const auto id = base::Uuid::parse(text_at(record, change.after, field));
            if (!id) return;
            if (auto row = world.get_row(parent, *id)) {
                const bool needed = &parent == &describe<domain::Car>()
                                        ? integer_at(parent, *row, "archived") != 0
                                        : text_at(parent, *row, "branch_id") !=
                                              text_at(record, change.after, "branch_id");
                if (needed) dependants.emplace_back(&parent, std::move(*row));
            }
        };
        add(describe<domain::Car>(), "car_id");
        add(describe<domain::Customer>(), "customer_id");
    }
    return dependants;
}

}  // namespace showfloor::central
