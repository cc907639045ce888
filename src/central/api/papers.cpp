// The papers of a sale as PDF, drawn when they are asked for.

#include "base/log.hpp"
#include "base/paths.hpp"
#include "central/api/answer.hpp"
#include "documents/pdf_canvas.hpp"
#include "documents/sale_documents.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using domain::describe;
using domain::Value;
using net::HttpResponse;

constexpr std::size_t kMostParts = 1000;  // lines, payments and receipts of one invoice

template <typename T>
std::vector<T> parts_of(domain::World& world, std::string_view link, const base::Uuid& id) {
    return world.find<T>({.where = {{link, Value{id.to_string()}}}, .limit = kMostParts});
}

// Everything the papers of this invoice name. Absent records leave their part of the file empty.
documents::SaleFile file_of(domain::World& world, const domain::Invoice& invoice) {
    documents::SaleFile file;
    file.invoice = invoice;
    file.branch = world.get<domain::Branch>(invoice.branch_id).value_or(domain::Branch{});
    file.customer = world.get<domain::Customer>(invoice.customer_id).value_or(domain::Customer{});
    file.sale = world.get<domain::Sale>(invoice.sale_id).value_or(domain::Sale{});
    file.car = world.get<domain::Car>(file.sale.car_id).value_or(domain::Car{});
    file.lines =
        world.find<domain::InvoiceLine>({.where = {{"invoice_id", Value{invoice.id.to_string()}}},
                                         .order_by = "position",
                                         .limit = kMostParts});
    file.payments = parts_of<domain::Payment>(world, "invoice_id", invoice.id);
    file.receipts = parts_of<domain::Receipt>(world, "invoice_id", invoice.id);
    file.credit_notes = parts_of<domain::CreditNote>(world, "invoice_id", invoice.id);
    if (const auto seller = world.get<domain::User>(invoice.seller_id))
        file.seller_name = seller->first_name + " " + seller->last_name;
    return file;
}

// The branch's language, English when there are no words in it.
base::Result<text::Strings> strings_for(const domain::Branch& branch) {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    const std::string language = branch.locale.substr(0, branch.locale.find_first_of("-_"));
    const bool plain =
        !language.empty() && language.size() <= 3 &&
        language.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    if (plain) {
        if (auto words = text::Strings::load(assets + "/strings", language)) return words;
    }
    return text::Strings::load(assets + "/strings", "en");
}

using Draw =
    std::function<void(documents::Canvas&, const documents::SaleFile&, const text::Strings&)>;

base::Result<std::string> pdf_of(const documents::SaleFile& file, const std::string& title,
                                 const Draw& draw) {
    SHOWFLOOR_ASSIGN(const text::Strings strings, strings_for(file.branch));
    SHOWFLOOR_ASSIGN(auto canvas, documents::PdfCanvas::create(title));
    draw(*canvas, file, strings);
    return canvas->finish();
}

HttpResponse pdf_answer(const documents::SaleFile& file, const std::string& number,
                        const Draw& draw) {
    auto pdf = pdf_of(file, number, draw);
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
    const auto file = file_of(world, *invoice);
    if (world.failure()) return error_answer(*world.failure());
    return pdf_answer(
        file, invoice->number,
        [](documents::Canvas& canvas, const documents::SaleFile& sale,
           const text::Strings& strings) { documents::draw_invoice(canvas, sale, strings); });
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
    const auto invoice = receipt ? world.get<domain::Invoice>(receipt->invoice_id) : std::nullopt;
    if (!invoice) return world.failure() ? error_answer(*world.failure()) : not_found();
    const auto file = file_of(world, *invoice);
    if (world.failure()) return error_answer(*world.failure());
    const auto paper = roll ? documents::Paper::kRoll80 : documents::Paper::kA4;
    return pdf_answer(file, receipt->number,
                      [&](documents::Canvas& canvas, const documents::SaleFile& sale,
                          const text::Strings& strings) {
                          documents::draw_receipt(canvas, sale, *receipt, paper, strings);
                      });
}

HttpResponse credit_note_pdf(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto note = visible<domain::CreditNote>(call, world);
    const auto invoice = note ? world.get<domain::Invoice>(note->invoice_id) : std::nullopt;
    if (!invoice) return world.failure() ? error_answer(*world.failure()) : not_found();
    const auto file = file_of(world, *invoice);
    if (world.failure()) return error_answer(*world.failure());
    return pdf_answer(file, note->number,
                      [&](documents::Canvas& canvas, const documents::SaleFile& sale,
                          const text::Strings& strings) {
                          documents::draw_credit_note(canvas, sale, *note, strings);
                      });
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
