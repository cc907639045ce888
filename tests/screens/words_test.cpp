// Every word the screens use is written in every language, and none is written that nobody uses.
// A language is a file of assets/strings (and of assets/emails, for central's letters): one that is
// there is whole.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "domain/code.hpp"
#include "domain/command.hpp"
#include "domain/records.hpp"
#include "domain/records_leads.hpp"
#include "domain/transitions.hpp"
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
    "detail|document|error|finance|gallery|home|idle|lead|leads|link|notification|option|payment|"
    "picks|profile|receipt|refusal|sale|sales|section|service|sign_in|sync|ui|when)"
    "\\.[a-z0-9_.]*)\"";

std::string source(const fs::path& path) {
    return base::read_file(path.string(), 1u << 20).value();
}

using Names = std::set<std::string>;

Names found_in(const std::string& text, const std::string& expression) {
    Names names;
    const std::regex wanted(expression);
    for (std::sregex_iterator it(text.begin(), text.end(), wanted), end; it != end; ++it)
        names.insert((*it)[1].str());
    return names;
}

// What the expression finds in the sources of these folders.
Names found_in_folders(const std::string& expression, std::initializer_list<const char*> folders) {
    Names names;
    for (const char* folder : folders)
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(SHOWFLOOR_SOURCE_DIR) / "src" / folder))
            if (entry.path().extension() == ".cpp")
                names.merge(found_in(source(entry.path()), expression));
    return names;
}

// Keys written out in the sources, and beginnings of those that are put together there
// ("sale.reason_").
const Names& written_keys() {
    static const Names keys = found_in_folders(kKey, {"terminal", "ui", "documents", "text"});
    return keys;
}

Names found_in_files(const std::string& expression, std::initializer_list<const char*> files) {
    Names names;
    for (const char* file : files)
        names.merge(found_in(source(fs::path(SHOWFLOOR_SOURCE_DIR) / "src" / file), expression));
    // A list that moved is not to be taken for an empty one.
    CHECK_MESSAGE(!names.empty(), "no names by " << expression);
    return names;
}

// Every word in quotes.
Names quoted(std::initializer_list<const char*> files) {
    return found_in_files("\"([a-z0-9_]+)\"", files);
}

// The words of one list of a source: kList = {"a", "b"}.
Names listed(const char* file, const std::string& list) {
    const std::string text = source(fs::path(SHOWFLOOR_SOURCE_DIR) / "src" / file);
    const std::size_t from = text.find(list + " = {");
    REQUIRE_MESSAGE(from != std::string::npos, file << " has no " << list);
    return found_in(text.substr(from, text.find("};", from) - from), "\"([a-z0-9_]+)\"");
}

template <typename Table>
Names named(const Table& table) {
    Names names(table.begin(), table.end());
    names.erase("unknown");
    return names;
}

// Keys that are put together: how they begin and what they may end with. `whole`: every end is
// told, in every language; else the words stand in for better ones, where there are some.
struct Composed {
    std::string begin;
    Names ends;
    bool whole = true;
};

// By the tables of the domain and of sync.
void compose_tables(std::vector<Composed>& all) {
    all.push_back({"option.availability.", named(domain::kAvailabilityNames)});
    all.push_back({"option.body_style.", named(domain::kBodyStyleNames)});
    all.push_back({"option.condition.", named(domain::kConditionNames)});
    all.push_back({"option.color.", named(search::kColorOptions)});
    all.push_back({"option.drive_type.", named(domain::kDriveTypeNames)});
    all.push_back({"option.fuel_type.", named(domain::kFuelTypeNames)});
    all.push_back({"option.role.", named(domain::kRoleNames)});
    all.push_back({"option.transmission.", named(domain::kTransmissionNames)});
    all.push_back({"payment.method.", named(domain::kPaymentMethodNames)});
    all.push_back({"payment.status.", named(domain::kPaymentStatusNames)});
    all.push_back({"sales.status_", named(domain::kSaleStatusNames)});
    all.push_back({"sales.invoice_", named(domain::kInvoiceStatusNames)});
    all.push_back({"leads.kind_", named(domain::kLeadKindNames)});
    all.push_back({"leads.status_", named(domain::kLeadStatusNames)});
    Composed moves{"leads.to_", {}};
    // Claimed is what a new one becomes, by a button of its own.
    for (std::size_t i = 0; i < domain::kLeadStatusNames.size(); ++i) {
        const auto to = static_cast<domain::LeadStatus>(i);
        for (std::size_t k = 0; k < domain::kLeadStatusNames.size(); ++k) {
            const auto from = static_cast<domain::LeadStatus>(k);
            if (from != domain::LeadStatus::kNew && domain::may_become(from, to))
                moves.ends.emplace(domain::kLeadStatusNames.at(i));
        }
    }
    all.push_back(std::move(moves));
    Composed refusals{"refusal.", {}}, contested{"attention.code_", {}, false};
    for (int i = 1; i <= static_cast<int>(domain::Code::kPromotionRepeated); ++i)
        refusals.ends.emplace(domain::name_of(static_cast<domain::Code>(i)));
    contested.ends = refusals.ends;
    all.push_back(std::move(refusals));
    all.push_back(std::move(contested));
    Composed causes{"sync.cause_", {"fork", "lost_history"}}, commands{"sync.command_", {}};
    for (int i = 0; i <= static_cast<int>(sync::Failure::Code::kDiskFull); ++i)
        causes.ends.emplace(sync::name_of(static_cast<sync::Failure::Code>(i)));
    all.push_back(std::move(causes));
    for (const auto& spec : domain::command_table())
        if (spec.from_terminal) commands.ends.emplace(spec.name);
    all.push_back(std::move(commands));
}

