#pragma once
// The catalogue of words of one language: key -> message. A missing key shows itself (a person sees
// where words are missing, nothing crashes) and is logged once.
// Thread contract: any thread may read one object at once; loading makes a new one.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "text/locale.hpp"
#include "text/message.hpp"

namespace showfloor::text {

class Strings {
   public:
    // Reads <folder>/<code>.json: one flat object of key to message.
    // kNotFound, kInvalid (the message names the key) or kTooLarge.
    static base::Result<Strings> load(const std::string& folder, std::string_view code);
    // The same from JSON text.
    static base::Result<Strings> parse(std::string_view json, std::string_view code);
    // No words at all: every key shows itself.
    explicit Strings(std::string_view code);
    Strings(Strings&&) noexcept;
    Strings& operator=(Strings&&) noexcept;
    ~Strings();

    // The message of `key` filled with `values`; the key itself when it is missing.
    [[nodiscard]] std::string get(std::string_view key, Values values = {}) const;
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] const Locale& locale() const { return *locale_; }
    // Every key and its pattern, sorted, for the test of completeness.
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const {
        return messages_;
    }

   private:
    struct Missing;
    void report(std::string_view key, const char* what) const;

    const Locale* locale_;
    std::map<std::string, std::string, std::less<>> messages_;
    std::unique_ptr<Missing> missing_;
};

}  // namespace showfloor::text
