// AppImpl: the papers of a sale, as PDF and to the printer.
#include <utility>

#include "base/file.hpp"
#include "base/paths.hpp"
#include "documents/pdf_canvas.hpp"
#include "terminal/app_impl.hpp"
#include "terminal/drives.hpp"
#include "terminal/printer.hpp"
#include "terminal/read_models.hpp"

namespace showfloor::terminal {

namespace {

base::Result<std::string> paper_bytes(const documents::SaleFile& file, App::PaperKind kind,
                                      std::size_t index, const text::Strings& strings,
                                      std::string& number) {
    using Kind = App::PaperKind;
    const bool receipt = kind == Kind::kReceiptA4 || kind == Kind::kReceiptRoll;
    if ((receipt && index >= file.receipts.size()) ||
        (kind == Kind::kCreditNote && index >= file.credit_notes.size()))
        return base::fail(base::ErrorKind::kNotFound, "There is no such paper for this sale.");
    number = receipt                     ? file.receipts[index].number
             : kind == Kind::kCreditNote ? file.credit_notes[index].number
                                         : file.invoice.number;
    SHOWFLOOR_ASSIGN(const auto canvas,
                     documents::PdfCanvas::create(number, strings.locale().direction));
    if (receipt) {
        documents::draw_receipt(
            *canvas, file, file.receipts[index],
            kind == Kind::kReceiptA4 ? documents::Paper::kA4 : documents::Paper::kRoll80, strings);
    } else if (kind == Kind::kCreditNote) {
        documents::draw_credit_note(*canvas, file, file.credit_notes[index], strings);
    } else {
        documents::draw_invoice(*canvas, file, strings);
    }
    return canvas->finish();
}

}  // namespace

void AppImpl::sale_file(base::Uuid sale_id,
                        std::function<void(std::optional<documents::SaleFile>)> done) {
    auto file = std::make_shared<std::optional<documents::SaleFile>>();
    read([file, sale_id](domain::World& world) { *file = read_sale_file(world, sale_id); },
         [file, done] { done(*file); });
}

base::Result<AppImpl::MadePaper> AppImpl::make_paper(const documents::SaleFile& file,
                                                     PaperKind kind, std::size_t index) const {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(const auto strings, text::Strings::load(assets + "/strings", options_.locale));
    MadePaper made;
    SHOWFLOOR_ASSIGN(made.pdf, paper_bytes(file, kind, index, strings, made.number));
    return made;
}

void AppImpl::save_pdf(documents::SaleFile file, PaperKind kind, std::size_t index,
                       std::function<void(base::Result<std::string>)> done) {
    // Drawing a PDF takes tens of milliseconds, and no sale waits for it.
    const bool posted = post_errand([this, file = std::move(file), kind, index, done] {
        const auto save = [&]() -> base::Result<std::string> {
            SHOWFLOOR_ASSIGN(const MadePaper made, make_paper(file, kind, index));
            const auto drive = removable_drive();
            if (!drive) SHOWFLOOR_TRY(base::make_folders(folder_.papers(), 0700));
            const std::string path = drive.value_or(folder_.papers()) + "/" + made.number + ".pdf";
            SHOWFLOOR_TRY(base::write_file(path, made.pdf, 0600));
            return path;
        };
        later([done, result = logged("paper", save())] { done(result); });
    });
    if (!posted) later([done] { done(stuck()); });
}

void AppImpl::print(documents::SaleFile file, PaperKind kind, std::size_t index,
                    std::function<void(base::Result<void>)> done) {
    const bool posted = post_errand([this, file = std::move(file), kind, index, done] {
        const auto made = make_paper(file, kind, index);
        const auto printed =
            made ? print_paper(made->pdf, made->number) : base::Result<void>(made.error());
        later([done, printed = logged("print", printed)] { done(printed); });
    });
    if (!posted) later([done] { done(stuck()); });
}

}  // namespace showfloor::terminal
