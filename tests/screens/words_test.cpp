// Every word the screens use is written in every language, and none is written that nobody uses.
// A language is a file of assets/strings (and of assets/emails, for central's letters): one that is
// there is whole.

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "base/file.hpp"
#include "domain/code.hpp"
#include "domain/command.hpp"
#include "domain/records.hpp"
#include "domain/records_leads.hpp"
#include "search/synonyms.hpp"
#include "sync/exchange.hpp"
#include "text/strings.hpp"

using namespace showfloor;
namespace fs = std::filesystem;

namespace {

constexpr const char* kScreens = "strings";
constexpr const char* kLetters = "emails";

// The first part of a key; anything else in quotes with a dot in it is no key.
constexpr const char* kKey =
    "\"((?:access|age|alert|approval|attention|attract|bar|browse|call|car|compare|customer|"
    "detail|document|finance|gallery|home|idle|lead|leads|link|notification|payment|picks|profile|"
    "receipt|sale|sales|section|service|sign_in|sync|ui|when)\\.[a-z0-9_.]*)\"";

std::string source(const fs::path& path) {
    return base::read_file(path.string(), 1u << 20).value();
}

// Keys written out in the sources, and beginnings of those that are put together there
// ("sale.reason_").
std::set<std::string> written_keys() {
    std::set<std::string> keys;
    const std::regex key(kKey);
    for (const char* folder : {"terminal", "ui", "documents", "text"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(SHOWFLOOR_SOURCE_DIR) / "src" / folder)) {
            if (entry.path().extension() != ".cpp") continue;
            const std::string text = source(entry.path());
            for (std::sregex_iterator it(text.begin(), text.end(), key), end; it != end; ++it)
                keys.insert((*it)[1].str());
        }
    }
    return keys;
}

template <typename Names>
void add_options(std::set<std::string>& keys, const std::string& begin, const Names& names) {
    for (const auto& name : names)
        if (name != "unknown") keys.insert(begin + std::string(name));
}

// What the screens of those who are signed in put together.
void add_seller_options(std::set<std::string>& keys) {
    add_options(keys, "sales.status_", domain::kSaleStatusNames);
    add_options(keys, "sales.invoice_", domain::kInvoiceStatusNames);
    add_options(keys, "leads.kind_", domain::kLeadKindNames);
    add_options(keys, "leads.status_", domain::kLeadStatusNames);
    using Names = std::initializer_list<std::string_view>;
    add_options(keys, "leads.to_", Names{"contacted", "appointment", "won", "lost"});
    add_options(keys, "sales.filter_",
                Names{"all", "completed", "delivered", "open", "disputed", "given_back", "overdue",
                      "planned", "paid"});
    for (const char* action :
         {"pay", "clear", "fail", "reverse", "deliver", "refund", "cancel", "credit"})
        add_options(keys, std::string("detail.") + action + "_",
                    Names{"title", "hint", "do", "done"});
    add_options(keys, "customer.id_",
                Names{"national_id", "passport", "driving_licence", "company_registration"});
    add_options(keys, "sign_in.refused_",
                Names{"wrong_password", "locked", "other_branch", "not_filled", "no_central",
                      "offline_too_long", "no_pin"});
    add_options(keys, "profile.error_",
                Names{"weak_pin", "no_verifier", "wrong_password", "password_common"});
    add_options(keys, "sync.state_", Names{"pending", "sent", "in_doubt", "answered"});
    for (int i = 0; i <= static_cast<int>(sync::Failure::Code::kDiskFull); ++i)
        keys.insert("sync.cause_" +
                    std::string(sync::name_of(static_cast<sync::Failure::Code>(i))));
    add_options(keys, "sync.cause_", Names{"fork", "lost_history"});
    for (const auto& spec : domain::command_table())
        if (spec.from_terminal) keys.insert("sync.command_" + std::string(spec.name));
    // What central says, by type; what is not here is said by "notification.other".
    add_options(keys, "notification.",
                Names{"sale",
                      "car_sold_elsewhere",
                      "dispute",
                      "review",
                      "invoice",
                      "receipt",
                      "customer",
                      "inventory",
                      "sign_up",
                      "lead",
                      "assistance",
                      "sync_forged",
                      "sync_poison",
                      "ticket",
                      "ticket_done",
                      "delivery",
                      "delivered",
                      "low_stock",
                      "terminal_offline",
                      "instalment_overdue",
                      "reservation",
                      "reservation_disputed",
                      "reservation_expired",
                      "reservation_owed",
                      "order_disputed",
                      "order_pending"});
}

