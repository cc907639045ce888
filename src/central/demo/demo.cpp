#include "central/demo/demo.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/file.hpp"
#include "central/credentials.hpp"
#include "central/demo/demo_pictures.hpp"
#include "central/demo/demo_workshop.hpp"
#include "central/import/car_import.hpp"
#include "central/import/csv.hpp"
#include "central/limits.hpp"
#include "central/people.hpp"
#include "crypto/password.hpp"
#include "domain/money.hpp"
#include "domain/records.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kMaxDemoFile = 8UL * 1024 * 1024;
constexpr std::int64_t kOpenedDaysAgo = 300;  // before the first sale of history.json
constexpr std::int64_t kMonthMs = 30 * kDayMs;
constexpr std::int64_t kNewsKeptMs = 7 * kDayMs;

class Demo {
   public:
    Demo(CommandProcessor& processor, const std::string& folder, base::UtcMs now)
        : processor_(processor), folder_(folder), now_(now) {}

    base::Result<std::vector<DemoLogin>> run();

   private:
    base::Result<base::Json> json_file(const std::string& name) const;
    [[nodiscard]] base::UtcMs days_ago(std::int64_t days) const { return now_ - days * kDayMs; }

    base::Result<void> make_branches();
    base::Result<void> make_people();
    base::Result<void> make_cars();
    base::Result<void> note_costs();
    base::Result<void> make_customers();
    base::Result<void> replay_history();
    base::Result<void> replay_sale(const base::Json& sale);
    base::Result<void> settle_payments(const base::Uuid& invoice_id, const domain::User& seller,
                                       base::UtcMs at);
    base::Result<void> make_promotions();
    base::Result<void> open_today();
    // As a person at central did it then.
    base::Result<domain::Outcome> act(const domain::User& actor, std::string_view name,
                                      base::Json args, base::UtcMs at);
    base::Result<domain::User> user_named(const std::string& username);

    CommandProcessor& processor_;
    const std::string& folder_;
    base::UtcMs now_;
    std::map<std::string, base::Json> fees_;  // by branch code; charged from today on
    std::vector<base::Uuid> customers_;
    std::vector<DemoLogin> logins_;
    std::vector<base::Uuid> people_;
};

base::Result<base::Json> Demo::json_file(const std::string& name) const {
    SHOWFLOOR_ASSIGN(const std::string text, base::read_file(folder_ + "/" + name, kMaxDemoFile));
    return base::parse_json(text, kMaxDemoFile);
}

base::Result<std::vector<DemoLogin>> Demo::run() {
    SHOWFLOOR_TRY(make_branches());
    SHOWFLOOR_TRY(make_people());
    SHOWFLOOR_TRY(make_cars());
    SHOWFLOOR_TRY(note_costs());
    SHOWFLOOR_TRY(make_demo_pictures(processor_, folder_, now_));
    SHOWFLOOR_TRY(make_customers());
    SHOWFLOOR_TRY(replay_history());
    SHOWFLOOR_TRY(make_promotions());
    SHOWFLOOR_ASSIGN(const base::Json workshop, json_file("workshop.json"));
    SHOWFLOOR_TRY(make_demo_workshop(processor_, workshop, customers_, now_));
    SHOWFLOOR_TRY(open_today());
    return std::move(logins_);
}

base::Result<void> Demo::make_branches() {
    SHOWFLOOR_ASSIGN(const base::Json branches, json_file("branches.json"));
    SHOWFLOOR_ASSIGN(const std::string logo, base::read_file(folder_ + "/logo.png", kMaxDemoFile));
    base::UtcMs at = days_ago(kOpenedDaysAgo);
    for (base::Json branch : branches) {
        fees_[branch.at("code").get<std::string>()] = branch.value("fees", base::Json::array());
        branch.erase("fees");  // past sales carry none
        // One after the other: lists of branches keep the order of the file.
        SHOWFLOOR_ASSIGN(auto batch, processor_.batch(at++));
        SHOWFLOOR_ASSIGN(branch["logo"], add_logo(processor_.store(), batch, logo));
        SHOWFLOOR_TRY(add_branch(batch, std::move(branch)));
        SHOWFLOOR_TRY(batch.commit());
    }
    return {};
}

