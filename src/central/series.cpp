#include "central/series.hpp"

#include <map>

#include "central/limits.hpp"

namespace showfloor::central {

namespace {

// The letter at the end of "NBO-T03-I"; 0 for what is no series of ours.
char letter_at_end(std::string_view series, std::string_view prefix) {
    if (series.size() != prefix.size() + 1 || !series.starts_with(prefix)) return 0;
    const char letter = series.back();
    return letter == 'I' || letter == 'R' || letter == 'C' ? letter : '\0';
}

// "T03" of "NBO-T03-I"; empty for what is no terminal's.
std::string_view terminal_code(std::string_view series, std::string_view branch) {
    if (!series.starts_with(branch) || series.size() < branch.size() + 3) return {};
    return series.substr(branch.size(), series.size() - branch.size() - 2);
}

}  // namespace

base::Result<std::int64_t> Series::last(std::string_view series) {
    SHOWFLOOR_ASSIGN(auto statement,
                     connection_.prepare("SELECT last FROM number_series WHERE series = ?1"));
    statement.bind(1, std::string(series));
    SHOWFLOOR_ASSIGN(const bool found, statement.step());
    return found ? statement.integer(0) : 0;
}

base::Result<void> Series::set_last(std::string_view series, std::int64_t last) {
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection_.prepare("INSERT INTO number_series (series, last) VALUES (?1, ?2) "
                            "ON CONFLICT (series) DO UPDATE SET last = max(last, excluded.last)"));
    statement.bind(1, std::string(series)).bind(2, last);
    return statement.run();
}

base::Result<void> Series::book_void(const domain::Number& number, const base::Uuid& command_id,
                                     std::string_view reason, base::UtcMs at) {
    SHOWFLOOR_ASSIGN(
        auto statement,
        connection_.prepare("INSERT INTO number_void (series, n, command_id, reason, at) VALUES "
                            "(?1, ?2, ?3, ?4, ?5) ON CONFLICT (series, n) DO NOTHING"));
    statement.bind(1, number.series).bind(2, number.n);
    statement.bind(3, command_id.to_string()).bind(4, std::string(reason)).bind(5, at);
    SHOWFLOOR_TRY(statement.run());
    return set_last(number.series, number.n);
}

base::Result<void> Series::unbook_void(const base::Uuid& command_id, std::string_view reason) {
    return connection_.run("DELETE FROM number_void WHERE command_id = ?1 AND reason = ?2",
                           {command_id.to_string(), std::string(reason)});
}

std::optional<domain::Number> CentralNumbers::take(std::string_view prefix,
                                                   domain::SeriesKind kind) {
    domain::Number number;
    number.series = std::string(prefix) + std::string(domain::letter_of(kind));
    const auto last = series_.last(number.series);
    if (!last) {
        failure_ = last.error();
        return std::nullopt;
    }
    number.n = *last + 1;
    if (const auto stored = series_.set_last(number.series, number.n); !stored) {
        failure_ = stored.error();
        return std::nullopt;
    }
    return number;
}

std::optional<domain::Number> PushedNumbers::take(std::string_view prefix,
                                                  domain::SeriesKind kind) {
    if (next_ == pairs_.size()) return std::nullopt;
    const Pair& pair = pairs_[next_];
    if (pair.carried.series != std::string(prefix) + std::string(domain::letter_of(kind)))
        return std::nullopt;
    ++next_;
    return pair.document;
}

base::Result<NumberCheck> check_numbers(Series& series, std::string_view home,
                                        std::string_view branch,
                                        const std::vector<domain::Number>& numbers,
                                        const std::vector<domain::Number>& was_numbers,
                                        const TerminalEnded& ended) {
    NumberCheck check;
    std::map<std::string, std::int64_t> lasts;
    const auto last_of = [&](const std::string& name) -> base::Result<std::int64_t> {
        if (const auto known = lasts.find(name); known != lasts.end()) return known->second;
        SHOWFLOOR_ASSIGN(const std::int64_t last, series.last(name));
        lasts[name] = last;
        return last;
    };
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const domain::Number& number = numbers[i];
        const char letter = letter_at_end(number.series, home);
        if (letter == 0) {
            check.refused = domain::Code::kForged;
            return check;
        }
        SHOWFLOOR_ASSIGN(const std::int64_t last, last_of(number.series));
        if (number.n <= last || number.n - last - 1 > kMaxSkippedNumbers) {
            check.refused = domain::Code::kNumberNotNext;
            continue;  // what else it carries must still be booked as void
        }
        for (std::int64_t n = last + 1; n < number.n; ++n) {
            check.skipped.push_back({number.series, n});
            check.refused = domain::Code::kNumberNotNext;
        }
        lasts[number.series] = number.n;
        check.own.push_back(number);
        check.pairs.push_back({number, number});
        if (i >= was_numbers.size() || was_numbers[i] == number) continue;
        // The paper's number stands when it is the next of its own, older series, and that has come
        // to its end.
        const domain::Number& was = was_numbers[i];
        const bool ours = was.series.starts_with(branch) && was.series.back() == letter &&
                          ended(terminal_code(was.series, branch));
        std::int64_t was_last = 0;
        if (ours) {
            SHOWFLOOR_ASSIGN(was_last, last_of(was.series));
        }
        if (ours && was.n == was_last + 1) {
            lasts[was.series] = was.n;
            check.pairs.back().document = was;
        } else {
            check.renumbered = true;
        }
    }
    return check;
}

}  // namespace showfloor::central
