#pragma once
// CustomerPicker: find a customer of the branch as one types, or add one. Customers are read while
// somebody is signed in and go with this object. Thread contract: UI thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

class CustomerPicker {
   public:
    explicit CustomerPicker(Shell& shell);
    // Draws into the card and cuts off what it took; true in the frame in which somebody was
    // chosen.
    bool draw(ui::Context& ui, ui::Area& area);
    [[nodiscard]] const std::optional<domain::Customer>& chosen() const { return chosen_; }
    void choose(const base::Uuid& id);  // from a draft: now, or once they are read
    void clear() { chosen_.reset(); }

   private:
    void read();
    void find();
    void draw_new(ui::Context& ui, ui::Area& area);
    void add(ui::Context& ui);

    Shell& shell_;
    Alive alive_;
    std::vector<domain::Customer> all_;
    std::vector<std::u32string> keys_;  // what is searched, folded, beside all_
    std::vector<std::size_t> found_;
    std::string words_, found_words_ = "?";
    std::optional<domain::Customer> chosen_;
    base::Uuid wanted_;
    bool just_chosen_ = false;

    bool adding_ = false, waiting_ = false;
    std::string first_, last_, phone_, email_, company_, tax_number_, error_, error_field_;
};

}  // namespace showfloor::terminal
