// Waiting, looking and touching: what every part of the tour is made of.

#include <algorithm>
#include <cstdio>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "imaging/encode.hpp"
#include "terminal/limits.hpp"
#include "terminal/tour/tour.hpp"

namespace showfloor::terminal {

// ---- waiting and looking

bool Tour::turn(std::int64_t wait_ms) {
    if (shell_.app.poll()) window_.draw_again();
    return window_.step(draw_, wait_ms);
}

void Tour::settle() {
    const std::int64_t deadline = window_.now_ms() + kTourPatienceMs;
    window_.draw_again();
    while (turn(0)) {
        // A screen that nobody touches and that still draws would never let the processor rest.
        if (window_.now_ms() > deadline) return fail("the screen comes to rest");
    }
}

bool Tour::until(const std::string& what, const std::function<bool()>& holds) {
    if (failed_) return false;
    const std::int64_t deadline = window_.now_ms() + kTourPatienceMs;
    settle();
    while (!holds()) {
        if (window_.now_ms() > deadline) {
            fail(what);
            return false;
        }
        (void)turn(kTourLookMs);
    }
    return true;
}

bool Tour::until_screen(std::string_view name) {
    return until("the screen \"" + std::string(name) + "\" is shown",
                 [&] { return shell_.navigator.top()->name() == name; });
}

bool Tour::until_text(const std::string& words) {
    return until("the words \"" + words + "\" are shown", [&] { return shows(words); });
}

bool Tour::until_widget(const std::string& id) {
    return until("\"" + id + "\" is shown", [&] { return stands(id); });
}

bool Tour::stands(const std::string& id) const {
    return window_.stage().registry().find(id) != nullptr;
}

std::string Tour::first_of(std::string_view begins) {
    std::string found;
    until("something that begins with \"" + std::string(begins) + "\" is shown", [&] {
        for (const ui::Item& item : window_.stage().registry().items())
            if (found.empty() && item.id.starts_with(begins)) found = item.id;
        return !found.empty();
    });
    return found;
}

bool Tour::shows(std::string_view words) const {
    const auto& texts = window_.stage().registry().texts();
    return std::any_of(texts.begin(), texts.end(), [words](const std::string& text) {
        return text.find(words) != std::string::npos;
    });
}

bool Tour::can_tap(const std::string& id) const {
    const auto& shown = window_.stage().registry();
    const ui::Item* item = shown.find(id);
    if (item == nullptr || item->visible.empty()) return false;
    const ui::Item* hit = shown.hit(item->visible.centre());
    return hit != nullptr && hit->id == id;
}

void Tour::picture(const std::string& name) {
    if (failed_) return;
    // A picture that fades in is finished before it is taken.
    const std::int64_t deadline = window_.now_ms() + kTourPatienceMs;
    while (window_.now_ms() < deadline && turn(kTourStillMs)) {
    }
    const ui::Screenshot shot = window_.screenshot(draw_);
    imaging::Image image(shot.width, shot.height);
    image.rgba = shot.rgba;
    char file[64];
    std::snprintf(file, sizeof file, "%03d_%s%s.png", ++pictures_, upright() ? "upright_" : "",
                  name.c_str());
    const imaging::Bytes png = imaging::encode_png(image);
    if (const auto wrote = base::write_file(folder_ + "/" + file, base::as_text(png), 0644); !wrote)
        return fail(wrote.error().message);
    std::printf("ok   %s\n", file);
    std::fflush(stdout);
}

void Tour::fail(const std::string& what) {
    if (failed_) return;
    std::printf("FAIL waited %lld s, but it does not hold that %s.\n",
                static_cast<long long>(kTourPatienceMs / 1000), what.c_str());
    std::printf("     on screen \"%s\":", std::string(shell_.navigator.top()->name()).c_str());
    for (const std::string& text : window_.stage().registry().texts())
        std::printf(" | %s", text.c_str());
    std::printf("\n");
    picture("failed");
    failed_ = true;
    std::fflush(stdout);
}

void Tour::stand_up() {
    if (failed_ || !window_.resize(1080, 1920)) return;
    until("the window stands upright",
          [&] { return window_.width_px() == 1080 && window_.height_px() == 1920; });
}

// ---- hands

void Tour::tap(const std::string& id) {
    if (!until_widget(id)) return;
    bring_up(id);
    if (!until("\"" + id + "\" can be touched", [&] { return can_tap(id); })) return;
    hand_.tap(id);
}

// Scrolls, as with a wheel, the page the widget stands in until a finger can reach it.
void Tour::bring_up(const std::string& id) {
    constexpr int kMostTurns = 40;
    for (int i = 0; i < kMostTurns && !can_tap(id); ++i) {
        const auto& shown = window_.stage().registry();
        const ui::Item* item = shown.find(id);
        if (item == nullptr) return;
        const auto place =
            std::find_if(shown.scrolls().begin(), shown.scrolls().end(),
                         [&](const ui::ScrollPlace& each) { return each.id == item->scroll_id; });
        if (place == shown.scrolls().end()) return;
        const ui::Point at = place->view.centre();
        ui::Event wheel;
        wheel.type = ui::Event::Type::kWheel;
        wheel.at = {at.x * window_.stage().scale(), at.y * window_.stage().scale()};
        wheel.wheel = item->rect.centre().y > at.y ? 1.0F : -1.0F;
        window_.stage().input().push(wheel);
        settle();
    }
}

void Tour::drag(ui::Point from, ui::Point to) {
    if (failed_) return;
    constexpr int kSteps = 12;
    hand_.drag(from, to, kSteps);
}

void Tour::type(const std::string& id, std::string_view words) {
    tap(id);
    if (!failed_) hand_.type(words);
}

std::vector<std::string> Tour::cards() const {
    std::vector<std::string> ids;
    for (const ui::Item& item : window_.stage().registry().items())
        if (item.kind() == "card" && !item.visible.empty()) ids.push_back(item.id.substr(5));
    return ids;
}

bool Tour::pictures_are_here() const {
    const auto shown = cards();
    return !shown.empty() && std::all_of(shown.begin(), shown.end(), [&](const std::string& id) {
        const auto uuid = base::Uuid::parse(id);
        if (!uuid) return true;
        const CarImages::Images* images = shell_.app.car_images().of(*uuid);
        if (images == nullptr) return false;
        if (images->empty()) return true;
        const domain::CarImage& image = images->front();
        // Which size is drawn depends on the card's; one of them must have come.
        auto& store = shell_.app.pictures();
        return store.get(image.sha256_small) != nullptr ||
               store.get(image.sha256_medium) != nullptr;
    });
}

}  // namespace showfloor::terminal
