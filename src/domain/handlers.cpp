#include "domain/handlers.hpp"

#include <algorithm>
#include <array>

#include "domain/limits.hpp"
#include "domain/transitions.hpp"

namespace showfloor::domain {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The country calling code (ITU-T E.164) of a number that begins with +.
std::string_view country_of(std::string_view phone) {
    constexpr std::string_view kTwo =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
        "64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
    if (phone.size() < 4 || phone.front() != '+') return {};
    if (phone[1] == '1' || phone[1] == '7') return phone.substr(0, 2);
    for (std::size_t i = 0; i + 3 <= kTwo.size(); i += 3) {
        if (kTwo.substr(i, 2) == phone.substr(1, 2)) return phone.substr(0, 3);
    }
    return phone.substr(0, 4);
}

// A right that fails: refused, or for what happened already contested when the role has the cell.
std::optional<Outcome> missing_right(Handling& handling, bool role_has_it, std::string_view field) {
    if (handling.must_apply() && role_has_it && handling.contest(Code::kActorRoleChanged))
        return std::nullopt;
    return refuse(Code::kNotAllowed, std::string(field));
}

}  // namespace

Description args_like(std::string_view command, const Description& record,
                      std::initializer_list<std::string_view> without, bool only_id_required) {
    Description args;
    args.name = command;
    for (Field field : record.fields) {
        const bool left_out =
            std::find(without.begin(), without.end(), field.name) != without.end();
        if (field.computed || left_out) continue;
        // `required` of a change still says that the field cannot be cleared.
        if (only_id_required && field.name == "id") field.required = true;
        // People write spaces and brackets; the handler keeps E.164.
        constexpr std::int64_t kPhoneAsWritten = 40;
        if (field.name == "phone" || field.name == "contact") field.max = kPhoneAsWritten;
        args.fields.push_back(field);
    }
    return args;
}

CommandSpec central_command(std::string_view name, Area area, Action action,
                            const Description& args, Outcome (*run)(Handling&),
                            std::vector<Code> refusals) {
    CommandSpec spec;
    spec.name = name;
    spec.area = area;
    spec.action = action;
    spec.args = &args;
    spec.run = run;
    spec.refusals = std::move(refusals);
    return spec;
}

Uuid changed_id(const Handling& handling) {
    const auto* text =
        std::get_if<std::string>(&handling.args_row[handling.spec.args->index_of("id")]);
    return text != nullptr ? base::Uuid::parse(*text).value_or(Uuid{}) : Uuid{};
}

bool is_changed(const Handling& handling, std::string_view field) {
    return !is_null(handling.args_row[handling.spec.args->index_of(field)]);
}

std::optional<Outcome> check_right(Handling& handling, Area area, Action action, const Facts& facts,
                                   std::string_view field) {
    if (may(handling.actor, area, action, facts)) return std::nullopt;
    const bool asks = reach_of(handling.actor, area, Action::kAsk) != Reach::kNone;
    if (asks && may(handling.actor, area, Action::kAsk, facts))
        return check_approver(handling, area, action, facts);
    const bool role_has_it = asks || reach_of(handling.actor, area, action) != Reach::kNone;
    return missing_right(handling, role_has_it, field);
}

std::optional<Outcome> check_approver(Handling& handling, Area area, Action action,
                                      const Facts& facts) {
    if (handling.command.co_actor_id.is_nil()) return refuse(Code::kApproverMissing, "co_actor_id");
    const auto user = handling.world.get<User>(handling.command.co_actor_id);
    if (!user) return refuse(Code::kApproverNotAllowed, "co_actor_id");
    if (user->status != UserStatus::kActive || user->archived) {
        if (handling.must_apply() && handling.contest(Code::kActorInactive)) return std::nullopt;
        return refuse(Code::kApproverNotAllowed, "co_actor_id");
    }
    if (handling.co_actor && may(*handling.co_actor, area, action, facts)) return std::nullopt;
    if (handling.must_apply() && handling.contest(Code::kActorRoleChanged)) return std::nullopt;
    return refuse(Code::kApproverNotAllowed, "co_actor_id");
}

