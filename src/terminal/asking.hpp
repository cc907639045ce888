#pragma once
// What other processes ask of DIR: a running engine through engine.sock, or, when none runs, an
// engine opened for the moment under the lock. Requests and answers are one JSON object a line:
//
//   {"ask": "do", "login", "password", "command", "args", "terms"?, "approver"?, ...}
//       -> {"outcome": "pending", ...ids} | {"outcome": "refused", "code", "message", "field"}
//   {"ask": "person", "login", "password"} -> {"user_id", "branch_id", "role"}
//   {"ask": "status"} -> the object of `status --json`
//   {"ask": "sync"}   -> {"started": true}
//   any failure       -> {"error": sentence, "kind": n, "code": c}
//
// Thread contract: answer() on the engine's thread; ask() from any process; SocketServer has a
// thread of its own.

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "base/json.hpp"
#include "base/result.hpp"
#include "terminal/data_folder.hpp"
#include "terminal/engine.hpp"
#include "terminal/engine_thread.hpp"

namespace showfloor::terminal {

// `done` gets the answer now or in a later tick (a sign-in that asks central).
using Answered = std::function<void(base::Json)>;
void answer(Engine& engine, const base::Json& question, Answered done);

// What scripts read of a submitted command.
[[nodiscard]] base::Json describe(const sync::Submitted& submitted);
[[nodiscard]] base::Json person_to_json(const Person& person);
[[nodiscard]] domain::Actor actor_from_json(const base::Json& json);
[[nodiscard]] base::Json error_to_json(const base::Error& error);
// nullopt when the answer is no error.
[[nodiscard]] std::optional<base::Error> error_from_json(const base::Json& answer);

// Asks whoever holds DIR; takes the lock and is the engine when nobody does. kBusy when the engine
// that runs does not answer.
base::Result<base::Json> ask(const DataFolder& folder, const base::Json& question);

// Serves engine.sock (0600) for a running engine.
class SocketServer {
   public:
    static base::Result<std::unique_ptr<SocketServer>> start(const DataFolder& folder,
                                                             EngineThread& engine);
    ~SocketServer();

   private:
    SocketServer(int listener, std::string path, EngineThread& engine);
    void serve();
    void serve_one(int connection);

    int listener_;
    std::string path_;
    EngineThread& engine_;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

}  // namespace showfloor::terminal
