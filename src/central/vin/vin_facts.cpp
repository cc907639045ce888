#include "central/vin/vin_facts.hpp"

#include "base/file.hpp"
#include "base/paths.hpp"
#include "central/import/csv.hpp"
#include "text/format.hpp"

namespace showfloor::central {

namespace {

constexpr std::size_t kMaxMakersBytes = 1024UL * 1024;
constexpr std::size_t kWmi = 3;

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto bar = std::min(text.find('|'), text.size());
        if (bar > 0) parts.emplace_back(text.substr(0, bar));
        text.remove_prefix(std::min(bar + 1, text.size()));
    }
    return parts;
}

}  // namespace

base::Result<VinMakers> VinMakers::load() {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(const std::string csv,
                     base::read_file(assets + "/vin/makers.csv", kMaxMakersBytes));
    return parse(csv);
}

base::Result<VinMakers> VinMakers::parse(std::string_view csv) {
    CsvReader reader(csv, ',');
    const auto header = reader.next();
    const std::vector<std::string> expected = {"wmi", "makes", "manufacturer", "country"};
    if (!header || header->fields != expected)
        return base::fail(base::ErrorKind::kInvalid, "assets/vin/makers.csv has another header.");
    VinMakers makers;
    while (const auto row = reader.next()) {
        if (!row->problem.empty() || row->fields.size() != expected.size() ||
            row->fields[0].size() != kWmi)
            return base::fail(
                base::ErrorKind::kInvalid,
                "assets/vin/makers.csv, line " + std::to_string(row->line) + ", cannot be read.");
        VinMaker& maker = makers.makers_[row->fields[0]];
        maker.makes = parts_of(row->fields[1]);
        maker.manufacturer = row->fields[2];
        maker.country = row->fields[3];
    }
    return makers;
}

const VinMaker* VinMakers::find(std::string_view wmi) const {
    const auto found = makers_.find(wmi);
    return found == makers_.end() ? nullptr : &found->second;
}

VinFacts VinMakers::read(const domain::Vin& vin, int latest_year) const {
    VinFacts facts;
    if (const VinMaker* maker = find(std::string_view(vin.text()).substr(0, kWmi))) {
        facts.maker = *maker;
        if (maker->makes.size() == 1) facts.make = maker->makes.front();
    }
    facts.model_year = domain::vin_model_year(vin, latest_year);
    // A year nobody builds yet is no year: the tenth character means something else there.
    if (facts.model_year && *facts.model_year > latest_year) facts.model_year.reset();
    facts.year_is_certain = facts.model_year && domain::vin_year_is_certain(vin);
    facts.check_digit_fits = vin.check_digit_fits();
    facts.region = domain::vin_region(vin);
    return facts;
}

base::Json to_json(const domain::Vin& vin, const VinFacts& facts) {
    base::Json json = {{"vin", vin.text()},
                       {"wmi", vin.text().substr(0, kWmi)},
                       {"check_digit_fits", facts.check_digit_fits},
                       {"year_is_certain", facts.year_is_certain}};
    if (!facts.region.empty()) json["region"] = facts.region;
    if (facts.model_year) json["model_year"] = *facts.model_year;
    if (!facts.make.empty()) json["make"] = facts.make;
    if (facts.maker) {
        json["makes"] = facts.maker->makes;
        json["manufacturer"] = facts.maker->manufacturer;
        if (!facts.maker->country.empty()) json["country"] = facts.maker->country;
    }
    return json;
}

int latest_model_year(std::int64_t now_ms) {
    return text::civil_time(now_ms, 0).year + 1;
}

}  // namespace showfloor::central
