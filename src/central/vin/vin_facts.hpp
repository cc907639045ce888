#pragma once
// What a VIN tells of a car: maker, region, model year, out of assets/vin/makers.csv (origin in the
// README beside it). Fills in a new car; a person still looks.
// Thread contract: immutable once read; any thread.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "domain/vin.hpp"

namespace showfloor::central {

struct VinMaker {
    std::vector<std::string> makes;
    std::string manufacturer, country;
};

struct VinFacts {
    std::optional<VinMaker> maker;  // nullopt: not registered in the USA
    std::string make;               // empty unless the maker has exactly one
    std::optional<int> model_year;
    bool year_is_certain = false;
    bool check_digit_fits = false;
    std::string region;
};

class VinMakers {
   public:
    // From the asset folder. kNotFound, kInvalid.
    static base::Result<VinMakers> load();
    static base::Result<VinMakers> parse(std::string_view csv);

    [[nodiscard]] const VinMaker* find(std::string_view wmi) const;  // nullptr when unknown
    [[nodiscard]] VinFacts read(const domain::Vin& vin, int latest_year) const;
    [[nodiscard]] std::size_t size() const { return makers_.size(); }

   private:
    std::map<std::string, VinMaker, std::less<>> makers_;
};

// {"vin", "wmi", "make", "makes", "manufacturer", "country", "region", "model_year",
// "year_is_certain", "check_digit_fits"}; what is not known is left out.
[[nodiscard]] base::Json to_json(const domain::Vin& vin, const VinFacts& facts);

// The newest model year there can be at this time: next year's cars are sold from summer on.
[[nodiscard]] int latest_model_year(std::int64_t now_ms);

}  // namespace showfloor::central
