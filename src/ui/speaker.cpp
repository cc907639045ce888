#include "ui/speaker.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

#include "ui/limits.hpp"

extern char** environ;

namespace showfloor::ui {

namespace {

struct Role {
    std::string_view kind;
    const char* key;
};
// What is not here is said without a role: a row or a card is its words.
constexpr std::array<Role, 19> kRoles = {{
    {"button", "ui.role.button"}, {"key", "ui.role.key"},        {"pin", "ui.role.key"},
    {"chip", "ui.role.option"},   {"segment", "ui.role.option"}, {"option", "ui.role.option"},
    {"field", "ui.role.field"},   {"reveal", "ui.role.button"},  {"clear", "ui.role.button"},
    {"slider", "ui.role.slider"}, {"switch", "ui.role.switch"},  {"rail", "ui.role.tab"},
    {"avatar", "ui.role.button"}, {"card", "ui.role.button"},    {"row", "ui.role.button"},
    {"pager", "ui.role.pages"},   {"chart", "ui.role.chart"},    {"pad", "ui.role.pad"},
    {"zoom", "ui.role.picture"},
}};

std::string in_path(const char* program) {
    const char* path = std::getenv("PATH");
    std::string folders = path == nullptr ? "/usr/bin:/bin" : path;
    for (std::size_t at = 0; at <= folders.size();) {
        const std::size_t end = std::min(folders.find(':', at), folders.size());
        const std::string file = folders.substr(at, end - at) + "/" + program;
        if (access(file.c_str(), X_OK) == 0) return file;
        at = end + 1;
    }
    return {};
}

}  // namespace

std::string spoken(const text::Strings& strings, const Item& item) {
    if (item.surface) return {};
    std::string words = item.label;
    const auto add = [&](std::string_view more) {
        if (more.empty()) return;
        if (!words.empty()) words += ", ";
        words += more;
    };
    for (const Role& role : kRoles)
        if (role.kind == item.kind()) add(strings.get(role.key));
    add(item.state);
    return words;
}

std::unique_ptr<SystemSpeaker> SystemSpeaker::find() {
    for (const char* program : {"spd-say", "espeak-ng"}) {
        std::string file = in_path(program);
        if (!file.empty()) return std::make_unique<SystemSpeaker>(std::move(file));
    }
    return nullptr;
}

SystemSpeaker::SystemSpeaker(std::string program)
    : program_(std::move(program)),
      dispatcher_(program_.ends_with("spd-say")),
      thread_([this] { work(); }) {}

SystemSpeaker::~SystemSpeaker() {
    {
        const std::lock_guard lock(mutex_);
        quit_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void SystemSpeaker::say(const std::string& words, std::string_view language) {
    {
        const std::lock_guard lock(mutex_);
        wish_ = Wish{words.substr(0, kMaxSpokenBytes), std::string(language), volume_};
    }
    changed_.notify_one();
}

void SystemSpeaker::use_volume(float part) {
    const std::lock_guard lock(mutex_);
    volume_ = std::clamp(part, 0.0F, 2.0F);
}

void SystemSpeaker::stop() {
    say("", "");
}

void SystemSpeaker::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return quit_ || wish_.has_value(); });
        const std::optional<Wish> wish = std::exchange(wish_, std::nullopt);
        const bool quit = quit_;
        lock.unlock();
        hush();
        if (wish && !wish->words.empty() && !quit) begin(*wish);
        lock.lock();
        if (quit) return;
    }
}

void SystemSpeaker::begin(const Wish& wish) {
    std::vector<std::string> arguments = {program_, dispatcher_ ? "-l" : "-v", wish.language};
    if (wish.volume != 1) {
        // The service counts from -100 to 100 around its own, the program from 0 to 200.
        const auto loud = std::lround(wish.volume * 100);
        arguments.insert(arguments.end(), {dispatcher_ ? "-i" : "-a",
                                           std::to_string(dispatcher_ ? loud - 100 : loud)});
    }
    arguments.insert(arguments.end(), {"--", wish.words});
    std::vector<char*> pointers;
    for (std::string& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    pid_t child = -1;
    child_ = posix_spawn(&child, program_.c_str(), nullptr, nullptr, pointers.data(), environ) == 0
                 ? child
                 : -1;
}

// The program that speaks is ended; a service is told to be quiet by its own program.
void SystemSpeaker::hush() {
    if (child_ <= 0) return;
    if (!dispatcher_) kill(child_, SIGTERM);
    waitpid(child_, nullptr, 0);
    child_ = -1;
    if (!dispatcher_) return;
    std::string cancel = "-C";
    char* const arguments[] = {program_.data(), cancel.data(), nullptr};
    pid_t child = -1;
    if (posix_spawn(&child, program_.c_str(), nullptr, nullptr, arguments, environ) == 0)
        waitpid(child, nullptr, 0);
}

}  // namespace showfloor::ui
