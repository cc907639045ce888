#include "base/json.hpp"

namespace showfloor::base {

namespace {

constexpr int kMaxDepth = 32;  // nothing of ours nests deeper than 8; bombs do

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) {
        return fail(ErrorKind::kTooLarge, "The JSON is larger than " + std::to_string(max_bytes) +
                                              " bytes; send less at once.");
    }
    bool too_deep = false;
    const auto guard = [&](int depth, Json::parse_event_t, Json&) {
        if (depth > kMaxDepth) too_deep = true;
        return !too_deep;
    };
    try {
        Json value = Json::parse(text.begin(), text.end(), guard);
        if (too_deep) return fail(ErrorKind::kInvalid, "The JSON is nested too deeply.");
        return value;
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

}  // namespace showfloor::base
