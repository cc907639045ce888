// GET /api/v1/vin/{vin}: what a VIN tells, to fill in a new car.

#include "base/log.hpp"
#include "central/api/answer.hpp"
#include "central/vin/vin_facts.hpp"

namespace showfloor::central {

namespace {

using net::HttpResponse;

const VinMakers& makers() {
    // Read once; without the file every maker is unknown, and it is logged.
    static const VinMakers known = [] {
        auto read = VinMakers::load();
        if (!read)
            base::log(base::LogLevel::kError, "vin_makers", {{"error", read.error().message}});
        return read ? std::move(read).value() : VinMakers{};
    }();
    return known;
}

HttpResponse read_vin(Call& call) {
    const auto vin = domain::Vin::parse(call.id);
    if (!vin)
        return problem_answer(422, vin.error().code, vin.error().message,
                              {{"vin", vin.error().code, vin.error().message}});
    return json_answer(200, to_json(*vin, makers().read(*vin, latest_model_year(call.now))));
}

}  // namespace

void add_vin_routes(std::vector<Route>& table) {
    Route route;
    route.method = "GET";
    route.path = "/api/v1/vin/{vin}";
    route.area = domain::Area::kCars;
    route.action = domain::Action::kRead;
    route.handle = read_vin;
    route.operation = "read_vin";
    route.summary = "What a VIN tells: maker, region, model year, whether its check digit fits.";
    route.answer = Route::Answer::kObject;
    table.push_back(std::move(route));
}

}  // namespace showfloor::central
