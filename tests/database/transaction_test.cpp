#include "database/transaction.hpp"

#include <doctest/doctest.h>

using namespace showfloor;
using database::Cell;
using database::Connection;
using database::Savepoint;
using database::Transaction;

namespace {

struct Table {
    Connection db = std::move(*Connection::in_memory());
    Table() { REQUIRE(db.run("CREATE TABLE t(a)").ok()); }
    void add(int value) { REQUIRE(db.run("INSERT INTO t VALUES (?)", {std::int64_t{value}}).ok()); }
    std::string all() {
        const auto cell = db.value("SELECT coalesce(group_concat(a), '') FROM t");
        REQUIRE(cell.ok());
        return std::get<std::string>(*cell);
    }
};

}  // namespace

TEST_CASE("transaction: committed stays, left is taken back") {
    Table table;
    {
        auto transaction = std::move(*Transaction::begin(table.db));
        table.add(1);
        CHECK(transaction.commit().ok());
    }
    {
        auto transaction = std::move(*Transaction::begin(table.db));
        table.add(2);
    }
    CHECK(table.all() == "1");
    CHECK(!table.db.in_transaction());
}

TEST_CASE("transaction: one inside another is an error, and spoils nothing") {
    Table table;
    auto outer = std::move(*Transaction::begin(table.db));
    table.add(1);
    CHECK(!Transaction::begin(table.db).ok());
    CHECK(outer.commit().ok());
    CHECK(table.all() == "1");
}

TEST_CASE("savepoint: one command is taken back, its neighbours stay") {
    Table table;
    auto transaction = std::move(*Transaction::begin(table.db));
    for (int i = 1; i <= 3; ++i) {
        auto savepoint = std::move(*Savepoint::begin(table.db));
        table.add(i);
        if (i != 2) CHECK(savepoint.release().ok());
    }
    CHECK(transaction.commit().ok());
    CHECK(table.all() == "1,3");
}

TEST_CASE("savepoint: nested, the inner one goes alone and the outer takes all") {
    Table table;
    auto transaction = std::move(*Transaction::begin(table.db));
    table.add(1);
    {
        auto outer = std::move(*Savepoint::begin(table.db));
        table.add(2);
        {
            auto inner = std::move(*Savepoint::begin(table.db));
            table.add(3);
            inner.roll_back();
        }
        CHECK(table.all() == "1,2");
        {
            auto inner = std::move(*Savepoint::begin(table.db));
            table.add(4);
            CHECK(inner.release().ok());
        }
    }
    CHECK(transaction.commit().ok());
    CHECK(table.all() == "1");
}
