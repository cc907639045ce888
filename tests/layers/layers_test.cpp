// The level table of src/CMakeLists.txt against every #include below src/ and tests/: arrows point
// down only, third-party headers stay in the folders that own them, and domain touches no machine.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fs = std::filesystem;

namespace {

const fs::path kSource = SHOWFLOOR_SOURCE_DIR;
const fs::path kBuild = SHOWFLOOR_BUILD_DIR;

struct Layer {
    std::string name;
    int level = 0;
    std::string folder;             // below src/
    std::vector<std::string> uses;  // as listed, by name
    std::set<std::string> libs;
    std::set<std::string> reachable;  // itself and everything it uses, however far
};

struct Include {
    fs::path file;
    int line = 0;
    std::string target;
    bool quoted = false;
};

// Which third-party library a header belongs to, by the beginning of its path.
constexpr std::array<std::pair<std::string_view, std::string_view>, 25> kHeaderOwners = {{
    {"imgui", "imgui"},       {"imstb_", "imgui"},        {"GLFW/", "glfw"},
    {"GL/", "opengl"},        {"GLES", "opengl"},         {"X11/extensions/XI", "xi"},
    {"X11/", "x11"},          {"ft2build.h", "freetype"}, {"freetype/", "freetype"},
    {"sqlite3", "sqlite3"},   {"libpq", "libpq"},         {"curl/", "curl"},
    {"httplib.h", "httplib"}, {"mbedtls/", "mbedtls"},    {"psa/", "mbedtls"},
    {"argon2.h", "argon2"},   {"hpdf", "hpdf"},           {"qrencode.h", "qrencode"},
    {"fribidi", "fribidi"},   {"zlib.h", "zlib"},         {"stb", "stb"},
    {"webp/", "webp"},        {"openssl/", "openssl"},    {"gnutls/", "gnutls"},
    {"boost/", "boost"},
}};

// What the rules of the business must not reach for: time and chance are made once, at submit.
constexpr std::array<std::string_view, 19> kForbiddenInDomain = {"fstream",
                                                                 "filesystem",
                                                                 "iostream",
                                                                 "thread",
                                                                 "mutex",
                                                                 "atomic",
                                                                 "future",
                                                                 "random",
                                                                 "unistd.h",
                                                                 "fcntl.h",
                                                                 "ctime",
                                                                 "time.h",
                                                                 "cstdio",
                                                                 "stdio.h",
                                                                 "condition_variable",
                                                                 "base/file.hpp",
                                                                 "base/random",
                                                                 "base/log.",
                                                                 "base/bounded_queue"};

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);) {
        parts.push_back(part);
    }
    return parts;
}

std::map<std::string, Layer> read_table() {
    std::map<std::string, Layer> table;
    std::ifstream file(kBuild / "generated" / "levels.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.empty()) continue;
        const auto fields = split(line + "| ", '|');  // the last list may be empty
        REQUIRE(fields.size() >= 5);
        Layer layer;
        layer.name = fields[0];
        layer.level = std::stoi(fields[1]);
        layer.folder = fields[2];
        layer.uses = split(fields[3], ' ');
        for (const auto& lib : split(fields[4], ' '))
            layer.libs.insert(lib);
        // A folder is listed below those it uses, so they are complete already.
        layer.reachable.insert(layer.name);
        for (const auto& used : layer.uses) {
            REQUIRE_MESSAGE(table.contains(used), layer.name << " uses the unlisted " << used);
            layer.reachable.insert(table[used].reachable.begin(), table[used].reachable.end());
        }
        table[layer.name] = layer;
    }
    return table;
}

// The layer whose folder holds this path (relative to src/ or tests/); nullptr when none does.
const Layer* layer_of(const std::map<std::string, Layer>& table, const std::string& path) {
    const Layer* best = nullptr;
    for (const auto& [name, layer] : table) {
        const bool inside = path.starts_with(layer.folder + "/");
        if (inside && (best == nullptr || layer.folder.size() > best->folder.size())) best = &layer;
    }
    return best;
}

std::vector<Include> includes_below(const fs::path& root) {
    std::vector<Include> found;
    if (!fs::exists(root)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const auto extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".hpp") continue;
        std::ifstream file(entry.path());
        int number = 0;
        for (std::string line; std::getline(file, line);) {
            ++number;
            const auto hash = line.find_first_not_of(" \t");
            if (hash == std::string::npos || line[hash] != '#') continue;
            const auto word = line.find_first_not_of(" \t", hash + 1);
            if (word == std::string::npos || line.compare(word, 7, "include") != 0) continue;
            const auto open = line.find_first_of("\"<", word);
            if (open == std::string::npos) continue;
            const bool quoted = line[open] == '"';
            const auto close = line.find(quoted ? '"' : '>', open + 1);
            if (close == std::string::npos) continue;
            found.push_back({fs::relative(entry.path(), root), number,
                             line.substr(open + 1, close - open - 1), quoted});
        }
    }
    return found;
}

std::string owner_of(const std::string& header) {
    for (const auto& [beginning, library] : kHeaderOwners) {
        if (header.starts_with(beginning)) return std::string(library);
    }
    return {};
}

