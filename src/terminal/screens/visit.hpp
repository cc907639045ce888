#pragma once
// Visit: everything one visitor leaves on the terminal, in one plain struct: what was looked for,
// kept, compared, calculated, typed and set. It lives in memory alone; Rest forgets a visitor by
// assigning a fresh one. Screens keep nothing of a person outside it.
// Thread contract: a plain value of the UI thread.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/uuid.hpp"
#include "terminal/catalogue.hpp"

namespace showfloor::terminal {

inline constexpr std::size_t kMostCompared = 3;  // more columns than that nobody reads
inline constexpr std::size_t kMostPicks = 50;
inline constexpr int kMostLeads = 5;  // of one visit: domain.md

// What Browse is asked for.
struct Wanted {
    std::string words;
    std::map<std::size_t, std::vector<std::string>> facets;  // Catalogue::Facet -> values
    std::map<std::size_t, Catalogue::Bounds> ranges;         // Catalogue::Number -> from, to
    Catalogue::Sort sort = Catalogue::Sort::kNewest;

    bool operator==(const Wanted&) const = default;
    // Filters alone; words are seen in their field.
    [[nodiscard]] std::size_t filters() const;
};

// How somebody sees and hears the terminal. Zero is how the terminal is set up.
struct Settings {
    std::size_t language = 0;   // of Shell::languages
    std::size_t theme = 0;      // of Shell::themes
    std::size_t text_size = 0;  // of kTextSizes
    bool reach = false;         // everything in the lower part of the screen
    bool reduce_motion = false;
    bool speech = false;
    std::size_t volume = 1;  // of kVolumes

    bool operator==(const Settings&) const = default;
};
inline constexpr float kTextSizes[] = {1.0F, 1.2F, 1.45F};
inline constexpr float kVolumes[] = {0.5F, 1.0F, 1.7F};  // of the machine's own

struct FinanceChoice {
    std::int64_t deposit_bp = 0;  // of the price
    std::int64_t months = 0;      // 0 = the branch's longest up to 60

    bool operator==(const FinanceChoice&) const = default;
};

// What somebody types to be called back or to drive a car.
struct LeadForm {
    bool test_drive = true;
    std::string name, phone, email, note;
    std::size_t day = 0, hour = 0;  // 0 = any
    bool consent = false;

    bool operator==(const LeadForm&) const = default;
};

// A call for a seller, from the touch to its end.
struct Call {
    enum class State { kNone, kSending, kRinging, kAnswered, kNobody };
    State state = State::kNone;
    base::Uuid id;                             // of the record
    std::int64_t since_ms = 0, looked_ms = 0;  // the frames' clock
    std::string answered_by;

    bool operator==(const Call&) const = default;
};

// What stands over whatever screen there is.
enum class Overlay { kNone, kAccess, kLanguage, kCall };

struct Visit {
    Wanted wanted;
    std::vector<base::Uuid> picks, compared;
    Settings settings;
    FinanceChoice finance;
    LeadForm lead;
    int leads_sent = 0;
    Call call;
    Overlay overlay = Overlay::kNone;
    base::Uuid at_car;  // what is looked at now: a call says so; nil away from one

    [[nodiscard]] bool is_picked(const base::Uuid& car) const;
    [[nodiscard]] bool is_compared(const base::Uuid& car) const;
    // Keeps the car, or lets it go. False when there is no room for another.
    bool toggle_pick(const base::Uuid& car);
    bool toggle_compared(const base::Uuid& car);
    bool operator==(const Visit&) const = default;
};

}  // namespace showfloor::terminal
