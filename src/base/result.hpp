#pragma once
// Result<T>: a value, or an Error that says in one sentence what happened and what to do.
// For what fails in ordinary life (disk, network, a person's input); bugs are SHOWFLOOR_CHECK.
// Thread contract: a plain value.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.hpp"

namespace showfloor::base {

// The kinds a caller may want to tell apart; the message is for people.
enum class ErrorKind {
    kFailed,       // anything else
    kInvalid,      // input that is not as it must be
    kNotFound,     // the thing named does not exist
    kRefused,      // a rule or a right says no
    kUnreachable,  // network or central is away
    kDamaged,      // stored data is broken
    kDiskFull,     // no room, or storage that cannot be written
    kBusy,         // somebody else holds it; trying again helps
    kTooLarge,     // over a stated bound
};

struct Error {
    ErrorKind kind = ErrorKind::kFailed;
    std::string message;  // One sentence: what happened and what to do. No secrets, no SQL.
    std::string code;     // A stable name for programs ("wrong_ca", "code_used"), may be empty.
    std::string field;    // The input field at fault, may be empty.
};

template <typename T = void>
class [[nodiscard]] Result {
   public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T& value() & {
        SHOWFLOOR_CHECK(ok(), "value() of a failed Result");
        return std::get<0>(state_);
    }
    [[nodiscard]] const T& value() const& {
        SHOWFLOOR_CHECK(ok(), "value() of a failed Result");
        return std::get<0>(state_);
    }
    [[nodiscard]] T&& value() && {
        SHOWFLOOR_CHECK(ok(), "value() of a failed Result");
        return std::get<0>(std::move(state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const {
        SHOWFLOOR_CHECK(!ok(), "error() of a good Result");
        return std::get<1>(state_);
    }

   private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
   public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit on purpose

    [[nodiscard]] bool ok() const { return !error_.has_value(); }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const Error& error() const {
        SHOWFLOOR_CHECK(!ok(), "error() of a good Result");
        return *error_;
    }

   private:
    std::optional<Error> error_;
};

[[nodiscard]] inline Error fail(std::string message) {
    return Error{ErrorKind::kFailed, std::move(message), {}, {}};
}
[[nodiscard]] inline Error fail(ErrorKind kind, std::string message, std::string code = {},
                                std::string field = {}) {
    return Error{kind, std::move(message), std::move(code), std::move(field)};
}

}  // namespace showfloor::base

// Leaves the current function with the error of `expression` when it failed.
#define SHOWFLOOR_TRY(expression)                                            \
    do {                                                                     \
        if (auto showfloor_try_result = (expression); !showfloor_try_result) \
            return showfloor_try_result.error();                             \
    } while (false)

#define SHOWFLOOR_CONCAT_INNER(a, b) a##b
#define SHOWFLOOR_CONCAT(a, b) SHOWFLOOR_CONCAT_INNER(a, b)
// SHOWFLOOR_ASSIGN(auto x, expression): declares x with the value, or leaves with the error.
#define SHOWFLOOR_ASSIGN(declaration, expression)                      \
    auto SHOWFLOOR_CONCAT(showfloor_result_, __LINE__) = (expression); \
    if (!SHOWFLOOR_CONCAT(showfloor_result_, __LINE__))                \
        return SHOWFLOOR_CONCAT(showfloor_result_, __LINE__).error();  \
    declaration = std::move(SHOWFLOOR_CONCAT(showfloor_result_, __LINE__)).value()