base::Result<void> Demo::make_people() {
    SHOWFLOOR_ASSIGN(const base::Json users, json_file("users.json"));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(days_ago(kOpenedDaysAgo)));
    for (const base::Json& user : users) {
        NewUser made;
        made.branch_code = user.value("branch", "");
        made.password = crypto::random_password(batch.random());
        for (const auto& [name, value] : user.items()) {
            const bool empty = value.is_string() && value.get_ref<const std::string&>().empty();
            if (name != "branch" && !empty) made.fields[name] = value;
        }
        DemoLogin login{user.value("username", ""), made.password, user.value("role", ""),
                        made.branch_code};
        SHOWFLOOR_ASSIGN(const AddedUser added, add_user(batch, std::move(made)));
        people_.push_back(added.id);
        logins_.push_back(std::move(login));
    }
    return batch.commit();
}

base::Result<void> Demo::make_cars() {
    SHOWFLOOR_ASSIGN(const std::string csv, base::read_file(folder_ + "/cars.csv", kMaxDemoFile));
    SHOWFLOOR_ASSIGN(const ImportReport report,
                     import_cars(processor_, csv, {}, days_ago(kOpenedDaysAgo)));
    if (report.rejected.empty()) return {};
    return base::fail(base::ErrorKind::kInvalid, "cars.csv, line " +
                                                     std::to_string(report.rejected[0].line) +
                                                     ": " + report.rejected[0].reason);
}

base::Result<void> Demo::note_costs() {
    SHOWFLOOR_ASSIGN(const std::string csv, base::read_file(folder_ + "/costs.csv", kMaxDemoFile));
    CsvReader reader(csv);
    const auto header = reader.next();
    const std::vector<std::string> wanted = {"vin", "purchase_cost", "purchase_currency",
                                             "rate_to_kes"};
    if (!header || header->fields.size() < wanted.size() ||
        !std::equal(wanted.begin(), wanted.end(), header->fields.begin()))
        return base::fail(base::ErrorKind::kInvalid, "costs.csv has other columns than expected.");
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(days_ago(kOpenedDaysAgo)));
    while (const auto row = reader.next()) {
        if (row->fields.size() < wanted.size()) continue;
        const auto car = batch.world().find_one<domain::Car>({{"vin", row->fields[0]}});
        if (!car) continue;
        const std::string& currency = row->fields[2];
        SHOWFLOOR_ASSIGN(const std::int64_t cost, domain::parse_amount(row->fields[1], currency));
        // parse_amount knows two digits after the point; a rate is that many hundredths.
        SHOWFLOOR_ASSIGN(const std::int64_t rate, domain::parse_amount(row->fields[3], "USD"));
        SHOWFLOOR_TRY(run_own(batch, "set_car_cost",
                              {{"car_id", car->id.to_string()},
                               {"purchase_cost_minor", cost},
                               {"currency", currency},
                               {"rate_micro", rate * 10'000},
                               {"rate_at", batch.now()}}));
    }
    return batch.commit();
}

base::Result<void> Demo::make_customers() {
    SHOWFLOOR_ASSIGN(const base::Json customers, json_file("customers.json"));
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(days_ago(kOpenedDaysAgo)));
    for (const base::Json& customer : customers) {
        const auto branch =
            batch.world().find_one<domain::Branch>({{"code", customer.value("branch", "")}});
        if (!branch)
            return base::fail(base::ErrorKind::kInvalid, "customers.json names no known branch.");
        base::Json args = base::Json::object();
        for (const auto& [name, value] : customer.items()) {
            const bool empty = value.is_string() && value.get_ref<const std::string&>().empty();
            if (name != "branch" && !empty) args[name] = value;
        }
        // The branch's sellers share its customers.
        const auto sellers = batch.world().find<domain::User>(
            {.where = {{"branch_id", branch->id.to_string()}, {"role", std::string("seller")}}});
        if (!sellers.empty())
            args["seller_id"] = sellers[customers_.size() % sellers.size()].id.to_string();
        const base::Uuid id = base::Uuid::v7(batch.now(), batch.random());
        args["id"] = id.to_string();
        SHOWFLOOR_TRY(run_own(batch, "create_customer", std::move(args)));
        customers_.push_back(id);
    }
    return batch.commit();
}