// What stands behind the beginnings: the domain's own lists.
std::set<std::string> all_keys() {
    std::set<std::string> keys;
    for (const std::string& key : written_keys())
        if (!key.ends_with(".") && !key.ends_with("_")) keys.insert(key);
    add_options(keys, "option.availability.", domain::kAvailabilityNames);
    add_options(keys, "option.body_style.", domain::kBodyStyleNames);
    add_options(keys, "option.condition.", domain::kConditionNames);
    add_options(keys, "option.color.", search::kColorOptions);
    // By code, else by kind of failure.
    add_options(keys, "error.",
                std::initializer_list<std::string_view>{"failed", "invalid", "not_found", "refused",
                                                        "unreachable", "damaged", "disk_full",
                                                        "busy", "too_large", "too_many_drafts",
                                                        "no_printing", "print_failed"});
    add_options(keys, "option.drive_type.", domain::kDriveTypeNames);
    add_options(keys, "option.fuel_type.", domain::kFuelTypeNames);
    add_options(keys, "option.role.", domain::kRoleNames);
    add_options(keys, "option.transmission.", domain::kTransmissionNames);
    add_options(keys, "payment.method.", domain::kPaymentMethodNames);
    add_options(keys, "payment.status.", domain::kPaymentStatusNames);
    for (const char* theme : {"day", "night", "contrast"})
        keys.insert(std::string("access.theme_") + theme);
    for (const char* reason : {"returning", "demo", "price_match", "other"})
        keys.insert(std::string("sale.reason_") + reason);
    for (const char* kind :
         {"refused", "disputed", "review", "poison", "unreadable_row", "in_doubt", "overdue"}) {
        keys.insert(std::string("attention.kind_") + kind);
        keys.insert(std::string("attention.story_") + kind);
    }
    add_seller_options(keys);
    for (int i = 1; i <= static_cast<int>(domain::Code::kPromotionRepeated); ++i)
        keys.insert("refusal." + std::string(domain::name_of(static_cast<domain::Code>(i))));
    // What central tells of visitors; its messages are keys.
    for (const char* type : {"lead", "assistance"})
        keys.insert(std::string("notification.") + type);
    return keys;
}

// Better words for what was applied although contested; refusal.* stands in where there are none.
// And features: records hold any; the commonest are told in every language.
bool is_optional(const std::string& key) {
    return key.starts_with("attention.code_") || key.starts_with("feature.");
}

using Languages = std::map<std::string, text::Strings>;

// All there are, by code.
Languages languages_in(const char* folder) {
    const fs::path place = fs::path(SHOWFLOOR_SOURCE_DIR) / "assets" / folder;
    Languages all;
    for (const auto& entry : fs::directory_iterator(place)) {
        const std::string code = entry.path().stem().string();
        all.emplace(code, std::move(text::Strings::load(place.string(), code)).value());
    }
    REQUIRE(all.contains("en"));
    return all;
}

std::set<std::string> found_in(const std::string& pattern, const char* expression) {
    std::set<std::string> names;
    const std::regex wanted(expression);
    for (std::sregex_iterator it(pattern.begin(), pattern.end(), wanted), end; it != end; ++it)
        names.insert((*it)[1].str());
    return names;
}

std::set<std::string> holes(const std::string& pattern) {
    return found_in(pattern, "\\{([a-z_]+)[,}]");
}

// The forms that whole numbers take in a language.
std::set<std::string> plural_forms(const text::Locale& locale) {
    std::set<std::string> forms;
    for (std::int64_t n = 0; n <= 200; ++n)
        forms.emplace(text::plural_name(locale.plural(n)));
    forms.emplace(text::plural_name(locale.plural(1'000'000)));
    return forms;
}

}  // namespace

