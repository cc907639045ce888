#pragma once
// Builds Fields from member pointers; included only where a description is defined.
// Usage: id<&Car::branch_id>("branch_id", "branch").required().public_().

#include <concepts>
#include <type_traits>

#include "domain/description.hpp"

namespace showfloor::domain::build {

template <auto Member>
struct MemberOf;
template <typename Struct, typename T, T Struct::*Member>
struct MemberOf<Member> {
    using Owner = Struct;
    using Type = T;
};

template <auto Member>
using TypeOf = typename MemberOf<Member>::Type;

template <auto Member, typename Owner>
const auto& at(const void* record) {
    return static_cast<const Owner*>(record)->*Member;
}
template <auto Member, typename Owner>
auto& at(void* record) {
    return static_cast<Owner*>(record)->*Member;
}

// Owner is named apart from Member, so that members inherited from RecordBase work too.
template <typename Owner, auto Member>
Value get_value(const Field& field, const void* record) {
    using T = TypeOf<Member>;
    const auto& value = at<Member, Owner>(record);
    if constexpr (std::same_as<T, base::Uuid>) {
        return value.is_nil() ? Value{} : Value{value.to_string()};
    } else if constexpr (std::same_as<T, std::string>) {
        return value.empty() ? Value{} : Value{value};
    } else if constexpr (std::same_as<T, bool>) {
        return std::int64_t{value ? 1 : 0};
    } else if constexpr (std::same_as<T, std::int64_t>) {
        return field.type == FieldType::kTime && value == 0 ? Value{} : Value{value};
    } else if constexpr (std::same_as<T, std::optional<std::int64_t>>) {
        return value ? Value{*value} : Value{};
    } else if constexpr (std::is_enum_v<T>) {
        return std::string(field.options[static_cast<std::size_t>(value)]);
    } else if constexpr (std::same_as<T, std::vector<std::string>>) {
        return value.empty() ? Value{} : Value{base::dump_json(base::Json(value))};
    } else {
        if (value.empty()) return Value{};
        base::Json list = base::Json::array();
        for (const auto& item : value) {
            list.push_back(row_to_json(*field.element, row_of(*field.element, &item), View::kAll));
        }
        return base::dump_json(list);
    }
}

template <typename Owner, auto Member>
bool set_value(const Field& field, void* record, const Value& value) {
    using T = TypeOf<Member>;
    auto& target = at<Member, Owner>(record);
    const auto* text = std::get_if<std::string>(&value);
    const auto* number = std::get_if<std::int64_t>(&value);
    const bool null = is_null(value);
    if constexpr (std::same_as<T, base::Uuid>) {
        const auto id = text != nullptr ? base::Uuid::parse(*text) : std::nullopt;
        if (!null && !id) return false;
        target = id.value_or(base::Uuid{});
    } else if constexpr (std::same_as<T, std::string>) {
        if (!null && text == nullptr) return false;
        target = null ? std::string() : *text;
    } else if constexpr (std::same_as<T, bool>) {
        if (!null && (number == nullptr || (*number != 0 && *number != 1))) return false;
        target = !null && *number == 1;
    } else if constexpr (std::same_as<T, std::int64_t>) {
        if (!null && number == nullptr) return false;
        target = null ? 0 : *number;
    } else if constexpr (std::same_as<T, std::optional<std::int64_t>>) {
        if (!null && number == nullptr) return false;
        target = null ? std::nullopt : std::optional<std::int64_t>(*number);
    } else if constexpr (std::is_enum_v<T>) {
        if (null) {
            target = T{};
            return true;
        }
        if (text == nullptr) return false;
        for (std::size_t i = 0; i < field.options.size(); ++i) {
            if (field.options[i] == *text) {
                target = static_cast<T>(i);
                return true;
            }
        }
        return false;
    } else {
        target.clear();
        if (null) return true;
        if (text == nullptr) return false;
        constexpr std::size_t kLongestList = 1 << 20;  // a description's max bounds it far below
        auto list = base::parse_json(*text, kLongestList);
        if (!list || !list->is_array()) return false;
        for (const auto& json : *list) {
            if constexpr (std::same_as<T, std::vector<std::string>>) {
                if (!json.is_string()) return false;
                target.push_back(json.template get<std::string>());
            } else {
                typename T::value_type item;
                auto row = row_from_json(*field.element, json, Intake::kRow);
                if (!row || !fill_from_row(*field.element, *row, &item)) return false;
                target.push_back(std::move(item));
            }
        }
    }
    return true;
}

struct Builder : Field {
    Builder& require() {
        required = true;
        return *this;
    }
    Builder& range(std::int64_t low, std::int64_t high) {
        min = low;
        max = high;
        return *this;
    }
    Builder& person() {
        personal = true;
        return *this;
    }
    Builder& as_color() {
        is_color = true;
        max = 7;
        return *this;
    }
    Builder& look_up() {
        lookup = true;
        return *this;
    }
    Builder& secret() {
        confidential = true;
        at_terminal = false;
        return *this;
    }
    Builder& shown() {
        public_field = true;
        return *this;
    }
    Builder& central_only() {
        at_terminal = false;
        return *this;
    }
    Builder& set_by_handler() {
        computed = true;
        return *this;
    }
};

template <typename Owner, auto Member>
Builder make(std::string_view name, FieldType type, std::int64_t low, std::int64_t high) {
    Builder field;
    field.name = name;
    field.type = type;
    field.min = low;
    field.max = high;
    field.get = &get_value<Owner, Member>;
    field.set = &set_value<Owner, Member>;
    return field;
}

inline constexpr std::int64_t kMoneyMax = 1'000'000'000'000'000;  // 10^15 minor units
inline constexpr std::int64_t kTimeMax = 4'102'444'800'000;       // the year 2100

template <typename Owner>
struct Of {
    template <auto M>
    static Builder id(std::string_view name, std::string_view refers_to = {}) {
        Builder field = make<Owner, M>(name, FieldType::kId, 0, 36);
        field.refers_to = refers_to;
        return field;
    }
    template <auto M>
    static Builder text(std::string_view name, std::int64_t max = 100) {
        return make<Owner, M>(name, FieldType::kText, 0, max);
    }
    template <auto M>
    static Builder integer(std::string_view name, std::int64_t low, std::int64_t high) {
        return make<Owner, M>(name, FieldType::kInteger, low, high);
    }
    template <auto M>
    static Builder money(std::string_view name) {  // never below zero unless .range() says so
        return make<Owner, M>(name, FieldType::kInteger, 0, kMoneyMax);
    }
    template <auto M>
    static Builder basis_points(std::string_view name) {  // 10,000 = 100 %
        return make<Owner, M>(name, FieldType::kInteger, 0, 10'000);
    }
    template <auto M>
    static Builder boolean(std::string_view name) {
        return make<Owner, M>(name, FieldType::kBoolean, 0, 1);
    }
    template <auto M>
    static Builder time(std::string_view name) {
        return make<Owner, M>(name, FieldType::kTime, 0, kTimeMax);
    }
    template <auto M>
    static Builder choice(std::string_view name, std::span<const std::string_view> options) {
        Builder field = make<Owner, M>(name, FieldType::kEnum, 0, 0);
        field.options = options;
        return field;
    }
    template <auto M>
    static Builder texts(std::string_view name, std::int64_t most = 100) {
        return make<Owner, M>(name, FieldType::kTexts, 0, most);
    }
    template <auto M>
    static Builder list(std::string_view name, std::int64_t most = 100) {
        Builder field = make<Owner, M>(name, FieldType::kList, 0, most);
        field.element = &describe<typename TypeOf<M>::value_type>();
        return field;
    }
    template <auto M>
    static Builder json(std::string_view name, std::int64_t max = 16'000) {
        return make<Owner, M>(name, FieldType::kJson, 0, max);
    }
};

}  // namespace showfloor::domain::build
