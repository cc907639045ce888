// import, export, backup, restore, verify, migrate.

#include <ostream>

#include "base/file.hpp"
#include "central/backup.hpp"
#include "central/cli/cli.hpp"
#include "central/import/car_import.hpp"
#include "central/limits.hpp"
#include "central/verify.hpp"

namespace showfloor::central::cli {

namespace {

using base::Arguments;

base::Result<std::string> first_word(const Arguments& arguments, std::string_view what) {
    if (!arguments.positionals().empty()) return arguments.positionals().front();
    return base::fail(base::ErrorKind::kInvalid,
                      "The " + std::string(what) + " is missing; see --help.", "usage");
}

base::Result<void> import(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const std::string file, first_word(arguments, "FILE"));
    const std::string format = arguments.get("format", "showfloor");
    ImportOptions options;
    if (format == "google-vehicle-listings")
        options.format = CarFormat::kGoogleVehicleListings;
    else if (format != "showfloor")
        return base::fail(base::ErrorKind::kInvalid,
                          "--format is showfloor or google-vehicle-listings.", "usage");
    options.branch_code = arguments.get("branch");
    options.images_folder = arguments.get("images");
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const std::string csv, base::read_file(file, kMaxImportBytes));
    CommandProcessor processor(*store, cli.random);
    SHOWFLOOR_ASSIGN(const ImportReport report,
                     import_cars(processor, csv, options, cli.clock.wall()));
    std::string text = std::to_string(report.imported) + " imported, " +
                       std::to_string(report.updated) + " updated, " +
                       std::to_string(report.unchanged) + " unchanged, " +
                       std::to_string(report.rejected.size()) + " rejected";
    for (const auto& [line, reason] : report.rejected)
        text += "\nline " + std::to_string(line) + ": " + reason;
    print(cli, arguments, report.to_json(), text);
    return {};
}

base::Result<void> export_records(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const std::string kind, first_word(arguments, "KIND"));
    if (kind != "cars")
        return base::fail(base::ErrorKind::kInvalid, "What can be exported: cars.", "usage");
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const std::string csv, export_cars(*store));
    cli.out << csv << std::flush;
    return {};
}

base::Result<void> backup(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    const std::string to = arguments.get("to");
    SHOWFLOOR_TRY(back_up(*store, to));
    print(cli, arguments, {{"file", to}}, "Saved as " + to + ". Keep it as secret as the folder.");
    return {};
}

base::Result<void> restore_from(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const std::string from, first_word(arguments, "FROM"));
    SHOWFLOOR_TRY(restore(from, arguments.get("data"), cli.random, cli.clock.wall()));
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    print(cli, arguments, {{"epoch", store->epoch()}},
          "Restored. Terminals will send again what the backup does not know.");
    return {};
}

base::Result<void> verify(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const auto problems, verify_store(*store));
    std::string text = problems.empty() ? "All is well." : "";
    for (const std::string& problem : problems)
        text += (text.empty() ? "" : "\n") + problem;
    print(cli, arguments, {{"ok", problems.empty()}, {"problems", problems}}, text);
    if (problems.empty()) return {};
    return base::fail(base::ErrorKind::kDamaged, std::to_string(problems.size()) +
                                                     " things do not hold; restore a backup or "
                                                     "ask for help.");
}

base::Result<void> migrate(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const auto lock, ServeLock::take(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const int steps, Store::migrate(arguments.get("data")));
    print(cli, arguments, {{"steps", steps}},
          steps == 0 ? "The database is up to date." : std::to_string(steps) + " steps made.");
    return {};
}

Call call(std::string_view name, std::string_view positional, std::vector<std::string_view> options,
          std::string_view does, base::Result<void> (*run)(const Arguments&, Cli&)) {
    Call made;
    made.spec.name = name;
    made.spec.positional = positional;
    made.spec.most_positionals = positional.empty() ? 0 : 1;
    options.insert(options.begin(), "data!");
    made.spec.options = std::move(options);
    made.spec.flags = {"json"};
    made.spec.does = does;
    made.run = run;
    return made;
}

}  // namespace

std::vector<Call> keeping_calls() {
    return {
        call("import", "FILE", {"format", "branch", "images"},
             "cars from a CSV file; bad lines are reported, the rest goes on", &import),
        call("export", "KIND", {}, "a CSV file of all cars on stdout (KIND: cars)",
             &export_records),
        call("backup", "", {"to!"}, "everything as one file, while central runs", &backup),
        call("restore", "FROM", {}, "a new data folder out of a backup", &restore_from),
        call("verify", "", {}, "chains, series, sums, references and files: does all hold?",
             &verify),
        call("migrate", "", {}, "brings the database to this version", &migrate),
    };
}

}  // namespace showfloor::central::cli
