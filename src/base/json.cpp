#include "base/json.hpp"

namespace showfloor::base {

namespace {

constexpr int kMaxDepth = 32;  // nothing of ours nests deeper than 8; bombs do

// Counts brackets outside strings before anything is built: a parser told to stop at a depth still
// reads the rest of a bomb.
bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxDepth) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) {
        return fail(ErrorKind::kTooLarge, "The JSON is larger than " + std::to_string(max_bytes) +
                                              " bytes; send less at once.");
    }
    if (is_too_deep(text)) return fail(ErrorKind::kInvalid, "The JSON is nested too deeply.");
    try {
        return Json::parse(text.begin(), text.end());
    } catch (const Json::exception& problem) {
        std::string at = "somewhere";
        if (const auto* parse = dynamic_cast<const Json::parse_error*>(&problem))
            at = "at byte " + std::to_string(parse->byte);
        return fail(ErrorKind::kInvalid, "This is not JSON: it goes wrong " + at + ".");
    }
}

std::string dump_json(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_member(const Json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace showfloor::base
