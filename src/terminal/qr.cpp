#include "terminal/qr.hpp"

#include <qrencode.h>

#include <memory>
#include <string>

namespace showfloor::terminal {

std::optional<Qr> qr_of(std::string_view text) {
    if (text.empty() || text.size() > kMostQrBytes) return std::nullopt;
    const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
        QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code) return std::nullopt;
    Qr qr;
    qr.side = code->width;
    const auto count =
        static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    qr.modules.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        qr.modules.push_back(code->data[i] & 1U);
    return qr;
}

}  // namespace showfloor::terminal
