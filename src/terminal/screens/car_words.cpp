#include "terminal/screens/car_words.hpp"

#include "domain/money.hpp"
#include "search/fold.hpp"
#include "search/synonyms.hpp"
#include "text/bidi.hpp"
#include "text/format.hpp"

namespace showfloor::terminal {

namespace {

constexpr base::UtcMs kJustInMs = 7LL * 86'400'000;
constexpr std::int64_t kUsualMonths = 60;

void join(std::string& line, const std::string& part) {
    if (part.empty()) return;
    if (!line.empty()) line += " · ";
    line += part;
}

}  // namespace

std::string facts_line(const ui::Context& ui, const domain::Car& car) {
    using domain::DriveType;
    std::string line;
    join(line, option_word(ui, "fuel_type", domain::kFuelTypeNames, car.fuel_type));
    if (car.drive_type == DriveType::kAllWheel || car.drive_type == DriveType::kFourWheel)
        join(line, option_word(ui, "drive_type", domain::kDriveTypeNames, car.drive_type));
    else
        join(line, option_word(ui, "transmission", domain::kTransmissionNames, car.transmission));
    join(line, mileage_of(ui, car));
    return line;
}

std::string color_of(const ui::Context& ui, const std::string& color, bool whole) {
    const std::string_view option = search::color_option(color);
    if (option.empty()) return color;
    const std::string& word = ui.tr("option.color." + std::string(option));
    const std::u32string own = search::fold(color);
    // The makers' names are English; a French "orange" within one is chance.
    const bool told = own.find(search::fold(word)) != std::u32string::npos;
    if (told && (whole || ui.locale().code == "en")) return color;
    const bool alone = own == search::fold(option);
    return whole && !alone ? word + " (" + text::isolated(ui.locale(), color) + ")" : word;
}

std::string feature_of(const ui::Context& ui, const std::string& feature) {
    std::string key = "feature";
    for (const std::u32string& word : search::words(feature, false))
        key += (key == "feature" ? "." : "_") + search::to_utf8(word);
    return word_or(ui, key, feature);
}

std::vector<Fact> six_facts(const ui::Context& ui, const domain::Car& car) {
    const std::string body = option_word(ui, "body_style", domain::kBodyStyleNames, car.body_style);
    std::vector<Fact> facts = {
        {ui::icons::kSpeed, mileage_of(ui, car), ui.tr("car.mileage")},
        {ui::icons::kLocalGasStation,
         option_word(ui, "fuel_type", domain::kFuelTypeNames, car.fuel_type), ui.tr("car.fuel")},
        {ui::icons::kSettings,
         option_word(ui, "transmission", domain::kTransmissionNames, car.transmission),
         ui.tr("car.gearbox")},
        {ui::icons::kAllInclusive,
         option_word(ui, "drive_type", domain::kDriveTypeNames, car.drive_type),
         ui.tr("car.drive")},
        {ui::icons::kDirectionsCar, body,
         car.doors ? ui.tr("car.doors_count", {{"count", *car.doors}}) : ui.tr("car.body")},
        {ui::icons::kPalette, color_of(ui, car.color, false), ui.tr("car.color")},
    };
    std::erase_if(facts, [](const Fact& fact) { return fact.value.empty(); });
    return facts;
}

std::vector<SpecGroup> specification(const ui::Context& ui, const Catalogue& catalogue,
                                     const domain::Car& car) {
    const auto figure = [&](const std::optional<std::int64_t>& value) {
        return value ? text::number(ui.locale(), *value) : std::string();
    };
    std::vector<SpecGroup> groups = {
        {ui.tr("car.group_drive"),
         {{ui.tr("car.fuel"), option_word(ui, "fuel_type", domain::kFuelTypeNames, car.fuel_type)},
          {ui.tr("car.engine"), text::with_decimal_mark(ui.locale(), car.engine_size)},
          {ui.tr("car.cylinders"), figure(car.cylinders)},
          {ui.tr("car.gearbox"),
           option_word(ui, "transmission", domain::kTransmissionNames, car.transmission)},
          {ui.tr("car.drive"),
           option_word(ui, "drive_type", domain::kDriveTypeNames, car.drive_type)}}},
        {ui.tr("car.group_body"),
         {{ui.tr("car.body"),
           option_word(ui, "body_style", domain::kBodyStyleNames, car.body_style)},
          {ui.tr("car.doors"), figure(car.doors)},
          {ui.tr("car.color"), color_of(ui, car.color, true)},
          {ui.tr("car.trim"), car.trim_level}}},
        {ui.tr("car.group_history"),
         {{ui.tr("car.year"), std::to_string(car.year)},
          {ui.tr("car.condition"),
           option_word(ui, "condition", domain::kConditionNames, car.condition)},
          {ui.tr("car.mileage"), mileage_of(ui, car)},
          {ui.tr("car.stock_number"), car.stock_number},
          {ui.tr("car.vin"), car.vin},
          {ui.tr("car.where"), std::string(catalogue.branch_name(car.branch_id))}}},
    };
    for (SpecGroup& group : groups)
        std::erase_if(group.lines, [](const SpecLine& line) { return line.value.empty(); });
    std::erase_if(groups, [](const SpecGroup& group) { return group.lines.empty(); });
    return groups;
}

std::string badge_of(const ui::Context& ui, const domain::Car& car, base::UtcMs now) {
    using domain::Availability;
    if (car.availability != Availability::kInStock)
        return option_word(ui, "availability", domain::kAvailabilityNames, car.availability);
    if (car.condition == domain::Condition::kNew) return option_of(ui, "condition", "new");
    if (car.created_at != 0 && now - car.created_at < kJustInMs) return ui.tr("browse.just_in");
    if (car.fuel_type == domain::FuelType::kElectric) return option_of(ui, "fuel_type", "electric");
    return {};
}

std::optional<Monthly> monthly_of(const Shell& shell, const domain::Car& car) {
    const domain::Branch& branch = shell.app.branch();
    const FinanceChoice& choice = shell.visit.finance;
    if (car.price_minor <= 0 || car.currency != branch.currency) return std::nullopt;
    Monthly monthly;
    monthly.months = choice.months != 0 ? choice.months
                                        : domain::longest_term(branch.finance_rates, kUsualMonths);
    if (monthly.months == 0) return std::nullopt;
    const auto rate = domain::finance_rate_bp(branch.finance_rates, monthly.months);
    if (!rate) return std::nullopt;
    monthly.annual_rate_bp = *rate;
    monthly.deposit_minor = domain::share_of(car.price_minor, choice.deposit_bp);
    monthly.monthly_minor =
        domain::monthly_payment(car.price_minor - monthly.deposit_minor, *rate, monthly.months);
    return monthly;
}

std::string estimate_of(const ui::Context& ui, std::int64_t minor, std::string_view currency) {
    std::int64_t whole = 1;
    for (int i = domain::minor_digits(currency).value_or(2); i > 0; --i)
        whole *= 10;
    return money_of(ui, (minor + whole / 2) / whole * whole, currency);
}

}  // namespace showfloor::terminal
