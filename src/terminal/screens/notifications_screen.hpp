#pragma once
// Notifications: what central tells this person, read and put away. Thread contract: UI thread.

#include <string>
#include <vector>

#include "terminal/screens/shell.hpp"

namespace showfloor::terminal {

// Those meant for this person and not put away, the newest first; on the reader's thread.
[[nodiscard]] std::vector<domain::Notification> read_notifications(domain::World& world,
                                                                   const domain::Actor& actor);
[[nodiscard]] bool is_read(const domain::Notification& note, const base::Uuid& user_id);

class NotificationsScreen final : public ui::Screen {
   public:
    explicit NotificationsScreen(Shell& shell) : shell_(shell) {}
    [[nodiscard]] std::string_view name() const override { return "notifications"; }
    void draw(ui::Context& ui) override;

   private:
    void read();
    void submit(const char* command, const base::Uuid& id);
    void open(const domain::Notification& note);
    void draw_note(ui::Context& ui, ui::Area area, const domain::Notification& note, bool last);
    [[nodiscard]] std::string words_of(const ui::Context& ui,
                                       const domain::Notification& note) const;

    Shell& shell_;
    Alive alive_;
    std::vector<domain::Notification> all_;
    bool reading_ = false, ready_ = false;
    std::uint64_t read_version_ = 0;
};

}  // namespace showfloor::terminal
