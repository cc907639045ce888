#pragma once
// Home of a signed-in person: today, the month's figures, what waits for them, the sales they left
// unfinished. Thread contract: UI thread.

#include <optional>
#include <string>
#include <vector>

#include "terminal/screens/leads_screen.hpp"
#include "terminal/screens/shell.hpp"
#include "terminal/seller_models.hpp"

namespace showfloor::terminal {

class HomeScreen final : public ui::Screen {
   public:
    explicit HomeScreen(Shell& shell);
    [[nodiscard]] std::string_view name() const override { return "home"; }
    void draw(ui::Context& ui) override;

   private:
    struct Today {
        std::string id, title, subtitle;
        char32_t icon = ui::icons::kNone;
        std::string mark = {};  // a word at the end, in red
        std::function<void()> open;
    };
    // A car of one's own customer that the workshop is done with.
    struct Ready {
        base::Uuid ticket_id, customer_id;
        std::string vehicle, customer, phone;
        base::UtcMs done_at = 0;
    };
    // What was sold today, in the branch's day.
    struct Sold {
        std::int64_t cars = 0;
        Sums revenue;
    };

    void read();
    void draw_head(ui::Context& ui, ui::Area& page);
    void draw_page(ui::Context& ui, ui::Area page);
    void draw_banners(ui::Context& ui, ui::Area& page);
    void read_drafts();
    void draw_drafts(ui::Context& ui, ui::Area& page);
    void draw_drafts_beside(ui::Context& ui, ui::Area& page);
    void draw_all_drafts(ui::Context& ui, ui::Area& line);
    bool draw_draft(ui::Context& ui, ui::Area area, const Draft& draft, ui::Row row);
    void draw_discarding(ui::Context& ui);
    void draw_figures(ui::Context& ui, ui::Area& page);
    void draw_weeks(ui::Context& ui, ui::Area area);
    [[nodiscard]] std::vector<Today> list_today(ui::Context& ui) const;
    void draw_today(ui::Context& ui, ui::Area area, const std::vector<Today>& list);
    void draw_rows(ui::Context& ui, ui::Area area, const std::vector<Today>& list);
    [[nodiscard]] float today_height(const std::vector<Today>& list) const;
    void add_instalments(ui::Context& ui, std::vector<Today>& list) const;
    void add_attention(ui::Context& ui, std::vector<Today>& list) const;
    [[nodiscard]] static std::vector<Ready> read_ready(domain::World& world,
                                                       const domain::Actor& actor);
    void add_ready(ui::Context& ui, std::vector<Today>& list) const;
    void add_leads(ui::Context& ui, std::vector<Today>& list) const;
    [[nodiscard]] Today queue(ui::Context& ui) const;
    [[nodiscard]] std::string sum_words(const ui::Context& ui, const Sums& sums) const;

    Shell& shell_;
    Alive alive_;
    bool reading_ = false;
    std::uint64_t read_version_ = 0;
    std::optional<SellerFigures> figures_;
    std::vector<Draft> drafts_;  // newest first
    bool all_drafts_ = false;
    std::optional<Draft> discarding_;  // asked about
    std::vector<AttentionItem> attention_;
    std::vector<LeadLine> leads_;  // new ones, and one's own of today
    std::vector<Ready> ready_;
    Sold today_;
    bool whole_today_ = false;      // all of its lines were asked for
    std::int64_t asked_week_ = -1;  // the bar that was touched
};

}  // namespace showfloor::terminal
