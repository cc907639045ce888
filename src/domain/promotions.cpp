#include "domain/promotions.hpp"

#include <algorithm>

#include "domain/code.hpp"
#include "domain/field_builder.hpp"
#include "domain/limits.hpp"
#include "domain/money.hpp"

namespace showfloor::domain {

namespace {

base::Error wrong(Code code, const std::string& field,
                  base::ErrorKind kind = base::ErrorKind::kInvalid) {
    return base::fail(kind, std::string(sentence_of(code)), std::string(name_of(code)), field);
}

std::string place(std::size_t i) {
    return "promotions[" + std::to_string(i) + "]";
}

// Makes are written by hand, here and there.
bool same_word(const std::string& a, const std::string& b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_condition(PromotedCondition promoted, Condition condition) {
    return kPromotedConditionNames[static_cast<std::size_t>(promoted)] ==
           kConditionNames[static_cast<std::size_t>(condition)];
}

GivenPromotion given_of(const Promotion& promotion, const Car& car) {
    return {promotion.id, promotion.name, amount_of(promotion, car.price_minor)};
}

// A share that rounds to nothing gives nothing.
bool fits(const Promotion& promotion, const Car& car) {
    const bool currency = promotion.percent_bp > 0 || promotion.currency == car.currency;
    return currency && amount_of(promotion, car.price_minor) > 0;
}

}  // namespace

bool applies(const Promotion& promotion, const Car& car, const Uuid& branch_id, UtcMs at) {
    if (promotion.archived || !promotion.active) return false;
    if (!promotion.branch_id.is_nil() && promotion.branch_id != branch_id) return false;
    if (at < promotion.starts_at || (promotion.ends_at != 0 && at >= promotion.ends_at))
        return false;
    if (!promotion.make.empty() && !same_word(promotion.make, car.make)) return false;
    if (!promotion.model.empty() && !same_word(promotion.model, car.model)) return false;
    if (promotion.body_style != BodyStyle::kUnknown && promotion.body_style != car.body_style)
        return false;
    return promotion.condition == PromotedCondition::kAny ||
           is_condition(promotion.condition, car.condition);
}

std::int64_t amount_of(const Promotion& promotion, std::int64_t price_minor) {
    return promotion.percent_bp > 0 ? share_of(price_minor, promotion.percent_bp)
                                    : promotion.amount_minor;
}

std::vector<GivenPromotion> promotions_for(World& world, const Car& car, const Uuid& branch_id,
                                           UtcMs at) {
    std::vector<GivenPromotion> given;
    for (const Promotion& one : world.find<Promotion>(
             {.where = {{"archived", Value{std::int64_t{0}}}}, .limit = kMaxRelatedRows})) {
        if (applies(one, car, branch_id, at) && fits(one, car)) given.push_back(given_of(one, car));
    }
    std::sort(given.begin(), given.end(), [](const auto& a, const auto& b) {
        return std::tie(a.name, a.promotion_id) < std::tie(b.name, b.promotion_id);
    });
    return given;
}

base::Result<std::vector<GivenPromotion>> give_promotions(World& world,
                                                          const std::vector<std::string>& ids,
                                                          const Car& car, const Uuid& branch_id,
                                                          UtcMs at) {
    std::vector<GivenPromotion> given;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto id = Uuid::parse(ids[i]);
        if (!id) return wrong(Code::kInvalid, place(i));
        const auto promotion = world.get<Promotion>(*id);
        if (!promotion) return wrong(Code::kNotFound, place(i), base::ErrorKind::kNotFound);
        if (!applies(*promotion, car, branch_id, at))
            return wrong(Code::kPromotionNotApplicable, place(i));
        if (promotion->percent_bp == 0 && promotion->currency != car.currency)
            return wrong(Code::kCurrencyMismatch, place(i));
        if (!fits(*promotion, car)) return wrong(Code::kPromotionNotApplicable, place(i));
        given.push_back(given_of(*promotion, car));
    }
    SHOWFLOOR_TRY(check_given(given, ids));
    return given;
}

base::Result<void> check_given(const std::vector<GivenPromotion>& given,
                               const std::vector<std::string>& ids) {
    if (given.size() != ids.size()) return wrong(Code::kInvalid, "promotions");
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto same = [&](const GivenPromotion& one) {
            return one.promotion_id == given[i].promotion_id;
        };
        const auto here = given.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(given.begin(), here, same))
            return wrong(Code::kPromotionRepeated, place(i));
        const auto id = Uuid::parse(ids[i]);
        if (!id || *id != given[i].promotion_id || given[i].amount_minor <= 0)
            return wrong(Code::kInvalid, place(i));
    }
    return {};
}

std::int64_t sum_of(const std::vector<GivenPromotion>& given) {
    // At most kMaxPromotions of at most kMoneyMax each: far below where it would overflow.
    static_assert(kMaxPromotions < INT64_MAX / build::kMoneyMax);
    std::int64_t sum = 0;
    for (const GivenPromotion& one : given)
        sum += one.amount_minor;
    return sum;
}

}  // namespace showfloor::domain
