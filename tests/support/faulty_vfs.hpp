#pragma once
// FaultyVfs: a SQLite VFS over the system's that counts what is written and can fail on demand:
// the n-th write or fsync, a full disk after n bytes, a disk that became read-only, power cut.
// Open a database through it with Options{.vfs = faulty.name()}. Shared memory (-shm) is passed on
// untouched, as no disk is behind it.
//
// With kForAll it is the system's own while it lives, for what opens its files itself.
//
// Thread contract: set and looked at by the test, used by any thread. One FaultyVfs at a time; it
// must outlive its connections.

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <string>

#include "base/check.hpp"

namespace showfloor::testing {

class FaultyVfs {
   public:
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

    // Counted since the last calm().
    std::atomic<std::int64_t> writes = 0;
    std::atomic<std::int64_t> syncs = 0;
    std::atomic<std::int64_t> bytes_written = 0;

    // 1 = the next one. The disk goes on failing afterwards, as broken disks do.
    std::atomic<std::int64_t> fail_from_write = kNever;
    std::atomic<std::int64_t> fail_from_sync = kNever;
    std::atomic<std::int64_t> full_after_bytes = kNever;
    std::atomic<bool> read_only = false;
    std::atomic<bool> unreadable = false;

    enum class Use { kByName, kForAll };
    explicit FaultyVfs(Use use = Use::kByName) : system_(sqlite3_vfs_find(nullptr)) {
        SHOWFLOOR_CHECK(current() == nullptr, "one FaultyVfs at a time");
        current() = this;
        vfs_ = *system_;
        vfs_.zName = "showfloor-faulty";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + system_->szOsFile;
        vfs_.pNext = nullptr;
        vfs_.xOpen = &open_file;
        vfs_.xDelete = &delete_file;
        sqlite3_vfs_register(&vfs_, use == Use::kForAll ? 1 : 0);
    }
    ~FaultyVfs() {
        sqlite3_vfs_unregister(&vfs_);
        current() = nullptr;
    }
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;

    [[nodiscard]] std::string name() const { return vfs_.zName; }

    // No faults any more, counters at zero.
    void calm() {
        for (auto* count : {&writes, &syncs, &bytes_written})
            *count = 0;
        for (auto* fault : {&fail_from_write, &fail_from_sync, &full_after_bytes})
            *fault = kNever;
        read_only = unreadable = false;
    }

    // What a power cut at this moment would leave: every file as it was at its last fsync, written
    // into `folder`. Files never synced come out empty.
    void write_what_survives(const std::filesystem::path& folder) const {
        std::filesystem::create_directories(folder);
        const std::lock_guard lock(mutex_);
        for (const auto& [path, content] : durable_) {
            std::ofstream out(folder / std::filesystem::path(path).filename(), std::ios::binary);
            out.write(content.data(), static_cast<std::streamsize>(content.size()));
        }
    }

   private:
    struct File {
        sqlite3_file base;  // first: SQLite sees only this
        const char* path;
        [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };

    static FaultyVfs*& current() {
        static FaultyVfs* instance = nullptr;
        return instance;
    }
    static sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real(); }

    static int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags,
                         int* out_flags) {
        auto* ours = reinterpret_cast<File*>(file);
        ours->base.pMethods = nullptr;
        ours->path = path;  // SQLite keeps it until the file is closed
        FaultyVfs& self = *current();
        const int code = self.system_->xOpen(self.system_, path, ours->real(), flags, out_flags);
        if (code != SQLITE_OK) return code;
        ours->base.pMethods = methods();
        const std::lock_guard lock(self.mutex_);
        if (path != nullptr && !self.durable_.contains(path)) {
            // What a file held before we looked is on the disk already.
            self.durable_[path] = content_of(path);
        }
        return SQLITE_OK;
    }
    static int delete_file(sqlite3_vfs*, const char* path, int sync_folder) {
        FaultyVfs& self = *current();
        if (self.read_only) return SQLITE_IOERR_DELETE;
        const std::lock_guard lock(self.mutex_);
        self.durable_.erase(path);
        return self.system_->xDelete(self.system_, path, sync_folder);
    }

    static int close(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
    static int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
        if (current()->unreadable) return SQLITE_IOERR_READ;
        return real(file)->pMethods->xRead(real(file), to, size, at);
    }
    static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
        FaultyVfs& self = *current();
        const std::int64_t nth = ++self.writes;
        if (self.read_only) return SQLITE_READONLY;
        if (nth >= self.fail_from_write) return SQLITE_IOERR_WRITE;
        if (self.bytes_written + size > self.full_after_bytes) return SQLITE_FULL;
        self.bytes_written += size;
        return real(file)->pMethods->xWrite(real(file), from, size, at);
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        if (current()->read_only) return SQLITE_IOERR_TRUNCATE;
        return real(file)->pMethods->xTruncate(real(file), size);
    }
    static int sync(sqlite3_file* file, int flags) {
        FaultyVfs& self = *current();
        const std::int64_t nth = ++self.syncs;
        if (nth >= self.fail_from_sync) return SQLITE_IOERR_FSYNC;
        const int code = real(file)->pMethods->xSync(real(file), flags);
        const char* path = reinterpret_cast<File*>(file)->path;
        if (code != SQLITE_OK || path == nullptr) return code;
        const std::lock_guard lock(self.mutex_);
        self.durable_[path] = content_of(path);
        return code;
    }
    static int file_size(sqlite3_file* file, sqlite3_int64* size) {
        return real(file)->pMethods->xFileSize(real(file), size);
    }
    static int lock(sqlite3_file* file, int level) {
        return real(file)->pMethods->xLock(real(file), level);
    }
    static int unlock(sqlite3_file* file, int level) {
        return real(file)->pMethods->xUnlock(real(file), level);
    }
    static int check_reserved(sqlite3_file* file, int* out) {
        return real(file)->pMethods->xCheckReservedLock(real(file), out);
    }
    static int control(sqlite3_file* file, int what, void* argument) {
        return real(file)->pMethods->xFileControl(real(file), what, argument);
    }
    static int sector_size(sqlite3_file* file) {
        return real(file)->pMethods->xSectorSize(real(file));
    }
    static int characteristics(sqlite3_file* file) {
        return real(file)->pMethods->xDeviceCharacteristics(real(file));
    }
    static int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
        return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
    }
    static int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
        return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
    }
    static void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
    static int shm_unmap(sqlite3_file* file, int remove) {
        return real(file)->pMethods->xShmUnmap(real(file), remove);
    }

    // Version 2: with shared memory, without memory-mapped reading and writing.
    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods table = {2,
                                                 &close,
                                                 &read,
                                                 &write,
                                                 &truncate,
                                                 &sync,
                                                 &file_size,
                                                 &lock,
                                                 &unlock,
                                                 &check_reserved,
                                                 &control,
                                                 &sector_size,
                                                 &characteristics,
                                                 &shm_map,
                                                 &shm_lock,
                                                 &shm_barrier,
                                                 &shm_unmap,
                                                 nullptr,
                                                 nullptr};
        return &table;
    }

    static std::string content_of(const char* path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    sqlite3_vfs* system_;
    sqlite3_vfs vfs_{};
    mutable std::mutex mutex_;  // guards durable_
    std::map<std::string, std::string> durable_;
};

}  // namespace showfloor::testing
