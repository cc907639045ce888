#include "central/mail/mail_queue.hpp"

#include "base/check.hpp"
#include "central/mail/limits.hpp"
#include "domain/records.hpp"
#include "domain/records_goods.hpp"
#include "domain/records_orders.hpp"
#include "domain/records_workshop.hpp"

namespace showfloor::central {

namespace {

using database::Cell;
using domain::describe;

struct Queue {
    database::Connection& connection;
    const domain::Command& command;
    const domain::Context& context;
    base::Random& random;
    int made = 0;

    base::Result<void> to_customer(std::string_view kind, const base::Uuid& customer_id,
                                   const base::Uuid& record_id) {
        return to(Recipient::kCustomer, kind, customer_id, record_id);
    }
    base::Result<void> to(Recipient recipient, std::string_view kind,
                          const base::Uuid& recipient_id, const base::Uuid& record_id) {
        if (recipient_id.is_nil()) return {};
        NewMail mail;
        mail.id = domain::derive_id(command.id, "mail", made++);
        mail.kind = kind;
        mail.recipient = recipient;
        mail.recipient_id = recipient_id;
        mail.record_id = record_id;
        return queue_mail(connection, std::move(mail), context.received_at, random);
    }
};

base::Result<void> follow_payment(Queue& queue, const domain::Change& change) {
    const auto now = domain::from_row<domain::Payment>(change.after);
    if (!now || now->amount_minor <= 0) return {};
    if (now->invoice_id.is_nil()) return {};  // a deposit: these letters speak of an invoice
    domain::PaymentStatus before = domain::PaymentStatus::kCleared;
    if (change.before) {
        if (const auto was = domain::from_row<domain::Payment>(*change.before))
            before = was->status;
    }
    // A cleared one has a receipt, which is a letter of its own.
    if (!change.before && now->status == domain::PaymentStatus::kPending)
        return queue.to_customer("payment_noted", now->customer_id, now->id);
    if (change.before && before == domain::PaymentStatus::kPending &&
        now->status == domain::PaymentStatus::kFailed)
        return queue.to_customer("payment_failed", now->customer_id, now->id);
    return {};
}

// The vehicle can be fetched; the invoice is with this letter, not one of its own.
base::Result<void> follow_ticket(Queue& queue, const domain::Change& change) {
    const auto now = domain::from_row<domain::ServiceTicket>(change.after);
    if (!now || now->status != domain::TicketStatus::kDone) return {};
    if (change.before) {
        const auto was = domain::from_row<domain::ServiceTicket>(*change.before);
        if (was && was->status == now->status) return {};
    }
    return queue.to_customer("ticket_done", now->customer_id, now->id);
}

// Ordered from a supplier, or called off; goods that stand at the door are no news to them.
base::Result<void> follow_incoming(Queue& queue, domain::World& world,
                                   const domain::Change& change) {
    using Status = domain::IncomingStatus;
    const auto now = domain::from_row<domain::IncomingOrder>(change.after);
    if (!now) return {};
    if (!change.before) {
        if (now->status != Status::kPending) return {};
        return queue.to(Recipient::kSupplier, "supplier_order", now->supplier_id, now->id);
    }
    const auto was = domain::from_row<domain::IncomingOrder>(*change.before);
    const bool called_off = was && now->status == Status::kCancelled &&
                            (was->status == Status::kPending || was->status == Status::kShipped);
    if (!called_off) return {};
    const auto supplier = world.get<domain::Supplier>(now->supplier_id);
    const bool by_themselves =
        supplier && !supplier->user_id.is_nil() && supplier->user_id == queue.command.actor_id;
    if (by_themselves) return {};
    return queue.to(Recipient::kSupplier, "supplier_order_cancelled", now->supplier_id, now->id);
}

// A customer's order was noted, or called off; handed out, it comes with its invoice.
base::Result<void> follow_outgoing(Queue& queue, const domain::Change& change) {
    using Status = domain::OrderStatus;
    const auto now = domain::from_row<domain::OutgoingOrder>(change.after);
    if (!now) return {};
    if (!change.before) {
        if (now->status != Status::kPending) return {};
        return queue.to_customer("order_noted", now->customer_id, now->id);
    }
    const auto was = domain::from_row<domain::OutgoingOrder>(*change.before);
    if (!was || was->status == now->status || now->status != Status::kCancelled) return {};
    return queue.to_customer("order_cancelled", now->customer_id, now->id);
}

// A ticket's invoice comes with the letter that it is done.
base::Result<void> follow_invoice(Queue& queue, const domain::Change& change) {
    const auto invoice = domain::from_row<domain::Invoice>(change.after);
    if (change.before || !invoice || !invoice->ticket_id.is_nil()) return {};
    return queue.to_customer(invoice->order_id.is_nil() ? "invoice" : "order", invoice->customer_id,
                             invoice->id);
}

}  // namespace

crypto::Key256 mail_key(const crypto::Key256& token_key) {
    return crypto::derive_key(token_key.bytes(), {}, "mail");
}

std::string mail_place(const base::Uuid& id) {
    return "mail/" + id.to_string();
}

base::Result<void> queue_mail(database::Connection& connection, NewMail mail, base::UtcMs now,
                              base::Random& random, const crypto::Key256* key) {
    if (mail.id.is_nil()) mail.id = base::Uuid::v7(now, random);
    Cell sealed;
    if (!mail.secret.is_null()) {
        SHOWFLOOR_CHECK(key != nullptr, "a secret letter needs the key of letters");
        SHOWFLOOR_ASSIGN(auto bytes,
                         crypto::seal(*key, base::as_bytes(base::dump_json(mail.secret)),
                                      base::as_bytes(mail_place(mail.id)), random));
        sealed = std::move(bytes);
        // A newer secret makes the older one worthless.
        SHOWFLOOR_TRY(connection.run(
            "UPDATE mail SET state = 'dropped', sealed = NULL, last_error = 'replaced' "
            "WHERE recipient_id = ?1 AND kind = ?2 AND state IN ('waiting', 'stuck')",
            {Cell(mail.recipient_id.to_string()), Cell(std::string(mail.kind))}));
    }
    return connection.run(
        "INSERT OR IGNORE INTO mail (id, kind, recipient, recipient_id, record_id, sealed, state, "
        "queued_at, next_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, ?7, ?8)",
        {Cell(mail.id.to_string()), Cell(std::string(mail.kind)),
         Cell(std::string(kRecipientNames[static_cast<std::size_t>(mail.recipient)])),
         Cell(mail.recipient_id.to_string()),
         Cell(mail.record_id.is_nil() ? std::string() : mail.record_id.to_string()),
         std::move(sealed), Cell(now), Cell(mail.expires_at)});
}

base::Result<void> queue_mails_of(database::Connection& connection, domain::World& world,
                                  const domain::Command& command, const domain::Context& context,
                                  const std::vector<domain::Change>& changes,
                                  base::Random& random) {
    if (context.system) return {};
    Queue queue{connection, command, context, random};
    for (const domain::Change& change : changes) {
        if (change.record == &describe<domain::Payment>()) {
            SHOWFLOOR_TRY(follow_payment(queue, change));
        } else if (change.record == &describe<domain::ServiceTicket>()) {
            SHOWFLOOR_TRY(follow_ticket(queue, change));
        } else if (change.record == &describe<domain::IncomingOrder>()) {
            SHOWFLOOR_TRY(follow_incoming(queue, world, change));
        } else if (change.record == &describe<domain::OutgoingOrder>()) {
            SHOWFLOOR_TRY(follow_outgoing(queue, change));
        } else if (change.record == &describe<domain::Invoice>()) {
            SHOWFLOOR_TRY(follow_invoice(queue, change));
        } else if (change.before) {
            continue;
        } else if (change.record == &describe<domain::Customer>()) {
            SHOWFLOOR_TRY(queue.to_customer("customer_welcome", change.id, change.id));
        } else if (change.record == &describe<domain::Receipt>()) {
            if (const auto receipt = domain::from_row<domain::Receipt>(change.after))
                SHOWFLOOR_TRY(queue.to_customer("receipt", receipt->customer_id, receipt->id));
        }
    }
    return {};
}

base::Result<MailFigures> mail_figures(database::Connection& connection) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection.prepare("SELECT state, COUNT(*), MIN(queued_at) FROM mail WHERE "
                                        "state IN ('waiting', 'stuck') GROUP BY state"));
    MailFigures figures;
    while (true) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return figures;
        if (statement.text(0) == "stuck") {
            figures.stuck = statement.integer(1);
        } else {
            figures.waiting = statement.integer(1);
            figures.oldest_at = statement.integer(2);
        }
    }
}