std::optional<std::string> take_number(Handling& handling, const Branch& branch, SeriesKind kind) {
    std::string code = branch.code;
    // A terminal's series bears the terminal's own branch, so that two terminals called T03 never
    // share one, whoever signs in there.
    if (const auto terminal = handling.world.get<Terminal>(handling.context.terminal_id)) {
        if (const auto home = handling.world.get<Branch>(terminal->branch_id)) code = home->code;
    }
    const std::string prefix = code + "-" + handling.context.origin + "-";
    SHOWFLOOR_CHECK(handling.context.numbers != nullptr,
                    "a command takes numbers without a source");
    const auto number = handling.context.numbers->take(prefix, kind);
    if (!number) return std::nullopt;
    return number->text();
}

std::optional<Customer> customer_behind(World& world, const Uuid& id) {
    auto customer = world.get<Customer>(id);
    for (int hop = 0; customer && !customer->merged_into.is_nil() && hop < kMaxMergeHops; ++hop)
        customer = world.get<Customer>(customer->merged_into);
    return customer;
}

bool holds_car(const Sale& sale) {
    if (is_standing(sale.status)) return true;
    if (sale.status != SaleStatus::kDisputed) return false;
    return sale.dispute_code != name_of(Code::kCarSold) &&
           sale.dispute_code != name_of(Code::kCarReservedByOther) &&
           sale.dispute_code != name_of(Code::kCarArchived);
}

std::optional<Sale> holder_of(World& world, const Uuid& car_id, const Uuid& except) {
    const auto sales = world.find<Sale>(
        {.where = {{"car_id", Value{car_id.to_string()}}}, .limit = kMaxRelatedRows});
    for (const Sale& sale : sales) {
        if (sale.id != except && holds_car(sale)) return sale;
    }
    return std::nullopt;
}

std::optional<std::string> normalise_phone(std::string_view text, std::string_view branch_phone) {
    std::string phone;
    for (const char c : text) {
        if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/') continue;
        if (!is_digit(c) && !(c == '+' && phone.empty())) return std::nullopt;
        phone += c;
    }
    if (phone.starts_with("00")) {
        phone = "+" + phone.substr(2);
    } else if (phone.starts_with("0")) {
        const std::string_view country = country_of(branch_phone);
        if (country.empty()) return std::nullopt;
        phone = std::string(country) + phone.substr(1);
    }
    const bool fits =
        phone.starts_with("+") && phone.size() >= 8 && phone.size() <= 16 && phone[1] != '0';
    if (!fits) return std::nullopt;
    return phone;
}

std::optional<std::string> normalise_email(std::string_view text) {
    std::string email(text);
    for (char& c : email) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (static_cast<unsigned char>(c) <= ' ' || c == ',' || c == ';' || c == '<' || c == '>')
            return std::nullopt;
    }
    const auto at = email.find('@');
    if (at == 0 || at == std::string::npos || at != email.rfind('@')) return std::nullopt;
    const std::string_view host = std::string_view(email).substr(at + 1);
    const bool fits = host.size() >= 3 && host.find('.') != std::string_view::npos &&
                      host.front() != '.' && host.back() != '.' &&
                      host.find("..") == std::string_view::npos;
    if (!fits) return std::nullopt;
    return email;
}

void add_review(std::vector<std::string>& reviews, Code code) {
    const std::string name(name_of(code));
    if (std::find(reviews.begin(), reviews.end(), name) == reviews.end()) reviews.push_back(name);
}

Outcome refuse_for(const base::Error& error) {
    const Code code = parse_code(error.code).value_or(Code::kInvalid);
    return refuse(code, error.field, {{"message", error.message}});
}

Outcome done(const Handling& handling, base::Json details) {
    Outcome outcome;
    outcome.kind =
        handling.contested == Code::kNone ? Outcome::Kind::kApplied : Outcome::Kind::kContested;
    outcome.code = handling.contested;
    outcome.details = std::move(details);
    outcome.reviews = handling.reviews;
    return outcome;
}

}  // namespace showfloor::domain