base::Result<domain::User> Demo::user_named(const std::string& username) {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now_));
    const auto user = batch.world().find_one<domain::User>({{"username", username}});
    if (user) return *user;
    return base::fail(base::ErrorKind::kInvalid, "history.json names no known user " + username);
}

base::Result<domain::Outcome> Demo::act(const domain::User& actor, std::string_view name,
                                        base::Json args, base::UtcMs at) {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(at));
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    command.actor_id = actor.id;
    command.actor_role = domain::kRoleNames[static_cast<std::size_t>(actor.role)];
    command.occurred_at = at;
    domain::Context context;
    context.received_at = at;
    SHOWFLOOR_ASSIGN(command.terms, domain::quote_terms(batch.world(), command, context));
    const domain::Outcome outcome = batch.run(std::move(command));
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (!outcome.applied())
        return base::fail(base::ErrorKind::kRefused,
                          std::string(name) + " in history.json: " + outcome.field + " " +
                              std::string(domain::sentence_of(outcome.code)));
    SHOWFLOOR_TRY(batch.commit());
    return outcome;
}

base::Result<void> Demo::replay_history() {
    SHOWFLOOR_ASSIGN(base::Json history, json_file("history.json"));
    auto sales = history.at("sales").get<std::vector<base::Json>>();
    // The oldest first, so that document numbers rise with time.
    std::stable_sort(sales.begin(), sales.end(), [](const base::Json& a, const base::Json& b) {
        return a.at("days_ago").get<std::int64_t>() > b.at("days_ago").get<std::int64_t>();
    });
    for (const base::Json& sale : sales)
        SHOWFLOOR_TRY(replay_sale(sale));
    return {};
}

base::Result<void> Demo::replay_sale(const base::Json& sale) {
    const auto days = sale.at("days_ago").get<std::int64_t>();
    const std::string currency = sale.at("currency").get<std::string>();
    const auto digits = domain::minor_digits(currency).value_or(2);
    const auto minor = [digits](const base::Json& whole) {
        std::int64_t amount = whole.get<std::int64_t>();
        for (int i = 0; i < digits; ++i)
            amount *= 10;
        return amount;
    };
    SHOWFLOOR_ASSIGN(const domain::User seller, user_named(sale.at("seller").get<std::string>()));
    base::Uuid car_id;
    {
        SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now_));
        const auto car =
            batch.world().find_one<domain::Car>({{"vin", sale.at("vin").get<std::string>()}});
        if (!car) return base::fail("history.json names a car that cars.csv does not have.");
        car_id = car->id;
    }
    const base::Uuid sale_id = base::Uuid::v7(days_ago(days), processor_.random());
    base::Json args = {
        {"id", sale_id.to_string()},
        {"car_id", car_id.to_string()},
        {"customer_id", customers_.at(sale.at("customer").get<std::size_t>()).to_string()},
        {"discount_minor", minor(sale.at("discount"))},
        {"payments", base::Json::array()}};
    if (const std::string reason = sale.value("discount_reason", ""); !reason.empty())
        args["discount_reason"] = reason;
    std::int64_t balance = minor(sale.at("price")) - minor(sale.at("discount"));
    std::vector<base::Json> later;
    for (const base::Json& given : sale.at("payments")) {
        base::Json payment = {{"method", given.at("method")},
                              {"amount_minor", minor(given.at("amount"))}};
        if (const std::string reference = given.value("reference", ""); !reference.empty())
            payment["reference"] = reference;
        if (given.at("days_ago").get<std::int64_t>() == days) {
            balance -= minor(given.at("amount"));
            args["payments"].push_back(std::move(payment));
        } else {
            payment["at"] = given.at("days_ago");
            later.push_back(std::move(payment));
        }
    }
    const auto months = sale.value("installments", std::int64_t{0});
    for (std::int64_t month = 1; month <= months; ++month) {
        const std::int64_t part =
            month == months ? balance - balance / months * (months - 1) : balance / months;
        args["installments"].push_back(
            {{"due_at", days_ago(days) + month * kMonthMs}, {"amount_minor", part}});
    }
    SHOWFLOOR_ASSIGN(const auto sold, act(seller, "record_sale", std::move(args), days_ago(days)));
    const auto invoice_id =
        base::Uuid::parse(sold.details.value("invoice_id", "")).value_or(base::Uuid{});
    SHOWFLOOR_TRY(settle_payments(invoice_id, seller, days_ago(days)));
    for (base::Json payment : later) {
        const base::UtcMs at = days_ago(payment.at("at").get<std::int64_t>());
        payment.erase("at");
        payment["id"] = base::Uuid::v7(at, processor_.random()).to_string();
        payment["invoice_id"] = invoice_id.to_string();
        SHOWFLOOR_TRY(act(seller, "take_payment", std::move(payment), at));
        SHOWFLOOR_TRY(settle_payments(invoice_id, seller, at));
    }
    if (sale.at("delivered_days_ago").is_null()) return {};
    SHOWFLOOR_TRY(act(seller, "deliver_sale", {{"sale_id", sale_id.to_string()}},
                      days_ago(sale.at("delivered_days_ago").get<std::int64_t>())));
    return {};
}

