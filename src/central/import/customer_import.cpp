#include "central/import/customer_import.hpp"

#include <array>
#include <map>

#include "central/import/named_columns.hpp"
#include "central/import/values.hpp"
#include "central/walk.hpp"
#include "domain/handlers.hpp"
#include "domain/records.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using Pair = NamedColumns::Spelling;
using domain::Customer;

constexpr std::array kSpellings = {Pair{"firstname", "first_name"},
                                   Pair{"given_name", "first_name"},
                                   Pair{"lastname", "last_name"},
                                   Pair{"surname", "last_name"},
                                   Pair{"family_name", "last_name"},
                                   Pair{"company", "company_name"},
                                   Pair{"business_name", "company_name"},
                                   Pair{"e_mail", "email"},
                                   Pair{"email_address", "email"},
                                   Pair{"mail", "email"},
                                   Pair{"telephone", "phone"},
                                   Pair{"mobile", "phone"},
                                   Pair{"phone_number", "phone"},
                                   Pair{"tel", "phone"},
                                   Pair{"tax_id", "tax_number"},
                                   Pair{"tax_no", "tax_number"},
                                   Pair{"pin", "tax_number"},
                                   Pair{"vat_number", "tax_number"},
                                   Pair{"branch_code", "branch"},
                                   Pair{"salesperson", "seller"},
                                   Pair{"sales_person", "seller"},
                                   Pair{"comments", "notes"}};

constexpr std::array kColumns = {"first_name", "last_name", "company_name", "tax_number",
                                 "id_kind",    "id_number", "email",        "phone",
                                 "address",    "notes",     "branch",       "seller"};

class CustomerReader final : public RowReader {
   public:
    CustomerReader(const ImportOptions& options, base::UtcMs now) : options_(options), now_(now) {}

    base::Result<void> take_header(const std::vector<std::string>& header) override;
    base::Result<Settle> read(const CsvRow& row) override;

   private:
    base::Result<RowDone> settle(Batch& batch, const base::Json& line);
    std::optional<Customer> known(Batch& batch, const domain::Branch& branch,
                                  const base::Json& given);

    const ImportOptions& options_;
    base::UtcMs now_;
    NamedColumns columns_;
};

base::Result<void> CustomerReader::take_header(const std::vector<std::string>& header) {
    SHOWFLOOR_ASSIGN(columns_,
                     NamedColumns::read(header, kColumns, kSpellings, {"first_name", "last_name"}));
    return {};
}

base::Result<RowReader::Settle> CustomerReader::read(const CsvRow& row) {
    SHOWFLOOR_ASSIGN(const base::Json texts, columns_.texts(row));
    return Settle([this, line = texts](Batch& batch) { return settle(batch, line); });
}

std::optional<Customer> CustomerReader::known(Batch& batch, const domain::Branch& branch,
                                              const base::Json& given) {
    for (const char* field : {"email", "phone"}) {
        if (!given.contains(field)) continue;
        for (const Customer& customer :
             batch.world().find<Customer>({.where = {{field, given.at(field).get<std::string>()},
                                                     {"branch_id", branch.id.to_string()}}})) {
            if (!customer.archived && customer.merged_into.is_nil()) return customer;
        }
    }
    return std::nullopt;
}

base::Result<RowDone> CustomerReader::settle(Batch& batch, const base::Json& line) {
    base::Json given = line;
    const std::string code = given.value("branch", options_.branch_code);
    given.erase("branch");
    const auto branch = batch.world().find_one<domain::Branch>({{"code", code}});
    if (!branch)
        return wrong_line(code.empty() ? "No branch is named; give --branch."
                                       : "There is no branch " + code + ".");
    if (given.contains("seller")) {
        const std::string name = lower_ascii(given.at("seller").get<std::string>());
        const auto seller = batch.world().find_one<domain::User>({{"username", name}});
        if (!seller) return wrong_line("There is no user " + name + ".");
        given.erase("seller");
        given["seller_id"] = seller->id.to_string();
    }
    // As create_customer will keep them, so that the second reading finds the first one's work.
    if (given.contains("email")) {
        const auto email = domain::normalise_email(given.at("email").get<std::string>());
        if (!email)
            return wrong_line("email: \"" + given.at("email").get<std::string>() +
                              "\" is no e-mail address.");
        given["email"] = *email;
    }
    if (given.contains("phone")) {
        const auto phone =
            domain::normalise_phone(given.at("phone").get<std::string>(), branch->phone);
        if (!phone)
            return wrong_line("phone: \"" + given.at("phone").get<std::string>() +
                              "\" is no phone number.");
        given["phone"] = *phone;
    }
    if (!given.contains("email") && !given.contains("phone"))
        return wrong_line(
            "A customer needs an e-mail address or a phone number to be known again.");
    if (const auto customer = known(batch, *branch, given)) {
        const base::Json before = domain::to_json(*customer);
        base::Json changes = base::Json::object();
        for (const auto& [name, value] : given.items()) {
            if (!before.contains(name) || before.at(name) != value) changes[name] = value;
        }
        if (changes.empty()) return RowDone::kUnchanged;
        changes["id"] = customer->id.to_string();
        SHOWFLOOR_TRY(
            apply_import(batch, "update_customer", std::move(changes), options_.actor_id));
        return RowDone::kUpdated;
    }
    given["id"] = base::Uuid::v7(now_, batch.random()).to_string();
    given["branch_id"] = branch->id.to_string();
    SHOWFLOOR_TRY(apply_import(batch, "create_customer", std::move(given), options_.actor_id));
    return RowDone::kImported;
}

}  // namespace

base::Result<ImportReport> import_customers(CommandProcessor& processor, CsvReader& csv,
                                            const ImportOptions& options, base::UtcMs now) {
    CustomerReader reader(options, now);
    return run_import(processor, csv, reader, now, options.progress);
}

base::Result<std::string> export_customers(Store& store) {
    std::string out = header_of(kColumns);
    SHOWFLOOR_ASSIGN(auto reader, store.reader());
    storage::SqliteWorld world(reader.connection());
    std::map<base::Uuid, std::string> branches;
    for (const auto& branch : world.find<domain::Branch>({}))
        branches[branch.id] = branch.code;
    SHOWFLOOR_TRY(walk<Customer>(world, [&](const Customer& customer) -> base::Result<void> {
        if (customer.archived || !customer.merged_into.is_nil()) return {};
        base::Json json = domain::to_json(customer);
        json["branch"] = branches[customer.branch_id];
        if (const auto seller = world.get<domain::User>(customer.seller_id))
            json["seller"] = seller->username;
        out += line_of(json, kColumns);
        return {};
    }));
    return out;
}

}  // namespace showfloor::central
