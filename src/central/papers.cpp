#include "central/papers.hpp"

#include <functional>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/log.hpp"
#include "central/blobs.hpp"
#include "central/figures/report_lines.hpp"
#include "central/words.hpp"
#include "documents/pdf_canvas.hpp"
#include "domain/records_orders.hpp"
#include "imaging/decode.hpp"

namespace showfloor::central {

namespace {

using domain::Value;

constexpr std::size_t kMostBilled = 16 * 1024;
// Decoded for every paper on the thread that draws it: 16 MB at the most, and any upload fits.
constexpr std::size_t kMaxLogoBytes = 4UL * 1024 * 1024;
constexpr std::uint64_t kMaxLogoPixels = 4'000'000;
constexpr std::size_t kMostParts = 1000;  // lines, payments and receipts of one invoice

template <typename T>
std::vector<T> parts_of(domain::World& world, std::string_view link, const base::Uuid& id) {
    return world.find<T>({.where = {{link, Value{id.to_string()}}}, .limit = kMostParts});
}

// Who was erased since is named by what the invoice keeps for tax law.
void name_billed(const domain::Invoice& invoice, domain::Customer& customer) {
    const auto kept = base::parse_json(invoice.bill_to, kMostBilled);
    if (!kept || !kept->is_object()) return;
    customer.first_name = base::text_member(*kept, "first_name");
    customer.last_name = base::text_member(*kept, "last_name");
    customer.company_name = base::text_member(*kept, "company_name");
    customer.tax_number = base::text_member(*kept, "tax_number");
    customer.address = base::text_member(*kept, "address");
}

// What is wrong with a logo is no reason to keep a paper back.
documents::Picture logo_of(const Store& store, const domain::Branch& branch) {
    if (!is_blob_name(branch.logo)) return {};
    const auto bytes = base::read_file(blob_path(store, branch.logo), kMaxLogoBytes);
    auto image = bytes ? imaging::decode(base::as_bytes(*bytes),
                                         {.max_bytes = kMaxLogoBytes, .max_pixels = kMaxLogoPixels})
                       : base::Result<imaging::Image>(bytes.error());
    if (!image) {
        base::log(base::LogLevel::kWarning, "logo",
                  {{"branch", branch.code}, {"why", image.error().message}});
        return {};
    }
    return {branch.logo, std::make_shared<const imaging::Image>(std::move(*image))};
}

// Everything the papers of this invoice name. Absent records leave their part of the file empty.
documents::SaleFile file_of(domain::World& world, const domain::Invoice& invoice) {
    documents::SaleFile file;
    file.invoice = invoice;
    file.branch = world.get<domain::Branch>(invoice.branch_id).value_or(domain::Branch{});
    file.customer = world.get<domain::Customer>(invoice.customer_id).value_or(domain::Customer{});
    if (!invoice.bill_to.empty()) name_billed(invoice, file.customer);
    file.sale = world.get<domain::Sale>(invoice.sale_id).value_or(domain::Sale{});
    file.car = world.get<domain::Car>(file.sale.car_id).value_or(domain::Car{});
    if (const auto ticket = world.get<domain::ServiceTicket>(invoice.ticket_id))
        file.car = car_of_ticket(world, *ticket);
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

// A deposit that was taken before there is an invoice: the car, whom it is kept for, the price.
documents::SaleFile file_of(domain::World& world, const domain::Reservation& kept) {
    documents::SaleFile file;
    file.branch = world.get<domain::Branch>(kept.branch_id).value_or(domain::Branch{});
    file.customer = world.get<domain::Customer>(kept.customer_id).value_or(domain::Customer{});
    if (file.customer.first_name.empty()) file.customer.first_name = kept.walk_in_name;
    file.car = world.get<domain::Car>(kept.car_id).value_or(domain::Car{});
    file.payments = parts_of<domain::Payment>(world, "reservation_id", kept.id);
    file.receipts = parts_of<domain::Receipt>(world, "reservation_id", kept.id);
    if (const auto seller = world.get<domain::User>(kept.seller_id))
        file.seller_name = seller->first_name + " " + seller->last_name;
    return file;
}

base::Result<const text::Strings*> strings_for(const domain::Branch& branch) {
    return words_or_english("strings", branch.locale);
}

using Draw =
    std::function<void(documents::Canvas&, const documents::SaleFile&, const text::Strings&)>;

template <typename Deal>
base::Result<std::string> pdf_of(const Store& store, domain::World& world, const Deal& deal,
                                 const std::string& title, const Draw& draw) {
    documents::SaleFile file = file_of(world, deal);
    if (world.failure()) return *world.failure();
    file.logo = logo_of(store, file.branch);
    SHOWFLOOR_ASSIGN(const text::Strings* strings, strings_for(file.branch));
    SHOWFLOOR_ASSIGN(auto canvas, documents::PdfCanvas::create(title, strings->locale().direction));
    draw(*canvas, file, *strings);
    return canvas->finish();
}

base::Error no_invoice() {
    return base::fail(base::ErrorKind::kNotFound, "The paper's invoice is not there.");
}

}  // namespace

domain::Car car_of_ticket(domain::World& world, const domain::ServiceTicket& ticket) {
    if (auto car = world.get<domain::Car>(ticket.car_id)) return *std::move(car);
    domain::Car car;
    car.model = ticket.vehicle.empty() ? ticket.plate : ticket.vehicle;
    car.vin = ticket.vin;
    return car;
}

base::Result<std::string> invoice_paper(const Store& store, domain::World& world,
                                        const domain::Invoice& invoice) {
    return pdf_of(
        store, world, invoice, invoice.number,
        [](documents::Canvas& canvas, const documents::SaleFile& sale,
           const text::Strings& strings) { documents::draw_invoice(canvas, sale, strings); });
}

base::Result<std::string> receipt_paper(const Store& store, domain::World& world,
                                        const domain::Receipt& receipt, documents::Paper paper) {
    const auto draw = [&](documents::Canvas& canvas, const documents::SaleFile& sale,
                          const text::Strings& strings) {
        documents::draw_receipt(canvas, sale, receipt, paper, strings);
    };
    if (const auto kept = world.get<domain::Reservation>(receipt.reservation_id);
        kept && receipt.invoice_id.is_nil())
        return pdf_of(store, world, *kept, receipt.number, draw);
    const auto invoice = world.get<domain::Invoice>(receipt.invoice_id);
    if (!invoice) return no_invoice();
    return pdf_of(store, world, *invoice, receipt.number, draw);
}

base::Result<std::string> credit_note_paper(const Store& store, domain::World& world,
                                            const domain::CreditNote& note) {
    const auto invoice = world.get<domain::Invoice>(note.invoice_id);
    if (!invoice) return no_invoice();
    return pdf_of(store, world, *invoice, note.number,
                  [&](documents::Canvas& canvas, const documents::SaleFile& sale,
                      const text::Strings& strings) {
                      documents::draw_credit_note(canvas, sale, note, strings);
                  });
}

base::Result<std::string> report_paper(const Store& store, domain::World& world,
                                       const domain::Report& report) {
    const auto sale = world.get<domain::Sale>(report.sale_id);
    const auto invoice = world.get<domain::Invoice>(sale ? sale->invoice_id : base::Uuid{});
    if (!invoice) return no_invoice();
    const bool taken_back =
        world.find_one<domain::Report>({{"reverses_id", report.id.to_string()}}).has_value();
    return pdf_of(store, world, *invoice, invoice->number,
                  [&](documents::Canvas& canvas, const documents::SaleFile& file,
                      const text::Strings& strings) {
                      documents::draw_report(canvas, file, report, taken_back, strings);
                  });
}

base::Result<std::string> reports_paper(const Store& store, database::Connection& connection,
                                        domain::World& world, const ReportRange& range,
                                        const base::Uuid& asked_by, base::UtcMs now) {
    documents::ReportFile file;
    SHOWFLOOR_ASSIGN(file.lines, report_lines(connection, range));
    const auto asks = world.get<domain::User>(asked_by).value_or(domain::User{});
    file.branch = world.get<domain::Branch>(range.branch_id).value_or(domain::Branch{});
    if (file.branch.id.is_nil()) file.branch.locale = asks.locale;
    // Whose name may not be this person's to see: it is known from sales alone.
    if (!range.seller_id.is_nil())
        file.only_seller = file.lines.empty() ? "–" : file.lines.front().seller;
    file.from = range.from;
    file.before = range.before;
    file.by_month = range.by_month;
    file.by_branch = range.by_branch;
    file.by_seller = range.by_seller;
    file.made_for = asks.first_name + " " + asks.last_name;
    file.made_at = now;
    file.logo = logo_of(store, file.branch);
    if (world.failure()) return *world.failure();
    SHOWFLOOR_ASSIGN(const text::Strings* strings, strings_for(file.branch));
    SHOWFLOOR_ASSIGN(auto canvas, documents::PdfCanvas::create(strings->get("document.report"),
                                                               strings->locale().direction));
    documents::draw_reports(*canvas, file, *strings);
    return canvas->finish();
}

}  // namespace showfloor::central
