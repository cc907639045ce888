#pragma once
// PictureStore: decoded pictures for the screens, by blob hash, or "media/<file>" for the dealer's
// own. A worker reads and decodes files; what is not on disk yet is asked of central, what is on
// screen first. Bounded by bytes; what was asked for least recently goes first. Thread contract:
// the UI thread, but for expect(); the worker is inside.

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/bounded_queue.hpp"
#include "imaging/image.hpp"

namespace showfloor::terminal {

class PictureStore {
   public:
    // `blobs` is the image cache's folder, `media` that of the dealer's own pictures. `want` hears,
    // in collect(), which pictures are on screen but not on disk; `wake` is called from the worker
    // when one arrived.
    PictureStore(std::string blobs, std::function<void(std::vector<std::string>)> want,
                 std::function<void()> wake, std::string media = {});
    ~PictureStore();
    PictureStore(const PictureStore&) = delete;
    PictureStore& operator=(const PictureStore&) = delete;

    // The pixels, or null while they are on their way (asking again costs nothing and marks the
    // picture as wanted now). A damaged or missing file stays null; the placeholder remains.
    [[nodiscard]] std::shared_ptr<const imaging::Image> get(std::string_view sha256);
    // Begins to read a picture that a screen is about to ask for. Any thread.
    void expect(const std::string& sha256);
    // Its pixels stand on the graphics side now: here they are dropped, and decoded anew should it
    // be forgotten there.
    void let_go(std::string_view sha256);
    // Moves when another picture arrived.
    [[nodiscard]] std::uint64_t version() const { return version_; }
    // Whether one that was asked for is still on its way.
    [[nodiscard]] bool busy() const;

    // Takes over what the worker finished, and drops what no frame wants any more; once a frame.
    // `retry_missing`: blobs arrived on disk.
    void collect(bool retry_missing);

   private:
    struct Picture {
        enum class State { kAsked, kReady, kMissing, kDamaged } state = State::kAsked;
        std::shared_ptr<const imaging::Image> image;
        std::list<std::string>::iterator place;
        std::uint64_t wanted_in = 0;  // the round of collect() it was last asked for
    };
    struct Decoded {
        std::string sha256;
        Picture::State state = Picture::State::kMissing;
        std::shared_ptr<const imaging::Image> image;
    };
    using Pictures = std::unordered_map<std::string, Picture>;

    void work();
    // A picture that the worker is to read or has read.
    Pictures::iterator note(const std::string& sha256);
    [[nodiscard]] bool was_expected(const std::string& sha256);
    void forget(const std::string& sha256);
    void make_room();

    std::string blobs_, media_;
    std::function<void(std::vector<std::string>)> want_;
    std::function<void()> wake_;
    Pictures pictures_;
    std::list<std::string> order_;  // least recently asked first
    std::size_t bytes_ = 0;
    std::uint64_t version_ = 0, round_ = 0;
    std::vector<std::string> missing_;  // on screen, not on disk
    base::BoundedQueue<std::string> asked_;
    std::mutex mutex_;  // guards what follows
    std::vector<Decoded> done_;
    std::vector<std::string> expected_;  // and not asked for yet
    std::thread worker_;
};

}  // namespace showfloor::terminal
