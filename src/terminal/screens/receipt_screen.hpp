#pragma once
// Receipt: the papers of a sale as they are: on screen, printed, as a PDF. Says plainly that the
// sale is safe here, and whether central has it. Thread contract: UI thread.

#include <optional>
#include <string>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class ReceiptScreen final : public ui::Screen {
   public:
    // `after_sale`: the sale was recorded a moment ago, and the way on is home.
    ReceiptScreen(Shell& shell, const base::Uuid& sale_id, bool after_sale = false)
        : shell_(shell), sale_id_(sale_id), after_sale_(after_sale) {}
    [[nodiscard]] std::string_view name() const override { return "receipt"; }
    void draw(ui::Context& ui) override;

   private:
    void read();
    void find_logo();
    void leave();
    void choose(ui::Context& ui, App::PaperKind kind, std::size_t index);
    void draw_paper(ui::Context& ui, ui::Area area);
    void draw_size(ui::Context& ui, ui::Rect seen, ui::Rect paper);
    void draw_side(ui::Context& ui, ui::Area& area);
    void draw_papers(ui::Context& ui, ui::Area& area);
    void draw_actions(ui::Context& ui, ui::Area& area);
    void print(ui::Context& ui);
    void save(ui::Context& ui);

    Shell& shell_;
    base::Uuid sale_id_;
    bool after_sale_;
    Alive alive_;
    std::optional<documents::SaleFile> file_;
    bool reading_ = false, read_once_ = false;
    std::uint64_t read_version_ = 0;
    App::PaperKind kind_ = App::PaperKind::kReceiptRoll;
    std::size_t index_ = 0;
    bool large_ = false;  // an A4 page as wide as can be, not whole
    bool printing_ = false;
    std::string done_words_, error_;  // of the last print or save
};

}  // namespace showfloor::terminal
