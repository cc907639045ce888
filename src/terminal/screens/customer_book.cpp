#include "terminal/screens/customer_book.hpp"

#include <algorithm>
#include <utility>

#include "search/fold.hpp"
#include "terminal/screens/seller_words.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kPage = 2000;
constexpr std::size_t kMostRead = 100'000;
constexpr std::size_t kLeastDigits = 7;  // fewer are no phone number yet

// The last nine digits: "+254712345678" and "0712 345 678" are one number.
std::string digits_of(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits.push_back(c);
    return digits.size() > 9 ? digits.substr(digits.size() - 9) : digits;
}

std::vector<std::u32string> words_of(const std::string& text) {
    std::vector<std::u32string> words(1);
    for (const char32_t c : search::fold(text)) {
        if (c == U' ')
            words.emplace_back();
        else
            words.back().push_back(c);
    }
    std::erase_if(words, [](const auto& word) { return word.empty(); });
    return words;
}

struct Entry {
    domain::Customer customer;
    std::u32string key;
};

std::vector<Entry> read_all(domain::World& world, const domain::Actor& actor) {
    std::vector<Entry> entries;
    domain::Query query{.where = {}, .limit = kPage};
    while (entries.size() < kMostRead) {
        auto page = world.find<domain::Customer>(query);
        const std::size_t got = page.size();
        for (auto& customer : page) {
            if (customer.archived || !customer.merged_into.is_nil()) continue;
            const domain::Facts facts{.branch_id = customer.branch_id,
                                      .owner_id = customer.seller_id,
                                      .subject_role = domain::Role::kNobody,
                                      .subject_id = customer.user_id};
            if (!domain::may(actor, domain::Area::kCustomers, domain::Action::kRead, facts))
                continue;
            auto key = search::fold(customer.first_name + " " + customer.last_name + " " +
                                    customer.company_name + " " + customer.phone + " " +
                                    digits_of(customer.phone) + " " + customer.email + " " +
                                    customer.tax_number + " " + customer.id_number);
            entries.push_back({std::move(customer), std::move(key)});
        }
        if (got < kPage) break;
        query.offset += kPage;
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.key < b.key; });
    return entries;
}

}  // namespace

void CustomerBook::read() {
    if (!shell_.app.person()) return;
    if (asked_) {
        again_ = true;
        return;
    }
    asked_ = true;
    read_version_ = shell_.app.version();
    auto fresh = std::make_shared<std::vector<Entry>>();
    const domain::Actor actor = actor_of(*shell_.app.person());
    shell_.app.read([fresh, actor](domain::World& world) { *fresh = read_all(world, actor); },
                    [this, fresh, alive = alive_.token()] {
                        if (alive.expired()) return;
                        asked_ = false;
                        if (shell_.app.link().unreadable) return;
                        ready_ = true;
                        all_.clear();
                        keys_.clear();
                        for (Entry& entry : *fresh) {
                            all_.push_back(std::move(entry.customer));
                            keys_.push_back(std::move(entry.key));
                        }
                        found_words_ = "?";
                        if (std::exchange(again_, false)) read();
                    });
}

const std::vector<std::size_t>& CustomerBook::find(const std::string& words) {
    if (words == found_words_) return found_;
    found_words_ = words;
    found_.clear();
    const auto wanted = words_of(words);
    for (std::size_t i = 0; i < all_.size(); ++i) {
        const bool fits = std::all_of(wanted.begin(), wanted.end(), [&](const auto& word) {
            return keys_[i].find(word) != std::u32string::npos;
        });
        if (fits) found_.push_back(i);
    }
    return found_;
}

const domain::Customer* CustomerBook::by_id(const base::Uuid& id) const {
    for (const auto& customer : all_)
        if (customer.id == id) return &customer;
    return nullptr;
}

const domain::Customer* CustomerBook::like(std::string_view phone, std::string_view email,
                                           const base::Uuid& but) const {
    const std::string digits = digits_of(phone);
    for (const auto& customer : all_) {
        if (customer.id == but) continue;
        if (digits.size() >= kLeastDigits && digits_of(customer.phone) == digits) return &customer;
        if (!email.empty() && search::fold(customer.email) == search::fold(email)) return &customer;
    }
    return nullptr;
}

}  // namespace showfloor::terminal
