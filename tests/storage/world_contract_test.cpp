#include "support/world_contract.hpp"

#include <doctest/doctest.h>

#include <memory>

#include "storage/sqlite_world.hpp"
#include "storage/worlds.hpp"
#include "support/explain.hpp"

using namespace showfloor;
using database::Connection;
using storage::SqliteWorld;

namespace {

const testing::TestSealer kSealer("terminal");

}  // namespace

TEST_CASE("plain SqliteWorld: keeps the contract of World") {
    std::unique_ptr<Connection> db;
    test::run_world_contract([&] {
        db = std::make_unique<Connection>(testing::central_in_memory());
        return std::make_unique<SqliteWorld>(*db);
    });
}

TEST_CASE("overlaid SqliteWorld: keeps the contract of World for what lies on terminals") {
    std::unique_ptr<Connection> db;
    test::run_world_contract(
        [&] {
            db = std::make_unique<Connection>(testing::replica_in_memory());
            return std::make_unique<SqliteWorld>(*db, kSealer);
        },
        domain::View::kTerminal);
}

TEST_CASE("statements: a sale, its payment and all they read walk no table, on either side") {
    for (const bool terminal : {false, true}) {
        Connection db = terminal ? testing::replica_in_memory() : testing::central_in_memory();
        SqliteWorld plain(db);
        SqliteWorld overlaid(db, kSealer);
        SqliteWorld& world = terminal ? overlaid : plain;
        test::Dealership dealership(world);
        testing::StatementRecorder recorder(db);
        dealership.sell(1, 1000);
        REQUIRE(!world.failure());
        const auto statements = recorder.finish();
        CHECK(statements.size() > 5);
        for (const std::string& sql : statements)
            CHECK_MESSAGE(!testing::walks(testing::plan_of(db, sql)), sql);
    }
}