// Every payment of history.json was cleared.
base::Result<void> Demo::settle_payments(const base::Uuid& invoice_id, const domain::User& seller,
                                         base::UtcMs at) {
    std::vector<base::Uuid> open;
    {
        SHOWFLOOR_ASSIGN(auto batch, processor_.batch(at));
        for (const auto& payment : batch.world().find<domain::Payment>(
                 {.where = {{"invoice_id", invoice_id.to_string()}}})) {
            if (payment.status == domain::PaymentStatus::kPending) open.push_back(payment.id);
        }
    }
    for (const base::Uuid& id : open)
        SHOWFLOOR_TRY(act(seller, "clear_payment", {{"payment_id", id.to_string()}}, at));
    return {};
}

// Whatever days the demo is made, they are under way.
base::Result<void> Demo::make_promotions() {
    SHOWFLOOR_ASSIGN(const base::Json promotions, json_file("promotions.json"));
    for (base::Json args : promotions) {
        const base::UtcMs from = days_ago(args.at("from_days_ago").get<std::int64_t>());
        SHOWFLOOR_ASSIGN(auto batch, processor_.batch(from));
        if (const std::string code = args.value("branch", ""); !code.empty()) {
            const auto branch = batch.world().find_one<domain::Branch>({{"code", code}});
            if (!branch)
                return base::fail(base::ErrorKind::kInvalid,
                                  "promotions.json names no known branch.");
            args["branch_id"] = branch->id.to_string();
        }
        args["id"] = base::Uuid::v7(from, batch.random()).to_string();
        args["starts_at"] = from;
        args["ends_at"] = from + args.at("days").get<std::int64_t>() * kDayMs;
        for (const char* ours : {"branch", "from_days_ago", "days"})
            args.erase(ours);
        SHOWFLOOR_TRY(run_own(batch, "create_promotion", std::move(args)));
        SHOWFLOOR_TRY(batch.commit());
    }
    return {};
}

base::Result<void> Demo::open_today() {
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now_));
    for (const auto& [code, fees] : fees_) {
        const auto branch = batch.world().find_one<domain::Branch>({{"code", code}});
        if (!branch || fees.empty()) continue;
        SHOWFLOOR_TRY(
            run_own(batch, "update_branch", {{"id", branch->id.to_string()}, {"fees", fees}}));
    }
    for (const base::Uuid& person : people_)
        SHOWFLOOR_TRY(note_sign_in(batch, person));
    // Nobody starts with an inbox of last year's news.
    for (auto& note : batch.world().find<domain::Notification>({.limit = 10'000})) {
        if (note.created_at > now_ - kNewsKeptMs) continue;
        note.archived = true;
        note.updated_at = now_;
        batch.world().put(note);
    }
    // The demo's people have no mailboxes.
    SHOWFLOOR_TRY(batch.connection().run("DELETE FROM mail"));
    return batch.commit();
}

}  // namespace

base::Result<std::vector<DemoLogin>> make_demo(CommandProcessor& processor,
                                               const std::string& folder, base::UtcMs now) {
    return Demo(processor, folder, now).run();
}

}  // namespace showfloor::central
