#pragma once
// A walk through every screen in its states, for whoever looks: the layout test, or a person who
// wants pictures. Thread contract: one test at a time.

#include <functional>
#include <string>
#include <string_view>

#include "support/fake_app.hpp"
#include "terminal/screens/shell.hpp"

namespace showfloor::test {

struct Visitor {
    FakeApp& app;
    terminal::Shell& shell;
    std::function<void(const std::string& id)> tap;
    std::function<void(const std::string& id, std::string_view words)> type;
    std::function<void()> settle;
    std::function<void(const std::string& name)> look;
    std::function<bool(const std::string& id)> has;
    std::function<void(std::int64_t ms)> wait;  // nobody touches it
    std::string locale = "en";                  // whose words are shown
};

void visit_every_screen(const Visitor& visitor);
void visit_as_customer(const Visitor& visitor);  // its first part
// The part of those who are signed in (visit_seller.cpp).
void visit_as_seller(const Visitor& visitor);
void visit_what_was_sold(const Visitor& visitor);  // its second part
// That part and what is bad, for whoever looks at these alone.
void visit_at_the_desk(const Visitor& visitor);

}  // namespace showfloor::test
