// HTTP between our server and our client: bodies, bounds, files, many at once, stopping.

#include <rapidcheck.h>

#include <algorithm>
#include <future>
#include <thread>

#include "base/json.hpp"
#include "fixture.hpp"
#include "net/gzip.hpp"
#include "raw_tls.hpp"

namespace showfloor::net {

namespace {

struct Pair {
    Dealership ours;
    Identity identity = ours.server();
    HttpClient client{ours.trusts_us()};
};

HttpResponse echo(const HttpRequest& request) {
    HttpResponse response = text(request.body);
    response.headers["X-Method"] = request.method;
    response.headers["X-Path"] = request.path;
    for (const auto& [name, value] : request.query)
        response.headers["X-Query-" + name] = value;
    return response;
}

std::string code_of(const base::Result<HttpResponse>& result) {
    return result ? "answered" : result.error().code;
}

}  // namespace

TEST_CASE_FIXTURE(Pair, "http: every method, path, query, header and body arrives") {
    RunningServer server(identity, echo);
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        ClientRequest request = post(server.url("/a%20b/c?q=x%26y&z="), "{\"a\":1}");
        request.method = method;
        const auto answer = client.perform(request);
        REQUIRE_MESSAGE(answer.ok(), (answer ? "" : answer.error().message));
        CHECK(answer->body == "{\"a\":1}");
        CHECK(header(answer->headers, "x-METHOD") == method);
        CHECK(header(answer->headers, "X-Path") == "/a b/c");
        CHECK(header(answer->headers, "X-Query-q") == "x&y");
    }
    CHECK(header(client.perform(get(server.url("/x")))->headers, "X-Method") == "GET");
    ClientRequest head = get(server.url("/x"));
    head.method = "HEAD";
    CHECK(client.perform(head)->body.empty());
}

TEST_CASE_FIXTURE(Pair, "http: any body comes back") {
    RunningServer server(identity, echo);
    CHECK(rc::check("bodies", [&](const std::string& body) {
        RC_ASSERT(client.perform(post(server.url("/"), body))->body == body);
    }));
    const std::string large(3'000'000, 'x');
    CHECK(client.perform(post(server.url("/"), large))->body == large);
}

TEST_CASE_FIXTURE(Pair, "http: a multipart body arrives in parts") {
    RunningServer server(identity, [](const HttpRequest& request) {
        std::string seen;
        for (const auto& part : request.form)
            seen += part.name + "|" + part.file_name + "|" + part.content_type + "|" +
                    part.content + ";";
        return text(seen);
    });
    ClientRequest request =
        post(server.url("/blobs"),
             "--B\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ncar\r\n"
             "--B\r\nContent-Disposition: form-data; name=\"file\"; "
             "filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nJPEG\r\n"
             "--B--\r\n");
    request.headers["Content-Type"] = "multipart/form-data; boundary=B";
    CHECK(client.perform(request)->body == "kind|||car;file|a.jpg|image/jpeg|JPEG;");
}

