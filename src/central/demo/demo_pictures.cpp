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
#include "imaging/demo_cars.hpp"
#include "imaging/upload.hpp"

namespace showfloor::central {

namespace {

namespace drawing = imaging::demo;

constexpr std::array kViews = {drawing::View::kLeft, drawing::View::kRight, drawing::View::kNear};
static_assert(kViews.size() == drawing::kViews);

using Look = std::pair<std::string, std::string>;  // body style, colour

// Paints drawn at once: four share most of the work and take about 120 MB a thread.
constexpr std::size_t kMaxPaints = 4;

struct Task {
    drawing::BodyStyle style = drawing::BodyStyle::kSedan;
    std::size_t view = 0;
    std::vector<Look> looks;
    std::vector<imaging::Rgb> paints;  // of each look
    std::vector<base::Json> pictures;  // the answers, of each look
};

std::optional<imaging::Rgb> rgb_of(std::string_view hex) {
    unsigned value = 0;
    if (hex.size() != 7 || hex[0] != '#') return std::nullopt;
    const auto [stop, error] = std::from_chars(hex.data() + 1, hex.data() + 7, value, 16);
    if (error != std::errc() || stop != hex.data() + 7) return std::nullopt;
    return imaging::Rgb{static_cast<std::uint8_t>(value >> 16U),
                        static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
                        static_cast<std::uint8_t>(value & 0xFFU)};
}

// Draws and saves every task's picture; the first failure ends all.
base::Result<void> draw_all(const Store& store, std::vector<Task>& tasks) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::optional<base::Error> failure;
    const auto work = [&] {
        for (std::size_t i = next++; i < tasks.size(); i = next++) {
            Task& task = tasks[i];
            for (imaging::Image& image :
                 drawing::draw_cars(task.style, task.paints, kViews[task.view])) {
                auto kept = keep_picture(store, imaging::prepare(std::move(image)));
                if (kept) {
                    task.pictures.push_back(std::move(kept).value());
                    continue;
                }
                const std::lock_guard lock(mutex);
                failure = kept.error();
                next = tasks.size();
                break;
            }
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

std::vector<Task> tasks_for(const std::vector<domain::Car>& cars, const base::Json& colors) {
    std::map<std::string, std::map<Look, imaging::Rgb>> paints;  // by body style
    for (const domain::Car& car : cars) {
        const std::string style(domain::kBodyStyleNames[static_cast<std::size_t>(car.body_style)]);
        const auto paint = rgb_of(colors.value(car.color, ""));
        if (paint) paints[style].try_emplace({style, car.color}, *paint);
    }
    std::vector<Task> tasks;
    for (const auto& [name, looks] : paints) {
        const auto style = drawing::body_style(name);
        if (!style) continue;
        for (std::size_t view = 0; view < kViews.size(); ++view) {
            for (std::size_t i = 0; const auto& [look, paint] : looks) {
                if (i++ % kMaxPaints == 0) tasks.push_back({*style, view, {}, {}, {}});
                tasks.back().looks.push_back(look);
                tasks.back().paints.push_back(paint);
            }
        }
    }
    return tasks;
}

}  // namespace

base::Result<void> draw_demo_pictures(CommandProcessor& processor, const std::string& folder,
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
    SHOWFLOOR_TRY(draw_all(processor.store(), tasks));
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
        const std::string style(domain::kBodyStyleNames[static_cast<std::size_t>(car.body_style)]);
        const auto found = pictures.find({style, car.color});
        if (found == pictures.end()) continue;
        for (base::Json picture : found->second) {
            picture["car_id"] = car.id.to_string();
            SHOWFLOOR_TRY(run_own(batch, "add_car_image", std::move(picture)));
        }
    }
    return batch.commit();
}

}  // namespace showfloor::central
