#include "world_contract.hpp"

namespace showfloor::domain {

TEST_CASE("map world: keeps the contract of every World") {
    test::run_world_contract([] { return std::make_unique<MapWorld>(); });
}

namespace {

class BrokenWorld final : public World {
   protected:
    base::Result<std::optional<Row>> load(const Description&, const Uuid&) override {
        return base::fail(base::ErrorKind::kDamaged, "The page is damaged.");
    }
    base::Result<std::vector<Row>> select(const Description&, const Query&) override {
        return base::fail(base::ErrorKind::kDamaged, "The page is damaged.");
    }
    base::Result<void> store(const Description&, const Row&) override {
        return base::fail(base::ErrorKind::kDiskFull, "The disk is full.");
    }
};

}  // namespace

TEST_CASE("world: a failure of storage sticks, and execute answers failed") {
    BrokenWorld world;
    CHECK(!world.get<Car>(test::fixed_id(5, 1)));
    REQUIRE(world.failure());
    CHECK(world.failure()->message == "The page is damaged.");
    CHECK(world.find<Car>({}).empty());
    Command command;
    command.id = test::fixed_id(9, 1);
    command.name = "deliver_sale";
    command.args = {{"sale_id", test::fixed_id(9, 2).to_string()}};
    Context context;
    const auto outcome = execute(command, context, world);
    CHECK(outcome.kind == Outcome::Kind::kFailed);
    CHECK(outcome.failure->kind == base::ErrorKind::kDamaged);
}

}  // namespace showfloor::domain
