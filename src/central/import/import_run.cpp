#include "central/import/import_run.hpp"

#include <algorithm>

#include "central/limits.hpp"

namespace showfloor::central {

namespace {

class Run {
   public:
    Run(CommandProcessor& processor, base::UtcMs now) : processor_(processor), now_(now) {}

    void reject(std::int64_t line, std::string reason) {
        ++report_.rejected_count;
        if (report_.rejected.size() < kMaxRejectedListed)
            report_.rejected.push_back({line, std::move(reason)});
    }
    void add(std::int64_t line, RowReader::Settle settle) {
        waiting_.emplace_back(line, std::move(settle));
    }
    [[nodiscard]] bool is_full() const { return waiting_.size() >= kImportRowsPerCommit; }
    [[nodiscard]] bool is_empty() const { return waiting_.empty(); }
    base::Result<void> settle();
    [[nodiscard]] ImportReport take_report() {
        // Lines are read and settled apart; people want them in order.
        std::stable_sort(report_.rejected.begin(), report_.rejected.end(),
                         [](const auto& a, const auto& b) { return a.line < b.line; });
        return std::move(report_);
    }

   private:
    CommandProcessor& processor_;
    base::UtcMs now_;
    std::vector<std::pair<std::int64_t, RowReader::Settle>> waiting_;
    ImportReport report_;
};

base::Result<void> Run::settle() {
    if (waiting_.empty()) return {};
    SHOWFLOOR_ASSIGN(auto batch, processor_.batch(now_));
    for (const auto& [line, settle_row] : waiting_) {
        const auto done = settle_row(batch);
        if (!done) {
            const auto kind = done.error().kind;
            if (kind != base::ErrorKind::kRefused && kind != base::ErrorKind::kInvalid &&
                kind != base::ErrorKind::kNotFound)
                return done.error();
            reject(line, done.error().message);
            continue;
        }
        if (*done == RowDone::kImported) ++report_.imported;
        if (*done == RowDone::kUpdated) ++report_.updated;
        if (*done == RowDone::kUnchanged) ++report_.unchanged;
    }
    waiting_.clear();
    return batch.commit();
}

}  // namespace

base::Json ImportReport::to_json() const {
    base::Json lines = base::Json::array();
    for (const auto& [line, reason] : rejected)
        lines.push_back({{"line", line}, {"reason", reason}});
    base::Json json = {{"imported", imported},
                       {"updated", updated},
                       {"unchanged", unchanged},
                       {"rejected", lines}};
    if (rejected_count > static_cast<std::int64_t>(rejected.size()))
        json["rejected_count"] = rejected_count;
    return json;
}

base::Result<ImportReport> run_import(CommandProcessor& processor, CsvReader& csv,
                                      RowReader& reader, base::UtcMs now,
                                      const ImportProgress& progress) {
    if (csv.bytes_total() > kMaxImportBytes)
        return base::fail(base::ErrorKind::kTooLarge, "The file is larger than 512 MB.");
    const auto header = csv.next();
    if (!header || !header->problem.empty())
        return base::fail(base::ErrorKind::kInvalid, "The file has no header line.", "column");
    SHOWFLOOR_TRY(reader.take_header(header->fields));
    Run run(processor, now);
    std::int64_t rows = 0;
    for (;;) {
        const auto row = csv.next();
        if (row) {
            ++rows;
            auto settle = row->problem.empty()
                              ? reader.read(*row)
                              : base::Result<RowReader::Settle>(base::fail(row->problem));
            if (!settle)
                run.reject(row->line, settle.error().message);
            else
                run.add(row->line, std::move(settle).value());
        }
        if (!row || run.is_full()) {
            SHOWFLOOR_TRY(run.settle());
            if (progress)
                progress(rows, csv.bytes_total() == 0 ? 1.0
                                                      : static_cast<double>(csv.bytes_read()) /
                                                            static_cast<double>(csv.bytes_total()));
        }
        if (!row) return run.take_report();
    }
}

base::Result<void> apply_import(Batch& batch, std::string_view name, base::Json args,
                                const base::Uuid& actor_id) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    command.actor_id = actor_id;
    const domain::Outcome outcome = batch.run(std::move(command), true);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (outcome.applied()) return {};
    std::string sentence(domain::sentence_of(outcome.code));
    if (!outcome.field.empty()) sentence = outcome.field + ": " + sentence;
    if (outcome.details.contains("message"))
        sentence = outcome.details.at("message").get<std::string>();
    return base::fail(base::ErrorKind::kRefused, sentence);
}

}  // namespace showfloor::central
