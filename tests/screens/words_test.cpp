// Every word the screens use is written in every language, and none is written that nobody uses.

#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "base/file.hpp"
#include "domain/code.hpp"
#include "domain/command.hpp"
#include "domain/records.hpp"
#include "domain/records_leads.hpp"
#include "sync/exchange.hpp"
#include "text/strings.hpp"

using namespace showfloor;
namespace fs = std::filesystem;

namespace {

constexpr const char* kLanguages[] = {"en", "ar"};
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
                Names{"sale", "car_sold_elsewhere", "dispute", "review", "invoice", "receipt",
                      "customer", "inventory", "sign_up", "lead", "assistance", "sync_forged",
                      "sync_poison", "reservation", "reservation_disputed", "reservation_expired",
                      "reservation_owed", "order_disputed", "order_pending"});
}

// What stands behind the beginnings: the domain's own lists.
std::set<std::string> all_keys() {
    std::set<std::string> keys;
    for (const std::string& key : written_keys())
        if (!key.ends_with(".") && !key.ends_with("_")) keys.insert(key);
    add_options(keys, "option.availability.", domain::kAvailabilityNames);
    add_options(keys, "option.body_style.", domain::kBodyStyleNames);
    add_options(keys, "option.condition.", domain::kConditionNames);
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
    for (int i = 1; i <= static_cast<int>(domain::Code::kNotKnown); ++i)
        keys.insert("refusal." + std::string(domain::name_of(static_cast<domain::Code>(i))));
    // What central tells of visitors; its messages are keys.
    for (const char* type : {"lead", "assistance"})
        keys.insert(std::string("notification.") + type);
    return keys;
}

// Better words for what was applied although contested; refusal.* stands in where there are none.
bool is_optional(const std::string& key) {
    return key.starts_with("attention.code_");
}

text::Strings load(const char* language) {
    return std::move(text::Strings::load(SHOWFLOOR_SOURCE_DIR "/assets/strings", language).value());
}

}  // namespace

TEST_CASE("words: every key of the screens is written in every language") {
    for (const std::string language : kLanguages) {
        const auto strings = load(language.c_str());
        for (const std::string& key : all_keys()) {
            INFO(language, " ", key);
            CHECK(strings.has(key));
        }
    }
}

TEST_CASE("words: no key is written that nobody uses") {
    const auto used = all_keys();
    for (const std::string language : kLanguages) {
        const auto strings = load(language.c_str());
        for (const auto& [key, pattern] : strings.all()) {
            INFO(language, " ", key);
            CHECK((used.contains(key) || is_optional(key)));
            CHECK_FALSE(pattern.empty());
        }
    }
}

TEST_CASE("words: every language fills the same holes") {
    const auto holes = [](const std::string& pattern) {
        std::set<std::string> names;
        const std::regex hole("\\{([a-z_]+)[,}]");
        for (std::sregex_iterator it(pattern.begin(), pattern.end(), hole), end; it != end; ++it)
            names.insert((*it)[1].str());
        return names;
    };
    const auto english = load("en"), arabic = load("ar");
    for (const auto& [key, pattern] : english.all()) {
        INFO(key);
        REQUIRE(arabic.has(key));
        CHECK(holes(pattern) == holes(arabic.all().at(key)));
    }
}

TEST_CASE("words: a code of attention is one the rules know") {
    const auto strings = load("en");
    for (const auto& [key, pattern] : strings.all()) {
        if (!is_optional(key)) continue;
        INFO(key);
        CHECK(domain::parse_code(key.substr(std::string("attention.code_").size())).has_value());
    }
}
