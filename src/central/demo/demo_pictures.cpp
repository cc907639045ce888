#include "central/demo/demo_pictures.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "central/people.hpp"
#include "central/pictures.hpp"
#include "domain/records.hpp"
#include "imaging/studio.hpp"
#include "imaging/upload.hpp"

namespace showfloor::central {

namespace {

using Look = std::pair<std::string, std::string>;  // style, colour

// What floor and wall look like: as rendered, warm, cool, and dark.
constexpr std::array kGrounds = {
    imaging::Ground{1.0F, 1.0F, 1.0F}, imaging::Ground{1.04F, 0.99F, 0.91F},
    imaging::Ground{0.88F, 0.95F, 1.04F}, imaging::Ground{0.36F, 0.37F, 0.40F}};

// One studio picture, read once and tinted for every look. Answers are in the order of the looks.
struct Task {
    std::string style;
    std::string_view view;
    std::vector<Look> looks;
    std::vector<imaging::Rgb> paints;  // of each look
    std::vector<base::Json> pictures;  // the answers, of each look
};

// The same every time. Dark paint never stands on the dark ground, where one would not see it.
imaging::Ground ground_of(const Look& look, imaging::Rgb paint) {
    unsigned hash = 2166136261U;  // FNV-1a
    for (const char c : look.first + look.second)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    const bool light = paint.r + paint.g + paint.b > 210;
    return kGrounds[(hash >> 8U) % (light ? kGrounds.size() : kGrounds.size() - 1)];
}

std::optional<imaging::Rgb> rgb_of(std::string_view hex) {
    unsigned value = 0;
    if (hex.size() != 7 || hex[0] != '#') return std::nullopt;
    const auto [stop, error] = std::from_chars(hex.data() + 1, hex.data() + 7, value, 16);
    if (error != std::errc() || stop != hex.data() + 7) return std::nullopt;
    return imaging::Rgb{static_cast<std::uint8_t>(value >> 16U),
                        static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
                        static_cast<std::uint8_t>(value & 0xFFU)};
}

base::Result<void> tint_one(const Store& store, const std::string& folder, Task& task) {
    SHOWFLOOR_ASSIGN(const imaging::Studio studio,
                     imaging::read_studio(folder, task.style, task.view));
    for (std::size_t i = 0; i < task.looks.size(); ++i) {
        const imaging::Ground ground = ground_of(task.looks[i], task.paints[i]);
        SHOWFLOOR_ASSIGN(
            base::Json kept,
            keep_picture(store, imaging::prepare(imaging::tint(studio, task.paints[i], ground))));
        task.pictures.push_back(std::move(kept));
    }
    return {};
}

// Makes and saves every task's pictures; the first failure ends all.
base::Result<void> tint_all(const Store& store, const std::string& folder,
                            std::vector<Task>& tasks) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::optional<base::Error> failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < tasks.size(); i = next++) {
            const auto done = tint_one(store, folder, tasks[i]);
            if (done) continue;
            const std::lock_guard lock(mutex);
            failure = done.error();
            next = tasks.size();
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back(work);
    work();
    for (std::thread& thread : threads)
        thread.join();
    if (failure) return *failure;
    return {};
}

Look look_of(const domain::Car& car) {
    const auto body = domain::kBodyStyleNames[static_cast<std::size_t>(car.body_style)];
    return {std::string(imaging::studio_style(body)), car.color};
}

std::vector<Task> tasks_for(const std::vector<domain::Car>& cars, const base::Json& colors) {
    std::map<std::string, std::map<Look, imaging::Rgb>> paints;  // by style
    for (const domain::Car& car : cars) {
        const Look look = look_of(car);
        const auto paint = rgb_of(colors.value(car.color, ""));
        if (paint) paints[look.first].try_emplace(look, *paint);
    }
    std::vector<Task> tasks;
    for (const auto& [style, looks] : paints) {
        for (const std::string_view view : imaging::kStudioViews) {
            Task& task = tasks.emplace_back(Task{style, view, {}, {}, {}});
            for (const auto& [look, paint] : looks) {
                task.looks.push_back(look);
                task.paints.push_back(paint);
            }
        }
    }
    return tasks;
}

}  // namespace

base::Result<void> make_demo_pictures(CommandProcessor& processor, const std::string& folder,
                                      base::UtcMs now) {
    constexpr std::size_t kMaxColorsFile = 64 * 1024;
    SHOWFLOOR_ASSIGN(const std::string text,
                     base::read_file(folder + "/colors.json", kMaxColorsFile));
    SHOWFLOOR_ASSIGN(const base::Json colors, base::parse_json(text, kMaxColorsFile));
    std::vector<domain::Car> cars;
    {
        SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
        cars = batch.world().find<domain::Car>({.limit = 10'000});
    }
    auto tasks = tasks_for(cars, colors);
    SHOWFLOOR_TRY(tint_all(processor.store(), folder + "/studio", tasks));
    std::map<Look, std::vector<base::Json>> pictures;
    for (Task& task : tasks)  // views rise within a look
        for (std::size_t i = 0; i < task.looks.size(); ++i)
            pictures[task.looks[i]].push_back(std::move(task.pictures[i]));

    SHOWFLOOR_ASSIGN(auto batch, processor.batch(now));
    for (const auto& [look, views] : pictures) {
        for (const base::Json& picture : views)
            SHOWFLOOR_TRY(note_picture(batch.connection(), processor.store(), picture, now));
    }
    for (const domain::Car& car : cars) {
        const auto found = pictures.find(look_of(car));
        if (found == pictures.end()) continue;
        for (base::Json picture : found->second) {
            picture["car_id"] = car.id.to_string();
            SHOWFLOOR_TRY(run_own(batch, "add_car_image", std::move(picture)));
        }
    }
    return batch.commit();
}

}  // namespace showfloor::central
