// Owned items: what somebody keeps here for themself. Nobody else sees them, whoever it is.

#include "domain/command_parts.hpp"
#include "domain/handlers.hpp"
#include "domain/money.hpp"
#include "domain/records_own.hpp"

namespace showfloor::domain {

namespace {

using Stopped = std::optional<Outcome>;

struct CreateItem : OwnedItem {};
struct ItemId {
    Uuid item_id;
};

const Description& update_args() {
    static const Description d = args_like("update_item", describe<OwnedItem>(), {}, true);
    return d;
}

}  // namespace

template <>
const Description& describe<CreateItem>() {
    static const Description d = args_like("create_item", describe<OwnedItem>(), {}, false);
    return d;
}

template <>
const Description& describe<ItemId>() {
    using F = build::Of<ItemId>;
    static const Description d{"archive_item",
                               "",
                               {F::id<&ItemId::item_id>("item_id", "owned_item").require()},
                               Synced::kNever,
                               {}};
    return d;
}

namespace {

// A price has a currency: as given, else the branch's.
Stopped check_currency(Handling& handling, OwnedItem& item) {
    if (item.currency.empty()) {
        if (const auto branch = handling.world.get<Branch>(handling.actor.branch_id))
            item.currency = branch->currency;
    }
    if (item.currency.empty() && item.price_minor == 0) return std::nullopt;
    if (!minor_digits(item.currency)) return refuse(Code::kInvalid, "currency");
    return std::nullopt;
}

// What is somebody else's does not exist.
Stopped find_item(Handling& handling, const Uuid& id, Action action, const char* field,
                  std::optional<OwnedItem>& item) {
    item = handling.world.get<OwnedItem>(id);
    if (!item) return refuse(Code::kNotFound, field);
    return check_right(handling, Area::kItems, action, facts_about(handling, *item));
}

Outcome create_item(Handling& handling) {
    OwnedItem item = handling.as<CreateItem>();
    if (auto stopped = check_new<OwnedItem>(handling, item.id)) return *stopped;
    item.user_id = handling.actor.user_id;
    if (auto stopped =
            check_right(handling, Area::kItems, Action::kCreate, facts_about(handling, item)))
        return *stopped;
    if (auto stopped = check_currency(handling, item)) return *stopped;
    base::Json details = {{"item_id", item.id.to_string()}};
    handling.put(std::move(item));
    return done(handling, std::move(details));
}

Outcome update_item(Handling& handling) {
    std::optional<OwnedItem> item;
    if (auto stopped = find_item(handling, changed_id(handling), Action::kChange, "id", item))
        return *stopped;
    if (item->archived) return refuse(Code::kWrongState, "id");
    apply_changes_to(handling, *item);
    if (auto stopped = check_currency(handling, *item)) return *stopped;
    handling.put(std::move(*item));
    return done(handling);
}

Outcome archive_item(Handling& handling) {
    std::optional<OwnedItem> item;
    if (auto stopped =
            find_item(handling, handling.as<ItemId>().item_id, Action::kDelete, "item_id", item))
        return *stopped;
    if (item->archived) return refuse(Code::kAlreadyDone, "item_id");
    item->archived = true;
    handling.put(std::move(*item));
    return done(handling);
}

}  // namespace

std::vector<CommandSpec> item_commands() {
    using enum Code;
    CommandSpec create =
        central_command("create_item", Area::kItems, Action::kCreate, describe<CreateItem>(),
                        &run_with<CreateItem, &create_item>, {kAlreadyDone, kNotAllowed, kInvalid});
    CommandSpec update =
        central_command("update_item", Area::kItems, Action::kChange, update_args(), &update_item,
                        {kNotFound, kNotAllowed, kWrongState, kInvalid});
    update.changes = true;
    CommandSpec archive =
        central_command("archive_item", Area::kItems, Action::kDelete, describe<ItemId>(),
                        &run_with<ItemId, &archive_item>, {kNotFound, kNotAllowed, kAlreadyDone});
    create.from_terminal = update.from_terminal = archive.from_terminal = true;
    return {std::move(create), std::move(update), std::move(archive)};
}

}  // namespace showfloor::domain
