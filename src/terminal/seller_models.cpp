#include "terminal/seller_models.hpp"

#include <algorithm>

#include "search/fold.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kPage = 500;
constexpr base::UtcMs kDayMs = 86'400'000;
constexpr std::size_t kMostDue = 20;

std::vector<domain::Where> scope_of(const domain::Actor& actor) {
    const auto reach = domain::reach_of(actor, domain::Area::kSales, domain::Action::kRead);
    if (reach == domain::Reach::kOwn) return {{"seller_id", actor.user_id.to_string()}};
    if (!actor.branch_id.is_nil()) return {{"branch_id", actor.branch_id.to_string()}};
    return {};
}

// Names of people and cars are asked for again and again; each is read once.
class Teller {
   public:
    Teller(domain::World& world, const domain::Actor& actor, base::UtcMs now)
        : world_(world), actor_(actor), now_(now) {}

    std::optional<SaleLine> tell(const domain::Sale& sale) {
        const domain::Facts facts{.branch_id = sale.branch_id,
                                  .owner_id = sale.seller_id,
                                  .subject_role = domain::Role::kNobody,
                                  .subject_id = {}};
        if (!domain::may(actor_, domain::Area::kSales, domain::Action::kRead, facts))
            return std::nullopt;
        SaleLine line;
        line.sale_id = sale.id;
        line.invoice_id = sale.invoice_id;
        line.customer_id = sale.customer_id;
        line.car_id = sale.car_id;
        line.seller_id = sale.seller_id;
        line.status = sale.status;
        line.currency = sale.currency;
        line.total_minor = sale.total_minor;
        line.sale_date = sale.sale_date;
        line.mine = sale.seller_id == actor_.user_id;
        if (line.mine) line.commission_minor = sale.commission_minor;
        line.reviewed = !sale.reviews.empty();
        if (const auto invoice = world_.get<domain::Invoice>(sale.invoice_id)) add(*invoice, line);
        if (const auto car = world_.get<domain::Car>(sale.car_id)) {
            line.car_title = std::to_string(car->year) + " " + car->make + " " + car->model;
            line.stock_number = car->stock_number;
            line.vin = car->vin;
        }
        if (const auto customer = world_.get<domain::Customer>(sale.customer_id)) {
            line.customer_name = customer->first_name + " " + customer->last_name;
            line.customer_phone = customer->phone;
        }
        line.seller_name = name_of(sale.seller_id);
        line.key = search::fold(line.invoice_number + " " + line.car_title + " " +
                                line.stock_number + " " + line.vin + " " + line.customer_name +
                                " " + line.customer_phone + " " + line.seller_name);
        return line;
    }

   private:
    void add(const domain::Invoice& invoice, SaleLine& line) const {
        line.invoice_number = invoice.number;
        line.invoice_status = invoice.status;
        line.total_minor = invoice.total_amount_minor;
        line.paid_minor = invoice.amount_paid_minor;
        line.balance_minor = invoice.balance_minor;
        const Due due = due_of(invoice, now_);
        line.next_due_at = due.next_at;
        line.next_due_minor = due.next_minor;
        line.overdue_minor = due.overdue_minor;
    }

    const std::string& name_of(const base::Uuid& user_id) {
        const auto known = names_.find(user_id);
        if (known != names_.end()) return known->second;
        const auto user = world_.get<domain::User>(user_id);
        return names_[user_id] = user ? user->first_name + " " + user->last_name : "";
    }

    domain::World& world_;
    domain::Actor actor_;
    base::UtcMs now_;
    std::map<base::Uuid, std::string> names_;
};

}  // namespace

Due due_of(const domain::Invoice& invoice, base::UtcMs now) {
    Due due;
    if (invoice.balance_minor <= 0 || invoice.installments.empty()) return due;
    std::int64_t later = 0;  // what falls due after the part looked at
    for (auto part = invoice.installments.rbegin(); part != invoice.installments.rend(); ++part) {
        const std::int64_t open = invoice.balance_minor - later;
        if (open <= 0) break;
        due.next_at = part->due_at;
        due.next_minor = std::min(open, part->amount_minor);
        if (part->due_at < now) {
            due.overdue_minor = open;
            // The oldest part that is open is what one speaks of.
            std::int64_t rest = open;
            for (; part != invoice.installments.rend() && rest > 0; ++part) {
                due.next_at = part->due_at;
                due.next_minor = std::min(rest, part->amount_minor);
                rest -= part->amount_minor;
            }
            break;
        }
        later += part->amount_minor;
    }
    return due;
}

