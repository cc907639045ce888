// The operations that change something, one line a command.

#include <mutex>

#include "central/api/answer.hpp"
#include "central/api/goods.hpp"
#include "central/api/idempotency.hpp"
#include "central/api/schema.hpp"
#include "central/blobs.hpp"
#include "central/credentials.hpp"
#include "central/mail/mail_queue.hpp"
#include "crypto/password.hpp"
#include "domain/records_leads.hpp"
#include "domain/sale_terms.hpp"
#include "imaging/upload.hpp"

namespace showfloor::central {

namespace {

using base::Json;
using domain::describe;
using net::HttpResponse;
using Stopped = std::optional<HttpResponse>;

// Every picture a command names must have been uploaded, and be one that may be shown.
base::Result<Stopped> check_pictures(Batch& batch, const domain::Command& command) {
    std::vector<std::pair<std::string, std::string>> named;  // field, hash
    const auto collect = [&named](const Json& picture, const std::string& place) {
        for (const char* name : {"sha256", "sha256_medium", "sha256_small"}) {
            const std::string hash = base::text_member(picture, name);
            if (!hash.empty()) named.emplace_back(place + name, hash);
        }
    };
    collect(command.args, "");
    for (const char* name : {"image", "logo"}) {
        const std::string hash = base::text_member(command.args, name);
        if (!hash.empty()) named.emplace_back(name, hash);
    }
    if (const auto images = command.args.find("images");
        images != command.args.end() && images->is_array()) {
        std::size_t i = 0;
        for (const Json& picture : *images)
            collect(picture, "images[" + std::to_string(i++) + "].");
    }
    for (const auto& [field, hash] : named) {
        std::optional<BlobInfo> info;
        if (is_blob_name(hash)) {
            SHOWFLOOR_ASSIGN(info, find_blob(batch.connection(), hash));
        }
        if (!info || !info->is_public)
            return Stopped(problem_answer(
                422, "unknown_picture", "Upload the picture first: POST /api/v1/blobs.",
                {{field, "unknown_picture", "No such picture was uploaded."}}));
    }
    return Stopped();
}

base::Result<Stopped> check_car_blobs(Batch& batch, const domain::Command& command) {
    SHOWFLOOR_ASSIGN(auto stopped, check_pictures(batch, command));
    if (stopped) return stopped;
    return check_documents(batch, command);
}

base::Uuid id_in(const domain::Command& command, const char* name) {
    return base::Uuid::parse(base::text_member(command.args, name)).value_or(base::Uuid{});
}

base::Result<void> mail_password(Call& call, Batch& batch, std::string_view kind,
                                 const base::Uuid& user_id, const std::string& password) {
    const crypto::Key256 key = mail_key(call.parts.keys.token_key);
    return queue_mail(batch.connection(),
                      {.kind = kind, .recipient_id = user_id, .secret = {{"secret", password}}},
                      call.now, batch.random(), &key);
}

base::Result<void> give_password(Call& call, Batch& batch, const domain::Command& command,
                                 const std::string& password, Json& extra) {
    SHOWFLOOR_ASSIGN(const std::string phc, crypto::hash_password(password, batch.random()));
    SHOWFLOOR_TRY(set_password_hash(batch, id_in(command, "id"), phc));
    extra["one_time_password"] = password;
    return mail_password(call, batch, "new_user", id_in(command, "id"), password);
}

// Terminals hold verifiers of the branch's active people.
base::Result<void> renew_verifiers(Call&, Batch& batch, const domain::Command& command,
                                   const std::string&, Json&) {
    const base::Uuid changed = id_in(command, "id");
    return sync_verifiers_of_user(batch, changed.is_nil() ? id_in(command, "user_id") : changed,
                                  false);
}

base::Result<void> end_sessions(Call&, Batch& batch, const domain::Command& command,
                                const std::string&, Json&) {
    return end_sessions_of(batch.connection(), id_in(command, "user_id"), "deactivated",
                           batch.now());
}

std::vector<WriteRoute> people_routes() {
    const auto* user = &describe<domain::User>();
    const auto* branch = &describe<domain::Branch>();
    const auto* customer = &describe<domain::Customer>();
    return {
        {.method = "POST",
         .path = "branches",
         .operation = "create_branch",
         .summary = "A new branch.",
         .commands = {{"", "create_branch"}},
         .answer_record = branch,
         .creates = true,
         .before = check_pictures},
        {.method = "PATCH",
         .path = "branches/{id}",
         .operation = "update_branch",
         .summary = "Change a branch; its code never changes.",
         .commands = {{"", "update_branch"}},
         .path_argument = "id",
         .path_record = branch,
         .answer_record = branch,
         .before = check_pictures},
        {.method = "POST",
         .path = "users",
         .operation = "create_user",
         .summary = "A new user; the one-time password is answered once.",
         .commands = {{"", "create_user"}},
         .answer_record = user,
         .creates = true,
         .makes_password = true,
         .before = check_pictures,
         .after = give_password},
        {.method = "PATCH",
         .path = "users/{id}",
         .operation = "update_user",
         .summary = "Change a user; the role is fixed.",
         .commands = {{"", "update_user"}},
         .path_argument = "id",
         .path_record = user,
         .answer_record = user,
         .before = check_pictures,
         .after = renew_verifiers},
        {.method = "DELETE",
         .path = "users/{id}",
         .operation = "deactivate_user",
         .summary = "Deactivate a user; all sessions end.",
         .commands = {{"", "deactivate_user"}},
         .path_argument = "user_id",
         .path_record = user,
         .answer_record = user,
         .after = end_sessions},
        {.method = "POST",
         .path = "users/{id}/reactivate",
         .operation = "reactivate_user",
         .summary = "Make a deactivated user active again.",
         .commands = {{"", "reactivate_user"}},
         .path_argument = "user_id",
         .path_record = user,
         .answer_record = user,
         .after = renew_verifiers},
        {.method = "POST",
         .path = "customers",
         .operation = "create_customer",
         .summary = "A new customer.",
         .commands = {{"", "create_customer"}},
         .answer_record = customer,
         .creates = true},
        {.method = "PATCH",
         .path = "customers/{id}",
         .operation = "update_customer",
         .summary = "Change a customer.",
         .commands = {{"", "update_customer"}},
         .path_argument = "id",
         .path_record = customer,
         .answer_record = customer},
        {.method = "DELETE",
         .path = "customers/{id}",
         .operation = "archive_customer",
         .summary = "Archive a customer.",
         .commands = {{"", "archive_customer"}},
         .path_argument = "customer_id",
         .path_record = customer,
         .answer_record = customer},
        {.method = "DELETE",
         .path = "terminals/{id}",
         .operation = "revoke_terminal",
         .summary = "Revoke a terminal: it is answered 401 from now on.",
         .commands = {{"", "revoke_terminal"}},
         .path_argument = "terminal_id",
         .path_record = &describe<domain::Terminal>(),
         .answer_record = &describe<domain::Terminal>()},
    };
}

std::vector<WriteRoute> car_routes() {
    const auto* car = &describe<domain::Car>();
    const auto* image = &describe<domain::CarImage>();
    return {
        {.method = "POST",
         .path = "cars",
         .operation = "create_car",
         .summary = "A new car, with its cost, importations and pictures: all or nothing.",
         .commands = {{"", "create_car"}},
         .answer_record = car,
         .creates = true,
         .before = check_car_blobs},
        {.method = "PATCH",
         .path = "cars/{id}",
         .operation = "update_car",
         .summary = "Change a car.",
         .commands = {{"", "update_car"}},
         .path_argument = "id",
         .path_record = car,
         .answer_record = car},
        {.method = "DELETE",
         .path = "cars/{id}",
         .operation = "archive_car",
         .summary = "Archive a car.",
         .commands = {{"", "archive_car"}},
         .path_argument = "car_id",
         .path_record = car,
         .answer_record = car},
        {.method = "POST",
         .path = "cars/{id}/transfer",
         .operation = "transfer_car",
         .summary = "Move a car to another branch.",
         .commands = {{"", "transfer_car"}},
         .path_argument = "car_id",
         .path_record = car,
         .answer_record = car},
        {.method = "PUT",
         .path = "cars/{id}/cost",
         .operation = "set_car_cost",
         .summary = "Set what a car cost (confidential).",
         .commands = {{"", "set_car_cost"}},
         .path_argument = "car_id",
         .path_record = car,
         .answer_record = car},
        {.method = "POST",
         .path = "cars/{id}/images",
         .operation = "add_car_image",
         .summary = "Add an uploaded picture (see blobs) to a car.",
         .commands = {{"", "add_car_image"}},
         .path_argument = "car_id",
         .path_record = car,
         .answer_record = image,
         .creates = true,
         .answer_detail = "image_id",
         .before = check_pictures},
        {.method = "DELETE",
         .path = "car-images/{id}",
         .operation = "remove_car_image",
         .summary = "Take a picture off its car.",
         .commands = {{"", "remove_car_image"}},
         .path_argument = "image_id",
         .path_record = image,
         .answer_record = image},
    };
}

std::vector<WriteRoute> sale_routes() {
    const auto* sale = &describe<domain::Sale>();
    const auto* payment = &describe<domain::Payment>();
    const auto* invoice = &describe<domain::Invoice>();
    return {
        {.method = "POST",
         .path = "sales",
         .operation = "record_sale",
         .summary = "Sell a car: sale, invoice, payments and receipts in one. Prices, taxes and "
                    "sums are central's.",
         .commands = {{"", "record_sale"}},
         .answer_record = sale,
         .creates = true},
        {.method = "PATCH",
         .path = "sales/{id}/status",
         .operation = "set_sale_status",
         .summary = "Deliver, cancel or refund a sale.",
         .commands = {{"delivered", "deliver_sale"},
                      {"cancelled", "cancel_sale"},
                      {"refunded", "refund_sale"}},
         .selector = "status",
         .path_argument = "sale_id",
         .path_record = sale,
         .answer_record = sale},
        {.method = "POST",
         .path = "sales/{id}/decision",
         .operation = "decide_dispute",
         .summary = "Decide a disputed sale.",
         .commands = {{"", "decide_dispute"}},
         .path_argument = "sale_id",
         .path_record = sale,
         .answer_record = sale},
        {.method = "POST",
         .path = "invoices/{id}/payments",
         .operation = "take_payment",
         .summary = "Take a payment on an invoice.",
         .commands = {{"", "take_payment"}},
         .path_argument = "invoice_id",
         .path_record = invoice,
         .answer_record = payment,
         .creates = true},
        {.method = "POST",
         .path = "invoices/{id}/credit-notes",
         .operation = "issue_credit_note",
         .summary = "Issue a credit note on an invoice.",
         .commands = {{"", "issue_credit_note"}},
         .path_argument = "invoice_id",
         .path_record = invoice,
         .answer_record = &describe<domain::CreditNote>(),
         .creates = true,
         .answer_detail = "credit_note_id"},
        {.method = "PATCH",
         .path = "payments/{id}/status",
         .operation = "set_payment_status",
         .summary = "A payment cleared, failed, or is taken back by a counter-payment.",
         .commands = {{"cleared", "clear_payment"},
                      {"failed", "fail_payment"},
                      {"reversed", "reverse_payment"}},
         .selector = "status",
         .path_argument = "payment_id",
         .path_record = payment,
         .answer_record = payment},
    };
}

std::vector<WriteRoute> lead_routes() {
    const auto* lead = &describe<domain::Lead>();
    const auto* call = &describe<domain::Assistance>();
    return {
        {.method = "POST",
         .path = "leads",
         .operation = "create_lead",
         .summary = "A visitor asks for a test drive, a call or an offer; nobody need sign in.",
         .commands = {{"", "create_lead"}},
         .answer_record = lead,
         .creates = true},
        {.method = "POST",
         .path = "leads/{id}/claim",
         .operation = "claim_lead",
         .summary = "Take a lead on oneself.",
         .commands = {{"", "claim_lead"}},
         .path_argument = "lead_id",
         .path_record = lead,
         .answer_record = lead},
        {.method = "PATCH",
         .path = "leads/{id}",
         .operation = "update_lead",
         .summary = "Move a lead on, correct it, hand it over, or name the sale it led to.",
         .commands = {{"", "update_lead"}},
         .path_argument = "id",
         .path_record = lead,
         .answer_record = lead},
        {.method = "POST",
         .path = "assistance/{id}/answer",
         .operation = "answer_assistance",
         .summary = "Go to the visitor who calls for a seller.",
         .commands = {{"", "answer_assistance"}},
         .path_argument = "assistance_id",
         .path_record = call,
         .answer_record = call},
    };
}

std::vector<WriteRoute> notification_routes() {
    const auto* notification = &describe<domain::Notification>();
    return {
        {.method = "POST",
         .path = "notifications/{id}/read",
         .operation = "mark_notification_read",
         .summary = "Mark a notification as read.",
         .commands = {{"", "read_notification"}},
         .path_argument = "notification_id",
         .path_record = notification,
         .answer_record = notification},
        {.method = "DELETE",
         .path = "notifications/{id}",
         .operation = "dismiss_notification",
         .summary = "Put a notification away, for oneself.",
         .commands = {{"", "dismiss_notification"}},
         .path_argument = "notification_id",
         .path_record = notification,
         .answer_record = notification},
        {.method = "POST",
         .path = "notifications/{id}/resolve",
         .operation = "resolve_notification",
         .summary = "Settle a notification for everybody.",
         .commands = {{"", "resolve_notification"}},
         .path_argument = "notification_id",
         .path_record = notification,
         .answer_record = notification},
    };
}

// ---- what is no single command ----------------------------------------------------------------

struct Upload {
    std::string_view content, name;
};

std::optional<Upload> uploaded(const net::HttpRequest& request) {
    for (const net::FormPart& part : request.form) {
        if (part.name == "file") return Upload{part.content, part.file_name};
    }
    if (net::header(request.headers, "Content-Type").starts_with("image/") && !request.body.empty())
        return Upload{request.body, {}};
    return std::nullopt;
}

base::Result<Json> keep_picture(Call& call, const imaging::Prepared& picture) {
    Store& store = call.parts.processor.store();
    Json body = {{"width", picture.width},
                 {"height", picture.height},
                 {"blurhash", picture.blurhash},
                 {"bytes", picture.large_jpeg.size()}};
    std::vector<BlobInfo> infos;
    for (const auto& [name, bytes] :
         {std::pair<const char*, const imaging::Bytes*>{"sha256", &picture.large_jpeg},
          {"sha256_medium", &picture.medium_jpeg},
          {"sha256_small", &picture.small_jpeg}}) {
        SHOWFLOOR_ASSIGN(const std::string hash, save_blob(store, base::as_text(*bytes)));
        infos.push_back({hash, static_cast<std::int64_t>(bytes->size()), "image/jpeg", true, {}});
        body[name] = hash;
    }
    SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
    for (const BlobInfo& info : infos)
        SHOWFLOOR_TRY(note_blob(batch.connection(), info, call.now));
    SHOWFLOOR_TRY(batch.commit());
    return body;
}

// The same picture again is the same answer: no key is needed to repeat it.
HttpResponse upload_picture(Call& call) {
    const auto upload = uploaded(call.request);
    if (!upload)
        return problem_answer(415, "no_picture",
                              "Send a picture as image/..., or as form field \"file\".");
    if (upload->content.size() > kMaxUploadBytes)
        return problem_answer(413, "too_large", "A picture has at most 24 MB.");
    // One at a time: a large one takes half a gigabyte while it is worked on.
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    const auto picture = imaging::prepare_upload(base::as_bytes(upload->content), upload->name);
    if (!picture)
        return problem_answer(422, picture.error().code, picture.error().message,
                              {{"file", picture.error().code, picture.error().message}});
    const auto kept = keep_picture(call, *picture);
    return kept ? json_answer(201, *kept) : error_answer(kept.error());
}

HttpResponse enrollment_code(Call& call) {
    Body body = read_body(call.request);
    if (body.problem) return *std::move(body.problem);
    for (const auto& [name, value] : body.json.items()) {
        if (name != "branch" && name != "name")
            return problem_answer(400, "unknown_field", "There is no field " + name + " here.",
                                  {{name, "unknown_field", "There is no such field here."}});
    }
    const auto code = call.parts.enrolment.make_code(base::text_member(body.json, "branch"),
                                                     base::text_member(body.json, "name"),
                                                     call.actor().user_id, call.now);
    if (!code) {
        if (code.error().kind == base::ErrorKind::kNotFound)
            return problem_answer(422, "not_found", code.error().message,
                                  {{"branch", "not_found", code.error().message}});
        return error_answer(code.error());
    }
    return json_answer(201, {{"code", code->code},
                             {"ca_fingerprint", call.parts.keys.authority.certificate.fingerprint},
                             {"expires_at", code->expires_at}});
}

// A new one-time password for somebody who forgot theirs.
HttpResponse reset_password(Call& call) {
    const auto id = base::Uuid::parse(call.id);
    const std::string password = crypto::random_password(call.parts.processor.random());
    const auto phc = crypto::hash_password(password, call.parts.processor.random());
    if (!phc) return error_answer(phc.error());
    const auto work = [&]() -> base::Result<HttpResponse> {
        SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
        SHOWFLOOR_ASSIGN(auto stored, stored_answer(call, batch.connection()));
        if (stored) return *std::move(stored);
        const auto& record = describe<domain::User>();
        const auto row = id ? batch.world().get_row(record, *id) : std::nullopt;
        if (!row || !domain::view_of(call.actor(), record, *row, batch.world())) return not_found();
        // Who may deactivate somebody may let them in anew; one's own password one changes.
        if (*id == call.actor().user_id ||
            !domain::may(call.actor(), domain::Area::kUsers, domain::Action::kDelete,
                         domain::facts_of(batch.world(), record, *row)))
            return problem_answer(403, "not_allowed",
                                  domain::sentence_of(domain::Code::kNotAllowed));
        domain::Command command;
        command.name = "set_must_change_password";
        command.args = {{"user_id", id->to_string()}, {"value", true}};
        command.actor_id = call.actor().user_id;
        const auto outcome = batch.run(std::move(command), true);
        if (outcome.failure) return *outcome.failure;
        // After that: terminals lose the verifier until a password is chosen.
        SHOWFLOOR_TRY(set_password_hash(batch, *id, *phc));
        SHOWFLOOR_TRY(end_sessions_of(batch.connection(), *id, "password", call.now));
        SHOWFLOOR_TRY(mail_password(call, batch, "new_password", *id, password));
        HttpResponse response = json_answer(200, {{"one_time_password", password}});
        SHOWFLOOR_TRY(store_answer(call, batch, response));
        SHOWFLOOR_TRY(batch.commit());
        return response;
    };
    auto response = work();
    return response ? std::move(response).value() : error_answer(response.error());
}

}  // namespace

const std::vector<WriteRoute>& write_routes() {
    static const std::vector<WriteRoute> table = [] {
        std::vector<WriteRoute> all;
        for (auto part : {people_routes(), car_routes(), sale_routes(), lead_routes(),
                          goods_routes(), promotion_routes(), deal_routes(), workshop_routes(),
                          person_routes(), notification_routes()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return table;
}

void add_other_writes(std::vector<Route>& table) {
    const auto add = [&table](const char* path, domain::Area area, domain::Action action,
                              auto handler, const char* operation, const char* summary,
                              Json schema) {
        Route route;
        route.method = "POST";
        route.path = std::string("/api/v1/") + path;
        route.area = area;
        route.action = action;
        route.handle = handler;
        route.operation = operation;
        route.summary = summary;
        route.request_schema = std::move(schema);
        route.creates = route.action == domain::Action::kCreate;
        table.push_back(std::move(route));
    };
    add("blobs", domain::Area::kCars, domain::Action::kCreate, upload_picture, "upload_picture",
        "Upload a picture; it is turned, stripped and kept in three sizes.",
        {{"type", "string"}, {"contentMediaType", "image/*"}});
    add("enrollment-codes", domain::Area::kTerminals, domain::Action::kCreate, enrollment_code,
        "create_enrollment_code", "A one-time code for a new terminal, good for 15 minutes.",
        texts_schema({"branch", "name"}));
    add("users/{id}/reset-password", domain::Area::kUsers, domain::Action::kDelete, reset_password,
        "reset_password", "Give somebody a new one-time password; their sessions end.", {});
}

}  // namespace showfloor::central
