// What other processes ask: through the socket of a running engine, or by being it for a moment.
#include "terminal/asking.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <set>
#include <thread>

#include "fixture.hpp"

namespace showfloor::test {

namespace {

struct Fixture : TestTerminal {
    Fixture() {
        settle();
        restart();
    }
    base::Json sale(int car) {
        return {{"car_id", Dealership::car(car).to_string()},
                {"customer_id", central.shop.customer.to_string()}};
    }
    base::Json question(int car) {
        return {{"ask", "do"},
                {"login", "seller"},
                {"password", kPassword},
                {"command", "record_sale"},
                {"args", sale(car)}};
    }
};

struct Running {
    explicit Running(const terminal::DataFolder& folder)
        : lock(must(terminal::EngineLock::take(folder))),
          engine(must(terminal::EngineThread::start(folder, [] {}))),
          server(must(terminal::SocketServer::start(folder, *engine))) {}
    terminal::EngineLock lock;
    std::unique_ptr<terminal::EngineThread> engine;
    std::unique_ptr<terminal::SocketServer> server;
};

// Sends bytes to the socket as they are; the line that comes back.
std::string raw(const terminal::DataFolder& folder, std::string_view bytes) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    folder.socket().copy(address.sun_path, sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    (void)::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::shutdown(socket, SHUT_WR);
    std::string answer;
    char piece[4096];
    for (ssize_t got; (got = ::recv(socket, piece, sizeof piece, 0)) > 0;)
        answer.append(piece, static_cast<std::size_t>(got));
    ::close(socket);
    return answer;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "ask: without an engine, this process is one for the moment") {
    const auto answer = must(terminal::ask(folder, question(1)));
    INFO(answer.dump());
    CHECK(answer["outcome"] == "pending");
    CHECK(answer["invoice_number"] == "NBO-T01-I000001");
    CHECK(must(terminal::ask(folder, {{"ask", "status"}}))["pending"] == 1);
}

TEST_CASE_FIXTURE(Fixture, "ask: a running engine answers through its socket, the same words") {
    const Running running(folder);
    struct stat socket {};
    REQUIRE(::stat(folder.socket().c_str(), &socket) == 0);
    CHECK((socket.st_mode & 0777U) == 0600);
    const auto answer = must(terminal::ask(folder, question(1)));
    CHECK(answer["outcome"] == "pending");
    CHECK(must(terminal::ask(folder, question(1)))["outcome"] == "refused");
    const auto person = must(
        terminal::ask(folder, {{"ask", "person"}, {"login", "seller"}, {"password", kPassword}}));
    CHECK(terminal::actor_from_json(person).user_id == central.shop.seller);
    CHECK(terminal::actor_from_json(person).role == domain::Role::kSeller);
    CHECK(must(terminal::ask(folder, {{"ask", "status"}}))["pending"] == 1);
    CHECK(must(terminal::ask(folder, {{"ask", "sync"}}))["started"] == true);
}

TEST_CASE_FIXTURE(Fixture, "ask: a socket left by a killed process is no engine") {
    { const Running running(folder); }
    // What kill -9 leaves: the file of a socket that nobody listens at.
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    folder.socket().copy(address.sun_path, sizeof address.sun_path - 1);
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(::bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    ::close(left);
    CHECK(must(terminal::ask(folder, question(1)))["outcome"] == "pending");
    const Running again(folder);
    CHECK(must(terminal::ask(folder, {{"ask", "status"}}))["pending"] == 1);
}

TEST_CASE_FIXTURE(Fixture, "ask: many at once take turns, each is done once") {
    std::vector<std::thread> askers;
    std::vector<base::Json> answers(5);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        askers.emplace_back([&, i] {
            const auto answer = terminal::ask(folder, question(static_cast<int>(i) + 1));
            answers[i] = answer ? *answer : terminal::error_to_json(answer.error());
        });
    }
    for (auto& asker : askers)
        asker.join();
    std::set<std::string> numbers;
    for (const auto& answer : answers) {
        INFO(answer.dump());
        CHECK(base::text_member(answer, "outcome") == "pending");
        numbers.insert(base::text_member(answer, "invoice_number"));
    }
    CHECK(numbers.size() == answers.size());
}

TEST_CASE_FIXTURE(Fixture,
                  "socket: garbage, half a question and a huge one are answered in words") {
    const Running running(folder);
    for (const std::string& bytes :
         {std::string("no json\n"), std::string("{\"ask\": \"sta"), std::string("[]\n"),
          std::string("{\"ask\": \"coffee\"}\n"), std::string("{\"ask\": 7}\n"),
          std::string(2u << 20, 'x') + "\n"}) {
        const auto answer = base::parse_json(raw(folder, bytes), 100'000);
        REQUIRE(answer.ok());
        CHECK_FALSE(base::text_member(*answer, "error").empty());
    }
    CHECK(must(terminal::ask(folder, {{"ask", "status"}}))["pending"] == 0);
}

TEST_CASE("error_to_json: kind, code and sentence come back as they went") {
    const auto error = base::fail(base::ErrorKind::kDiskFull, "No room.", "disk_full");
    const auto back = terminal::error_from_json(terminal::error_to_json(error));
    REQUIRE(back);
    CHECK(back->kind == base::ErrorKind::kDiskFull);
    CHECK(back->message == "No room.");
    CHECK(back->code == "disk_full");
    CHECK_FALSE(terminal::error_from_json({{"outcome", "pending"}}));
}

TEST_CASE("describe: pending with ids and numbers, refused with code, words and field") {
    sync::Submitted done;
    done.seq = 4;
    done.command.args = {{"id", "0190"}};
    done.outcome.details = {{"invoice_number", "NBO-T01-I000001"}};
    const auto pending = terminal::describe(done);
    CHECK(pending["outcome"] == "pending");
    CHECK(pending["seq"] == 4);
    CHECK(pending["id"] == "0190");
    CHECK(pending["invoice_number"] == "NBO-T01-I000001");
    sync::Submitted no;
    no.outcome = domain::refuse(domain::Code::kOverBalance, "payments");
    const auto refused = terminal::describe(no);
    CHECK(refused["outcome"] == "refused");
    CHECK(refused["code"] == "over_balance");
    CHECK(refused["field"] == "payments");
    CHECK_FALSE(base::text_member(refused, "message").empty());
}

}  // namespace showfloor::test
