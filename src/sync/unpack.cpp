#include "sync/unpack.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstdio>
#include <memory>

#include "base/encoding.hpp"
#include "crypto/hash.hpp"

namespace showfloor::sync {

namespace {

using base::ErrorKind;

struct CloseGzip {
    void operator()(gzFile_s* file) const { gzclose(file); }
};

base::Error broken() {
    return base::fail(ErrorKind::kDamaged,
                      "The snapshot did not arrive whole; it is fetched again.");
}

base::Result<void> write_all(int file, const std::uint8_t* data, std::size_t size) {
    while (size > 0) {
        const ::ssize_t written = ::write(file, data, size);
        if (written <= 0) {
            return base::fail(ErrorKind::kDiskFull,
                              "There is no room for the snapshot; free some space on the disk.");
        }
        data += written;
        size -= static_cast<std::size_t>(written);
    }
    return {};
}

base::Result<void> copy(gzFile_s* from, int to, std::string_view sha256, std::int64_t most_bytes) {
    std::array<std::uint8_t, 64 * 1024> buffer{};
    crypto::Sha256Stream stream;
    std::int64_t total = 0;
    while (true) {
        const int read = gzread(from, buffer.data(), static_cast<unsigned>(buffer.size()));
        if (read < 0) return broken();
        if (read == 0) break;
        total += read;
        if (total > most_bytes) {
            return base::fail(ErrorKind::kTooLarge, "The snapshot is larger than this disk takes.");
        }
        const auto size = static_cast<std::size_t>(read);
        stream.update({buffer.data(), size});
        SHOWFLOOR_TRY(write_all(to, buffer.data(), size));
    }
    int code = Z_OK;
    gzerror(from, &code);  // a stream cut short ends like a whole one but for this
    if (code != Z_OK || base::to_hex(stream.finish()) != sha256) return broken();
    return {};
}

}  // namespace

base::Result<void> unpack_file(const std::string& packed, const std::string& to,
                               std::string_view sha256, std::int64_t most_bytes) {
    const std::unique_ptr<gzFile_s, CloseGzip> from(gzopen(packed.c_str(), "rb"));
    if (from == nullptr) return broken();
    const int file = ::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return base::fail(ErrorKind::kDiskFull, "Cannot make " + to + "; check the disk.");
    }
    auto copied = copy(from.get(), file, sha256, most_bytes);
    ::close(file);
    if (!copied) std::remove(to.c_str());
    return copied;
}

}  // namespace showfloor::sync
