// enroll-code, terminals, users, branches.

#include <ostream>

#include "base/file.hpp"
#include "central/cli/cli.hpp"
#include "central/credentials.hpp"
#include "central/enrolment.hpp"
#include "central/keys.hpp"
#include "central/mail/mail_queue.hpp"
#include "central/people.hpp"
#include "imaging/limits.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central::cli {

namespace {

using base::Arguments;

struct Opened {
    std::unique_ptr<Store> store;
    std::unique_ptr<CommandProcessor> processor;
};

base::Result<Opened> open(const Arguments& arguments, Cli& cli) {
    Opened opened;
    SHOWFLOOR_ASSIGN(opened.store, Store::open(arguments.get("data")));
    opened.processor = std::make_unique<CommandProcessor>(*opened.store, cli.random);
    return opened;
}

base::Result<base::Uuid> id_of(const std::string& text) {
    const auto id = base::Uuid::parse(text);
    if (!id) return base::fail(base::ErrorKind::kInvalid, "\"" + text + "\" is no id; see list.");
    return *id;
}

base::Result<void> enroll_code(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(const Keys keys, read_keys(arguments.get("data")));
    Enrolment enrolment(*opened.processor, keys);
    SHOWFLOOR_ASSIGN(
        const EnrollCode made,
        enrolment.make_code(arguments.get("branch"), arguments.get("name"), {}, cli.clock.wall()));
    const std::string fingerprint = keys.authority.certificate.fingerprint;
    print(
        cli, arguments,
        {{"code", made.code}, {"ca_fingerprint", fingerprint}, {"expires_at", made.expires_at}},
        made.code + "\nGood once, within 15 minutes. The authority's fingerprint:\n" + fingerprint);
    return {};
}

base::Result<void> list_terminals(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto reader, opened.store->reader());
    storage::SqliteWorld world(reader.connection());
    base::Json list = base::Json::array();
    std::string text;
    for (const auto& terminal : world.find<domain::Terminal>({.order_by = "code"})) {
        const auto branch = world.get<domain::Branch>(terminal.branch_id);
        SHOWFLOOR_ASSIGN(
            const auto state,
            reader.connection().rows("SELECT last_contact_at, last_seq FROM terminal_state WHERE "
                                     "terminal_id = ?1",
                                     {terminal.id.to_string()}));
        const auto status = domain::kTerminalStatusNames[static_cast<std::size_t>(terminal.status)];
        base::Json one = {{"id", terminal.id.to_string()},
                          {"code", terminal.code},
                          {"name", terminal.name},
                          {"branch", branch ? branch->code : ""},
                          {"status", status},
                          {"certificate_expires_at", terminal.certificate_expires_at},
                          {"last_contact_at", 0},
                          {"last_seq", 0}};
        if (!state.empty()) {
            one["last_contact_at"] = std::get<std::int64_t>(state[0][0]);
            one["last_seq"] = std::get<std::int64_t>(state[0][1]);
        }
        text += (text.empty() ? "" : "\n") + terminal.id.to_string() + "  " +
                (branch ? branch->code : "") + "-" + terminal.code + "  " + std::string(status) +
                "  " + terminal.name;
        list.push_back(std::move(one));
    }
    if (world.failure()) return *world.failure();
    print(cli, arguments, list, text.empty() ? "No terminal is enrolled." : text);
    return {};
}

base::Result<void> revoke_terminal(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(const Keys keys, read_keys(arguments.get("data")));
    SHOWFLOOR_ASSIGN(
        const base::Uuid id,
        id_of(arguments.positionals().empty() ? std::string() : arguments.positionals().front()));
    SHOWFLOOR_TRY(Enrolment(*opened.processor, keys).revoke(id, {}, cli.clock.wall()));
    print(cli, arguments, {{"id", id.to_string()}}, "Revoked.");
    return {};
}

// ---- users ------------------------------------------------------------------------------------

base::Result<domain::User> user_named(Batch& batch, const Arguments& arguments) {
    const std::string name =
        arguments.positionals().empty() ? std::string() : arguments.positionals().front();
    std::optional<domain::User> user;
    if (const auto id = base::Uuid::parse(name)) user = batch.world().get<domain::User>(*id);
    if (!user) user = batch.world().find_one<domain::User>({{"username", name}});
    if (!user) user = batch.world().find_one<domain::User>({{"email", name}});
    if (user) return *user;
    return base::fail(base::ErrorKind::kNotFound,
                      "There is no user \"" + name + "\"; see users list.");
}

