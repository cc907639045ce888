// Good requests of every operation that a generic sample does not satisfy: each makes anew what it
// changes, so that their order does not matter.

#include "contract_town.hpp"

namespace showfloor::testing {

namespace {

constexpr const char* kCars =
    "make,model,year,vin,color,mileage,condition,price,currency,branch\n"
    "Honda,Fit,2018,JHMGK5H50JX000001,blue,41000,used,1250000,KES,NBO\n";

std::string signing_request(const crypto::PrivateKey& key) {
    const auto csr = crypto::make_request(key, "kiosk");
    REQUIRE(csr);
    return *csr;
}

}  // namespace

void ContractTown::goods() {
    product = made("products", {{"sku", "OF-1"},
                                {"name", "Oil filter"},
                                {"price_minor", 150'000},
                                {"currency", "KES"},
                                {"tax_code", "standard"},
                                {"kind", "part"}});
    supplier = made("suppliers", {{"name", "Parts Ltd"}});
    Json door = incoming_order();
    door["quantity"] = 1000;
    door["received"] = true;
    made("incoming-orders", door);
}

void ContractTown::one_of_everything() {
    const std::string costly = car(nbo, {{"purchase_cost_minor", 1'000'000'00}}).to_string();
    made("importations", {{"car_id", costly},
                          {"country_of_origin", "JP"},
                          {"transport_fee_minor", 1000},
                          {"import_duty_minor", 2000},
                          {"currency", "KES"},
                          {"import_date", clock.wall()},
                          {"document", document()}});
    made("cars/" + costly + "/images", car_image());
    run("update_car", {{"id", costly}, {"price_minor", 1'900'000'00}});
    const std::string credited = invoice();
    post("invoices/" + credited + "/credit-notes", {{"amount_minor", 1000}, {"reason", "Scratch"}});
    made("deliveries", {{"sale_id", sale()}, {"delivery_person_id", people["driver"].to_string()}});
    made("reservations",
         {{"car_id", car(nbo).to_string()},
          {"customer_id", buyer.to_string()},
          {"until", clock.wall() + 86'400'000},
          {"deposit_minor", 5000}},
         "amina");
    made("outgoing-orders", counter_sale(), "amina");
    const std::string worked = ticket();
    made("service-tickets/" + worked + "/parts", {{"product_id", product}, {"quantity", 1}});
    made("service-tickets/" + worked + "/labour", {{"minutes", 30}});
    post("service-tickets/" + worked + "/mechanics", {{"mechanic_id", people["mech"].to_string()}});
    made("items", {{"item_name", "Wrench"}, {"currency", "KES"}});
    made("categories", {{"name", "Filters"}});
    run("set_user_pay",
        {{"user_id", people["amina"].to_string()}, {"salary_minor", 100}, {"currency", "KES"}});
    static_cast<void>(lead());
    static_cast<void>(call());
    static_cast<void>(till());
}

void ContractTown::table_of_people() {
    const auto login = [this](const char* name) {
        return Json{{"login", name}, {"password", kPassword}};
    };
    good_["auth_login"] = [=] { return Ask{.body = login("amina"), .token = "-"}; };
    good_["auth_refresh"] = [=, this] {
        const auto tokens = send("POST", "/api/v1/auth/login", {}, login("amina")).body;
        return Ask{.body = Json{{"refresh_token", tokens["refresh_token"]}}, .token = "-"};
    };
    good_["auth_logout"] = [this] { return Ask{.token = token("spare")}; };
    good_["auth_password"] = [this] {
        user("changer", "seller", nbo);
        return Ask{
            .body = Json{{"password", kPassword}, {"new_password", "another horse entirely"}},
            .token = token("changer")};
    };
    good_["auth_register"] = [] {
        return Ask{.body = Json{{"first_name", "Reg"},
                                {"last_name", "Ister"},
                                {"username", "register1"},
                                {"email", "register1@example.com"},
                                {"password", "another horse entirely"}},
                   .token = "-"};
    };
    good_["auth_password_reset"] = [] {
        return Ask{.body = Json{{"email", "amina@example.com"}}, .token = "-"};
    };
    good_["auth_password_reset_confirm"] = [this] {
        user("forgetter", "seller", nbo);
        const Json email = {{"email", "forgetter@example.com"}};
        REQUIRE(send("POST", "/api/v1/auth/password-reset", {}, email).status == 202);
        return Ask{.body = Json{{"email", "forgetter@example.com"},
                                {"code", code_for("reset_code")},
                                {"new_password", "another horse entirely"}},
                   .token = "-"};
    };
    good_["auth_verify_email"] = [this] { return Ask{.token = token("buyer")}; };
    good_["auth_verify_email_confirm"] = [this] {
        const auto verifying = user("verifier", "customer", {});
        static_cast<void>(verifying);
        const std::string by = token("verifier");
        REQUIRE(send("POST", "/api/v1/auth/verify-email", by).status == 202);
        return Ask{.body = Json{{"code", code_for("verify_code")}}, .token = by};
    };
    good_["create_user"] = [this] {
        return Ask{.body = Json{{"first_name", "New"},
                                {"last_name", "Seller"},
                                {"username", "newseller"},
                                {"email", "newseller@example.com"},
                                {"role", "seller"},
                                {"branch_id", nbo.to_string()}}};
    };
    good_["update_user"] = [this] {
        return Ask{.body = Json{{"specialty", "Vans"}}, .id = people["mech"].to_string()};
    };
    good_["deactivate_user"] = [this] {
        return Ask{.id = user("leaver", "seller", nbo).to_string()};
    };
    good_["reactivate_user"] = [this] {
        const auto gone = user("returner", "seller", nbo).to_string();
        run("deactivate_user", {{"user_id", gone}});
        return Ask{.id = gone};
    };
    good_["reset_password"] = [this] {
        return Ask{.id = user("locked", "seller", nbo).to_string()};
    };
    good_["set_user_pay"] = [this] {
        return Ask{.body = Json{{"salary_minor", 100}, {"currency", "KES"}},
                   .id = people["mech"].to_string()};
    };
    good_["create_customer"] = [this] {
        return Ask{.body = Json{{"first_name", "A"},
                                {"last_name", "B"},
                                {"phone", "+254711222333"},
                                {"seller_id", people["amina"].to_string()},
                                {"branch_id", nbo.to_string()}}};
    };
    good_["update_customer"] = [this] {
        return Ask{.body = Json{{"notes", "Likes blue"}}, .id = buyer.to_string()};
    };
    good_["archive_customer"] = [this] {
        return Ask{.id = customer("Archived", people["amina"]).to_string()};
    };
    good_["erase_person"] = [this] {
        return Ask{.id = customer("Forgotten", people["amina"]).to_string()};
    };
    good_["merge_customers"] = [this] {
        return Ask{.body = Json{{"customer_id", buyer.to_string()},
                                {"merge_id", customer("Twice", people["amina"]).to_string()}}};
    };
    good_["update_branch"] = [this] {
        return Ask{.body = Json{{"phone", "+254700000002"}, {"accent_color", "#8B1E2D"}},
                   .id = mba.to_string()};
    };
    good_["create_branch"] = [] {
        return Ask{.body = Json{{"name", "Kisumu"}, {"code", "KSM"}, {"currency", "KES"}}};
    };
    good_["update_settings"] = [] { return Ask{.body = Json{{"login_notice", "every"}}}; };
    const auto note = [this] {
        static_cast<void>(sale());
        return newest(domain::describe<domain::Notification>());
    };
    for (const char* what :
         {"mark_notification_read", "dismiss_notification", "resolve_notification"})
        good_[what] = [=] { return Ask{.id = note()}; };
    good_["claim_lead"] = [this] { return Ask{.id = lead(), .token = token("amina")}; };
    good_["update_lead"] = [this] {
        return Ask{.body = Json{{"notes", "Called"}}, .id = lead(), .token = token("amina")};
    };
    good_["create_lead"] = [this] {
        return Ask{.body = Json{{"kind", "callback"},
                                {"name", "Visitor"},
                                {"phone", "+254712000445"},
                                {"consent_version", "1"},
                                {"consent_at", clock.wall()},
                                {"branch_id", nbo.to_string()}},
                   .token = "-"};
    };
    good_["answer_assistance"] = [this] { return Ask{.id = call(), .token = token("amina")}; };
    good_["create_item"] = [] {
        return Ask{.body = Json{{"item_name", "Wrench"}, {"currency", "KES"}}};
    };
    const auto item = [this] {
        return made("items", {{"item_name", "Jack"}, {"currency", "KES"}});
    };
    good_["update_item"] = [=] { return Ask{.body = Json{{"quantity", 2}}, .id = item()}; };
    good_["archive_item"] = [=] { return Ask{.id = item()}; };
    good_["create_enrollment_code"] = [] {
        return Ask{.body = Json{{"branch", "NBO"}, {"name", "Front"}}};
    };
    good_["enroll"] = [this] {
        const auto code = post("enrollment-codes", {{"branch", "NBO"}, {"name", "Front"}});
        const auto key = crypto::PrivateKey::generate(random);
        return Ask{
            .body = Json{{"code", code["code"]}, {"csr", signing_request(key)}, {"name", "Front"}},
            .token = "-"};
    };
    good_["renew"] = [this] {
        const auto code = post("enrollment-codes", {{"branch", "NBO"}, {"name", "Front"}});
        const auto key = crypto::PrivateKey::generate(random);
        const std::string csr = signing_request(key);
        const auto enrolled = send("POST", "/api/v1/enroll", {},
                                   Json{{"code", code["code"]}, {"csr", csr}, {"name", "Front"}});
        INFO(enrolled.raw.body);
        REQUIRE(enrolled.status == 200);
        const auto terminal = base::Uuid::parse(base::text_member(enrolled.body, "terminal_id"));
        REQUIRE(terminal);
        const std::string signature = base::to_base64(
            key.sign(base::as_bytes(protocol::renew_to_sign(*terminal, clock.wall(), csr))));
        return Ask{.body = Json{{"terminal_id", terminal->to_string()},
                                {"csr", csr},
                                {"at", clock.wall()},
                                {"signature", signature}},
                   .token = "-"};
    };
    good_["revoke_terminal"] = [this] { return Ask{.id = new_terminal().to_string()}; };
}

void ContractTown::table_of_sales() {
    good_["create_car"] = [this] {
        return Ask{.body = Json{{"make", "Honda"},
                                {"model", "Fit"},
                                {"year", 2018},
                                {"vin", next_vin()},
                                {"color", "blue"},
                                {"mileage", 41'000},
                                {"condition", "used"},
                                {"price_minor", 1'250'000'00},
                                {"currency", "KES"},
                                {"branch_id", nbo.to_string()}}};
    };
    const auto some_car = [this] { return car(nbo).to_string(); };
    good_["update_car"] = [=] { return Ask{.body = Json{{"color", "red"}}, .id = some_car()}; };
    good_["archive_car"] = [=] { return Ask{.id = some_car()}; };
    good_["transfer_car"] = [=, this] {
        return Ask{.body = Json{{"branch_id", mba.to_string()}}, .id = some_car()};
    };
    good_["set_car_cost"] = [=] {
        return Ask{.body = Json{{"purchase_cost_minor", 1'000'000'00}}, .id = some_car()};
    };
    good_["add_car_image"] = [=, this] { return Ask{.body = car_image(), .id = some_car()}; };
    good_["remove_car_image"] = [=, this] {
        return Ask{.id = made("cars/" + some_car() + "/images", car_image())};
    };
    good_["upload_picture"] = [] {
        return Ask{.content = picture_bytes(), .content_type = "image/jpeg"};
    };
    good_["upload_document"] = [] {
        return Ask{.content = "%PDF-1.4 other papers", .file_name = "other.pdf"};
    };
    good_["import_cars"] = [] { return Ask{.content = kCars, .content_type = "text/csv"}; };
    good_["read_blob"] = [this] { return Ask{.id = picture(), .token = "-"}; };
    good_["public_car"] = [=, this] {
        const auto shown = send("GET", "/api/v1/cars/" + some_car(), root).body;
        return Ask{.id = base::text_member(shown, "stock_number"), .token = "-"};
    };
    good_["read_vin"] = [] { return Ask{.id = "5YJ3E1EA2KF317000"}; };
    good_["search"] = [] { return Ask{.query = "?q=toyota"}; };
    good_["record_sale"] = [=, this] {
        return Ask{.body = Json{{"car_id", some_car()}, {"customer_id", buyer.to_string()}},
                   .token = token("amina")};
    };
    good_["set_sale_status"] = [this] {
        return Ask{.body = Json{{"status", "delivered"}}, .id = sale()};
    };
    good_["decide_dispute"] = [this] {
        return Ask{.body = Json{{"decision", "refund"}, {"reason", "Sold twice"}},
                   .id = disputed_sale()};
    };
    good_["take_payment"] = [this] {
        return Ask{.body = Json{{"amount_minor", 1000}, {"method", "cash"}}, .id = invoice()};
    };
    good_["issue_credit_note"] = [this] {
        return Ask{.body = Json{{"amount_minor", 1000}, {"reason", "Scratch"}}, .id = invoice()};
    };
    good_["set_payment_status"] = [this] {
        return Ask{.body = Json{{"status", "cleared"}}, .id = payment("cheque")};
    };
    const auto wish = [=, this] {
        return Json{{"car_id", some_car()},
                    {"customer_id", buyer.to_string()},
                    {"until", clock.wall() + 86'400'000}};
    };
    good_["reserve_car"] = [=, this] { return Ask{.body = wish(), .token = token("amina")}; };
    good_["set_reservation_status"] = [=, this] {
        return Ask{.body = Json{{"status", "cancelled"}, {"reason", "Left"}},
                   .id = made("reservations", wish(), "amina")};
    };
    good_["open_till"] = [this] {
        return Ask{
            .body = Json{{"terminal_id", new_terminal().to_string()}, {"opening_float_minor", 0}},
            .token = token("amina")};
    };
    good_["close_till"] = [this] {
        return Ask{.body = Json{{"counted", {{{"method", "cash"}, {"counted_minor", 0}}}}},
                   .id = till()};
    };
    const auto importation = [=] {
        return Json{{"car_id", some_car()},        {"country_of_origin", "JP"},
                    {"transport_fee_minor", 1000}, {"import_duty_minor", 2000},
                    {"currency", "KES"},           {"import_date", 1'700'000'000'000}};
    };
    const auto papers = [=, this] {
        Json body = importation();
        body["document"] = document();
        return made("importations", body);
    };
    good_["add_importation"] = [=, this] {
        Json body = importation();
        body["document"] = document();
        return Ask{.body = body};
    };
    good_["update_importation"] = [=] {
        return Ask{.body = Json{{"import_duty_minor", 3000}}, .id = papers()};
    };
    good_["remove_importation"] = [=] { return Ask{.id = papers()}; };
    good_["importation_document"] = [=] { return Ask{.id = papers()}; };
}

void ContractTown::table_of_promotions() {
    if (domain::find_command("create_promotion") == nullptr) return;
    const auto promotion = [this] {
        return Json{{"name", "Promotion " + std::to_string(++made_)}, {"percent_bp", 500}};
    };
    good_["create_promotion"] = [=] { return Ask{.body = promotion()}; };
    good_["update_promotion"] = [=, this] {
        return Ask{.body = Json{{"percent_bp", 300}}, .id = made("promotions", promotion())};
    };
    good_["archive_promotion"] = [=, this] { return Ask{.id = made("promotions", promotion())}; };
    good_["read_promotion"] = [=, this] { return Ask{.id = made("promotions", promotion())}; };
}

void ContractTown::table_of_goods() {
    good_["create_category"] = [] { return Ask{.body = Json{{"name", "Oil"}}}; };
    const auto category = [this] {
        return made("categories", {{"name", "Category " + std::to_string(++made_)}});
    };
    good_["update_category"] = [=] {
        return Ask{.body = Json{{"description", "All of them"}}, .id = category()};
    };
    good_["archive_category"] = [=] { return Ask{.id = category()}; };
    const auto goods_of = [this] {
        const std::string number = std::to_string(++made_);
        return Json{{"sku", "SKU-" + number},
                    {"name", "Product " + number},
                    {"price_minor", 100},
                    {"currency", "KES"},
                    {"kind", "accessory"}};
    };
    good_["create_product"] = [=] { return Ask{.body = goods_of()}; };
    good_["update_product"] = [=, this] {
        return Ask{.body = Json{{"price_minor", 200}}, .id = made("products", goods_of())};
    };
    good_["archive_product"] = [=, this] { return Ask{.id = made("products", goods_of())}; };
    const auto another = [this] {
        return made("suppliers", {{"name", "Supplier " + std::to_string(++made_)}});
    };
    good_["create_supplier"] = [] { return Ask{.body = Json{{"name", "Oil Ltd"}}}; };
    good_["update_supplier"] = [=] {
        return Ask{.body = Json{{"email", "sales@oil.example"}}, .id = another()};
    };
    good_["archive_supplier"] = [=] { return Ask{.id = another()}; };
    good_["adjust_stock"] = [this] {
        return Ask{.body = Json{{"change", -1}, {"reason", "Broken"}},
                   .id = newest(domain::describe<domain::StockBatch>())};
    };
    good_["create_incoming_order"] = [this] { return Ask{.body = incoming_order()}; };
    good_["receive_incoming_order"] = [this] {
        return Ask{.body = Json::object(), .id = incoming()};
    };
    good_["set_incoming_order_status"] = [this] {
        return Ask{.body = Json{{"status", "shipped"}}, .id = incoming()};
    };
    good_["record_counter_sale"] = [this] {
        return Ask{.body = counter_sale(), .token = token("amina")};
    };
    const auto wanted = [this] { return made("me/orders", counter_sale(), "buyer"); };
    good_["create_outgoing_order"] = [this] {
        return Ask{.body = counter_sale(), .token = token("buyer")};
    };
    good_["complete_outgoing_order"] = [=] { return Ask{.body = Json::object(), .id = wanted()}; };
    good_["set_outgoing_order_status"] = [=] {
        return Ask{.body = Json{{"status", "cancelled"}}, .id = wanted()};
    };
    good_["decide_order_dispute"] = [this] {
        return Ask{.body = Json{{"decision", "refund"}, {"reason", "Oversold"}},
                   .id = disputed_order()};
    };
    good_["create_delivery"] = [this] { return Ask{.body = Json{{"sale_id", sale()}}}; };
    good_["update_delivery"] = [this] {
        return Ask{.body = Json{{"notes", "At noon"}},
                   .id = made("deliveries", {{"sale_id", sale()}})};
    };
}

void ContractTown::table_of_workshop() {
    good_["create_ticket"] = [this] {
        return Ask{.body = Json{{"customer_id", buyer.to_string()},
                                {"branch_id", nbo.to_string()},
                                {"plate", "KDA 123X"},
                                {"description", "Brakes"}}};
    };
    good_["update_ticket"] = [this] { return Ask{.body = Json{{"bay", "2"}}, .id = ticket()}; };
    good_["set_ticket_status"] = [this] {
        return Ask{.body = Json{{"status", "in_progress"}}, .id = ticket()};
    };
    const Json part = {{"product_id", product}, {"quantity", 1}};
    good_["add_part"] = [=, this] { return Ask{.body = part, .id = ticket()}; };
    good_["remove_part"] = [=, this] {
        return Ask{.id = made("service-tickets/" + ticket() + "/parts", part)};
    };
    const Json labour = {{"minutes", 30}};
    good_["add_labour"] = [=, this] { return Ask{.body = labour, .id = ticket()}; };
    good_["remove_labour"] = [=, this] {
        return Ask{.id = made("service-tickets/" + ticket() + "/labour", labour)};
    };
    const Json who = {{"mechanic_id", people["mech"].to_string()}};
    for (const char* what : {"assign_mechanic", "remove_mechanic"})
        good_[what] = [=, this] { return Ask{.body = who, .id = ticket()}; };
    good_["edit_mechanics"] = [this] {
        return Ask{.body = Json{{"add_ids", {people["mech"].to_string()}}}, .id = ticket()};
    };
}

void ContractTown::table() {
    table_of_people();
    table_of_sales();
    table_of_promotions();
    table_of_goods();
    table_of_workshop();
}

}  // namespace showfloor::testing
