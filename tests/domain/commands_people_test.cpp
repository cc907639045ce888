#include "judging.hpp"

namespace showfloor::domain {

namespace {

struct Fixture {
    MapWorld world;
    test::Dealership d{world};

    Outcome run(std::string_view name, base::Json args, const Uuid& actor) {
        static_cast<void>(world.take_changes());
        return d.run(name, std::move(args), actor);
    }
    Outcome run_system(std::string_view name, base::Json args) {
        static_cast<void>(world.take_changes());
        return d.run_system(name, std::move(args));
    }
    base::Json user(std::string name, std::string_view role = "seller") {
        return {{"id", d.next_id().to_string()},
                {"first_name", "New"},
                {"last_name", "One"},
                {"username", name},
                {"email", name + "@example.com"},
                {"role", role},
                {"branch_id", d.nairobi.to_string()}};
    }
    base::Json person(std::string first, std::string phone) {
        return {{"id", d.next_id().to_string()},
                {"first_name", first},
                {"last_name", "Test"},
                {"phone", phone}};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "create_customer: owner, branch and E.164 are filled in") {
    const auto args = person("Carol", "0712 000-111");
    const auto outcome = run("create_customer", args, d.seller);
    check_applied(outcome);
    const auto made = *world.get<Customer>(test::Dealership::id_in(outcome, "customer_id"));
    CHECK(made.phone == "+254712000111");
    CHECK(made.seller_id == d.seller);
    CHECK(made.branch_id == d.nairobi);
    check_refused(world, run("create_customer", args, d.seller), Code::kAlreadyDone);
    check_refused(world, run("create_customer", person("X", "12ab"), d.seller), Code::kInvalid,
                  "phone");
    auto bad = person("X", "");
    bad["email"] = "not an address";
    check_refused(world, run("create_customer", bad, d.seller), Code::kInvalid, "email");
    for (const Uuid& who : {d.mechanic, d.driver, d.supplier, d.buyer_login, Uuid{}})
        check_refused(world, run("create_customer", person("X", ""), who), Code::kNotAllowed);
    auto elsewhere = person("X", "");
    elsewhere["branch_id"] = d.mombasa.to_string();
    check_refused(world, run("create_customer", elsewhere, d.staff), Code::kNotAllowed);
    check_refused(world, run("create_customer", elsewhere, d.seller), Code::kNotAllowed,
                  "branch_id");
}

TEST_CASE_FIXTURE(Fixture,
                  "FIX create_customer: the same phone or e-mail in a branch is already there") {
    auto args = person("Amina again", "+254 (712) 345-678");
    const auto outcome = run("create_customer", args, d.staff);
    check_refused(world, outcome, Code::kDuplicate, "phone");
    CHECK(outcome.details["id"] == d.customer.to_string());
    auto elsewhere = args;
    elsewhere["id"] = d.next_id().to_string();
    elsewhere["branch_id"] = d.mombasa.to_string();
    check_applied(run("create_customer", elsewhere, d.owner));
    // Made offline meanwhile: sales may speak of it already, so it is kept and flagged.
    auto pushed = d.make("create_customer", args, d.seller, d.terminal);
    const auto kept = d.push(pushed, d.terminal);
    check_applied(kept);
    CHECK(has_review(kept, Code::kDuplicate));
    args["id"] = d.next_id().to_string();
    args["despite_duplicate"] = true;
    check_applied(run("create_customer", args, d.staff));
}

TEST_CASE_FIXTURE(Fixture,
                  "pushed create_customer: kept even when its maker was deactivated since") {
    auto command = d.make("create_customer", person("Dora", "+254700000001"), d.seller, d.terminal);
    auto seller = *world.get<User>(d.seller);
    seller.status = UserStatus::kInactive;
    world.put(seller);
    const auto outcome = d.push(command, d.terminal);
    CHECK(outcome.kind == Outcome::Kind::kContested);
    CHECK(outcome.code == Code::kActorInactive);
    CHECK(world.find_one<Customer>({{"phone", Value{std::string("+254700000001")}}}));
    // What nothing builds on is refused instead.
    static_cast<void>(world.take_changes());
    const auto update = d.push(
        d.make("update_customer", {{"id", d.customer.to_string()}, {"notes", "x"}}, d.seller),
        d.terminal);
    CHECK(update.kind == Outcome::Kind::kRefused);
    check_refused(world, update, Code::kActorInactive);
}

TEST_CASE_FIXTURE(
    Fixture, "update_customer: own ones, staff the branch's; nothing is lost that was not named") {
    const base::Json args = {
        {"id", d.customer.to_string()}, {"address", "Moi Avenue"}, {"phone", nullptr}};
    check_refused(world, run("update_customer", args, d.other_seller), Code::kNotAllowed);
    check_refused(world, run("update_customer", args, d.mombasa_manager), Code::kNotAllowed);
    check_applied(run("update_customer", args, d.staff));
    const auto customer = *world.get<Customer>(d.customer);
    CHECK(customer.phone.empty());
    CHECK(customer.address == "Moi Avenue");
    CHECK(customer.first_name == "Amina");
    check_refused(world,
                  run("update_customer",
                      {{"id", d.customer.to_string()}, {"phone", "+254712345679"}}, d.seller),
                  Code::kDuplicate);
    check_refused(
        world,
        run("update_customer",
            {{"id", d.customer.to_string()}, {"seller_id", d.other_seller.to_string()}}, d.seller),
        Code::kNotAllowed, "seller_id");
    check_applied(run("update_customer",
                      {{"id", d.customer.to_string()}, {"seller_id", d.other_seller.to_string()}},
                      d.manager));
    check_applied(run("archive_customer", {{"customer_id", d.customer.to_string()}}, d.manager));
    check_refused(world,
                  run("archive_customer", {{"customer_id", d.customer.to_string()}}, d.manager),
                  Code::kAlreadyDone);
    check_refused(world, run("update_customer", args, d.staff), Code::kWrongState);
}

TEST_CASE_FIXTURE(Fixture, "FIX create_user: nobody raises somebody above what they may give") {
    check_applied(run("create_user", user("one"), d.manager));
    check_refused(world, run("create_user", user("two", "admin"), d.manager),
                  Code::kRoleNotGrantable, "role");
    check_refused(world, run("create_user", user("two", "super_admin"), d.manager),
                  Code::kRoleNotGrantable);
    check_refused(world, run("create_user", user("two", "nobody"), d.owner), Code::kInvalid,
                  "role");
    check_refused(world, run("create_user", user("two"), d.seller), Code::kNotAllowed);
    check_refused(world, run("create_user", user("two"), Uuid{}), Code::kNotAllowed);
    auto elsewhere = user("two");
    elsewhere["branch_id"] = d.mombasa.to_string();
    check_refused(world, run("create_user", elsewhere, d.manager), Code::kNotAllowed, "branch_id");
    auto homeless = user("two");
    homeless.erase("branch_id");
    check_refused(world, run("create_user", homeless, d.owner), Code::kInvalid, "branch_id");
    check_applied(run("create_user", user("three", "admin"), d.owner));
    CHECK(world.find_one<User>({{"username", Value{std::string("three")}}})->must_change_password);
}

TEST_CASE_FIXTURE(Fixture, "FIX users: user name, e-mail and number are unique whatever the case") {
    auto args = user("SELLER");
    args["email"] = "fresh@example.com";
    check_refused(world, run("create_user", args, d.manager), Code::kUsernameTaken);
    args = user("fresh");
    args["email"] = "Seller@Example.COM";
    check_refused(world, run("create_user", args, d.manager), Code::kEmailTaken);
    args["email"] = "fresh@example.com";
    args["contact"] = "0700 111 222";
    check_applied(run("create_user", args, d.manager));
    auto other = user("fresher");
    other["contact"] = "+254700111222";
    check_refused(world, run("create_user", other, d.manager), Code::kContactTaken);
    for (const char* name : {"ab", "has space", "at@sign", "ünder"}) {
        auto bad = user("x");
        bad["username"] = name;
        check_refused(world, run("create_user", bad, d.manager), Code::kInvalid, "username");
    }
}

TEST_CASE_FIXTURE(Fixture,
                  "users: a role is fixed, a password never travels, oneself is not moved") {
    const auto change = [&](const Uuid& who, base::Json fields, const Uuid& actor) {
        fields["id"] = who.to_string();
        return run("update_user", std::move(fields), actor);
    };
    check_refused(world, change(d.seller, {{"role", "admin"}}, d.manager), Code::kRoleFixed,
                  "role");
    check_refused(world, change(d.owner, {{"role", "seller"}}, d.owner), Code::kRoleFixed);
    check_refused(world, change(d.seller, {{"role", "admin"}}, d.seller), Code::kRoleFixed);
    check_refused(world, change(d.seller, {{"password", "hunter2hunter2"}}, d.manager),
                  Code::kInvalid, "password");
    check_refused(world, change(d.seller, {{"status", "inactive"}}, d.manager), Code::kInvalid,
                  "status");
    check_refused(world, change(d.seller, {{"branch_id", d.mombasa.to_string()}}, d.seller),
                  Code::kNotAllowed);
    check_refused(world, change(d.seller, {{"branch_id", d.mombasa.to_string()}}, d.manager),
                  Code::kNotAllowed);
    check_refused(world, change(d.other_seller, {{"locale", "sw"}}, d.seller), Code::kNotAllowed);
    check_refused(world, change(d.mombasa_manager, {{"locale", "sw"}}, d.manager),
                  Code::kNotAllowed);
    auto seller = *world.get<User>(d.seller);
    seller.email_verified_at = 5;
    world.put(seller);
    check_applied(change(d.seller, {{"locale", "sw"}}, d.seller));
    CHECK(world.get<User>(d.seller)->email_verified_at == 5);
    check_applied(change(d.seller, {{"email", "new@example.com"}}, d.seller));
    CHECK(world.get<User>(d.seller)->email_verified_at == 0);
    check_applied(change(d.seller, {{"branch_id", d.mombasa.to_string()}}, d.owner));
}

TEST_CASE_FIXTURE(Fixture,
                  "FIX sign-in: signing in never activates; deactivating withdraws verifiers") {
    check_applied(run_system("issue_verifier", {{"user_id", d.seller.to_string()},
                                                {"terminal_id", d.terminal.to_string()},
                                                {"wrapped", "YQ=="}}));
    const base::Json that = {{"user_id", d.seller.to_string()}};
    check_refused(world, run("note_sign_in", that, d.owner), Code::kNotAllowed);
    check_applied(run_system("note_sign_in", that));
    CHECK(world.get<User>(d.seller)->last_sign_in_at == d.now);
    check_refused(world, run("deactivate_user", that, d.seller), Code::kNotAllowed);
    check_applied(run("deactivate_user", that, d.manager));
    CHECK(world.find_one<Verifier>({{"user_id", Value{d.seller.to_string()}}})->wrapped.empty());
    check_refused(world, run_system("note_sign_in", that), Code::kActorInactive);
    CHECK(world.get<User>(d.seller)->status == UserStatus::kInactive);
    const auto as_inactive = run("create_customer", person("X", ""), d.seller);
    CHECK(as_inactive.kind == Outcome::Kind::kContested);
    check_refused(world, as_inactive, Code::kActorInactive);
    check_refused(world,
                  run_system("issue_verifier", {{"user_id", d.seller.to_string()},
                                                {"terminal_id", d.terminal.to_string()},
                                                {"wrapped", "YQ=="}}),
                  Code::kActorInactive);
    check_applied(run("reactivate_user", that, d.manager));
    check_refused(world, run("deactivate_user", {{"user_id", d.owner.to_string()}}, d.manager),
                  Code::kNotAllowed);
    check_refused(world, run("deactivate_user", {{"user_id", d.owner.to_string()}}, d.owner),
                  Code::kNotAllowed);
    check_applied(run_system("set_must_change_password",
                             {{"user_id", d.seller.to_string()}, {"value", true}}));
    CHECK(world.get<User>(d.seller)->must_change_password);
    check_applied(run_system("note_email_verified", that));
    CHECK(world.get<User>(d.seller)->email_verified_at == d.now);
}

TEST_CASE_FIXTURE(
    Fixture, "branches: code and currency are checked, a code is taken once and never changed") {
    base::Json args = {
        {"id", d.next_id().to_string()}, {"name", "Kisumu"}, {"code", "KSM"}, {"currency", "KES"}};
    check_refused(world, run("create_branch", args, d.manager), Code::kNotAllowed);
    args["code"] = "K";
    check_refused(world, run("create_branch", args, d.owner), Code::kInvalid, "code");
    args["code"] = "NBO";
    check_refused(world, run("create_branch", args, d.owner), Code::kBranchCodeTaken);
    args["code"] = "KSM";
    args["currency"] = "QQQ";
    check_refused(world, run("create_branch", args, d.owner), Code::kInvalid, "currency");
    args["currency"] = "KES";
    args["fees"] = {{{"name", "F"}, {"amount_minor", 1}, {"tax_code", "none"}}};
    check_refused(world, run("create_branch", args, d.owner), Code::kInvalid, "fees");
    args.erase("fees");
    check_applied(run("create_branch", args, d.owner));
    CHECK(world.find_one<Branch>({{"code", Value{std::string("KSM")}}})->discount_limit_bp == 300);
    check_refused(world,
                  run("update_branch", {{"id", d.nairobi.to_string()}, {"code", "XX"}}, d.owner),
                  Code::kInvalid, "code");
    check_refused(world,
                  run("update_branch", {{"id", d.mombasa.to_string()}, {"name", "X"}}, d.manager),
                  Code::kNotAllowed);
    check_applied(run("update_branch", {{"id", d.nairobi.to_string()}, {"discount_limit_bp", 500}},
                      d.manager));
    CHECK(world.get<Branch>(d.nairobi)->discount_limit_bp == 500);
    CHECK(world.get<Branch>(d.nairobi)->tax_rates.size() == 2);
}

TEST_CASE_FIXTURE(Fixture, "update_branch: a colour of its own is one, or none") {
    const auto give = [&](const base::Json& color) {
        return run("update_branch", {{"id", d.nairobi.to_string()}, {"accent_color", color}},
                   d.manager);
    };
    const auto has = [&] { return world.get<Branch>(d.nairobi)->accent_color; };
    CHECK(has().empty());
    check_applied(give("#8b1E2d"));
    CHECK(has() == "#8b1E2d");
    for (const base::Json& bad :
         {base::Json("red"), base::Json("#fff"), base::Json("8B1E2D"), base::Json("#8B1E2G"),
          base::Json("#8B1E2D80"), base::Json("#8B1E2"), base::Json("#8B1E2\n"), base::Json(7)})
        check_refused(world, give(bad), Code::kInvalid, "accent_color");
    CHECK(has() == "#8b1E2d");
    check_refused(world,
                  run("update_branch", {{"id", d.nairobi.to_string()}, {"accent_color", "#000000"}},
                      d.seller),
                  Code::kNotAllowed);
    check_applied(give(""));
    CHECK(has().empty());
    check_applied(give("#000000"));
    check_applied(give(nullptr));
    CHECK(has().empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "terminals: codes go on, revoking withdraws verifiers and ends submitting") {
    const base::Json args = {
        {"id", d.next_id().to_string()}, {"name", "Kiosk 3"}, {"branch_id", d.nairobi.to_string()}};
    check_refused(world, run("create_terminal", args, d.manager), Code::kNotAllowed);
    const auto made = run_system("create_terminal", args);
    check_applied(made);
    CHECK(made.details["code"] == "T03");
    auto taken = args;
    taken["id"] = d.next_id().to_string();
    taken["code"] = "T01";
    check_refused(world, run("create_terminal", taken, d.owner), Code::kDuplicate, "code");
    check_applied(run_system("issue_verifier", {{"user_id", d.seller.to_string()},
                                                {"terminal_id", d.terminal.to_string()},
                                                {"wrapped", "YQ=="}}));
    check_refused(world,
                  run_system("issue_verifier", {{"user_id", d.buyer_login.to_string()},
                                                {"terminal_id", d.terminal.to_string()},
                                                {"wrapped", "YQ=="}}),
                  Code::kNotAllowed);
    check_applied(run_system("renew_terminal", {{"terminal_id", d.terminal.to_string()},
                                                {"certificate_serial", "0A"},
                                                {"certificate_expires_at", test::kMorning}}));
    check_applied(run("revoke_terminal", {{"terminal_id", d.terminal.to_string()}}, d.owner));
    CHECK(world.find_one<Verifier>({{"user_id", Value{d.seller.to_string()}}})->archived);
    auto sale = d.make("record_sale", d.sale_args(d.car(1)), d.seller, d.terminal);
    static_cast<void>(world.take_changes());
    check_refused(world, d.submit(sale, d.terminal), Code::kTerminalRevoked);
    check_applied(run_system("issue_verifier", {{"user_id", d.seller.to_string()},
                                                {"terminal_id", d.other_terminal.to_string()},
                                                {"wrapped", "YQ=="}}));
    const base::Json pair = {{"user_id", d.seller.to_string()},
                             {"terminal_id", d.other_terminal.to_string()}};
    check_applied(run_system("withdraw_verifier", pair));
    check_refused(world, run_system("withdraw_verifier", pair), Code::kAlreadyDone);
}

TEST_CASE_FIXTURE(Fixture,
                  "notifications: read and dismissed by whom they concern, resolved by admins") {
    const Uuid id = d.next_id();
    Notification note;
    note.id = id;
    note.type = "sale";
    note.message = "notification.sale";
    note.branch_id = d.nairobi;
    note.audience = {"seller"};
    world.put(note);
    const base::Json that = {{"notification_id", id.to_string()}};
    check_refused(world, run("read_notification", that, d.staff), Code::kNotAllowed);
    check_refused(world, run("read_notification", that, d.mombasa_seller), Code::kNotAllowed);
    check_applied(run("read_notification", that, d.seller));
    check_applied(run("read_notification", that, d.seller));
    check_applied(run("dismiss_notification", that, d.seller));
    CHECK(world.get<Notification>(id)->read_by == std::vector{d.seller.to_string()});
    check_refused(world, run("resolve_notification", that, d.seller), Code::kNotAllowed);
    check_applied(run("resolve_notification", that, d.manager));
    check_refused(world, run("resolve_notification", that, d.manager), Code::kAlreadyDone);
}

TEST_CASE_FIXTURE(Fixture, "phones and e-mails: what they may look like") {
    const auto made = [&](std::string phone) {
        const auto outcome = run("create_customer", person("P", phone), d.staff);
        const auto id = test::Dealership::id_in(outcome, "customer_id");
        return id.is_nil() ? std::string("-") : world.get<Customer>(id)->phone;
    };
    CHECK(made("0044 20 7946 0018") == "+442079460018");
    CHECK(made("+1 (202) 555-0143") == "+12025550143");
    CHECK(made("0722.000.333") == "+254722000333");
    CHECK(made("722000333") == "-");
    CHECK(made("+0722000333") == "-");
    CHECK(made("+12") == "-");
    CHECK(made("07++1") == "-");
    for (const char* bad : {"a@b", "@b.c", "a b@c.de", "a@b@c.de", "a@.de", "a@b..de", "a@b.de."}) {
        auto args = person("E", "");
        args["email"] = bad;
        check_refused(world, run("create_customer", args, d.staff), Code::kInvalid, "email");
    }
}

}  // namespace showfloor::domain
