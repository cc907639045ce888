#pragma once
// Customers: everybody this person may see, found as one types; and one of them with their sales.
// Thread contract: UI thread.

#include <optional>
#include <string>
#include <vector>

#include "terminal/screens/customer_form.hpp"
#include "terminal/seller_models.hpp"

namespace showfloor::terminal {

class CustomersScreen final : public ui::Screen {
   public:
    explicit CustomersScreen(Shell& shell) : shell_(shell), book_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "customers"; }
    void draw(ui::Context& ui) override;

   private:
    void draw_list(ui::Context& ui, ui::Area area);
    bool draw_form(ui::Context& ui, ui::Area area);  // true while it is open

    Shell& shell_;
    CustomerBook book_;
    std::string words_;
    std::optional<CustomerForm> form_;
    bool saved_ = false;
};

class CustomerScreen final : public ui::Screen {
   public:
    CustomerScreen(Shell& shell, const base::Uuid& id);
    [[nodiscard]] std::string_view name() const override { return "customer"; }
    void draw(ui::Context& ui) override;

   private:
    void read();
    void draw_person(ui::Context& ui, ui::Area& page);
    void draw_sales(ui::Context& ui, ui::Area& page);
    [[nodiscard]] bool may_change() const;

    Shell& shell_;
    base::Uuid id_;
    Alive alive_;
    CustomerBook book_;
    std::optional<domain::Customer> customer_;
    std::vector<SaleLine> sales_;
    std::optional<CustomerForm> form_;
    bool reading_ = false, read_once_ = false;
    std::uint64_t read_version_ = 0;
};

}  // namespace showfloor::terminal
