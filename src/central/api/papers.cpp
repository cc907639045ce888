// The papers of one record as PDF, drawn when they are asked for.

#include "central/papers.hpp"

#include "central/api/answer.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using domain::describe;
using net::HttpResponse;

// The record with the path's id, when this person may see it.
template <typename T>
std::optional<T> visible(Call& call, domain::World& world) {
    const auto id = base::Uuid::parse(call.id);
    const auto row = id ? world.get_row(describe<T>(), *id) : std::nullopt;
    if (!row || !domain::view_of(call.actor(), describe<T>(), *row, world)) return std::nullopt;
    auto record = domain::from_row<T>(*row);
    if (!record) return std::nullopt;
    return std::move(record).value();
}

HttpResponse invoice_pdf(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto invoice = visible<domain::Invoice>(call, world);
    if (!invoice) return world.failure() ? error_answer(*world.failure()) : not_found();
    return pdf_answer(invoice->number,
                      invoice_paper(call.parts.processor.store(), world, *invoice));
}

HttpResponse receipt_pdf(Call& call) {
    const auto asked = call.request.query.find("paper");
    const bool roll = asked != call.request.query.end() && asked->second == "roll80";
    if (asked != call.request.query.end() && !roll && asked->second != "a4")
        return problem_answer(400, "invalid", "paper is a4 or roll80.",
                              {{"paper", "invalid", "a4 or roll80."}});
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto receipt = visible<domain::Receipt>(call, world);
    if (!receipt) return world.failure() ? error_answer(*world.failure()) : not_found();
    const auto paper = roll ? documents::Paper::kRoll80 : documents::Paper::kA4;
    return pdf_answer(receipt->number,
                      receipt_paper(call.parts.processor.store(), world, *receipt, paper));
}

HttpResponse credit_note_pdf(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto note = visible<domain::CreditNote>(call, world);
    if (!note) return world.failure() ? error_answer(*world.failure()) : not_found();
    return pdf_answer(note->number, credit_note_paper(call.parts.processor.store(), world, *note));
}

HttpResponse report_pdf(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto report = visible<domain::Report>(call, world);
    if (!report) return world.failure() ? error_answer(*world.failure()) : not_found();
    return pdf_answer("report", report_paper(call.parts.processor.store(), world, *report));
}

}  // namespace

void add_paper_routes(std::vector<Route>& table) {
    const auto add = [&table](const char* plural, const char* what, auto handler,
                              domain::Area area = domain::Area::kSales) {
        Route route;
        route.method = "GET";
        route.path = std::string("/api/v1/") + plural + "/{id}/pdf";
        route.area = area;
        route.action = domain::Action::kRead;
        route.handle = handler;
        route.operation = std::string(what) + "_pdf";
        route.summary = "The paper as PDF.";
        route.answer = Route::Answer::kFile;
        table.push_back(std::move(route));
    };
    add("invoices", "invoice", invoice_pdf);
    add("receipts", "receipt", receipt_pdf);
    add("credit-notes", "credit_note", credit_note_pdf);
    add("reports", "report", report_pdf, domain::Area::kConfidential);
}

}  // namespace showfloor::central