// Programs and tools may see everything; that is what they are for.
bool is_program(const fs::path& file) {
    return file.filename() == "main.cpp" || file.string().starts_with("tools/");
}

}  // namespace

TEST_CASE("level table: every arrow points down, or sideways to a folder listed by name") {
    const auto table = read_table();
    REQUIRE(table.size() >= 16);
    for (const auto& [name, layer] : table) {
        for (const auto& used : layer.uses) {
            CHECK_MESSAGE(table.at(used).level <= layer.level,
                          name << " (level " << layer.level << ") uses " << used << " (level "
                               << table.at(used).level << ")");
        }
    }
}

TEST_CASE("level table: sync and central never meet outside of programs and tests") {
    const auto table = read_table();
    for (const auto& [name, layer] : table) {
        CHECK_FALSE_MESSAGE(
            (layer.reachable.contains("sync") && layer.reachable.contains("central")),
            name << " reaches both sides");
    }
}

TEST_CASE("source tree: every folder is in the level table") {
    const auto table = read_table();
    for (const auto& entry : fs::directory_iterator(kSource / "src")) {
        if (!entry.is_directory() || entry.path().filename() == "tools") continue;
        const auto folder = entry.path().filename().string();
        CHECK_MESSAGE(layer_of(table, folder + "/x") != nullptr,
                      "src/" << folder << " is not in src/CMakeLists.txt");
    }
}

TEST_CASE("source includes: only folders that the table allows") {
    const auto table = read_table();
    for (const auto& include : includes_below(kSource / "src")) {
        if (!include.quoted || is_program(include.file)) continue;
        const Layer* from = layer_of(table, include.file.string());
        if (from == nullptr) continue;  // reported by the test above
        const Layer* to = layer_of(table, include.target);
        const auto place = include.file.string() + ":" + std::to_string(include.line);
        CHECK_MESSAGE(to != nullptr, place << " includes \"" << include.target
                                           << "\", which is not a path from src/");
        if (to == nullptr) continue;
        CHECK_MESSAGE(from->reachable.contains(to->name),
                      "src/" << place << ": " << from->name << " must not use " << to->name);
    }
}

TEST_CASE("source includes: third-party headers stay in the folders that own them") {
    const auto table = read_table();
    for (const auto& include : includes_below(kSource / "src")) {
        const auto owner = owner_of(include.target);
        if (include.quoted || owner.empty() || is_program(include.file)) continue;
        const Layer* from = layer_of(table, include.file.string());
        if (from == nullptr) continue;
        CHECK_MESSAGE(from->libs.contains(owner),
                      "src/" << include.file.string() << ":" << include.line << ": " << from->name
                             << " must not include <" << include.target << ">");
    }
}

TEST_CASE("domain includes: no files, threads, clocks or chance") {
    for (const auto& include : includes_below(kSource / "src" / "domain")) {
        for (const auto& forbidden : kForbiddenInDomain) {
            const bool hit = include.target == forbidden ||
                             (include.quoted && include.target.starts_with(forbidden));
            CHECK_FALSE_MESSAGE(hit, "src/domain/" << include.file.string() << ":" << include.line
                                                   << " includes " << include.target);
        }
    }
}

TEST_CASE("version header: only main.cpp files include it, or every commit would rebuild all") {
    for (const auto& include : includes_below(kSource / "src")) {
        if (include.target != "showfloor_version.hpp") continue;
        CHECK_MESSAGE(include.file.filename() == "main.cpp", include.file.string());
    }
}

TEST_CASE("test includes: a folder's tests see what the folder sees") {
    const auto table = read_table();
    for (const auto& include : includes_below(kSource / "tests")) {
        const Layer* from = layer_of(table, include.file.string());
        const Layer* to = layer_of(table, include.target);
        if (!include.quoted || from == nullptr || to == nullptr) continue;
        CHECK_MESSAGE(from->reachable.contains(to->name),
                      "tests/" << include.file.string() << ":" << include.line << ": tests of "
                               << from->name << " must not use " << to->name);
    }
}

TEST_CASE("headers: each is guarded by #pragma once") {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / "src")) {
        if (entry.path().extension() != ".hpp") continue;
        std::ifstream file(entry.path());
        std::stringstream text;
        text << file.rdbuf();
        CHECK_MESSAGE(text.str().find("#pragma once") != std::string::npos, entry.path().string());
    }
}

TEST_CASE("terminal program: links neither OpenSSL nor GnuTLS") {
    if (!fs::exists(kSource / "src" / "terminal" / "main.cpp")) return;
    const auto binary = kBuild / "bin" / "showfloor-terminal";
    REQUIRE_MESSAGE(fs::exists(binary), "build showfloor-terminal first");
    FILE* pipe = popen(("ldd " + binary.string()).c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string libraries;
    std::array<char, 512> buffer{};
    while (std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe) != nullptr) {
        libraries += buffer.data();
    }
    REQUIRE(pclose(pipe) == 0);
    CHECK(libraries.find("libc.so") != std::string::npos);
    for (const auto* foreign : {"libssl", "libcrypto", "libgnutls", "libnss3", "libcurl"}) {
        CHECK_MESSAGE(libraries.find(foreign) == std::string::npos, foreign);
    }
}
