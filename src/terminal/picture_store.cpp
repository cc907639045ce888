#include "terminal/picture_store.hpp"

#include <algorithm>
#include <utility>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/decode.hpp"
#include "imaging/resize.hpp"
#include "sync/image_cache.hpp"
#include "terminal/limits.hpp"
#include "terminal/media.hpp"

namespace showfloor::terminal {

PictureStore::PictureStore(std::string blobs, std::function<void(std::vector<std::string>)> want,
                           std::function<void()> wake, std::string media)
    : blobs_(std::move(blobs)),
      media_(std::move(media)),
      want_(std::move(want)),
      wake_(std::move(wake)),
      asked_(kMaxQueuedPictures) {
    worker_ = std::thread([this] { work(); });
}

PictureStore::~PictureStore() {
    asked_.close();
    while (asked_.try_pop()) {
    }
    worker_.join();
}

std::shared_ptr<const imaging::Image> PictureStore::get(std::string_view sha256) {
    if (!sync::ImageCache::is_hash(sha256) && !is_media_name(sha256)) return nullptr;
    const std::string key(sha256);
    const auto found = pictures_.find(key);
    if (found != pictures_.end()) {
        order_.splice(order_.end(), order_, found->second.place);
        found->second.wanted_in = round_;
        return found->second.image;
    }
    // A full queue means that the finger flies over pictures: the next frame asks again.
    if (was_expected(key) || asked_.try_push(std::string(key))) note(key);
    return nullptr;
}

void PictureStore::expect(const std::string& sha256) {
    if (!sync::ImageCache::is_hash(sha256)) return;
    const std::lock_guard lock(mutex_);
    if (asked_.try_push(std::string(sha256))) expected_.push_back(sha256);
}

bool PictureStore::was_expected(const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    return std::erase(expected_, sha256) > 0;
}

PictureStore::Pictures::iterator PictureStore::note(const std::string& sha256) {
    Picture picture;
    picture.place = order_.insert(order_.end(), sha256);
    picture.wanted_in = round_;
    return pictures_.emplace(sha256, std::move(picture)).first;
}

void PictureStore::let_go(std::string_view sha256) {
    const auto found = pictures_.find(std::string(sha256));
    if (found != pictures_.end() && found->second.image) forget(found->first);
}

void PictureStore::forget(const std::string& sha256) {
    const auto found = pictures_.find(sha256);
    if (found->second.image) bytes_ -= found->second.image->rgba.size();
    order_.erase(found->second.place);
    pictures_.erase(found);
}

bool PictureStore::busy() const {
    return std::any_of(pictures_.begin(), pictures_.end(), [](const auto& each) {
        return each.second.state == Picture::State::kAsked;
    });
}

void PictureStore::collect(bool retry_missing) {
    ++round_;
    std::vector<Decoded> done;
    {
        const std::lock_guard lock(mutex_);
        done = std::exchange(done_, {});
    }
    if (retry_missing) {
        for (const std::string& sha256 : std::exchange(missing_, {})) {
            const auto found = pictures_.find(sha256);
            if (found != pictures_.end() && !asked_.try_push(std::string(sha256)))
                missing_.push_back(sha256);
        }
    }
    bool asks_central = false;
    for (Decoded& each : done) {
        auto found = pictures_.find(each.sha256);
        if (found == pictures_.end()) {
            if (!was_expected(each.sha256)) continue;
            found = note(each.sha256);
        }
        found->second.state = each.state;
        if (each.image) {
            if (found->second.image) bytes_ -= found->second.image->rgba.size();
            bytes_ += each.image->rgba.size();
            found->second.image = std::move(each.image);
        } else if (each.state == Picture::State::kMissing && !is_media_name(each.sha256)) {
            missing_.push_back(each.sha256);
            asks_central = true;
        }
        ++version_;
    }
    if (asks_central) want_(missing_);
    make_room();
}

void PictureStore::make_room() {
    for (auto at = order_.begin(); bytes_ > 0 && at != order_.end();) {
        const Picture& picture = pictures_.at(*at);
        if (picture.wanted_in + kPictureRounds >= round_) break;
        const auto here = at++;
        if (picture.image) forget(*here);
    }
    while (bytes_ > kMaxPictureBytes && order_.size() > 1)
        forget(order_.front());
}

void PictureStore::work() {
    while (auto sha256 = asked_.pop()) {
        Decoded result;
        result.sha256 = *sha256;
        const bool own = is_media_name(*sha256);
        const std::string path = own ? media_ + sha256->substr(sha256->find('/'))
                                     : sync::ImageCache::path_in(blobs_, *sha256);
        auto bytes = path.empty() ? base::Result<std::string>(base::fail("absent"))
                                  : base::read_file(path, kMaxPictureFile);
        if (bytes) {
            auto image = imaging::decode(base::as_bytes(*bytes));
            result.state = image ? Picture::State::kReady : Picture::State::kDamaged;
            // A camera's picture is larger than any screen, a logo may be; cars' are prepared.
            if (image && std::max(image->width, image->height) > kLongestMediaSide)
                *image = imaging::fit(*image, kLongestMediaSide);
            if (image) result.image = std::make_shared<imaging::Image>(std::move(*image));
        }
        {
            const std::lock_guard lock(mutex_);
            done_.push_back(std::move(result));
        }
        wake_();
    }
}

}  // namespace showfloor::terminal
