// What happens on the UI thread, without drawing and without a display: the real App over a
// terminal's files, the real screens on a stage.

#include <imgui.h>
#include <poll.h>

#include <cmath>
#include <span>

#include "base/paths.hpp"
#include "domain/records.hpp"
#include "storage/replica_store.hpp"
#include "sync/sealer.hpp"
#include "terminal/app.hpp"
#include "terminal/screens/shell.hpp"
#include "tools/bench/meter.hpp"
#include "tools/bench/sections.hpp"
#include "ui/stage.hpp"
#include "ui/window.hpp"

namespace showfloor::bench {

namespace {

using Kind = Figure::Kind;

class NoTextures final : public ui::TextureMaker {
   public:
    ui::TextureId make(int, int, std::span<const std::uint8_t>) override { return ++made_; }
    void free(ui::TextureId) override {}

   private:
    ui::TextureId made_ = 0;
};

// Every prefix of what people type, over every car.
void measure_search(terminal::Catalogue& catalogue, const Tell& tell) {
    std::vector<double> all, first;
    for (const std::string words :
         {"toyota corolla", "awd sport edition", "volkswagen wagon diesel", "white 2015 automatic",
          "mercedes plug in hybrid", "nbo-1042", "hilux limited grey"}) {
        for (std::size_t length = 1; length <= words.size(); ++length) {
            auto query = terminal::Catalogue::query_for(words.substr(0, length),
                                                        terminal::Catalogue::Sort::kNewest);
            const double begun = now_ms();
            const auto answer = catalogue.query(std::move(query));
            all.push_back(now_ms() - begun);
            if (length == 1) first.push_back(all.back());
        }
    }
    const std::string of = std::to_string(catalogue.on_offer()) + " cars on offer, " +
                           std::to_string(all.size()) + " prefixes";
    tell({"search per key stroke: p99", quantile(all, 0.99), "ms", 5, Kind::kAtMost, of});
    tell({"search of one letter: p99", quantile(first, 0.99), "ms", 5, Kind::kAtMost});
}

struct Screens {
    NoTextures maker;
    text::Strings strings;
    ui::Theme theme;
    std::unique_ptr<ui::Stage> stage;
    terminal::App& app;
    ui::Navigator navigator;
    terminal::Shell shell;
    std::int64_t now = 1000;
    static constexpr int kWide = 1920, kHigh = 1080, kStepMs = 16;

    explicit Screens(terminal::App& the_app, text::Strings words, ui::Theme look)
        : strings(std::move(words)),
          theme(std::move(look)),
          app(the_app),
          navigator(),
          shell{app, navigator} {}

