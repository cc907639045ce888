#include "central/import/car_import.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "central/import/car_rows.hpp"
#include "central/import/named_columns.hpp"
#include "central/import/values.hpp"
#include "central/limits.hpp"
#include "central/pictures.hpp"
#include "central/vin/vin_facts.hpp"
#include "central/walk.hpp"
#include "domain/records.hpp"
#include "imaging/upload.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

namespace fs = std::filesystem;
using database::Cell;

struct Line {
    CarRow row;
    base::Json from_vin = base::Json::object();  // for a new car, where the file says nothing
    std::vector<base::Json> pictures;
};

class CarReader final : public RowReader {
   public:
    CarReader(CommandProcessor& processor, const ImportOptions& options, base::UtcMs now)
        : processor_(processor), options_(options), now_(now) {}

    base::Result<void> take_header(const std::vector<std::string>& header) override;
    base::Result<Settle> read(const CsvRow& row) override;

   private:
    base::Result<void> fill_from_vin(Line& line);
    base::Result<std::vector<fs::path>> files_of(const CarRow& row);
    base::Result<void> prepare_pictures(Line& line);
    base::Result<RowDone> settle(Batch& batch, const Line& line);
    base::Result<bool> update(Batch& batch, const domain::Car& known, const base::Json& given,
                              const domain::Branch& branch);
    base::Result<bool> add_pictures(Batch& batch, const base::Uuid& car_id, const Line& line);
    base::Result<bool> keep_listing(Batch& batch, const base::Uuid& car_id, const Line& line);
    base::Result<domain::Branch> branch_for(Batch& batch, const CarRow& row);

    CommandProcessor& processor_;
    const ImportOptions& options_;
    base::UtcMs now_;
    std::vector<CarColumn> columns_;
    VinMakers makers_;
    // The images folder, read once: a look through it for each of 50,000 rows would take hours.
    std::vector<std::string> files_;
};

base::Result<void> CarReader::take_header(const std::vector<std::string>& header) {
    SHOWFLOOR_ASSIGN(columns_, car_columns(options_.format, header));
    SHOWFLOOR_ASSIGN(makers_, VinMakers::load());
    if (options_.images_folder.empty()) return {};
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(options_.images_folder, error))
        files_.push_back(entry.path().filename().string());
    if (error)
        return base::fail(base::ErrorKind::kNotFound, "The folder of pictures cannot be read.");
    std::sort(files_.begin(), files_.end());
    return {};
}

base::Result<RowReader::Settle> CarReader::read(const CsvRow& row) {
    auto line = std::make_shared<Line>();
    SHOWFLOOR_ASSIGN(line->row, read_car_row(options_.format, columns_, row.fields));
    SHOWFLOOR_TRY(fill_from_vin(*line));
    SHOWFLOOR_TRY(prepare_pictures(*line));
    return Settle([this, line](Batch& batch) { return settle(batch, *line); });
}

base::Result<void> CarReader::fill_from_vin(Line& line) {
    const base::Json& car = line.row.car;
    if (car.contains("make") && car.contains("year")) return {};
    const auto vin = domain::Vin::parse(car.value("vin", ""));
    if (!vin) return vin.error();
    const VinFacts facts = makers_.read(*vin, latest_model_year(now_));
    if (!car.contains("make") && !facts.make.empty()) line.from_vin["make"] = facts.make;
    if (!car.contains("year") && facts.year_is_certain) line.from_vin["year"] = *facts.model_year;
    return {};
}

