#include "net/gzip.hpp"

#include <zlib.h>

#include <array>

#include "base/check.hpp"

namespace showfloor::net {

namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib's way to say "gzip, largest window"
constexpr int kFast = 1;              // three times as fast as the default, a tenth larger

}  // namespace

std::string gzip(std::string_view plain) {
    z_stream stream{};
    SHOWFLOOR_CHECK(
        deflateInit2(&stream, kFast, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK,
        "gzip start");
    std::string packed(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    SHOWFLOOR_CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END, "gzip");
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

base::Result<std::string> gunzip(std::string_view packed, std::size_t max_bytes) {
    z_stream stream{};
    SHOWFLOOR_CHECK(inflateInit2(&stream, kGzipWindow) == Z_OK, "gunzip start");
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string plain;
    std::array<char, 16384> piece{};
    int state = Z_OK;
    while (state == Z_OK && plain.size() <= max_bytes) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        plain.append(piece.data(), piece.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (plain.size() > max_bytes) {
        return base::fail(base::ErrorKind::kTooLarge,
                          "This unpacks to more than " + std::to_string(max_bytes) + " bytes.");
    }
    if (state != Z_STREAM_END || stream.avail_in != 0)
        return base::fail(base::ErrorKind::kInvalid, "This is no whole gzip stream.");
    return plain;
}

}  // namespace showfloor::net
