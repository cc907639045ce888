#pragma once
// Transaction and Savepoint: what is not committed or released by the time they go is rolled back.
// Thread contract: the connection's thread. Scopes must nest.

#include <string>

#include "database/connection.hpp"

namespace showfloor::database {

class Transaction {
   public:
    enum class Kind {
        kWrite,  // BEGIN IMMEDIATE: waits for other writers now, never in the middle
        kRead,   // one consistent view over several reads
    };
    static base::Result<Transaction> begin(Connection& connection, Kind kind = Kind::kWrite);

    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    // On failure everything is rolled back.
    base::Result<void> commit();
    void roll_back();  // at once instead of at the end of the scope

   private:
    explicit Transaction(Connection& connection) : connection_(&connection) {}
    Connection* connection_;  // null when finished
};

// A part of a transaction that can be taken back alone. Outside a transaction it is one.
class Savepoint {
   public:
    static base::Result<Savepoint> begin(Connection& connection);

    Savepoint(Savepoint&& other) noexcept;
    Savepoint& operator=(Savepoint&&) = delete;
    ~Savepoint();

    base::Result<void> release();  // keeps what was done
    void roll_back();

   private:
    explicit Savepoint(Connection& connection) : connection_(&connection) {}
    Connection* connection_;  // null when finished
};

}  // namespace showfloor::database
