#pragma once
// One recorded sale: who, what, the money of it payment by payment, and everything that may be done
// with it now. Thread contract: UI thread.

#include <optional>

#include "terminal/screens/sale_action.hpp"
#include "terminal/seller_models.hpp"

namespace showfloor::terminal {

class SaleDetailScreen final : public ui::Screen {
   public:
    SaleDetailScreen(Shell& shell, const base::Uuid& sale_id)
        : shell_(shell), sale_id_(sale_id), action_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "sale_detail"; }
    void draw(ui::Context& ui) override;

   private:
    void read();
    void draw_head(ui::Context& ui, ui::Area& page);
    void draw_money(ui::Context& ui, ui::Area& page);
    void draw_payments(ui::Context& ui, ui::Area& page);
    void draw_payment(ui::Context& ui, ui::Area& area, const domain::Payment& payment, bool last);
    void draw_plan(ui::Context& ui, ui::Area& page);
    void draw_actions(ui::Context& ui, ui::Area& page);
    [[nodiscard]] std::int64_t open_minor() const;  // balance without what waits to clear
    [[nodiscard]] std::string money(const ui::Context& ui, std::int64_t minor) const;

    Shell& shell_;
    base::Uuid sale_id_;
    Alive alive_;
    SaleAction action_;
    std::optional<documents::SaleFile> file_;
    Due due_;
    bool reading_ = false, read_once_ = false;
    std::uint64_t read_version_ = 0;
};

}  // namespace showfloor::terminal
