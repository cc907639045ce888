// What a sale comes to, from what was typed: the arithmetic the Sale screen shows live.

#include <doctest/doctest.h>

#include <rapidcheck.h>

#include "base/random.hpp"
#include "support/dealership.hpp"
#include "terminal/screens/sale_form.hpp"
#include "terminal/screens/seller_words.hpp"

using namespace showfloor;
using terminal::Reckoning;
using terminal::SaleForm;
using terminal::SaleStep;
using test::Dealership;

namespace {

constexpr base::UtcMs kNow = test::kMorning;

// The dealership's fourth car: KES 4,000,000, and 10,000 registration.
struct Desk {
    domain::MapWorld world;
    Dealership house{world};
    domain::SaleTerms base;
    std::vector<domain::GivenPromotion> offered;
    SaleForm form = SaleForm::from_json(nullptr);

    Desk() {
        domain::RecordSale sale;
        sale.car_id = Dealership::car(4);
        const auto branch = *world.get<domain::Branch>(house.nairobi);
        base = *domain::quote_sale(world, sale, branch, kNow);
        form.car_id = sale.car_id;
        form.customer_id = house.customer;
        form.sale_id = house.next_id();
    }
    [[nodiscard]] Reckoning sums() const { return terminal::reckon(form, base, offered, kNow); }
};

std::int64_t sum_of(const std::vector<domain::Installment>& plan) {
    std::int64_t sum = 0;
    for (const auto& part : plan)
        sum += part.amount_minor;
    return sum;
}

}  // namespace

TEST_CASE_FIXTURE(Desk, "reckon: parts, trade-in and accessories leave what is left") {
    form.discount = "100000";
    form.accessories = {{"Tow bar", "62000"}, {"Mats", "14500.50"}};
    form.with_trade_in = true;
    form.trade_in = "2012 Vitz";
    form.trade_in_value = "400000";
    form.parts = {{domain::PaymentMethod::kCash, "1000000", ""},
                  {domain::PaymentMethod::kCard, "500000", "slip 4"}};
    const auto sums = this->sums();
    CHECK(sums.troubles.empty());
    REQUIRE(sums.terms.has_value());
    CHECK(sums.terms->total_minor == 398'650'050);
    CHECK(sums.left_minor == 398'650'050 - 40'000'000 - 150'000'000);
    CHECK(sums.paid_minor == 150'000'000);
    CHECK(sums.sale.accessories.size() == 2);
    CHECK(sums.sale.payments.size() == 2);
}

TEST_CASE_FIXTURE(Desk, "reckon: what a plan of instalments adds up to is what is left") {
    form.parts[0].amount = "1000000";
    for (const std::int64_t count : {1, 2, 3, 7, 12, 24, 36}) {
        form.instalments = count;
        const auto sums = this->sums();
        INFO(count);
        REQUIRE(sums.sale.installments.size() == static_cast<std::size_t>(count));
        CHECK(sum_of(sums.sale.installments) == sums.left_minor);
        for (std::size_t i = 1; i < sums.sale.installments.size(); ++i)
            CHECK(sums.sale.installments[i].due_at > sums.sale.installments[i - 1].due_at);
    }
}

TEST_CASE("plan_instalments: any total in any number of parts") {
    rc::check([] {
        const auto total = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
        const auto count = *rc::gen::inRange<std::int64_t>(1, 60);
        const auto unit = *rc::gen::element<std::int64_t>(1, 100, 1000);
        const auto plan = terminal::plan_instalments(total, count, kNow, unit);
        RC_ASSERT(sum_of(plan) == total);
        for (const auto& part : plan)
            RC_ASSERT(part.amount_minor > 0);
        // Nobody is asked for cents, but once for what is left of them.
        if (total / count < unit) return;
        RC_ASSERT(plan.size() == static_cast<std::size_t>(count));
        for (std::size_t i = 1; i < plan.size(); ++i) {
            RC_ASSERT(plan[i].amount_minor % unit == 0);
            RC_ASSERT(plan[i].amount_minor <= plan[0].amount_minor);
        }
    });
}

TEST_CASE("months_later: the last day where a month is too short") {
    // 31 January 2026, noon UTC
    const base::UtcMs january = 1'769'860'800'000;
    const base::UtcMs february = terminal::months_later(january, 1);
    const base::UtcMs march = terminal::months_later(january, 2);
    CHECK((february - january) / 86'400'000 == 28);
    CHECK((march - january) / 86'400'000 == 59);
    CHECK(terminal::months_later(january, 12) - january == 365LL * 86'400'000);
}

TEST_CASE("months_later: the day is the branch's, wherever this machine is") {
    // 31 January 2026, 22:30 UTC: 1 February in Nairobi already, so the next one is 1 March.
    const base::UtcMs late = 1'769'898'600'000;
    terminal::use_zone("Africa/Nairobi");
    const base::UtcMs there = terminal::months_later(late, 1);
    const base::UtcMs morning = terminal::at_hour(late, 1, 9);
    terminal::use_zone("");
    CHECK((there - late) / 86'400'000 == 28);
    // 9:00 on 2 February in Nairobi is 6:00 UTC.
    CHECK(morning == 1'770'012'000'000);
}

