#include "terminal/http_exchange.hpp"

#include <array>
#include <utility>

namespace showfloor::terminal {

namespace {

using Code = sync::Failure::Code;

// net's names for what went wrong and sync's are the same words; what sync does not tell apart is
// an answer that cannot be used.
Code failure_code(const base::Error& error) {
    static constexpr std::array<Code, 9> kCodes = {Code::kNoNetwork,
                                                   Code::kNameNotFound,
                                                   Code::kRefusedConnection,
                                                   Code::kTimeout,
                                                   Code::kTlsIdentity,
                                                   Code::kCertificateExpired,
                                                   Code::kClientCertificateRefused,
                                                   Code::kBadAnswer,
                                                   Code::kDiskFull};
    for (const Code code : kCodes) {
        if (sync::name_of(code) == error.code) return code;
    }
    return Code::kBadAnswer;
}

}  // namespace

sync::Ticket HttpExchange::start(sync::Request request) {
    const sync::Ticket ticket = ++last_;
    net::ClientRequest out;
    out.method = std::move(request.method);
    out.url = base_url_ + request.path;
    for (auto& [name, value] : request.headers)
        out.headers[name] = std::move(value);
    out.body = std::move(request.body);
    if (request.timeout_ms > 0) out.timeout_ms = static_cast<int>(request.timeout_ms);
    if (request.most_bytes > 0) out.max_answer_bytes = request.most_bytes;
    out.output_file = std::move(request.to_file);
    const auto begun = client_->submit(
        std::move(out), [ended = ended_, ticket](base::Result<net::HttpResponse> result) {
            if (!result) {
                ended->push_back(
                    {ticket, sync::Failure{failure_code(result.error()), result.error().message}});
                return;
            }
            sync::Reply reply;
            reply.status = result->status;
            for (const auto& [name, value] : result->headers)
                reply.headers.emplace_back(name, value);
            reply.body = std::move(result->body);
            ended->push_back({ticket, std::move(reply)});
        });
    if (!begun) {
        ended_->push_back(
            {ticket, sync::Failure{failure_code(begun.error()), begun.error().message}});
    }
    return ticket;
}

std::vector<sync::Completion> HttpExchange::poll() {
    client_->poll(0);
    std::vector<sync::Completion> ready = std::exchange(*ended_, {});
    std::erase_if(ready, [this](const sync::Completion& completion) {
        return cancelled_.erase(completion.ticket) > 0;
    });
    return ready;
}

void HttpExchange::cancel(sync::Ticket ticket) {
    cancelled_.insert(ticket);
}

}  // namespace showfloor::terminal