std::vector<SaleLine> read_sales(domain::World& world, const domain::Actor& actor, base::UtcMs now,
                                 std::size_t most) {
    std::vector<SaleLine> lines;
    if (domain::reach_of(actor, domain::Area::kSales, domain::Action::kRead) ==
        domain::Reach::kNone)
        return lines;
    Teller teller(world, actor, now);
    domain::Query query{
        .where = scope_of(actor), .order_by = "sale_date", .descending = true, .limit = kPage};
    while (lines.size() < most) {
        const auto sales = world.find<domain::Sale>(query);
        for (const auto& sale : sales) {
            if (lines.size() == most || sale.archived) continue;
            if (auto line = teller.tell(sale)) lines.push_back(std::move(*line));
        }
        if (sales.size() < kPage) break;
        query.offset += kPage;
    }
    return lines;
}

// Over the open invoices alone: it is asked wherever somebody is, after every change.
std::int64_t count_overdue(domain::World& world, const domain::Actor& actor, base::UtcMs now) {
    if (domain::reach_of(actor, domain::Area::kSales, domain::Action::kRead) ==
        domain::Reach::kNone)
        return 0;
    std::int64_t count = 0;
    for (const auto status : {domain::InvoiceStatus::kOpen, domain::InvoiceStatus::kPartlyPaid}) {
        domain::Query query{.where = scope_of(actor), .limit = kPage};
        query.where.push_back(
            {"status", std::string(domain::kInvoiceStatusNames[static_cast<std::size_t>(status)])});
        while (true) {
            const auto invoices = world.find<domain::Invoice>(query);
            for (const auto& invoice : invoices) {
                const domain::Facts facts{.branch_id = invoice.branch_id,
                                          .owner_id = invoice.seller_id,
                                          .subject_role = domain::Role::kNobody,
                                          .subject_id = {}};
                if (!invoice.archived && !invoice.sale_id.is_nil() &&
                    domain::may(actor, domain::Area::kSales, domain::Action::kRead, facts) &&
                    due_of(invoice, now).overdue_minor > 0)
                    ++count;
            }
            if (invoices.size() < kPage) break;
            query.offset += kPage;
        }
    }
    return count;
}

SellerFigures figures_of(const std::vector<SaleLine>& sales, base::UtcMs month_begin,
                         base::UtcMs last_month_begin, std::vector<base::UtcMs> week_begins,
                         base::UtcMs now) {
    SellerFigures figures;
    figures.week_begins = std::move(week_begins);
    figures.by_week.assign(figures.week_begins.size(), 0);
    figures.week_revenue.resize(figures.week_begins.size());
    for (const SaleLine& sale : sales) {
        if (sale.balance_minor > 0 && sale.invoice_status != domain::InvoiceStatus::kVoid) {
            figures.open[sale.currency] += sale.balance_minor;
            ++figures.open_invoices;
            if (sale.overdue_minor > 0) ++figures.overdue_invoices;
            if (sale.next_due_at != 0 && sale.next_due_at < now + kDayMs)
                figures.due.push_back(sale);
        }
        if (!sale.stands()) continue;
        if (sale.sale_date >= month_begin) {
            ++figures.sold;
            figures.revenue[sale.currency] += sale.total_minor;
            if (sale.mine) figures.commission[sale.currency] += sale.commission_minor;
        } else if (sale.sale_date >= last_month_begin) {
            ++figures.sold_before;
        }
        for (std::size_t i = figures.week_begins.size(); i-- > 0;) {
            if (sale.sale_date < figures.week_begins[i]) continue;
            figures.by_week[i] += 1;
            figures.week_revenue[i][sale.currency] += sale.total_minor;
            break;
        }
    }
    std::stable_sort(
        figures.due.begin(), figures.due.end(),
        [](const SaleLine& a, const SaleLine& b) { return a.next_due_at < b.next_due_at; });
    if (figures.due.size() > kMostDue) figures.due.resize(kMostDue);
    return figures;
}

}  // namespace showfloor::terminal