base::Result<void> add_user(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(const Keys keys, read_keys(arguments.get("data")));
    const crypto::Key256 letters = mail_key(keys.token_key);
    SHOWFLOOR_ASSIGN(auto batch, opened.processor->batch(cli.clock.wall()));
    NewUser made;
    made.mail_key = &letters;
    made.fields = {{"first_name", arguments.get("first-name")},
                   {"last_name", arguments.get("last-name")},
                   {"username", arguments.get("username")},
                   {"email", arguments.get("email")},
                   {"role", arguments.get("role")}};
    if (arguments.has("contact")) made.fields["contact"] = arguments.get("contact");
    if (arguments.has("show-at-sign-in")) made.fields["show_at_sign_in"] = true;
    made.branch_code = arguments.get("branch");
    SHOWFLOOR_ASSIGN(const AddedUser added, central::add_user(batch, std::move(made)));
    SHOWFLOOR_TRY(batch.commit());
    print(cli, arguments,
          {{"id", added.id.to_string()},
           {"login", arguments.get("username")},
           {"password", added.password}},
          "One-time password: " + added.password);
    return {};
}

base::Result<void> list_users(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto reader, opened.store->reader());
    storage::SqliteWorld world(reader.connection());
    base::Json list = base::Json::array();
    std::string text;
    for (const auto& user : world.find<domain::User>({.order_by = "username", .limit = 10'000})) {
        const auto branch = world.get<domain::Branch>(user.branch_id);
        const auto role = domain::kRoleNames[static_cast<std::size_t>(user.role)];
        const auto status = domain::kUserStatusNames[static_cast<std::size_t>(user.status)];
        list.push_back({{"id", user.id.to_string()},
                        {"login", user.username},
                        {"name", user.first_name + " " + user.last_name},
                        {"role", role},
                        {"status", status},
                        {"branch", branch ? branch->code : ""}});
        text += (text.empty() ? "" : "\n") + user.username + "  " + std::string(role) + "  " +
                (branch ? branch->code : "all branches") + "  " + std::string(status);
    }
    if (world.failure()) return *world.failure();
    print(cli, arguments, list, text);
    return {};
}

base::Result<void> deactivate_user(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto batch, opened.processor->batch(cli.clock.wall()));
    SHOWFLOOR_ASSIGN(const auto user, user_named(batch, arguments));
    SHOWFLOOR_TRY(central::deactivate_user(batch, user.id));
    SHOWFLOOR_TRY(batch.commit());
    print(cli, arguments, {{"id", user.id.to_string()}}, "Deactivated.");
    return {};
}

base::Result<void> reset_password(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(const Keys keys, read_keys(arguments.get("data")));
    SHOWFLOOR_ASSIGN(auto batch, opened.processor->batch(cli.clock.wall()));
    SHOWFLOOR_ASSIGN(const auto user, user_named(batch, arguments));
    SHOWFLOOR_ASSIGN(const std::string password,
                     give_one_time_password(batch, user.id, mail_key(keys.token_key)));
    SHOWFLOOR_TRY(batch.commit());
    print(cli, arguments, {{"login", user.username}, {"password", password}},
          "One-time password: " + password);
    return {};
}

// ---- branches ---------------------------------------------------------------------------------

base::Result<void> add_branch(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto batch, opened.processor->batch(cli.clock.wall()));
    base::Json fields = {{"code", arguments.get("code")},
                         {"name", arguments.get("name")},
                         {"currency", arguments.get("currency")},
                         {"commission_rate_bp", 2000},
                         {"discount_limit_bp", 300},
                         {"prices_include_tax", true},
                         {"locale", arguments.get("locale", "en")},
                         {"time_zone", arguments.get("time-zone", "UTC")}};
    for (const char* option : {"phone", "email", "address"}) {
        if (arguments.has(option)) fields[option] = arguments.get(option);
    }
    SHOWFLOOR_ASSIGN(const base::Uuid id, central::add_branch(batch, std::move(fields)));
    SHOWFLOOR_TRY(batch.commit());
    print(cli, arguments, {{"id", id.to_string()}, {"code", arguments.get("code")}},
          "Branch " + arguments.get("code") + " is there.");
    return {};
}

// The branch that the command names by its code.
base::Result<domain::Branch> named_branch(const Arguments& arguments, domain::World& world) {
    const std::string code =
        arguments.positionals().empty() ? std::string() : arguments.positionals().front();
    if (auto branch = world.find_one<domain::Branch>({{"code", code}})) return *std::move(branch);
    return base::fail(base::ErrorKind::kNotFound,
                      "There is no branch " + code + "; see branches list.");
}

