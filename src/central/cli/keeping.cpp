// import, export, backup, restore, verify, mail, migrate.

#include <ostream>

#include "base/file.hpp"
#include "central/archive/archive.hpp"
#include "central/backup.hpp"
#include "central/cli/cli.hpp"
#include "central/import/car_import.hpp"
#include "central/import/customer_import.hpp"
#include "central/import/product_import.hpp"
#include "central/limits.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/verify.hpp"

namespace showfloor::central::cli {

namespace {

using base::Arguments;

base::Result<std::string> first_word(const Arguments& arguments, std::string_view what) {
    if (!arguments.positionals().empty()) return arguments.positionals().front();
    return base::fail(base::ErrorKind::kInvalid,
                      "The " + std::string(what) + " is missing; see --help.", "usage");
}

// One line on stderr at most every two seconds: an import of 50,000 rows takes a while.
ImportProgress progress_on(Cli& cli) {
    constexpr std::int64_t kEveryMs = 2000;
    return [&cli, next = cli.clock.boot_ms() + kEveryMs](std::int64_t rows, double part) mutable {
        if (cli.clock.boot_ms() < next) return;
        next = cli.clock.boot_ms() + kEveryMs;
        cli.err << rows << " rows read, " << static_cast<int>(part * 100) << " %\n" << std::flush;
    };
}

base::Result<ImportReport> import_file(const std::string& file, const std::string& format,
                                       const ImportOptions& options, CommandProcessor& processor,
                                       base::UtcMs now) {
    SHOWFLOOR_ASSIGN(auto csv, CsvReader::open(file));
    if (format == "customers") return import_customers(processor, csv, options, now);
    if (format == "products") return import_products(processor, csv, options, now);
    return import_cars(processor, csv, options, now);
}

// A full export back into an empty central.
base::Result<void> import_archive(const std::string& from, const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const auto lock, ServeLock::take(arguments.get("data")));
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const ArchiveCount count,
                     read_archive(*store, from, [&cli](const std::string& file, std::int64_t rows) {
                         cli.err << file << ": " << rows << "\n" << std::flush;
                     }));
    print(cli, arguments, {{"rows", count.rows}, {"blobs", count.blobs}},
          std::to_string(count.rows) + " rows and " + std::to_string(count.blobs) +
              " files are in. Sign in as before; terminals have to be enrolled anew.");
    return {};
}

base::Result<void> export_archive(const Arguments& arguments, Cli& cli) {
    const std::string to = arguments.get("to");
    if (to.empty())
        return base::fail(base::ErrorKind::kInvalid, "export all needs --to DIR.", "usage");
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const ArchiveCount count,
                     write_archive(*store, to, cli.clock.wall(),
                                   [&cli](const std::string& file, std::int64_t rows) {
                                       cli.err << file << ": " << rows << "\n" << std::flush;
                                   }));
    print(cli, arguments, {{"rows", count.rows}, {"blobs", count.blobs}, {"folder", to}},
          std::to_string(count.rows) + " rows and " + std::to_string(count.blobs) +
              " files are in " + to + ". Keep it as secret as the data folder.");
    return {};
}

base::Result<void> import(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const std::string file, first_word(arguments, "FILE"));
    if (is_archive(file)) return import_archive(file, arguments, cli);
    const std::string format = arguments.get("format", "showfloor");
    ImportOptions options;
    if (format == "google-vehicle-listings")
        options.format = CarFormat::kGoogleVehicleListings;
    else if (format != "showfloor" && format != "customers" && format != "products")
        return base::fail(base::ErrorKind::kInvalid,
                          "--format is showfloor, google-vehicle-listings, customers or products.",
                          "usage");
    options.branch_code = arguments.get("branch");
    options.images_folder = arguments.get("images");
    options.progress = progress_on(cli);
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    CommandProcessor processor(*store, cli.random);
    SHOWFLOOR_ASSIGN(const ImportReport report,
                     import_file(file, format, options, processor, cli.clock.wall()));
    std::string text = std::to_string(report.imported) + " imported, " +
                       std::to_string(report.updated) + " updated, " +
                       std::to_string(report.unchanged) + " unchanged, " +
                       std::to_string(report.rejected_count) + " rejected";
    for (const auto& [line, reason] : report.rejected)
        text += "\nline " + std::to_string(line) + ": " + reason;
    print(cli, arguments, report.to_json(), text);
    return {};
}

