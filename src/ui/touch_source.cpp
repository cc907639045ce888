#include "ui/touch_source.hpp"

#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace showfloor::ui {

namespace {

// Nearer than this two fingers are one blob to the panel, and their ratio says nothing.
constexpr float kLeastApart = 24;

float distance(Point a, Point b) {
    return std::max(kLeastApart, std::hypot(a.x - b.x, a.y - b.y));
}

}  // namespace

Event Fingers::pinch(float factor, std::int64_t now_ms) const {
    Event event;
    event.type = Event::Type::kPinch;
    event.at = {(first_at_.x + second_at_.x) / 2, (first_at_.y + second_at_.y) / 2};
    event.pinch = factor;
    event.time_ms = now_ms;
    return event;
}

std::optional<Event> Fingers::follow(TouchPhase phase, std::uint32_t finger, Point at_px,
                                     std::int64_t now_ms) {
    if (phase == TouchPhase::kBegin && first_ && !second_) {
        second_ = finger, second_at_ = at_px;
        apart_ = distance(first_at_, second_at_);
        return pinch(1, now_ms);
    }
    if (phase == TouchPhase::kBegin && !first_) first_ = finger;
    const bool is_first = first_ == finger, is_second = second_ == finger;
    if (!first_ || (!is_first && !is_second)) return std::nullopt;
    (is_first ? first_at_ : second_at_) = at_px;
    if (is_second && phase == TouchPhase::kEnd) {
        second_.reset();
        return std::nullopt;
    }
    if (second_ && phase == TouchPhase::kUpdate) {
        const float before = std::exchange(apart_, distance(first_at_, second_at_));
        return pinch(apart_ / before, now_ms);
    }
    Event event;
    event.type = phase == TouchPhase::kBegin    ? Event::Type::kPress
                 : phase == TouchPhase::kUpdate ? Event::Type::kMove
                                                : Event::Type::kRelease;
    event.at = at_px;
    event.time_ms = now_ms;
    if (phase == TouchPhase::kEnd) first_.reset(), second_.reset();
    return event;
}

std::unique_ptr<TouchSource> TouchSource::listen(unsigned long x11_window, InputQueue& queue,
                                                 std::function<std::int64_t()> now_ms,
                                                 std::function<void()> wake) {
    Display* display = XOpenDisplay(nullptr);
    if (display == nullptr) return nullptr;
    int opcode = 0, event = 0, error = 0, major = 2, minor = 2;
    const bool there = XQueryExtension(display, "XInputExtension", &opcode, &event, &error) != 0 &&
                       XIQueryVersion(display, &major, &minor) == Success &&
                       (major > 2 || minor >= 2);
    std::unique_ptr<TouchSource> source(new TouchSource());
    if (!there || pipe(source->quit_) != 0) {
        XCloseDisplay(display);
        return nullptr;
    }
    std::array<unsigned char, XIMaskLen(XI_LASTEVENT)> bits{};
    XISetMask(bits.data(), XI_TouchBegin);
    XISetMask(bits.data(), XI_TouchUpdate);
    XISetMask(bits.data(), XI_TouchEnd);
    XIEventMask mask{XIAllMasterDevices, static_cast<int>(bits.size()), bits.data()};
    XISelectEvents(display, x11_window, &mask, 1);
    XFlush(display);
    source->display_ = display;
    source->opcode_ = opcode;
    source->queue_ = &queue;
    source->now_ms_ = std::move(now_ms);
    source->wake_ = std::move(wake);
    source->thread_ = std::thread([raw = source.get()] { raw->loop(); });
    return source;
}

TouchSource::~TouchSource() {
    if (thread_.joinable()) {
        const char stop = 0;
        [[maybe_unused]] const ssize_t written = write(quit_[1], &stop, 1);
        thread_.join();
    }
    for (const int end : quit_)
        if (end >= 0) close(end);
    if (display_ != nullptr) XCloseDisplay(static_cast<Display*>(display_));
}

void TouchSource::loop() {
    auto* display = static_cast<Display*>(display_);
    std::array<pollfd, 2> waits{{{ConnectionNumber(display), POLLIN, 0}, {quit_[0], POLLIN, 0}}};
    while (true) {
        while (XPending(display) > 0) {
            XEvent event;
            XNextEvent(display, &event);
            XGenericEventCookie* cookie = &event.xcookie;
            if (cookie->type != GenericEvent || cookie->extension != opcode_ ||
                XGetEventData(display, cookie) == 0)
                continue;
            const auto* touch = static_cast<const XIDeviceEvent*>(cookie->data);
            const TouchPhase phase = cookie->evtype == XI_TouchBegin    ? TouchPhase::kBegin
                                     : cookie->evtype == XI_TouchUpdate ? TouchPhase::kUpdate
                                                                        : TouchPhase::kEnd;
            const Point at{static_cast<float>(touch->event_x), static_cast<float>(touch->event_y)};
            const std::int64_t now = now_ms_();
            last_ms_.store(now);
            if (const auto made =
                    fingers_.follow(phase, static_cast<std::uint32_t>(touch->detail), at, now)) {
                queue_->push(*made);
                wake_();
            }
            XFreeEventData(display, cookie);
        }
        if (poll(waits.data(), waits.size(), -1) < 0) continue;
        if ((waits[1].revents & POLLIN) != 0) return;
        // A server that went away would have us spin here; the window closes by itself then.
        if ((waits[0].revents & (POLLHUP | POLLERR)) != 0) return;
    }
}

}  // namespace showfloor::ui
