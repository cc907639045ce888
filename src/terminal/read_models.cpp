#include "terminal/read_models.hpp"

#include <algorithm>

#include "domain/command.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostLines = 200;

// What an item speaks of: the sale named by its arguments or by its invoice or payment.
base::Uuid sale_of(domain::World& world, const std::string& command, const base::Json& args) {
    const auto id = [&](const char* name) {
        return base::Uuid::parse(base::text_member(args, name)).value_or(base::Uuid{});
    };
    if (command == "record_sale") return id("id");
    if (!id("sale_id").is_nil()) return id("sale_id");
    if (const auto invoice = world.get<domain::Invoice>(id("invoice_id"))) return invoice->sale_id;
    if (const auto payment = world.get<domain::Payment>(id("payment_id"))) return payment->sale_id;
    return {};
}

void describe_sale(domain::World& world, const base::Json& args, AttentionItem& item) {
    item.sale_id = sale_of(world, item.command, args);
    item.car_id = base::Uuid::parse(base::text_member(args, "car_id")).value_or(base::Uuid{});
    item.customer_id =
        base::Uuid::parse(base::text_member(args, "customer_id")).value_or(base::Uuid{});
    if (const auto sale = world.get<domain::Sale>(item.sale_id)) {
        item.car_id = sale->car_id;
        item.customer_id = sale->customer_id;
        if (const auto invoice = world.get<domain::Invoice>(sale->invoice_id))
            item.invoice_number = invoice->number;
    }
    if (const auto car = world.get<domain::Car>(item.car_id))
        item.car_title = std::to_string(car->year) + " " + car->make + " " + car->model;
    if (const auto customer = world.get<domain::Customer>(item.customer_id))
        item.customer_name = customer->first_name + " " + customer->last_name;
}

SaleSide side_of(domain::World& world, const domain::Sale& sale) {
    SaleSide side{sale.id, {}, {}, {}, sale.sale_date};
    if (const auto invoice = world.get<domain::Invoice>(sale.invoice_id))
        side.invoice_number = invoice->number;
    if (const auto branch = world.get<domain::Branch>(sale.branch_id)) side.branch = branch->name;
    if (const auto terminal = world.get<domain::Terminal>(sale.terminal_id))
        side.terminal = terminal->name.empty() ? terminal->code : terminal->name;
    return side;
}

// The sale and the one it contends with: of the same car, and not taken back.
void describe_dispute(domain::World& world, AttentionItem& item) {
    const auto sale = world.get<domain::Sale>(item.sale_id);
    if (!sale) return;
    item.own = side_of(world, *sale);
    const auto all = world.find<domain::Sale>(
        {.where = {{"car_id", sale->car_id.to_string()}}, .limit = kMostLines});
    for (const domain::Sale& one : all) {
        using domain::SaleStatus;
        const bool stands = one.status == SaleStatus::kCompleted ||
                            one.status == SaleStatus::kDelivered ||
                            one.status == SaleStatus::kDisputed;
        if (one.id == sale->id || one.archived || !stands) continue;
        item.other = side_of(world, one);
        if (one.status != SaleStatus::kDisputed) return;  // who has the car now
    }
}

}  // namespace

std::optional<documents::SaleFile> read_sale_file(domain::World& world, const base::Uuid& sale_id) {
    const auto sale = world.get<domain::Sale>(sale_id);
    if (!sale) return std::nullopt;
    documents::SaleFile file;
    file.sale = *sale;
    file.branch = world.get<domain::Branch>(sale->branch_id).value_or(domain::Branch{});
    file.customer = world.get<domain::Customer>(sale->customer_id).value_or(domain::Customer{});
    file.car = world.get<domain::Car>(sale->car_id).value_or(domain::Car{});
    file.invoice = world.get<domain::Invoice>(sale->invoice_id).value_or(domain::Invoice{});
    const std::string invoice_id = file.invoice.id.to_string();
    const auto of_invoice = [&](std::string_view order_by) {
        return domain::Query{
            .where = {{"invoice_id", invoice_id}}, .order_by = order_by, .limit = kMostLines};
    };
    file.lines = world.find<domain::InvoiceLine>(of_invoice("position"));
    file.payments = world.find<domain::Payment>(of_invoice("id"));
    std::stable_sort(file.payments.begin(), file.payments.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    file.receipts = world.find<domain::Receipt>(of_invoice("id"));
    std::stable_sort(file.receipts.begin(), file.receipts.end(),
                     [](const auto& a, const auto& b) { return a.number < b.number; });
    file.credit_notes = world.find<domain::CreditNote>(of_invoice("id"));
    if (const auto seller = world.get<domain::User>(sale->seller_id))
        file.seller_name = seller->first_name + " " + seller->last_name;
    return file;
}

AttentionItem tell(domain::World& world, const sync::InboxItem& inbox,
                   const std::optional<Person>& person) {
    AttentionItem item;
    item.command_id = inbox.command_id;
    item.number = inbox.number;
    item.kind = sync::name_of(inbox.kind);
    item.command = inbox.command;
    item.code = inbox.code;
    item.args = inbox.args;
    item.details = inbox.details;
    item.occurred_at = inbox.occurred_at;
    describe_sale(world, inbox.args, item);
    if (inbox.kind == sync::InboxKind::kDisputed) describe_dispute(world, item);
    const auto sale = world.get<domain::Sale>(item.sale_id);
    if (person && sale && sale->status == domain::SaleStatus::kDisputed) {
        const domain::Actor actor{person->user_id, person->role, person->branch_id, false};
        item.can_decide = domain::may(
            actor, domain::Area::kSaleDecisions, domain::Action::kChange,
            domain::facts_of(world, domain::describe<domain::Sale>(), domain::to_row(*sale)));
    }
    return item;
}

AttentionItem tell_doubt(domain::World& world, const sync::Entry& entry) {
    AttentionItem item;
    item.command_id = entry.id;
    item.kind = "in_doubt";
    item.command = entry.name;
    item.code = entry.doubt;
    item.occurred_at = entry.occurred_at;
    if (const auto command = domain::command_from_body(entry.body))
        describe_sale(world, command->args, item);
    return item;
}

}  // namespace showfloor::terminal
