#include "text/strings.hpp"

#include <mutex>
#include <set>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "text/limits.hpp"

namespace showfloor::text {

// What was reported already; behind a pointer so that a catalogue can move.
struct Strings::Missing {
    std::mutex mutex;
    std::set<std::string, std::less<>> keys;
};

Strings::Strings(std::string_view code)
    : locale_(&locale_for(code)), missing_(std::make_unique<Missing>()) {}
Strings::Strings(Strings&&) noexcept = default;
Strings& Strings::operator=(Strings&&) noexcept = default;
Strings::~Strings() = default;

base::Result<Strings> Strings::load(const std::string& folder, std::string_view code) {
    const std::string path = folder + "/" + std::string(code) + ".json";
    SHOWFLOOR_ASSIGN(const std::string json, base::read_file(path, kMaxCatalogueBytes));
    return parse(json, code);
}

base::Result<Strings> Strings::parse(std::string_view json, std::string_view code) {
    SHOWFLOOR_ASSIGN(const base::Json value, base::parse_json(json, kMaxCatalogueBytes));
    const std::string what = "The words of \"" + std::string(code) + "\" ";
    if (!value.is_object())
        return base::fail(base::ErrorKind::kInvalid, what + "must be one object of key to text.");
    Strings strings(code);
    for (const auto& [key, message] : value.items()) {
        if (!message.is_string())
            return base::fail(base::ErrorKind::kInvalid, what + "hold no text at " + key + ".");
        strings.messages_.emplace(key, message.get<std::string>());
    }
    return strings;
}

std::string Strings::get(std::string_view key, Values values) const {
    const auto found = messages_.find(key);
    if (found == messages_.end()) {
        report(key, "words_missing");
        return std::string(key);
    }
    if (found->second.find_first_of("{}") == std::string::npos) return found->second;
    auto filled = format_message(*locale_, found->second, values);
    if (!filled) report(key, "words_broken");
    return filled ? *std::move(filled) : found->second;
}

bool Strings::has(std::string_view key) const {
    return messages_.find(key) != messages_.end();
}

void Strings::report(std::string_view key, const char* what) const {
    const std::lock_guard lock(missing_->mutex);
    if (missing_->keys.size() >= kMaxMissingLogged) return;
    if (!missing_->keys.emplace(key).second) return;
    base::log(base::LogLevel::kWarning, what,
              {{"locale", std::string(locale_->code)}, {"key", std::string(key)}});
}

}  // namespace showfloor::text
