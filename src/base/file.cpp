#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace showfloor::base {

namespace {

Error file_error(const std::string& what, const std::string& path, int code) {
    const bool no_room = code == ENOSPC || code == EDQUOT || code == EROFS;
    const std::string advice =
        no_room ? "; free some disk space and try again." : "; check the folder and its rights.";
    return fail(no_room ? ErrorKind::kDiskFull : ErrorKind::kFailed,
                what + " " + path + " (" + std::strerror(code) + ")" + advice);
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
    std::error_code problem;
    if (!std::filesystem::is_regular_file(path, problem))
        return fail(ErrorKind::kNotFound, "There is no file " + path + ".");
    std::ifstream in(path, std::ios::binary);
    if (!in) return file_error("Cannot open", path, errno);
    std::string content;
    char buffer[65536];
    while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
        content.append(buffer, static_cast<std::size_t>(in.gcount()));
        if (content.size() > max_bytes) {
            return fail(ErrorKind::kTooLarge,
                        path + " is larger than " + std::to_string(max_bytes) + " bytes.");
        }
    }
    if (in.bad()) return file_error("Cannot read", path, errno);
    return content;
}

Result<void> write_file(const std::string& path, std::string_view content, unsigned mode) {
    // A name nobody can guess, made anew with mode 0600: neither a link planted there nor a file
    // left by a crash can receive a secret, and two threads never share one.
    std::string beside = path + ".new-XXXXXX";
    const int file = ::mkostemp(beside.data(), O_CLOEXEC);
    if (file < 0) return file_error("Cannot write", path, errno);
    std::size_t done = 0;
    int problem = 0;
    while (done < content.size()) {
        const ssize_t wrote = ::write(file, content.data() + done, content.size() - done);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) {
            problem = errno;
            break;
        }
        done += static_cast<std::size_t>(wrote);
    }
    if (problem == 0 && ::fchmod(file, mode) != 0) problem = errno;
    if (problem == 0 && ::fsync(file) != 0) problem = errno;
    ::close(file);
    if (problem == 0 && ::rename(beside.c_str(), path.c_str()) != 0) problem = errno;
    if (problem != 0) {
        ::unlink(beside.c_str());
        return file_error("Cannot write", path, problem);
    }
    const auto parent = std::filesystem::path(path).parent_path();
    const int folder =
        ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

Result<void> make_folders(const std::string& path, unsigned mode) {
    std::error_code problem;
    if (std::filesystem::is_directory(path, problem)) return {};
    std::filesystem::create_directories(path, problem);
    if (problem) return file_error("Cannot make the folder", path, problem.value());
    ::chmod(path.c_str(), mode);
    return {};
}

}  // namespace showfloor::base
