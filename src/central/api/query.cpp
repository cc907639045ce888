#include "central/api/query.hpp"

#include <algorithm>

#include "central/api/answer.hpp"

namespace showfloor::central {

using net::HttpResponse;

std::optional<HttpResponse> only_parameters(const Call& call,
                                            std::initializer_list<std::string_view> names) {
    for (const auto& [name, value] : call.request.query) {
        if (std::find(names.begin(), names.end(), name) != names.end()) continue;
        return problem_answer(400, "unknown_filter", "There is no parameter " + name + " here.",
                              {{name, "unknown_filter", "There is no such parameter here."}});
    }
    return std::nullopt;
}

std::string asked(const Call& call, const char* name) {
    const auto found = call.request.query.find(name);
    return found == call.request.query.end() ? std::string() : found->second;
}

HttpResponse wrong_parameter(const char* name, const std::string& message) {
    return problem_answer(400, "invalid", message, {{name, "invalid", message}});
}

std::optional<base::UtcMs> time_asked(const Call& call, const char* name, base::UtcMs fallback) {
    const std::string text = asked(call, name);
    if (text.empty()) return fallback;
    const bool figures = text.find_first_not_of("0123456789") == std::string::npos;
    if (!figures || text.size() > 13) return std::nullopt;
    return std::stoll(text);
}

std::optional<base::Uuid> id_asked(const Call& call, const char* name) {
    const std::string text = asked(call, name);
    return text.empty() ? base::Uuid{} : base::Uuid::parse(text);
}

std::vector<std::string> words_of(const std::string& list) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at <= list.size();) {
        const auto end = std::min(list.find(',', at), list.size());
        if (end > at) words.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

}  // namespace showfloor::central