base::Result<void> export_records(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(const std::string kind, first_word(arguments, "KIND"));
    if (kind == "all") return export_archive(arguments, cli);
    base::Result<std::string> (*exported)(Store&) = nullptr;
    if (kind == "cars") exported = &export_cars;
    if (kind == "google-vehicle-listings") exported = &export_google_listings;
    if (kind == "customers") exported = &export_customers;
    if (kind == "products") exported = &export_products;
    if (exported == nullptr)
        return base::fail(base::ErrorKind::kInvalid,
                          "What can be exported: all, cars, google-vehicle-listings, customers, "
                          "products.",
                          "usage");
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    SHOWFLOOR_ASSIGN(const std::string csv, exported(*store));
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
    SHOWFLOOR_ASSIGN(auto reader, store->reader());
    SHOWFLOOR_ASSIGN(const auto mail, mail_figures(reader.connection()));
    // No damage: said beside.
    if (mail.stuck > 0)
        text += "\n" + std::to_string(mail.stuck) + " letters are stuck; see mail list.";
    print(cli, arguments,
          {{"ok", problems.empty()},
           {"problems", problems},
           {"mail", {{"waiting", mail.waiting}, {"stuck", mail.stuck}}}},
          text);
    if (problems.empty()) return {};
    return base::fail(base::ErrorKind::kDamaged, std::to_string(problems.size()) +
                                                     " things do not hold; restore a backup or "
                                                     "ask for help.");
}

base::Result<void> mail_list(const Arguments& arguments, Cli& cli) {
    const std::string state = arguments.get("state");
    for (const char* known : {"", "waiting", "stuck", "sent", "dropped"}) {
        if (state != known) continue;
        SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
        SHOWFLOOR_ASSIGN(auto reader, store->reader());
        SHOWFLOOR_ASSIGN(const base::Json list, list_mail(reader.connection(), state));
        std::string text;
        for (const auto& mail : list)
            text += (text.empty() ? "" : "\n") + base::text_member(mail, "id") + "  " +
                    base::text_member(mail, "state") + "  " + base::text_member(mail, "kind") +
                    "  " + base::text_member(mail, "recipient") + " " +
                    base::text_member(mail, "recipient_id") + "  " +
                    std::to_string(mail.value("attempts", 0)) + " tries  " +
                    base::text_member(mail, "last_error");
        print(cli, arguments, list, text.empty() ? "No such letter." : text);
        return {};
    }
    return base::fail(base::ErrorKind::kInvalid, "--state is waiting, stuck, sent or dropped.",
                      "usage");
}

base::Result<void> mail_retry(const Arguments& arguments, Cli& cli) {
    const std::string id =
        arguments.positionals().empty() ? std::string() : arguments.positionals().front();
    SHOWFLOOR_ASSIGN(auto store, Store::open(arguments.get("data")));
    CommandProcessor processor(*store, cli.random);
    SHOWFLOOR_ASSIGN(auto batch, processor.batch(cli.clock.wall()));
    SHOWFLOOR_ASSIGN(const std::int64_t due, retry_mail(batch.connection(), id, batch.now()));
    SHOWFLOOR_TRY(batch.commit());
    if (due == 0 && !id.empty())
        return base::fail(base::ErrorKind::kNotFound,
                          "There is no such letter waiting; see mail list.");
    print(cli, arguments, {{"due", due}}, std::to_string(due) + " letters are due now.");
    return {};
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
             "cars (or --format customers, products) from a CSV file, bad lines are reported; or a "
             "full export",
             &import),
        call("export", "KIND", {"to"},
             "a CSV file on stdout (KIND: cars, google-vehicle-listings, customers, products), or "
             "all --to DIR",
             &export_records),
        call("backup", "", {"to!"}, "everything as one file, while central runs", &backup),
        call("restore", "FROM", {}, "a new data folder out of a backup", &restore_from),
        call("verify", "", {}, "chains, series, sums, references and files: does all hold?",
             &verify),
        call("mail list", "", {"state"},
             "letters that wait or are stuck (or --state sent, dropped)", &mail_list),
        call("mail retry", "ID", {}, "that letter, or all without ID, is tried again at once",
             &mail_retry),
        call("migrate", "", {}, "brings the database to this version", &migrate),
    };
}

}  // namespace showfloor::central::cli
