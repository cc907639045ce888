#include "central/people.hpp"

#include "base/encoding.hpp"
#include "central/auth/auth.hpp"
#include "central/blobs.hpp"
#include "central/credentials.hpp"
#include "central/mail/mail_queue.hpp"
#include "crypto/password.hpp"
#include "documents/limits.hpp"
#include "domain/records.hpp"
#include "imaging/decode.hpp"
#include "imaging/encode.hpp"
#include "imaging/resize.hpp"

namespace showfloor::central {

base::Result<domain::Outcome> run_own(Batch& batch, std::string_view name, base::Json args) {
    domain::Command command;
    command.name = name;
    command.args = std::move(args);
    domain::Outcome outcome = batch.run(std::move(command), true);
    if (outcome.kind == domain::Outcome::Kind::kFailed) return *outcome.failure;
    if (outcome.applied()) return outcome;
    std::string sentence(domain::sentence_of(outcome.code));
    if (!outcome.field.empty()) sentence = outcome.field + ": " + sentence;
    const auto kind = outcome.code == domain::Code::kNotFound ? base::ErrorKind::kNotFound
                                                              : base::ErrorKind::kRefused;
    return base::fail(kind, sentence, std::string(domain::name_of(outcome.code)), outcome.field);
}

base::Result<std::string> add_logo(const Store& store, Batch& batch, std::string_view picture) {
    SHOWFLOOR_ASSIGN(const auto image, imaging::decode(base::as_bytes(picture)));
    const auto png = imaging::encode_png(imaging::fit(image, documents::kLogoPixels));
    BlobInfo info;
    SHOWFLOOR_ASSIGN(info.sha256, save_blob(store, base::as_text(png)));
    info.bytes = static_cast<std::int64_t>(png.size());
    info.media_type = "image/png";
    info.is_public = true;
    SHOWFLOOR_TRY(note_blob(batch.connection(), info, batch.now()));
    return info.sha256;
}

base::Result<base::Uuid> add_branch(Batch& batch, base::Json fields) {
    const base::Uuid id = base::Uuid::v7(batch.now(), batch.random());
    fields["id"] = id.to_string();
    SHOWFLOOR_TRY(run_own(batch, "create_branch", std::move(fields)));
    return id;
}

base::Result<AddedUser> add_user(Batch& batch, NewUser user) {
    AddedUser added;
    added.id = base::Uuid::v7(batch.now(), batch.random());
    user.fields["id"] = added.id.to_string();
    if (!user.branch_code.empty()) {
        const auto branch = batch.world().find_one<domain::Branch>({{"code", user.branch_code}});
        if (!branch)
            return base::fail(base::ErrorKind::kNotFound,
                              "There is no branch " + user.branch_code + "; see branches list.");
        user.fields["branch_id"] = branch->id.to_string();
    }
    SHOWFLOOR_TRY(run_own(batch, "create_user", std::move(user.fields)));
    const bool chosen = !user.password.empty();
    added.password = chosen ? user.password : crypto::random_password(batch.random());
    SHOWFLOOR_ASSIGN(const std::string phc, crypto::hash_password(added.password, batch.random()));
    if (chosen) {
        SHOWFLOOR_TRY(run_own(batch, "set_must_change_password",
                              {{"user_id", added.id.to_string()}, {"value", false}}));
    }
    SHOWFLOOR_TRY(set_password_hash(batch, added.id, phc));
    if (!chosen && user.mail_key != nullptr)
        SHOWFLOOR_TRY(queue_mail(
            batch.connection(),
            {.kind = "new_user", .recipient_id = added.id, .secret = {{"secret", added.password}}},
            batch.now(), batch.random(), user.mail_key));
    return added;
}

base::Result<std::string> give_one_time_password(Batch& batch, const base::Uuid& user_id,
                                                 const crypto::Key256& mail_key) {
    std::string password = crypto::random_password(batch.random());
    SHOWFLOOR_ASSIGN(const std::string phc, crypto::hash_password(password, batch.random()));
    SHOWFLOOR_TRY(run_own(batch, "set_must_change_password",
                          {{"user_id", user_id.to_string()}, {"value", true}}));
    SHOWFLOOR_TRY(set_password_hash(batch, user_id, phc));
    SHOWFLOOR_TRY(end_sessions_of(batch.connection(), user_id, "password", batch.now()));
    SHOWFLOOR_TRY(queue_mail(
        batch.connection(),
        {.kind = "new_password", .recipient_id = user_id, .secret = {{"secret", password}}},
        batch.now(), batch.random(), &mail_key));
    return password;
}

base::Result<void> deactivate_user(Batch& batch, const base::Uuid& user_id) {
    SHOWFLOOR_TRY(run_own(batch, "deactivate_user", {{"user_id", user_id.to_string()}}));
    return end_sessions_of(batch.connection(), user_id, "deactivated", batch.now());
}

}  // namespace showfloor::central