// Without a file papers and screens have no logo any more.
base::Result<void> set_logo(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto batch, opened.processor->batch(cli.clock.wall()));
    SHOWFLOOR_ASSIGN(const domain::Branch branch, named_branch(arguments, batch.world()));
    std::string logo;
    if (arguments.has("logo")) {
        SHOWFLOOR_ASSIGN(const std::string picture,
                         base::read_file(arguments.get("logo"), imaging::kMaxBytes));
        SHOWFLOOR_ASSIGN(logo, add_logo(*opened.store, batch, picture));
    }
    SHOWFLOOR_TRY(run_own(batch, "update_branch", {{"id", branch.id.to_string()}, {"logo", logo}}));
    SHOWFLOOR_TRY(batch.commit());
    print(cli, arguments, {{"code", branch.code}, {"logo", logo}},
          "Papers and screens of " + branch.code +
              (logo.empty() ? " have no logo." : " have this logo."));
    return {};
}

// Without a colour the screens have the product's own.
base::Result<void> set_accent(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto batch, opened.processor->batch(cli.clock.wall()));
    SHOWFLOOR_ASSIGN(const domain::Branch branch, named_branch(arguments, batch.world()));
    const std::string color = arguments.get("color", "");
    SHOWFLOOR_TRY(
        run_own(batch, "update_branch", {{"id", branch.id.to_string()}, {"accent_color", color}}));
    SHOWFLOOR_TRY(batch.commit());
    print(cli, arguments, {{"code", branch.code}, {"accent_color", color}},
          "The screens of " + branch.code +
              (color.empty() ? " have the product's own colour."
                             : " have the colour " + color + "."));
    return {};
}

base::Result<void> list_branches(const Arguments& arguments, Cli& cli) {
    SHOWFLOOR_ASSIGN(auto opened, open(arguments, cli));
    SHOWFLOOR_ASSIGN(auto reader, opened.store->reader());
    storage::SqliteWorld world(reader.connection());
    base::Json list = base::Json::array();
    std::string text;
    for (const auto& branch : world.find<domain::Branch>({.order_by = "code"})) {
        list.push_back({{"id", branch.id.to_string()},
                        {"code", branch.code},
                        {"name", branch.name},
                        {"currency", branch.currency}});
        text += (text.empty() ? "" : "\n") + branch.code + "  " + branch.name;
    }
    if (world.failure()) return *world.failure();
    print(cli, arguments, list, text.empty() ? "There is no branch yet." : text);
    return {};
}

Call call(std::string_view name, std::string_view positional, std::vector<std::string_view> options,
          std::string_view does, base::Result<void> (*run)(const Arguments&, Cli&),
          std::vector<std::string_view> flags = {}) {
    Call made;
    made.spec.name = name;
    made.spec.positional = positional;
    made.spec.most_positionals = positional.empty() ? 0 : 1;
    options.insert(options.begin(), "data!");
    flags.push_back("json");
    made.spec.options = std::move(options);
    made.spec.flags = std::move(flags);
    made.spec.does = does;
    made.run = run;
    return made;
}

}  // namespace

std::vector<Call> people_calls() {
    return {
        call("enroll-code", "", {"branch!", "name!"},
             "a one-time code for a new terminal, good for 15 minutes", &enroll_code),
        call("terminals list", "", {}, "every terminal, its state and last contact",
             &list_terminals),
        call("terminals revoke", "ID", {}, "from now on the terminal is not heard",
             &revoke_terminal),
        call("users add", "",
             {"first-name!", "last-name!", "username!", "email!", "role!", "branch", "contact"},
             "a new user with a one-time password", &add_user, {"show-at-sign-in"}),
        call("users list", "", {}, "every user", &list_users),
        call("users deactivate", "LOGIN", {}, "no sign-in any more, here and at terminals",
             &deactivate_user),
        call("users reset-password", "LOGIN", {}, "a new one-time password", &reset_password),
        call("branches add", "",
             {"code!", "name!", "currency!", "phone", "email", "address", "locale", "time-zone"},
             "a new branch", &add_branch),
        call("branches set-logo", "CODE", {"logo"},
             "the picture FILE on the branch's papers and screens; none without --logo", &set_logo),
        call("branches set-accent", "CODE", {"color"},
             "the colour #RRGGBB of the branch's screens; the product's own without --color",
             &set_accent),
        call("branches list", "", {}, "every branch", &list_branches),
    };
}

}  // namespace showfloor::central::cli
