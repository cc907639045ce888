#include "kiosk.hpp"

#include <doctest/doctest.h>

#include <filesystem>

namespace showfloor::testing {

namespace {

namespace fs = std::filesystem;

template <typename T>
T must(base::Result<T> result) {
    if (!result) FAIL(result.error().message);
    return std::move(result).value();
}

void must(const base::Result<void>& result) {
    if (!result) FAIL(result.error().message);
}

// Kills are of the process, not of the machine: what was written is there.
database::Options quick() {
    database::Options options;
    options.synchronous = database::Synchronous::kOff;
    return options;
}

crypto::Key256 storage_key() {
    crypto::Key256 key;
    key.writable()[0] = 7;
    return key;
}

}  // namespace

Kiosk::Kiosk(Network& network, const Enrolled& who, const base::Uuid& seller_id, std::uint64_t seed)
    : network_(network),
      who_(std::make_unique<Enrolled>(who)),
      seller_id_(seller_id),
      random_(seed),
      sealer_(storage_key(), random_) {
    open();
}

Kiosk::Kiosk(const Kiosk& original, std::uint64_t seed)
    : pull_limit(original.pull_limit),
      network_(original.network_),
      who_(std::make_unique<Enrolled>(*original.who_)),
      seller_id_(original.seller_id_),
      clock_(original.clock_.wall()),
      random_(seed),
      sealer_(storage_key(), random_) {
    for (const char* name : {"outbox.db", "replica.db"}) {
        auto connection =
            must(database::Connection::open(original.folder() + "/" + name, {.must_exist = true}));
        must(connection.backup_to(folder() + "/" + name));
    }
    open();
}

void Kiosk::open() {
    line_ = std::make_unique<Network::Line>(network_, *who_);
    line_->cut = cut_;
    outbox_ = must(sync::Outbox::open(folder() + "/outbox.db", sealer_, quick()));
    if (!outbox_->enrolled()) must(outbox_->enrol(who_->identity));
    replica_ = must(sync::Replica::open(folder() + "/replica.db", sealer_, *outbox_, quick()));
    images_ = must(sync::ImageCache::open(folder() + "/blobs"));
    engine_ = std::make_unique<sync::SyncEngine>(sync::SyncEngine::Parts{
        *outbox_, *replica_, *images_, *line_, clock_, random_, who_->key, folder(), pull_limit});
}

void Kiosk::close() {
    engine_.reset();
    images_.reset();
    replica_.reset();
    outbox_.reset();
    line_.reset();
}

void Kiosk::kill() {
    close();
    clock_.reboot();
    open();
}

void Kiosk::lose_replica() {
    close();
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::remove(folder() + "/replica.db" + suffix);
    open();
}

void Kiosk::adopt(const Enrolled& who, const std::string& epoch) {
    must(sync::SyncEngine::adopt_new_identity(*outbox_, *replica_, who.identity, epoch));
    close();
    *who_ = who;
    open();
}

void Kiosk::cut(bool cut) {
    cut_ = cut;
    line_->cut = cut;
    if (!cut) engine_->link_returned();
}

domain::Command Kiosk::command(std::string_view name, base::Json args) {
    return command_of(seller_id_, "seller", name, std::move(args));
}

domain::Command Kiosk::command_of(const base::Uuid& actor, std::string_view role,
                                  std::string_view name, base::Json args) {
    domain::Command made;
    made.name = name;
    made.args = std::move(args);
    made.actor_id = actor;
    made.actor_role = role;
    made.occurred_at = clock_.wall();  // prices depend on the day
    domain::Context context;
    context.terminal_id = who_->identity.terminal_id;
    context.origin = who_->identity.terminal_code;
    context.received_at = clock_.wall();
    auto terms = domain::quote_terms(replica_->world(), made, context);
    if (terms) made.terms = std::move(*terms);
    return made;
}

domain::Outcome Kiosk::submit(domain::Command& command) {
    auto submitted = must(replica_->submit(command, clock_.wall(), random_));
    command = std::move(submitted.command);
    return std::move(submitted.outcome);
}

}  // namespace showfloor::testing