// Files that begin with VIN or stock number, and those a column names.
base::Result<std::vector<fs::path>> CarReader::files_of(const CarRow& row) {
    std::vector<std::string> found;
    for (const std::string& image : row.images) {
        const bool address = image.find("://") != std::string::npos;
        std::string name = image.substr(0, image.find_first_of("?#"));
        name = name.substr(name.find_last_of("/\\") + 1);
        if (std::binary_search(files_.begin(), files_.end(), name)) {
            if (std::find(found.begin(), found.end(), name) == found.end()) found.push_back(name);
        } else if (!address) {
            return base::fail(base::ErrorKind::kInvalid,
                              "The picture " + image + " is not in the folder.");
        }
    }
    for (const char* field : {"vin", "stock_number"}) {
        const std::string name = row.car.value(field, "");
        if (name.empty()) continue;
        for (auto at = std::lower_bound(files_.begin(), files_.end(), name);
             at != files_.end() && at->starts_with(name); ++at) {
            const bool ends = at->size() > name.size() &&
                              !std::isalnum(static_cast<unsigned char>((*at)[name.size()]));
            if (ends && std::find(found.begin(), found.end(), *at) == found.end())
                found.push_back(*at);
        }
    }
    if (found.size() > kMaxImagesPerCar) found.resize(kMaxImagesPerCar);
    std::vector<fs::path> paths;
    for (const std::string& name : found)
        paths.push_back(fs::path(options_.images_folder) / name);
    return paths;
}

base::Result<void> CarReader::prepare_pictures(Line& line) {
    if (options_.images_folder.empty()) return {};
    SHOWFLOOR_ASSIGN(const auto files, files_of(line.row));
    for (const fs::path& file : files) {
        SHOWFLOOR_ASSIGN(const std::string content,
                         base::read_file(file.string(), imaging::kMaxBytes));
        const std::string name = file.filename().string();
        const auto prepared = imaging::prepare_upload(base::as_bytes(content), name);
        if (!prepared)
            return base::fail(base::ErrorKind::kInvalid, name + ": " + prepared.error().message);
        SHOWFLOOR_ASSIGN(auto picture, keep_picture(processor_.store(), *prepared));
        line.pictures.push_back(std::move(picture));
    }
    return {};
}

base::Result<domain::Branch> CarReader::branch_for(Batch& batch, const CarRow& row) {
    const std::string& code = row.branch_code.empty() ? options_.branch_code : row.branch_code;
    auto branch = batch.world().find_one<domain::Branch>({{"code", code}});
    // A file of another system names its own stores; --branch says which of ours that is.
    if (!branch && !options_.branch_code.empty())
        branch = batch.world().find_one<domain::Branch>({{"code", options_.branch_code}});
    if (branch) return *branch;
    return base::fail(base::ErrorKind::kInvalid, code.empty() ? "No branch is named; give --branch."
                                                              : "There is no branch " + code + ".");
}

base::Result<RowDone> CarReader::settle(Batch& batch, const Line& line) {
    SHOWFLOOR_ASSIGN(const domain::Branch branch, branch_for(batch, line.row));
    base::Json given = line.row.car;
    // The title's currency goes before the branch's, the price's own before both.
    std::string home = line.row.price_currency.empty() ? given.value("currency", branch.currency)
                                                       : line.row.price_currency;
    for (char& c : home)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    SHOWFLOOR_ASSIGN(const ReadAmount price, read_amount(line.row.price, home));
    given["price_minor"] = price.minor;
    given["currency"] = price.currency;
    std::string vin = given.value("vin", "");
    for (char& c : vin)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    given["vin"] = vin;

    if (const auto known = batch.world().find_one<domain::Car>({{"vin", vin}})) {
        SHOWFLOOR_ASSIGN(const bool changed, update(batch, *known, given, branch));
        SHOWFLOOR_ASSIGN(const bool added, add_pictures(batch, known->id, line));
        SHOWFLOOR_ASSIGN(const bool relisted, keep_listing(batch, known->id, line));
        return changed || added || relisted ? RowDone::kUpdated : RowDone::kUnchanged;
    }
    given.update(line.from_vin);
    for (const char* needed : {"make", "year"}) {
        if (!given.contains(needed))
            return base::fail(base::ErrorKind::kInvalid,
                              std::string(needed) + " is missing, and the VIN does not tell it.");
    }
    const base::Uuid id = base::Uuid::v7(now_, batch.random());
    given["id"] = id.to_string();
    given["branch_id"] = branch.id.to_string();
    SHOWFLOOR_TRY(apply_import(batch, "create_car", std::move(given), options_.actor_id));
    SHOWFLOOR_TRY(add_pictures(batch, id, line));
    SHOWFLOOR_TRY(keep_listing(batch, id, line));
    return RowDone::kImported;
}

