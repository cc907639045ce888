#pragma once
// One request under way in libcurl. Internal to src/net. Thread contract: its HttpClient's.

#include <curl/curl.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/http_client.hpp"

namespace showfloor::net {

class Transfer {
   public:
    enum class Trust { kOurCa, kNobodyYet };

    Transfer(ClientRequest request, HttpClient::Done done);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    // Prepares the handle; fails when the output file cannot be opened.
    base::Result<void> prepare(const ClientTls& tls, Trust trust);
    [[nodiscard]] CURL* handle() { return easy_.get(); }
    // The answer, or the failure in our words. `own_certificate_expired` explains a refusal.
    base::Result<HttpResponse> finish(CURLcode code, bool own_certificate_expired);
    [[nodiscard]] HttpClient::Done& done() { return done_; }

   private:
    enum class Stop { kNone, kTooLarge, kDiskFull, kWrongRange };

    void set_method();
    void set_headers();
    void set_tls(const ClientTls& tls, Trust trust);
    base::Result<void> open_output();
    bool take_body(const char* data, std::size_t size);
    bool begin_file();
    void take_header(std::string_view line);
    base::Error failure(CURLcode code, bool own_certificate_expired) const;

    static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* self);
    static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* self);
    static CURLcode on_tls(CURL*, void* config, void* self);

    ClientRequest request_;
    HttpClient::Done done_;
    std::unique_ptr<CURL, void (*)(CURL*)> easy_;
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> header_lines_;
    std::array<char, CURL_ERROR_SIZE> reason_{};
    HttpResponse response_;
    std::size_t received_ = 0;
    int file_ = -1;
    std::size_t file_begin_ = 0;  // bytes the file had before
    bool file_begun_ = false;
    Stop stop_ = Stop::kNone;
    bool has_certificate_ = false;
    std::uint32_t verify_flags_ = 0;  // mbedTLS's findings about central's certificate
};

}  // namespace showfloor::net
