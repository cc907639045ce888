#pragma once
// Series: document numbers without gaps. Every number up to a series' last names a document or is
// booked as void with the reason.
// Thread contract: belongs to the writing transaction.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/connection.hpp"
#include "domain/command.hpp"

namespace showfloor::central {

class Series {
   public:
    explicit Series(database::Connection& connection) : connection_(connection) {}

    base::Result<std::int64_t> last(std::string_view series);
    base::Result<void> set_last(std::string_view series, std::int64_t last);
    // Books `number` as void; nothing when it is already.
    base::Result<void> book_void(const domain::Number& number, const base::Uuid& command_id,
                                 std::string_view reason, base::UtcMs at);
    // Takes back what book_void noted for this command and reason: the numbers name documents now.
    base::Result<void> unbook_void(const base::Uuid& command_id, std::string_view reason);

   private:
    database::Connection& connection_;
};

// The numbers of central's own documents: the next of "<branch>-C-<kind>".
class CentralNumbers final : public domain::NumberSource {
   public:
    explicit CentralNumbers(Series& series) : series_(series) {}
    std::optional<domain::Number> take(std::string_view prefix, domain::SeriesKind kind) override;
    // Why a number could not be taken; the command must then not be kept.
    [[nodiscard]] const std::optional<base::Error>& failure() const { return failure_; }

   private:
    Series& series_;
    std::optional<base::Error> failure_;
};

// The numbers a pushed command carries, as they will stand on the documents: after a re-enrolment
// what the customer's paper says, where that number is still free and nobody else can take it.
class PushedNumbers final : public domain::NumberSource {
   public:
    struct Pair {
        domain::Number carried;   // of the terminal's own series
        domain::Number document;  // what the document shows
    };
    explicit PushedNumbers(std::vector<Pair> pairs) : pairs_(std::move(pairs)) {}
    std::optional<domain::Number> take(std::string_view prefix, domain::SeriesKind kind) override;
    [[nodiscard]] std::size_t used() const { return next_; }
    [[nodiscard]] const std::vector<Pair>& pairs() const { return pairs_; }

   private:
    std::vector<Pair> pairs_;
    std::size_t next_ = 0;
};

// What the numbers of one pushed command are worth.
struct NumberCheck {
    domain::Code refused = domain::Code::kNone;
    std::vector<PushedNumbers::Pair> pairs;
    std::vector<domain::Number> own;      // carried and next in line: used or void, never lost
    std::vector<domain::Number> skipped;  // left out before them by the terminal
    bool renumbered = false;              // a paper shows another number than the document
};

// `home` is "<branch>-<terminal>-", `branch` "<branch>-". `ended` answers whether the terminal of a
// code can number no documents any more (it was revoked): only then may an older paper's number
// stand, for the original of a clone may be alive and about to take it.
using TerminalEnded = std::function<bool(std::string_view code)>;
base::Result<NumberCheck> check_numbers(Series& series, std::string_view home,
                                        std::string_view branch,
                                        const std::vector<domain::Number>& numbers,
                                        const std::vector<domain::Number>& was_numbers,
                                        const TerminalEnded& ended);

}  // namespace showfloor::central
