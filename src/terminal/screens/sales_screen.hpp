#pragma once
// Sales, and Invoices: the same records seen twice. Sales asks what became of each; Invoices asks
// what is still to be paid. Found as one types. Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"
#include "terminal/seller_models.hpp"

namespace showfloor::terminal {

class SalesScreen final : public ui::Screen {
   public:
    enum class View { kSales, kInvoices };
    SalesScreen(Shell& shell, View view) : shell_(shell), view_(view) {}
    [[nodiscard]] std::string_view name() const override {
        return view_ == View::kSales ? "sales" : "invoices";
    }
    void draw(ui::Context& ui) override;

   private:
    struct Filter {
        const char* id;  // "delivered"; the words are "sales.filter_delivered"
        bool (*fits)(const SaleLine& line);
    };
    [[nodiscard]] static const std::vector<Filter>& filters(View view);

    void read();
    void find();
    void draw_filters(ui::Context& ui, ui::Area& page);
    void draw_list(ui::Context& ui, ui::Area area);
    void draw_line(ui::Context& ui, ui::Area area, const SaleLine& line, bool last);

    Shell& shell_;
    View view_;
    Alive alive_;
    bool reading_ = false, ready_ = false;
    std::uint64_t read_version_ = 0;
    std::vector<SaleLine> all_;
    std::vector<std::size_t> found_;
    std::size_t filter_ = 0;
    std::string words_;
};

// "Paid", "KES 350,000 open", in the colour of its meaning.
struct StateWords {
    std::string words;
    ui::Ink ink = ui::Ink::kQuiet;
};
[[nodiscard]] StateWords sale_state(const ui::Context& ui, domain::SaleStatus status);
[[nodiscard]] StateWords balance_state(const ui::Context& ui, const SaleLine& line);

}  // namespace showfloor::terminal
