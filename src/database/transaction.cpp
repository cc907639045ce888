#include "database/transaction.hpp"

#include <utility>

namespace showfloor::database {

base::Result<Transaction> Transaction::begin(Connection& connection, Kind kind) {
    SHOWFLOOR_TRY(connection.run(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN"));
    return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
    roll_back();
}

base::Result<void> Transaction::commit() {
    SHOWFLOOR_CHECK(connection_ != nullptr, "a transaction is finished once");
    if (!connection_->in_transaction()) {  // SQLite took it back by itself when the disk failed
        connection_ = nullptr;
        return base::fail(base::ErrorKind::kDiskFull,
                          "The change was taken back because the disk failed; free some disk "
                          "space and try again.");
    }
    const auto done = connection_->run("COMMIT");
    if (!done) roll_back();
    connection_ = nullptr;
    return done;
}

void Transaction::roll_back() {
    if (connection_ == nullptr) return;
    // Failing to roll back leaves nothing to do: SQLite has done it, or does when it closes.
    if (connection_->in_transaction()) static_cast<void>(connection_->run("ROLLBACK"));
    connection_ = nullptr;
}

base::Result<Savepoint> Savepoint::begin(Connection& connection) {
    // One name is enough: SQLite means the innermost one.
    SHOWFLOOR_TRY(connection.run("SAVEPOINT s"));
    return Savepoint(connection);
}

Savepoint::Savepoint(Savepoint&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Savepoint::~Savepoint() {
    roll_back();
}

base::Result<void> Savepoint::release() {
    SHOWFLOOR_CHECK(connection_ != nullptr, "a savepoint is finished once");
    const auto done = connection_->run("RELEASE s");
    if (!done) roll_back();
    connection_ = nullptr;
    return done;
}

void Savepoint::roll_back() {
    if (connection_ == nullptr) return;
    if (connection_->in_transaction()) {
        static_cast<void>(connection_->run("ROLLBACK TO s"));
        static_cast<void>(connection_->run("RELEASE s"));
    }
    connection_ = nullptr;
}

}  // namespace showfloor::database