    // The milliseconds of CPU that one frame took this thread.
    double frame() {
        const double begun = thread_cpu_ms();
        (void)app.poll();
        now += kStepMs;
        stage->frame(kWide, kHigh, now, [this](ui::Context& ui) { navigator.draw(ui); });
        return thread_cpu_ms() - begun;
    }
    void put(ui::Event::Type type, float x, float y, float wheel = 0) {
        ui::Event event;
        event.type = type;
        event.at = {x, y};
        event.wheel = wheel;
        event.time_ms = now;
        stage->input().push(event);
    }
};

void measure_scrolling(Screens& screens, const Tell& tell) {
    std::vector<double> cpu;
    constexpr int kFrames = 600;
    for (int i = 0; i < 20; ++i)
        screens.frame();
    for (int i = 0; i < kFrames; ++i) {
        screens.put(ui::Event::Type::kWheel, 1200, 700, 3);
        cpu.push_back(screens.frame());
    }
    tell({"UI thread per frame while scrolling: p99", quantile(cpu, 0.99), "ms", 2, Kind::kAtMost,
          "CPU of the thread without the drawing, 600 frames; median " +
              std::to_string(quantile(cpu, 0.5)) + " ms"});
}

// One picture of a card to the graphics side with its mipmaps; only where there is a display.
void measure_uploads(const Tell& tell) {
    const auto window = ui::Window::open({.width = 640, .height = 400, .unseen = true});
    if (!window) return;
    constexpr int kWide = 640, kHigh = 400, kUploads = 60;
    const std::vector<std::uint8_t> pixels(std::size_t{4} * kWide * kHigh, 127);
    std::vector<double> took;
    ui::Textures& textures = (*window)->stage().context().textures();
    for (int i = 0; i < kUploads; ++i) {
        textures.begin_frame();
        const double begun = now_ms();
        (void)textures.upload(static_cast<ui::PictureKey>(i + 1), kWide, kHigh, pixels);
        took.push_back(now_ms() - begun);
    }
    tell({"a picture to the graphics side: p99", quantile(took, 0.99), "ms", 2, Kind::kAtMost,
          "640x400 with its mipmaps; median " + std::to_string(quantile(took, 0.5)) + " ms"});
}

// What was drawn, as one number: corners, colours and pictures of the whole list.
std::uint64_t fingerprint() {
    std::uint64_t sum = 1469598103934665603ULL;
    const auto add = [&sum](std::uint64_t value) { sum = (sum ^ value) * 1099511628211ULL; };
    const ImDrawData* drawn = ImGui::GetDrawData();
    for (const ImDrawList* list : drawn->CmdLists) {
        for (const ImDrawVert& corner : list->VtxBuffer) {
            add(static_cast<std::uint64_t>(std::lround(corner.pos.x * 16)));
            add(static_cast<std::uint64_t>(std::lround(corner.pos.y * 16)));
            add(corner.col);
        }
    }
    return sum;
}

// How many frames after a finger goes down the screen looks different.
void measure_touch(Screens& screens, const Tell& tell) {
    for (int i = 0; i < 60; ++i)
        screens.frame();
    const auto still = fingerprint();
    screens.put(ui::Event::Type::kPress, 1200, 700);
    int frames = 0;
    constexpr int kMost = 30;
    do {
        screens.frame();
        ++frames;
    } while (fingerprint() == still && frames < kMost);
    screens.put(ui::Event::Type::kRelease, 1200, 700);
    screens.frame();
    tell({"touch to pixels", static_cast<double>(frames), "frames", 1, Kind::kAtMost,
          "until a pressed card looks pressed"});
}

}  // namespace

base::Result<void> fill_up(Stage& stage, const terminal::DataFolder& folder, int have, int wanted) {
    if (have >= wanted) return {};
    base::SystemRandom random;
    SHOWFLOOR_ASSIGN(const auto identity, folder.identity());
    SHOWFLOOR_ASSIGN(const auto key, folder.storage_key());
    const sync::KeySealer sealer(key, random);
    database::Options options;
    options.must_exist = true;
    options.synchronous = database::Synchronous::kOff;
    SHOWFLOOR_ASSIGN(auto replica, database::Connection::open(folder.replica(), options));
    storage::ReplicaStore store(replica, sealer);
    SHOWFLOOR_TRY(replica.run("BEGIN IMMEDIATE"));
    for (int i = have; i < wanted; ++i) {
        domain::Car car = stage.car(i, identity.branch_id);
        car.created_at = i;  // the oldest: the newest keep their pictures, which are shown first
        SHOWFLOOR_TRY(store.put_confirmed(domain::describe<domain::Car>(), domain::to_row(car)));
    }
    return replica.run("COMMIT");
}

base::Result<void> measure_frames(const terminal::DataFolder& folder, const Tell& tell) {
    SHOWFLOOR_ASSIGN(const std::string assets, base::asset_folder());
    SHOWFLOOR_ASSIGN(auto strings, text::Strings::load(assets + "/strings", "en"));
    SHOWFLOOR_ASSIGN(auto theme, ui::load_theme(assets + "/themes", "day"));
    const double begun = own_cpu_ms();
    SHOWFLOOR_ASSIGN(const auto app, terminal::App::open({folder.path, [] {}, "en"}));
    constexpr int kMostMs = 60'000, kLookMs = 10;
    const auto all_here = [&] {
        return app->catalogue()->whole() && app->catalogue()->on_offer() > 0;
    };
    for (int waited = 0; !all_here(); waited += kLookMs) {
        if (waited > kMostMs) return base::fail("No cars came.");
        ::poll(nullptr, 0, kLookMs);
        (void)app->poll();
    }
    tell({"catalogue of all cars read", own_cpu_ms() - begun, "ms", 0, Kind::kTold,
          "CPU for " + std::to_string(app->catalogue()->on_offer()) + " cars with their index"});
    measure_search(*app->catalogue(), tell);
    Screens screens(*app, std::move(strings), std::move(theme));
    SHOWFLOOR_ASSIGN(screens.stage, ui::Stage::make({"/usr/share/fonts", true}, screens.maker));
    screens.stage->use_strings(screens.strings);
    screens.stage->use_theme(screens.theme);
    screens.stage->use_scale(ui::display_scale({Screens::kWide, Screens::kHigh}));
    screens.shell.to_browse();
    measure_scrolling(screens, tell);
    measure_touch(screens, tell);
    measure_uploads(tell);
    return {};
}

}  // namespace showfloor::bench
