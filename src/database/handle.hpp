#pragma once
// What a Connection owns and its Statements point to; private to this folder.
// Thread contract: the connection's.

#include <sqlite3.h>

#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/result.hpp"

namespace showfloor::database::detail {

// Statements of ours are long and differ in their first words or their last ones; equality is
// compared in full.
struct HashSql {
    std::size_t operator()(std::string_view sql) const {
        constexpr std::size_t kEnds = 64;
        const std::hash<std::string_view> hash;
        if (sql.size() <= 2 * kEnds) return hash(sql);
        return hash(sql.substr(0, kEnds)) * 31 + hash(sql.substr(sql.size() - kEnds)) + sql.size();
    }
};

struct Handle {
    sqlite3* db = nullptr;
    std::function<void(std::string_view)> hook;

    // Statements nobody uses at the moment, the last used first.
    std::list<std::pair<std::string, sqlite3_stmt*>> idle;
    std::unordered_map<std::string_view, decltype(idle)::iterator, HashSql> by_sql;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle();

    // An idle statement, or null. The caller owns it until give_back().
    sqlite3_stmt* take(std::string_view sql);
    void give_back(std::string sql, sqlite3_stmt* statement);
    void forget_idle();

    // The Error for what SQLite has just answered.
    [[nodiscard]] base::Error error(int code) const;
};

}  // namespace showfloor::database::detail