TEST_CASE_FIXTURE(Desk, "reckon: every mistake is named at its field and step") {
    form.customer_id = {};
    form.discount = "200000";  // 5 %, without a reason
    form.accessories = {{"", "10"}};
    form.with_trade_in = true;
    form.trade_in_value = "99999999";
    form.parts[0].amount = "99999999";
    const auto sums = this->sums();
    CHECK(sums.over_limit);
    CHECK(sums.trouble_at(SaleStep::kCustomer)->key == "sale.customer_missing");
    CHECK(sums.trouble_of("reason")->key == "sale.reason_missing");
    CHECK(sums.trouble_of("accessory:0")->key == "sale.bad_accessory");
    CHECK(sums.trouble_of("trade_in")->key == "sale.trade_in_missing");
    CHECK(sums.trouble_of("trade_in_value")->key == "sale.trade_in_over");
    CHECK(sums.trouble_of("amount:0")->key == "sale.over_total");
    CHECK(sums.trouble_at(SaleStep::kReview) == nullptr);
}

TEST_CASE_FIXTURE(Desk, "reckon: two parts together are never more than the total") {
    form.parts = {{domain::PaymentMethod::kCash, "4000000", ""},
                  {domain::PaymentMethod::kCash, "10001", ""}};
    CHECK(sums().trouble_of("amount:1") != nullptr);
    form.parts[1].amount = "10000";
    CHECK(sums().troubles.empty());
    CHECK(sums().left_minor == 0);
}

TEST_CASE_FIXTURE(Desk, "reckon: a signature is for the total it was given for") {
    form.signature = "[[[1,2],[3,4]]]";
    form.signed_total_minor = sums().terms->total_minor;
    CHECK(sums().sale.signature == form.signature);
    form.discount = "1";
    CHECK(sums().sale.signature.empty());
}

TEST_CASE_FIXTURE(Desk, "form: what a draft keeps comes back as it was") {
    form.step = SaleStep::kPayment;
    form.discount = "12";
    form.reason = "other";
    form.other_reason = "a friend";
    form.accessories = {{"Mats", "5"}};
    form.parts = {{domain::PaymentMethod::kCheque, "7", "n 1"}, {}};
    form.instalments = 6;
    form.soon = true;
    form.signature = "[[[1,2]]]";
    form.signed_total_minor = 3;
    const base::Json json = form.to_json();
    CHECK(SaleForm::from_json(json).to_json() == json);
}

TEST_CASE("form: a draft that is nonsense is an empty form, not a crash") {
    for (const char* text :
         {"null", "[]", "{}", R"({"step":99,"parts":[1,"x",{}],"accessories":{},"instalments":-4})",
          R"({"car_id":"no","parts":[],"with_trade_in":3})"}) {
        const auto json = base::parse_json(text, 1000);
        REQUIRE(json.ok());
        const SaleForm form = SaleForm::from_json(*json);
        CHECK_FALSE(form.parts.empty());
        CHECK(static_cast<int>(form.step) < terminal::kSaleSteps);
        CHECK(form.instalments >= 0);
    }
}

TEST_CASE("amounts: typed and read back") {
    CHECK(terminal::amount_of("", "KES") == 0);
    CHECK(terminal::amount_of("12.5", "KES") == 1250);
    CHECK(terminal::amount_of("1.2.3", "KES") == -1);
    CHECK(terminal::typed_amount(1250, "KES") == "12.50");
    CHECK(terminal::typed_amount(1205, "KES") == "12.05");
    CHECK(terminal::typed_amount(400, "KES") == "4");
    CHECK(terminal::typed_amount(400, "JPY") == "400");
}

TEST_CASE_FIXTURE(Desk, "reckon: promotions take off what they say, beside the discount's limit") {
    offered = {{test::fixed_id(8, 1), "Spring", 20'000'000}, {test::fixed_id(8, 2), "Loyal", 500}};
    const auto plain = sums();
    form.promotions = {offered[1].promotion_id, offered[0].promotion_id};
    const auto with = sums();
    REQUIRE(with.terms.has_value());
    CHECK(with.terms->total_minor == plain.terms->total_minor - 20'000'500);
    CHECK(with.terms->commission_minor < plain.terms->commission_minor);
    CHECK(with.sale.promotions ==
          std::vector{offered[1].promotion_id.to_string(), offered[0].promotion_id.to_string()});
    CHECK(!with.over_limit);
    CHECK(!with.promotion_gone);
    // The draft keeps them; one that is offered no more does not count, and that is said.
    form = SaleForm::from_json(form.to_json());
    CHECK(form.promotions.size() == 2);
    offered.pop_back();
    const auto later = sums();
    CHECK(later.promotion_gone);
    CHECK(later.terms->total_minor == plain.terms->total_minor - 20'000'000);
    CHECK(later.sale.promotions.size() == 1);
}

TEST_CASE_FIXTURE(Desk, "reckon: discount and promotions together never take more than the price") {
    offered = {{test::fixed_id(8, 1), "Nearly all", base.price_minor - 100}};
    form.promotions = {offered[0].promotion_id};
    form.discount = "1";
    CHECK(sums().terms.has_value());
    form.discount = "2";
    CHECK(!sums().terms.has_value());
    CHECK(sums().trouble_of("discount") != nullptr);
}