TEST_CASE("words: every language is known to the locales, by its own name") {
    for (const auto& [language, strings] : languages_in(kScreens)) {
        INFO(language);
        CHECK(strings.locale().code == language);
        CHECK(strings.get("ui.language") == strings.locale().own_name);
    }
}

TEST_CASE("words: every key of the screens is written in every language") {
    const auto used = all_keys();
    for (const auto& [language, strings] : languages_in(kScreens)) {
        for (const std::string& key : used) {
            INFO(language, " ", key);
            CHECK(strings.has(key));
        }
    }
}

TEST_CASE("words: no key is written that nobody uses") {
    const auto used = all_keys();
    for (const auto& [language, strings] : languages_in(kScreens)) {
        for (const auto& [key, pattern] : strings.all()) {
            INFO(language, " ", key);
            CHECK((used.contains(key) || is_optional(key)));
            CHECK_FALSE(pattern.empty());
        }
    }
}

TEST_CASE("words: every language has the same keys and fills the same holes, in letters too") {
    for (const char* folder : {kScreens, kLetters}) {
        const Languages all = languages_in(folder);
        const text::Strings& english = all.at("en");
        for (const auto& [language, strings] : all) {
            CHECK(strings.all().size() == english.all().size());
            for (const auto& [key, pattern] : english.all()) {
                INFO(folder, " ", language, " ", key);
                const auto own = strings.all().find(key);
                REQUIRE(own != strings.all().end());
                CHECK(holes(own->second) == holes(pattern));
            }
        }
    }
}

TEST_CASE("words: plurals have the forms of their language and no others") {
    for (const auto& [language, strings] : languages_in(kScreens)) {
        const auto known = plural_forms(strings.locale());
        for (const auto& [key, pattern] : strings.all()) {
            if (pattern.find(", plural,") == std::string::npos) continue;
            INFO(language, " ", key);
            const auto written = found_in(pattern, "\\b(zero|one|two|few|many|other) *\\{");
            CHECK(written.contains("one"));
            CHECK(written.contains("other"));
            for (const std::string& form : written)
                CHECK(known.contains(form));
        }
    }
}

TEST_CASE("words: signs are a printer's: curly quotes, and French ones hold to their word") {
    for (const char* folder : {kScreens, kLetters}) {
        for (const auto& [language, strings] : languages_in(folder)) {
            for (const auto& [key, pattern] : strings.all()) {
                INFO(folder, " ", language, " ", key);
                CHECK(pattern.find_first_of("'\"") == std::string::npos);
                CHECK(pattern.find("  ") == std::string::npos);
                if (language == "fr") CHECK(found_in(pattern, "( [;:!?]| »|« )").empty());
            }
        }
    }
}

TEST_CASE("words: a code of attention is one the rules know") {
    const Languages all = languages_in(kScreens);
    for (const auto& [key, pattern] : all.at("en").all()) {
        if (!key.starts_with("attention.code_")) continue;
        INFO(key);
        CHECK(domain::parse_code(key.substr(std::string("attention.code_").size())).has_value());
    }
}

TEST_CASE("words: every feature of the demo's cars is told in every language") {
    const std::string table = source(fs::path(SHOWFLOOR_SOURCE_DIR) / "assets/demo/cars.csv");
    std::set<std::string> features;
    const std::regex feature("(?:^|,|\\| )([A-Z][A-Za-z' -]+)(?= \\|)");
    for (std::sregex_iterator it(table.begin(), table.end(), feature), end; it != end; ++it)
        features.insert((*it)[1].str());
    REQUIRE(features.size() > 20);
    for (const auto& [language, strings] : languages_in(kScreens)) {
        for (const std::string& each : features) {
            std::string key = "feature.";
            for (const char c : each)
                key += std::isalnum(static_cast<unsigned char>(c)) != 0
                           ? static_cast<char>(std::tolower(static_cast<unsigned char>(c)))
                           : '_';
            INFO(language, " ", each);
            CHECK(strings.has(key));
        }
    }
}