base::Result<base::Json> list_mail(database::Connection& connection, std::string_view state) {
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection.prepare("SELECT id, kind, recipient, recipient_id, record_id, state, queued_at, "
                           "next_at, attempts, sent_at, last_error FROM mail WHERE state = ?1 OR "
                           "(?1 = '' AND state IN ('waiting', 'stuck')) "
                           "ORDER BY queued_at DESC, id DESC LIMIT ?2"));
    statement.bind(1, std::string(state));
    statement.bind(2, static_cast<std::int64_t>(kMailListed));
    base::Json list = base::Json::array();
    while (true) {
        SHOWFLOOR_ASSIGN(const bool found, statement.step());
        if (!found) return list;
        list.push_back({{"id", statement.text(0)},
                        {"kind", statement.text(1)},
                        {"recipient", statement.text(2)},
                        {"recipient_id", statement.text(3)},
                        {"record_id", statement.text(4)},
                        {"state", statement.text(5)},
                        {"queued_at", statement.integer(6)},
                        {"next_at", statement.integer(7)},
                        {"attempts", statement.integer(8)},
                        {"sent_at", statement.integer(9)},
                        {"last_error", statement.text(10)}});
    }
}

base::Result<std::int64_t> retry_mail(database::Connection& connection, std::string_view id,
                                      base::UtcMs now) {
    // One that is being sent this moment is left alone: a second sender would double it.
    SHOWFLOOR_TRY(connection.run(
        "UPDATE mail SET state = 'waiting', next_at = ?1, queued_at = CASE state WHEN 'stuck' "
        "THEN ?1 ELSE queued_at END WHERE state IN ('waiting', 'stuck') AND claimed = 0 AND "
        "(?2 = '' OR id = ?2)",
        {Cell(now), Cell(std::string(id))}));
    return connection.changes();
}

base::Result<void> forget_old_mail(database::Connection& connection, base::UtcMs now) {
    return connection.run("DELETE FROM mail WHERE state IN ('sent', 'dropped') AND queued_at < ?1",
                          {Cell(now - kMailKeptMs)});
}

}  // namespace showfloor::central
