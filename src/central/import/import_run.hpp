#pragma once
// What every import shares: rows are read one by one, settled some hundred in a transaction, a bad
// one is reported by line and reason and does not stop the rest. Memory does not grow with the
// file. What a row means is a RowReader's business.
// Thread contract: a run belongs to one thread; others write in between.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "central/command_processor.hpp"
#include "central/import/csv.hpp"

namespace showfloor::central {

struct Rejected {
    std::int64_t line = 0;
    std::string reason;
};

struct ImportReport {
    std::int64_t imported = 0, updated = 0, unchanged = 0;
    std::vector<Rejected> rejected;  // the first kMaxRejectedListed
    std::int64_t rejected_count = 0;
    [[nodiscard]] base::Json to_json() const;
};

enum class RowDone { kImported, kUpdated, kUnchanged };

class RowReader {
   public:
    virtual ~RowReader() = default;
    // kInvalid when the file as a whole is none (an unknown or missing column).
    virtual base::Result<void> take_header(const std::vector<std::string>& header) = 0;
    // Reads a line without the database; what is returned settles it in a transaction. kInvalid
    // with a sentence for people.
    using Settle = std::function<base::Result<RowDone>(Batch&)>;
    virtual base::Result<Settle> read(const CsvRow& row) = 0;
};

// After each transaction: rows read, and how much of the file that is (0 to 1).
using ImportProgress = std::function<void(std::int64_t rows, double part)>;

base::Result<ImportReport> run_import(CommandProcessor& processor, CsvReader& csv,
                                      RowReader& reader, base::UtcMs now,
                                      const ImportProgress& progress = {});

// Runs one of central's own commands for an import; a refusal is an error in words.
base::Result<void> apply_import(Batch& batch, std::string_view name, base::Json args,
                                const base::Uuid& actor_id);

}  // namespace showfloor::central