// By what stands in the sources themselves.
void compose_sources(std::vector<Composed>& all) {
    all.push_back({"customer.id_", listed("terminal/screens/customer_form.cpp", "kIdKinds")});
    all.push_back({"sale.reason_", listed("terminal/screens/sale_price_step.cpp", "kReasons")});
    all.push_back({"sales.filter_", found_in_files("\\{\"([a-z_]+)\", [a-z_:A-Z<>]+\\}",
                                                   {"terminal/screens/sales_screen.cpp"})});
    Composed actions{"detail.", {}};
    for (const std::string& name : found_in_files("\\{\"([a-z]+)\", \"[a-z_]+\", (?:true|false)",
                                                  {"terminal/screens/sale_action.cpp"}))
        for (const char* part : {"_title", "_hint", "_do", "_done"})
            actions.ends.insert(name + part);
    all.push_back(std::move(actions));
    Composed themes{"access.theme_", {}};
    for (const auto& entry :
         fs::directory_iterator(fs::path(SHOWFLOOR_SOURCE_DIR) / "assets" / "themes"))
        themes.ends.insert(entry.path().stem().string());
    all.push_back(std::move(themes));
    // By kind of failure, or better by its code.
    all.push_back({"error.", listed("terminal/screens/shell.cpp", "kKinds[]")});
    all.push_back({"error.", quoted({"terminal/printer.cpp", "sync/outbox_lists.cpp"}), false});
    all.push_back(
        {"sign_in.refused_", quoted({"terminal/accounts.cpp", "terminal/engine.cpp"}), false});
    all.push_back({"profile.error_",
                   quoted({"terminal/accounts.cpp", "central/auth/password_policy.cpp"}), false});
    all.push_back({"sync.state_", quoted({"sync/outbox.cpp", "terminal/read_models.cpp"}), false});
    const Names kinds =
        quoted({"sync/outbox_lists.cpp", "terminal/read_models.cpp",
                "terminal/screens/attention_screen.cpp", "terminal/screens/home_screen.cpp"});
    all.push_back({"attention.kind_", kinds, false});
    all.push_back({"attention.story_", kinds, false});
    // What central tells; its messages are keys.
    all.push_back(
        {"notification.", found_in_files("(?:note_of\\(|tell_of_document\\(\\w+, )\"([a-z_]+)\"",
                                         {"central/consequences.cpp"})});
    all.push_back(
        {"notification.", found_in_files("kType = \"([a-z_]+)\"", {"central/low_stock.cpp"})});
    all.push_back({"notification.sync_", found_in_folders("alarm\\(\"([a-z_]+)\"", {"central"})});
    all.push_back({"", found_in_folders("\"(notification\\.[a-z_]*[a-z])\"", {"central"})});
}

const std::vector<Composed>& composed_keys() {
    static const std::vector<Composed> all = [] {
        std::vector<Composed> made;
        compose_tables(made);
        compose_sources(made);
        return made;
    }();
    return all;
}

bool is_whole(const std::string& written) {
    return !written.ends_with(".") && !written.ends_with("_");
}

// Every key the program may ask for and has no other words for.
Names all_keys() {
    Names keys;
    for (const std::string& key : written_keys())
        if (is_whole(key)) keys.insert(key);
    for (const Composed& each : composed_keys())
        if (each.whole)
            for (const std::string& end : each.ends)
                keys.insert(each.begin + end);
    return keys;
}

// Features: records hold any; the commonest are told in every language.
bool is_used(const std::string& key) {
    if (key.starts_with("feature.") || (is_whole(key) && written_keys().contains(key))) return true;
    const auto& all = composed_keys();
    return std::any_of(all.begin(), all.end(), [&](const Composed& each) {
        return key.starts_with(each.begin) && each.ends.contains(key.substr(each.begin.size()));
    });
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

Names holes(const std::string& pattern) {
    return found_in(pattern, "\\{([a-z_]+)[,}]");
}

// The forms that whole numbers take in a language.
Names plural_forms(const text::Locale& locale) {
    Names forms;
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
    for (const auto& [language, strings] : languages_in(kScreens)) {
        for (const auto& [key, pattern] : strings.all()) {
            INFO(language, " ", key);
            CHECK(is_used(key));
            CHECK_FALSE(pattern.empty());
        }
    }
}

TEST_CASE("words: what is put together begins as the sources write it") {
    for (const Composed& each : composed_keys()) {
        INFO(each.begin);
        // "option." stands in the sources without its field; central puts its own together.
        const bool elsewhere = each.begin.empty() || each.begin.starts_with("notification.");
        const std::string begin = each.begin.starts_with("option.") ? "option." : each.begin;
        CHECK((elsewhere || written_keys().contains(begin)));
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
                // The thin space (U+202F) before a sign; the whole one (U+00A0) stands between a
                // figure and its word.
                if (language == "fr")
                    CHECK(found_in(pattern, "((?: |\u00a0)(?:[;:!?]|»)|«(?: |\u00a0))").empty());
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
