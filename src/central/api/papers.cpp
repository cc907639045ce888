// The papers of a sale as PDF, drawn when they are asked for.

#include "central/papers.hpp"

#include "base/log.hpp"
#include "central/api/answer.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using domain::describe;
using net::HttpResponse;

HttpResponse pdf_answer(const std::string& number, base::Result<std::string> pdf) {
    if (!pdf) {
        // Fonts or words that are not installed are our own fault and nobody else's business.
        base::log(base::LogLevel::kError, "paper", {{"error", pdf.error().message}});
        return problem_answer(500, "internal", "The paper could not be drawn; it was logged.");
    }
    HttpResponse response;
    response.headers["Content-Type"] = "application/pdf";
    // Numbers hold letters, figures and dashes only: they are made by us.
    response.headers["Content-Disposition"] = "inline; filename=\"" + number + ".pdf\"";
    response.body = std::move(pdf).value();
    return response;
}

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
    return pdf_answer(invoice->number, invoice_paper(world, *invoice));
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
    return pdf_answer(receipt->number, receipt_paper(world, *receipt, paper));
}

HttpResponse credit_note_pdf(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto note = visible<domain::CreditNote>(call, world);
    if (!note) return world.failure() ? error_answer(*world.failure()) : not_found();
    return pdf_answer(note->number, credit_note_paper(world, *note));
}

}  // namespace

void add_paper_routes(std::vector<Route>& table) {
    const auto add = [&table](const char* plural, const char* what, auto handler) {
        Route route;
        route.method = "GET";
        route.path = std::string("/api/v1/") + plural + "/{id}/pdf";
        route.area = domain::Area::kSales;
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
}

}  // namespace showfloor::central
