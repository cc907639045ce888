#pragma once
// Explain: records the statements of a connection and says which of them read more than they
// should. Thread contract: one test thread; must not outlive its connection.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.hpp"

namespace showfloor::testing {

// The lines of EXPLAIN QUERY PLAN.
inline std::vector<std::string> plan_of(database::Connection& connection, std::string_view sql) {
    std::vector<std::string> lines;
    const auto rows = connection.rows("EXPLAIN QUERY PLAN " + std::string(sql));
    SHOWFLOOR_CHECK(rows.ok(), "a recorded statement can be explained");
    for (const auto& row : *rows)
        lines.push_back(std::get<std::string>(row[3]));
    return lines;
}

// True when a plan walks a whole table or index, or builds a table of its own.
inline bool walks(const std::vector<std::string>& plan) {
    for (const std::string& line : plan) {
        if (line.starts_with("SCAN") || line.starts_with("MATERIALIZE") ||
            line.starts_with("CO-ROUTINE") || line.find("AUTOMATIC") != std::string::npos)
            return true;
    }
    return false;
}

// True when everything that was found is sorted. Sorting ties ("RIGHT PART OF") does not count.
inline bool sorts(const std::vector<std::string>& plan) {
    for (const std::string& line : plan)
        if (line == "USE TEMP B-TREE FOR ORDER BY") return true;
    return false;
}

class StatementRecorder {
   public:
    explicit StatementRecorder(database::Connection& connection) : connection_(connection) {
        connection_.on_statement([this](std::string_view sql) { seen_.emplace(sql); });
    }
    ~StatementRecorder() { connection_.on_statement({}); }
    StatementRecorder(const StatementRecorder&) = delete;
    StatementRecorder& operator=(const StatementRecorder&) = delete;

    // Every different SELECT, INSERT, UPDATE and DELETE so far; recording ends.
    [[nodiscard]] std::set<std::string> finish() {
        connection_.on_statement({});
        std::set<std::string> statements;
        for (const std::string& sql : seen_) {
            for (const char* verb : {"SELECT", "INSERT", "UPDATE", "DELETE"})
                if (sql.starts_with(verb)) statements.insert(sql);
        }
        return statements;
    }

   private:
    database::Connection& connection_;
    std::set<std::string> seen_;
};

}  // namespace showfloor::testing
