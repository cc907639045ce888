// The ways between the screens of those who are signed in. Sections stand beside each other (a
// touch on the rail leaves one for the other), what is looked at closely stands over its section.

#include "terminal/screens/attention_screen.hpp"
#include "terminal/screens/customers_screen.hpp"
#include "terminal/screens/home_screen.hpp"
#include "terminal/screens/leads_screen.hpp"
#include "terminal/screens/notifications_screen.hpp"
#include "terminal/screens/profile_screen.hpp"
#include "terminal/screens/receipt_screen.hpp"
#include "terminal/screens/sale_detail_screen.hpp"
#include "terminal/screens/sale_screen.hpp"
#include "terminal/screens/sales_screen.hpp"
#include "terminal/screens/service_screen.hpp"
#include "terminal/screens/shell.hpp"
#include "terminal/screens/sign_in_screen.hpp"
#include "terminal/screens/sync_screen.hpp"

namespace showfloor::terminal {

void Shell::to_sign_in() {
    navigator.push(std::make_unique<SignInScreen>(*this));
}

void Shell::after_sign_in() {
    navigator.pop();
    if (navigator.top() == nullptr || navigator.top()->name() != "car") to_home();
}

void Shell::to_home() {
    navigator.reset(std::make_unique<HomeScreen>(*this));
}

void Shell::to_sale(const base::Uuid& car_id) {
    navigator.push(std::make_unique<SaleScreen>(*this, car_id));
}

void Shell::to_draft(const Draft& draft) {
    navigator.push(std::make_unique<SaleScreen>(*this, draft));
}

void Shell::to_receipt(const base::Uuid& sale_id) {
    navigator.replace(std::make_unique<ReceiptScreen>(*this, sale_id, true));
}

void Shell::to_attention() {
    navigator.reset(std::make_unique<AttentionScreen>(*this));
}

void Shell::to_sales() {
    navigator.reset(std::make_unique<SalesScreen>(*this, SalesScreen::View::kSales));
}
void Shell::to_invoices() {
    navigator.reset(std::make_unique<SalesScreen>(*this, SalesScreen::View::kInvoices));
}
void Shell::to_sale_detail(const base::Uuid& sale_id) {
    navigator.push(std::make_unique<SaleDetailScreen>(*this, sale_id));
}
void Shell::to_customers() {
    navigator.reset(std::make_unique<CustomersScreen>(*this));
}
void Shell::to_customer(const base::Uuid& id) {
    navigator.push(std::make_unique<CustomerScreen>(*this, id));
}
void Shell::to_leads() {
    navigator.reset(std::make_unique<LeadsScreen>(*this));
}
void Shell::to_notifications() {
    navigator.reset(std::make_unique<NotificationsScreen>(*this));
}
void Shell::to_sync() {
    navigator.reset(std::make_unique<SyncScreen>(*this));
}
void Shell::to_profile() {
    navigator.reset(std::make_unique<ProfileScreen>(*this));
}
void Shell::to_service() {
    navigator.push(std::make_unique<ServiceScreen>(*this));
}

void Shell::sign_out() {
    app.sign_out();
    to_browse();
}

}  // namespace showfloor::terminal