base::Result<bool> CarReader::update(Batch& batch, const domain::Car& known,
                                     const base::Json& given, const domain::Branch& branch) {
    const base::Json before = domain::to_json(known);
    base::Json changes = base::Json::object();
    for (const auto& [name, value] : given.items()) {
        // What sales made of the car is not undone by a list from outside.
        if (name == "availability") continue;
        if (!before.contains(name) || before.at(name) != value) changes[name] = value;
    }
    const bool moved = known.branch_id != branch.id;
    if (changes.empty() && !moved) return false;
    if (!changes.empty()) {
        changes["id"] = known.id.to_string();
        SHOWFLOOR_TRY(apply_import(batch, "update_car", std::move(changes), options_.actor_id));
    }
    if (moved)
        SHOWFLOOR_TRY(
            apply_import(batch, "transfer_car",
                         {{"car_id", known.id.to_string()}, {"branch_id", branch.id.to_string()}},
                         options_.actor_id));
    return true;
}

base::Result<bool> CarReader::add_pictures(Batch& batch, const base::Uuid& car_id,
                                           const Line& line) {
    if (line.pictures.empty()) return false;
    bool added = false;
    const auto known =
        batch.world().find<domain::CarImage>({.where = {{"car_id", car_id.to_string()}}});
    for (base::Json picture : line.pictures) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const auto& image) {
            return image.sha256 == picture.at("sha256") && !image.archived;
        });
        if (there) continue;
        SHOWFLOOR_TRY(note_picture(batch.connection(), processor_.store(), picture, now_));
        picture["car_id"] = car_id.to_string();
        SHOWFLOOR_TRY(apply_import(batch, "add_car_image", std::move(picture), options_.actor_id));
        added = true;
    }
    return added;
}

base::Result<bool> CarReader::keep_listing(Batch& batch, const base::Uuid& car_id,
                                           const Line& line) {
    if (line.row.listing.empty()) return false;
    const Cell id(car_id.to_string());
    const std::string listing = base::dump_json(line.row.listing);
    SHOWFLOOR_ASSIGN(
        const Cell known,
        batch.connection().value("SELECT listing FROM car_listing WHERE car_id = ?1", {id}));
    const auto* text = std::get_if<std::string>(&known);
    if (text != nullptr && *text == listing) return false;
    SHOWFLOOR_TRY(batch.connection().run(
        "INSERT OR REPLACE INTO car_listing (car_id, listing) VALUES (?1, ?2)",
        {id, Cell(listing)}));
    return true;
}

std::string features_text(const domain::Car& car) {
    std::string text;
    for (const std::string& feature : car.features)
        text += (text.empty() ? "" : " | ") + feature;
    return text;
}

}  // namespace

base::Result<ImportReport> import_cars(CommandProcessor& processor, CsvReader& csv,
                                       const ImportOptions& options, base::UtcMs now) {
    CarReader reader(processor, options, now);
    return run_import(processor, csv, reader, now, options.progress);
}

base::Result<ImportReport> import_cars(CommandProcessor& processor, std::string_view csv,
                                       const ImportOptions& options, base::UtcMs now) {
    CsvReader reader(csv);
    return import_cars(processor, reader, options, now);
}

base::Result<std::string> export_cars(Store& store) {
    constexpr std::array kColumns = {
        "make",         "model",      "year",         "vin",          "color",       "mileage",
        "mileage_unit", "body_style", "transmission", "fuel_type",    "engine_size", "drive_type",
        "trim_level",   "condition",  "cylinders",    "doors",        "features",    "stock_number",
        "price",        "currency",   "tax_code",     "availability", "branch",      "description"};
    std::string out = header_of(kColumns);
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::string> branches;
    for (const auto& branch : world.find<domain::Branch>({}))
        branches[branch.id] = branch.code;
    SHOWFLOOR_TRY(walk<domain::Car>(world, [&](const domain::Car& car) -> base::Result<void> {
        if (car.archived) return {};
        base::Json json = domain::to_json(car);
        json["branch"] = branches[car.branch_id];
        json["price"] = amount_text(car.price_minor, car.currency);
        json["features"] = features_text(car);
        out += line_of(json, kColumns);
        return {};
    }));
    return out;
}

}  // namespace showfloor::central