TEST_CASE_FIXTURE(Pair, "http: gzip both ways, and only where it helps") {
    RunningServer server(identity, [](const HttpRequest& request) {
        HttpResponse response = text(request.body);
        response.headers["Content-Type"] =
            request.path == "/picture" ? "image/jpeg" : "application/json";
        return response;
    });
    const std::string large(100'000, 'j');
    const auto raw = [&](const std::string& path, const std::string& body) {
        RawTls browser(server.server.port());
        REQUIRE(browser.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n" +
                             "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
        return browser.receive();
    };
    CHECK(raw("/data", large).find("Content-Encoding: gzip") != std::string::npos);
    CHECK(raw("/data", "small").find("Content-Encoding") == std::string::npos);
    CHECK(raw("/picture", large).find("Content-Encoding") == std::string::npos);
    CHECK(client.perform(post(server.url("/data"), large))->body == large);

    ClientRequest packed = post(server.url("/data"), gzip(large));
    packed.headers["Content-Encoding"] = "gzip";
    CHECK(client.perform(packed)->body == large);
}

TEST_CASE_FIXTURE(Pair, "http: bodies over the bound, as sent or unpacked, are 413") {
    RunningServer server(identity, echo,
                         [](HttpServerOptions& options) { options.max_body_bytes = 100'000; });
    CHECK(client.perform(post(server.url("/"), std::string(100'000, 'x')))->status == 200);
    const auto large = client.perform(post(server.url("/"), std::string(100'001, 'x')));
    REQUIRE_MESSAGE(large.ok(), (large ? "" : large.error().message));
    CHECK(large->status == 413);
    CHECK(base::parse_json(large->body, 1000)->at("code") == "too_large");
    ClientRequest bomb = post(server.url("/"), gzip(std::string(50'000'000, 'b')));
    bomb.headers["Content-Encoding"] = "gzip";
    bomb.body.resize(std::min<std::size_t>(bomb.body.size(), 90'000));
    const auto burst = client.perform(bomb);
    REQUIRE_MESSAGE(burst.ok(), (burst ? "" : burst.error().message));
    CHECK(burst->status == 413);
    CHECK(client.perform(post(server.url("/"), "still here"))->body == "still here");
}

TEST_CASE_FIXTURE(Pair, "http: an answer over the client's bound, packed or not, is too_large") {
    RunningServer server(identity,
                         [](const HttpRequest&) { return text(std::string(5'000'000, 'x')); });
    ClientRequest request = get(server.url("/"));
    request.max_answer_bytes = 100'000;
    const auto answer = client.perform(request);
    CHECK(code_of(answer) == "too_large");
    CHECK(answer.error().kind == base::ErrorKind::kTooLarge);
}

TEST_CASE_FIXTURE(Pair, "http: what is thrown by a handler is a 500 that tells nothing") {
    RunningServer server(identity, [](const HttpRequest& request) -> HttpResponse {
        if (request.path == "/odd") throw 7;
        throw std::runtime_error("SELECT secret FROM user");
    });
    for (const char* path : {"/", "/odd"}) {
        const auto answer = client.perform(get(server.url(path)));
        CHECK(answer->status == 500);
        CHECK(answer->body.find("secret") == std::string::npos);
        CHECK(header(answer->headers, "Content-Type") == "application/problem+json");
    }
}

TEST_CASE_FIXTURE(Pair, "http: one connection serves many requests, refused ones too") {
    RunningServer server(identity, [&](const HttpRequest& request) {
        return request.path == "/no" ? problem(409, "duplicate", "There already.") : text("ok");
    });
    // The raw client has one connection by nature: that it goes on answering is the proof.
    RawTls browser(server.server.port());
    for (int i = 0; i < 200; ++i) {
        const bool refused = i % 3 == 0;
        REQUIRE(browser.send(std::string("GET ") + (refused ? "/no" : "/yes") +
                             " HTTP/1.1\r\nHost: x\r\n\r\n"));
        const std::string answer = browser.receive(refused ? "}" : "ok");
        REQUIRE(answer.find(refused ? "409" : "200 OK") != std::string::npos);
        REQUIRE(answer.find("Connection: close") == std::string::npos);
    }
}

TEST_CASE_FIXTURE(Pair, "http: a connection that was idle is taken out of parking and answered") {
    RunningServer server(identity, echo);
    RawTls browser(server.server.port());
    const std::string request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nping";
    for (int i = 0; i < 3; ++i) {
        REQUIRE(browser.send(request));
        CHECK(browser.receive("ping").find("200 OK") != std::string::npos);
        CHECK_FALSE(browser.socket().closed_within(50));  // longer than a thread lingers
    }
}

TEST_CASE_FIXTURE(Pair, "http: a silent connection is closed after the keep-alive time") {
    RunningServer server(identity, echo,
                         [](HttpServerOptions& options) { options.keep_alive_ms = 200; });
    RawTls browser(server.server.port());
    REQUIRE(browser.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    (void)browser.receive();
    CHECK(browser.socket().closed_within(5'000));
}

TEST_CASE_FIXTURE(Pair, "http: two requests sent at once are both answered, in order") {
    RunningServer server(identity, echo);
    RawTls browser(server.server.port());
    REQUIRE(browser.send(
        "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\noneGET /2 HTTP/1.1\r\n"
        "Host: x\r\n\r\n"));
    const std::string both = browser.receive("/2");
    CHECK(both.find("X-Path: /1") != std::string::npos);
    CHECK(both.find("X-Path: /1") < both.find("X-Path: /2"));
}

TEST_CASE_FIXTURE(Pair, "http: many connections and requests in parallel") {
    std::atomic<int> seen = 0;
    RunningServer server(identity, [&](const HttpRequest& request) {
        ++seen;
        return text(request.body);
    });
    constexpr int kThreads = 6;
    constexpr int kEach = 50;
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            HttpClient mine(ours.trusts_us());
            int answered = 0;
            for (int i = 0; i < kEach; ++i) {
                const std::string body = std::to_string(t * kEach + i);
                REQUIRE(mine.submit(post(server.url("/"), body),
                                    [&, body](auto result) {
                                        ++answered;
                                        if (result && result->body == body) ++right;
                                    })
                            .ok());
            }
            CHECK(mine.under_way() == kEach);
            while (answered < kEach)
                mine.poll(1000);
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(right == kThreads * kEach);
    CHECK(seen == kThreads * kEach);
}

TEST_CASE_FIXTURE(Pair, "client: more than 64 at once is busy; wake ends a wait") {
    RunningServer server(identity, echo);
    int answered = 0;
    for (std::size_t i = 0; i < kMaxTransfers; ++i)
        REQUIRE(client.submit(get(server.url("/")), [&](auto) { ++answered; }).ok());
    const auto one_more = client.submit(get(server.url("/")), [](auto) {});
    CHECK(one_more.error().kind == base::ErrorKind::kBusy);
    while (client.under_way() > 0)
        client.poll(1000);
    CHECK(answered == kMaxTransfers);

    const auto before = steady_ms_now();
    std::thread other([&] { client.wake(); });
    CHECK(client.poll(20'000) == 0);
    other.join();
    CHECK(steady_ms_now() - before < 15'000);
}

TEST_CASE_FIXTURE(Pair, "client: failures have names") {
    std::uint16_t free_port = 0;
    {
        RunningServer server(identity, echo);
        free_port = server.server.port();
    }
    const std::string gone = "https://localhost:" + std::to_string(free_port) + "/";
    CHECK(code_of(client.perform(get(gone))) == "refused_connection");
    const auto nobody = code_of(client.perform(get("https://central.invalid/")));
    CHECK((nobody == "name_not_found" || nobody == "no_network"));
    CHECK(code_of(client.perform(get("http://localhost:" + std::to_string(free_port)))) ==
          "bad_answer");
    CHECK(code_of(client.perform(get("nonsense"))) != "answered");

    std::promise<void> given_up;
    RunningServer slow(identity, [&](const HttpRequest&) {
        given_up.get_future().wait();
        return text("late");
    });
    ClientRequest hurried = get(slow.url("/"));
    hurried.timeout_ms = 300;
    CHECK(code_of(client.perform(hurried)) == "timeout");
    given_up.set_value();
}

TEST_CASE_FIXTURE(Pair, "server: plain HTTP, garbage, half a handshake and silence do no harm") {
    RunningServer server(identity, echo,
                         [](HttpServerOptions& options) { options.header_timeout_ms = 300; });
    const std::uint16_t port = server.server.port();
    const RawSocket plain(port);
    plain.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(plain.closed_within(5'000));
    const RawSocket garbage(port);
    garbage.send(std::string(5000, '\xFF'));
    CHECK(garbage.closed_within(5'000));
    const RawSocket half(port);
    half.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11));
    CHECK(half.closed_within(5'000));
    const RawSocket silent(port);
    CHECK(silent.closed_within(5'000));
    { const RawSocket gone(port); }
    CHECK(client.perform(post(server.url("/"), "still here"))->body == "still here");
}

TEST_CASE_FIXTURE(Pair, "server: headers dripping in byte by byte end at the header time-out") {
    RunningServer server(identity, echo,
                         [](HttpServerOptions& options) { options.header_timeout_ms = 400; });
    RawTls slow(server.server.port());
    REQUIRE(slow.connected());
    const auto begin = steady_ms_now();
    bool open = slow.send("GET / HTTP/1.1\r\nX: ");
    // Every byte comes well within the time-out; all of them together do not.
    for (int i = 0; i < 200 && open; ++i) {
        open = !slow.socket().closed_within(25);
        if (open) open = slow.send("x");
    }
    CHECK_FALSE(open);
    CHECK(steady_ms_now() - begin < 4'000);
}

TEST_CASE_FIXTURE(Pair, "server: a body that never comes ends at the body time-out") {
    RunningServer server(identity, echo,
                         [](HttpServerOptions& options) { options.body_timeout_ms = 300; });
    RawTls slow(server.server.port());
    REQUIRE(slow.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nbegin"));
    CHECK(slow.socket().closed_within(5'000));
}

TEST_CASE_FIXTURE(Pair,
                  "server: broken and smuggled requests are refused and the connection ends") {
    RunningServer server(identity, echo);
    for (const std::string& bad :
         {std::string("nonsense\r\n\r\n"), std::string("GET / HTTP/9.9\r\n\r\n"),
          std::string("GET /a b HTTP/1.1\r\n\r\n"),
          std::string("GET / HTTP/1.1\r\nno colon\r\n\r\n"),
          std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n"),
          "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n",
          "GET /" + std::string(5'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        RawTls browser(server.server.port());
        REQUIRE(browser.connected());
        (void)browser.send(bad);
        const std::string answer = browser.receive("never sent");
        CHECK_MESSAGE(answer.find(" 200 ") == std::string::npos, bad.substr(0, 60));
        CHECK(answer.find("smuggled") == std::string::npos);
    }
    CHECK(client.perform(post(server.url("/"), "still here"))->body == "still here");
}

TEST_CASE_FIXTURE(Pair, "server: one address has its limit of connections, and gets seats back") {
    RunningServer server(identity, echo, [](HttpServerOptions& options) {
        options.max_connections_per_address = 2;
    });
    {
        RawTls first(server.server.port());
        RawTls second(server.server.port());
        CHECK(first.connected());
        CHECK(second.connected());
        RawTls third(server.server.port());
        CHECK_FALSE(third.connected());
    }
    // The seats are free once the server has seen both go; until then a try is refused.
    bool again = false;
    for (int i = 0; i < 200 && !again; ++i)
        again = RawTls(server.server.port()).connected();
    CHECK(again);
}

TEST_CASE_FIXTURE(Pair, "server: stop lets a running request finish and takes no new one") {
    std::promise<void> inside;
    std::promise<void> go_on;
    RunningServer server(identity, [&](const HttpRequest&) {
        inside.set_value();
        go_on.get_future().wait();
        return text("finished");
    });
    const std::string url = server.url("/");
    std::string body;
    std::thread asking([&] {
        HttpClient mine(ours.trusts_us());
        const auto answer = mine.perform(get(url));
        body = answer ? answer->body : answer.error().message;
    });
    inside.get_future().wait();
    std::thread stopping([&] { server.server.stop(); });
    while (RawSocket::can_connect(server.server.port()))
        std::this_thread::yield();
    go_on.set_value();
    stopping.join();
    asking.join();
    CHECK(body == "finished");
    CHECK(code_of(client.perform(get(url))) == "refused_connection");
    server.server.stop();  // again is fine
}

TEST_CASE_FIXTURE(Pair, "server: stop does not wait for idle or half-sent connections for long") {
    RunningServer server(identity, echo);
    RawTls idle(server.server.port());
    REQUIRE(idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    (void)idle.receive();
    CHECK_FALSE(idle.socket().closed_within(50));
    const auto begin = steady_ms_now();
    server.server.stop();
    CHECK(steady_ms_now() - begin < 4'000);
    CHECK(idle.socket().closed_within(5'000));
}

TEST_CASE_FIXTURE(Pair, "server: a port in use is said in words") {
    RunningServer first(identity, echo);
    HttpServerOptions options;
    options.certificate_pem = identity.certificate_pem;
    options.key_pem = identity.key_pem;
    options.port = first.server.port();
    HttpServer second(options, echo);
    const auto started = second.start();
    REQUIRE_FALSE(started);
    CHECK(started.error().message.find("Cannot listen") != std::string::npos);
}

TEST_CASE_FIXTURE(Pair, "files: whole, in ranges, resumed, and changed meanwhile") {
    const TempDir dir;
    std::string content(300'000, '\0');
    base::SeededRandom random(7);
    random.fill({reinterpret_cast<std::uint8_t*>(content.data()), content.size()});
    REQUIRE(base::write_file(dir / "snapshot", content).ok());
    std::string etag = "\"one\"";
    RunningServer server(identity, [&](const HttpRequest& request) {
        HttpResponse response;
        response.headers["ETag"] = etag;
        response.file = dir / (request.path == "/gone" ? "gone" : "snapshot");
        return response;
    });
    const auto download = [&](const std::string& resume_etag) {
        ClientRequest request = get(server.url("/snapshot"));
        request.output_file = dir / "copy";
        request.resume_etag = resume_etag;
        return client.perform(request);
    };
    const auto copy = [&] { return *base::read_file(dir / "copy", 1'000'000); };
    const auto whole = download("");
    REQUIRE_MESSAGE(whole.ok(), (whole ? "" : whole.error().message));
    CHECK(whole->status == 200);
    CHECK(whole->body.empty());
    CHECK(copy() == content);

    for (const std::size_t had : {1UL, 65'536UL, 299'999UL}) {
        REQUIRE(base::write_file(dir / "copy", content.substr(0, had)).ok());
        CHECK(download("\"one\"")->status == 206);
        CHECK(copy() == content);
    }
    CHECK(download("\"one\"")->status == 416);  // all there already
    CHECK(copy() == content);

    REQUIRE(base::write_file(dir / "copy", "old beginning").ok());
    etag = "\"two\"";
    CHECK(download("\"one\"")->status == 200);
    CHECK(copy() == content);

    ClientRequest many = get(server.url("/snapshot"));
    many.headers["Range"] = "bytes=0-9,20-29";
    CHECK(client.perform(many)->body == content);
    ClientRequest some = get(server.url("/snapshot"));
    some.headers["Range"] = "bytes=100-199";
    const auto part = client.perform(some);
    CHECK(part->status == 206);
    CHECK(part->body == content.substr(100, 100));
    CHECK(header(part->headers, "Content-Range") == "bytes 100-199/300000");
    CHECK(client.perform(get(server.url("/gone")))->status == 404);
}

TEST_CASE_FIXTURE(Pair, "files: a failed download keeps what it has, words do not enter the file") {
    const TempDir dir;
    RunningServer server(identity, [&](const HttpRequest&) {
        return problem(404, "not_found", "There is no such picture.");
    });
    REQUIRE(base::write_file(dir / "copy", "beginning").ok());
    ClientRequest request = get(server.url("/blob"));
    request.output_file = dir / "copy";
    const auto answer = client.perform(request);
    CHECK(answer->status == 404);
    CHECK(answer->body.find("no such picture") != std::string::npos);
    CHECK(*base::read_file(dir / "copy", 100) == "beginning");
    request.output_file = dir / "no/such/folder";
    CHECK_FALSE(client.perform(request));
}

TEST_CASE_FIXTURE(Pair, "files: an empty file, and a download over the bound") {
    const TempDir dir;
    REQUIRE(base::write_file(dir / "empty", "").ok());
    REQUIRE(base::write_file(dir / "large", std::string(200'000, 'x')).ok());
    RunningServer server(identity, [&](const HttpRequest& request) {
        HttpResponse response;
        response.file = dir.path + request.path;
        return response;
    });
    ClientRequest request = get(server.url("/empty"));
    request.output_file = dir / "copy";
    const auto empty = client.perform(request);
    REQUIRE_MESSAGE(empty.ok(), (empty ? "" : empty.error().message));
    CHECK(empty->status == 200);
    request.url = server.url("/large");
    request.max_answer_bytes = 100'000;
    CHECK(code_of(client.perform(request)) == "too_large");
}

TEST_CASE("problem: says it as RFC 9457") {
    const HttpResponse response = problem(409, "duplicate", "This phone number is known.");
    const auto body = base::parse_json(response.body, 1000);
    CHECK(body->at("status") == 409);
    CHECK(body->at("code") == "duplicate");
    CHECK(body->at("detail") == "This phone number is known.");
    CHECK(header(response.headers, "content-type") == "application/problem+json");
}

}  // namespace showfloor::net
