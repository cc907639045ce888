#pragma once
// CustomerForm: everything a dealership writes down of a customer, for a new one or one to correct.
// Who is there already with the same phone or e-mail is offered instead. Thread contract: UI
// thread.

#include <optional>
#include <string>

#include "terminal/screens/customer_book.hpp"

namespace showfloor::terminal {

class CustomerForm {
   public:
    // `edited` is corrected; nothing = a new one.
    CustomerForm(Shell& shell, CustomerBook& book, std::optional<domain::Customer> edited = {});

    enum class Answer { kOpen, kSaved, kOther, kCancelled };
    // Its fields; they cut off what they took. kSaved and kOther: customer() is whom to go on with,
    // as saved or as found.
    Answer draw(ui::Context& ui, ui::Area& area);
    // Save and cancel, at the foot of the screen: in sight however long the fields are.
    Answer draw_foot(ui::Context& ui, ui::Area row);
    [[nodiscard]] const domain::Customer& customer() const { return customer_; }
    // What was typed into a search is probably the name.
    void begin_with(const std::string& words);
    // What stands in the fields, and the way back to it: a draft keeps both.
    [[nodiscard]] base::Json typed() const;
    void begin_with(const base::Json& typed);

   private:
    void save(ui::Context& ui);
    void take(const Submitted& answer, const text::Strings& strings);
    void field(ui::Context& ui, ui::Area at, std::string_view id, const char* key,
               std::string& value, ui::FieldKind kind = ui::FieldKind::kText);
    ui::Area pair(ui::Area& area, std::string_view first, std::string_view second);
    void draw_id(ui::Context& ui, ui::Area& area);
    bool draw_duplicate(ui::Context& ui, ui::Area& area);
    [[nodiscard]] base::Json args() const;

    Shell& shell_;
    CustomerBook& book_;
    Alive alive_;
    std::optional<domain::Customer> edited_;
    domain::Customer customer_;
    std::string error_, error_field_;
    base::Uuid duplicate_;  // whom the rules found
    bool waiting_ = false, saved_ = false, said_ = false;
};

}  // namespace showfloor::terminal
