#pragma once
// Dealership: central's real code over a data folder of its own, answering sync requests in this
// process; it can be killed, backed up and restored. Two branches, a seller in each, some cars.
// Thread contract: one test thread.

#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "central/command_processor.hpp"
#include "central/store.hpp"
#include "central/sync_api.hpp"
#include "crypto/ec.hpp"
#include "crypto/x509.hpp"
#include "fresh_folder.hpp"
#include "sync/exchange.hpp"
#include "sync/outbox.hpp"

namespace showfloor::testing {

// A terminal as central enrolled it.
struct Enrolled {
    sync::Identity identity;
    crypto::PrivateKey key;
    std::shared_ptr<const crypto::Certificate> certificate;
};

struct Branch {
    base::Uuid id, seller_id, admin_id, mechanic_id;
    std::string code;
};

class Dealership {
   public:
    // `seed` decides ids and keys. A folder made once is copied: migrations cost more than a test.
    Dealership(std::uint64_t seed, int cars);

    [[nodiscard]] sync::Reply handle(const crypto::Certificate& certificate,
                                     const sync::Request& request);
    [[nodiscard]] Enrolled enrol(const Branch& branch);
    // Runs a command at central as the system; fails the test when it is not applied.
    base::Json run(std::string_view name, base::Json args);
    // The same as a person of central; the outcome.
    domain::Outcome run_as(const base::Uuid& actor, std::string_view role, std::string_view name,
                           base::Json args);

    void kill();  // drops everything in memory and opens the files again
    void back_up();
    void restore();  // the last backup, as another epoch
    // After a backup, so that a restore knows nothing of them.
    base::Uuid hire(const Branch& branch,
                    std::string_view name);  // a seller, for all its terminals
    void take_in_car();                      // one more
    int expire_reservations();               // the job; how many

    [[nodiscard]] central::Store& store() { return *store_; }
    [[nodiscard]] central::CommandProcessor& processor() { return *processor_; }
    [[nodiscard]] const std::vector<Branch>& branches() const { return branches_; }
    [[nodiscard]] const std::vector<base::Uuid>& cars() const { return cars_; }
    [[nodiscard]] const base::Uuid& product() const { return product_; }  // in stock in each branch
    [[nodiscard]] base::FakeClock& clock() { return clock_; }
    [[nodiscard]] bool has_backup() const { return backed_up_; }

   private:
    void open();
    void populate(int cars);
    void fill_shelves();
    base::Uuid new_id() { return base::Uuid::v7(clock_.wall(), random_); }
    base::Uuid make_user(const Branch& branch, std::string_view role, std::string_view name);

    FreshFolder folder_;
    base::FakeClock clock_;
    base::SeededRandom random_;
    std::unique_ptr<central::Store> store_;
    std::unique_ptr<central::CommandProcessor> processor_;
    std::unique_ptr<central::SyncApi> api_;
    std::vector<Branch> branches_;
    std::vector<base::Uuid> cars_;
    base::Uuid product_;
    crypto::Authority authority_;
    bool backed_up_ = false;
    int enrolled_ = 0;
};

}  // namespace showfloor::testing
