#pragma once
// The frame of every screen of a signed-in person: the white bar (who, network, time), the rail of
// sections (a bar at the foot where the screen stands upright), and the page between them.
// Thread contract: UI thread, during a frame.

#include <optional>
#include <string_view>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

enum class Section {
    kHome,
    kCars,
    kSales,
    kCustomers,
    kInvoices,
    kLeads,
    kNotifications,
    kAttention,
    kSync,
    kProfile,
};

struct SellerBar {
    std::string_view title = {};  // the dealer's logo or name when empty
    std::string_view note = {};   // quiet words after it
    bool warn = false;            // the note is a warning
    bool back = false;            // an arrow in front
};
// Cut off the page. Title, note, network state in words, time, the person with the lock.
void seller_bar(ui::Context& ui, Shell& shell, ui::Area& page, const SellerBar& spec);
// At the end of the visitors' bar while somebody is signed in: home, attention, the person.
void seller_bar_end(ui::Context& ui, Shell& shell, ui::Area& bar, float least_left = 0);
// Where one is and what time it is, in small: "Nairobi · 10:42", the hour alone where that is all
// there is room for. What it took is cut off the start.
[[nodiscard]] std::string place_words(const Shell& shell);
void place_and_time(ui::Context& ui, const Shell& shell, ui::Area& bar);
// The network state as the bar says it; cut off the end. `least_left` of the bar stays.
void network_words(ui::Context& ui, const Shell& shell, ui::Area& bar, float least_left = 0);

// Ground, bar and rail; what is left, padded. Nothing when nobody is signed in: the screen leaves.
std::optional<ui::Area> seller_page(ui::Context& ui, Shell& shell, Section here,
                                    const SellerBar& bar = {});
// The large title of a page, with a button at its end; true when that was tapped.
bool page_title(ui::Context& ui, ui::Area& page, std::string_view title,
                const ui::Button& action = {});

}  // namespace showfloor::terminal
