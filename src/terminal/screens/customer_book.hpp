#pragma once
// CustomerBook: the customers this person may see, found as one types. Read while somebody is
// signed in; goes with its screen. Thread contract: UI thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class CustomerBook {
   public:
    explicit CustomerBook(Shell& shell) : shell_(shell) { read(); }
    void read();  // again, after something was changed here
    [[nodiscard]] bool ready() const { return ready_; }
    // Rows have moved since it was read; they may be others'.
    [[nodiscard]] bool outdated() const { return read_version_ != shell_.app.version(); }
    [[nodiscard]] const std::vector<domain::Customer>& all() const { return all_; }
    // Places in all() of those whose name, company, phone, e-mail or numbers hold every word; all
    // of them without words. In the order of names.
    const std::vector<std::size_t>& find(const std::string& words);
    [[nodiscard]] const domain::Customer* by_id(const base::Uuid& id) const;
    // Somebody else with the same phone number or e-mail address; nullptr = none.
    [[nodiscard]] const domain::Customer* like(std::string_view phone, std::string_view email,
                                               const base::Uuid& but) const;

   private:
    Shell& shell_;
    Alive alive_;
    std::uint64_t read_version_ = 0;
    bool ready_ = false, asked_ = false, again_ = false;
    std::vector<domain::Customer> all_;
    std::vector<std::u32string> keys_;  // what is searched, folded, beside all_
    std::vector<std::size_t> found_;
    std::string found_words_ = "?";
};

}  // namespace showfloor::terminal
