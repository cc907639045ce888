#include "net/http_client.hpp"

#include <curl/curl.h>

#include <map>
#include <optional>

#include "base/check.hpp"
#include "base/clock.hpp"
#include "net/curl_start.hpp"
#include "net/transfer.hpp"

namespace showfloor::net {

namespace {

class Engine {
   public:
    using Done = HttpClient::Done;

    explicit Engine(ClientTls tls) : tls_(std::move(tls)) {
        start_curl();
        multi_ = curl_multi_init();
        SHOWFLOOR_CHECK(multi_ != nullptr, "no memory for requests");
        curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, kMaxConnectionsPerHost);
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kMaxConnectionsPerHost);
        if (const auto own = crypto::read_certificate(tls_.certificate_pem))
            own_not_after_ = own->validity.not_after;
    }
    ~Engine() {
        for (auto& [easy, transfer] : transfers_)
            curl_multi_remove_handle(multi_, easy);
        transfers_.clear();
        curl_multi_cleanup(multi_);
    }
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    base::Result<void> submit(ClientRequest request, Done done, Transfer::Trust trust) {
        if (transfers_.size() >= kMaxTransfers) {
            return base::fail(base::ErrorKind::kBusy,
                              "Too much is under way to central; try again in a moment.", "busy");
        }
        auto transfer = std::make_unique<Transfer>(std::move(request), std::move(done));
        SHOWFLOOR_TRY(transfer->prepare(tls_, trust));
        CURL* easy = transfer->handle();
        SHOWFLOOR_CHECK(curl_multi_add_handle(multi_, easy) == CURLM_OK, "adding a request");
        transfers_[easy] = std::move(transfer);
        return {};
    }

    int poll(int max_wait_ms) {
        int running = 0;
        curl_multi_perform(multi_, &running);
        const int at_once = call_back();
        if (at_once > 0) return at_once;
        curl_multi_poll(multi_, nullptr, 0, max_wait_ms, nullptr);
        curl_multi_perform(multi_, &running);
        return call_back();
    }

    void wake() { curl_multi_wakeup(multi_); }
    std::size_t under_way() const { return transfers_.size(); }

    base::Result<HttpResponse> perform(ClientRequest request, Transfer::Trust trust) {
        std::optional<base::Result<HttpResponse>> answer;
        SHOWFLOOR_TRY(submit(
            std::move(request),
            [&answer](base::Result<HttpResponse> result) { answer = std::move(result); }, trust));
        // The transfer's own time-out ends this loop.
        while (!answer)
            poll(1000);
        return std::move(*answer);
    }

   private:
    // A callback may submit, so the transfer is taken out before it is called.
    int call_back() {
        int made = 0;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL* easy = message->easy_handle;
            const CURLcode code = message->data.result;
            const auto found = transfers_.find(easy);
            const std::unique_ptr<Transfer> transfer = std::move(found->second);
            transfers_.erase(found);
            auto result = transfer->finish(code, own_certificate_expired());
            curl_multi_remove_handle(multi_, easy);
            if (transfer->done()) transfer->done()(std::move(result));
            ++made;
        }
        return made;
    }

    bool own_certificate_expired() const {
        return own_not_after_ && base::SystemClock().wall() > *own_not_after_;
    }

    ClientTls tls_;
    CURLM* multi_ = nullptr;
    std::map<CURL*, std::unique_ptr<Transfer>> transfers_;
    std::optional<base::UtcMs> own_not_after_;
};

}  // namespace

class HttpClient::Impl : public Engine {
    using Engine::Engine;
};

HttpClient::HttpClient(ClientTls tls) : impl_(std::make_unique<Impl>(std::move(tls))) {}
HttpClient::~HttpClient() = default;

base::Result<void> HttpClient::submit(ClientRequest request, Done done) {
    return impl_->submit(std::move(request), std::move(done), Transfer::Trust::kOurCa);
}
int HttpClient::poll(int max_wait_ms) {
    return impl_->poll(max_wait_ms);
}
void HttpClient::wake() {
    impl_->wake();
}
std::size_t HttpClient::under_way() const {
    return impl_->under_way();
}
base::Result<HttpResponse> HttpClient::perform(ClientRequest request) {
    return impl_->perform(std::move(request), Transfer::Trust::kOurCa);
}

base::Result<std::string> fetch_ca_unverified(const std::string& url) {
    ClientRequest request;
    request.url = url;
    request.max_answer_bytes = kMaxCaBytes;
    request.timeout_ms = 10'000;
    // A client of its own: no connection made without trust is ever used again.
    Engine client(ClientTls{});
    SHOWFLOOR_ASSIGN(HttpResponse response,
                     client.perform(std::move(request), Transfer::Trust::kNobodyYet));
    if (response.status != 200) {
        return base::fail(base::ErrorKind::kUnreachable,
                          "Central does not give its CA certificate (" +
                              std::to_string(response.status) + "); check the address.",
                          "bad_answer");
    }
    return std::move(response.body);
}

}  // namespace showfloor::net
