#pragma once
// FreshFolder: an empty folder of the test's own, removed with all its content at the end.

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "base/check.hpp"

namespace showfloor::testing {

class FreshFolder {
   public:
    FreshFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "showfloor-XXXXXX").string();
        SHOWFLOOR_CHECK(::mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
        path_ = name;
    }
    ~FreshFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    FreshFolder(const FreshFolder&) = delete;
    FreshFolder& operator=(const FreshFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::string operator/(std::string_view name) const { return path_ / name; }

   private:
    std::filesystem::path path_;
};

}  // namespace showfloor::testing
