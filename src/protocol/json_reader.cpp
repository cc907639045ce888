#include "protocol/json_reader.hpp"

namespace showfloor::protocol {

namespace {

const base::Json& nothing_in(base::Json::value_t type) {
    static const base::Json array = base::Json::array();
    static const base::Json object = base::Json::object();
    return type == base::Json::value_t::array ? array : object;
}

}  // namespace

JsonReader::JsonReader(const base::Json& object, std::string_view what)
    : json_(object), what_(what) {
    if (!json_.is_object()) {
        error_ = base::fail(base::ErrorKind::kInvalid,
                            "The " + std::string(what_) + " message is not a JSON object.",
                            "bad_message");
    }
}

void JsonReader::wrong(std::string_view name, std::string_view why) {
    if (error_) return;
    error_ =
        base::fail(base::ErrorKind::kInvalid,
                   "The " + std::string(what_) + " message cannot be read: " + std::string(name) +
                       " " + std::string(why) + ".",
                   "bad_message", std::string(name));
}

void JsonReader::take(const base::Error& error) {
    if (!error_) error_ = error;
}

const base::Json* JsonReader::find(std::string_view name) {
    if (error_) return nullptr;
    const auto found = json_.find(name);
    return found == json_.end() || found->is_null() ? nullptr : &*found;
}

std::string JsonReader::text(std::string_view name, std::size_t most_bytes) {
    if (find(name) == nullptr) {
        wrong(name, "is missing");
        return {};
    }
    return optional_text(name, most_bytes);
}

std::string JsonReader::optional_text(std::string_view name, std::size_t most_bytes) {
    const base::Json* json = find(name);
    if (json == nullptr) return {};
    if (!json->is_string()) {
        wrong(name, "is not text");
        return {};
    }
    const auto& value = json->get_ref<const std::string&>();
    if (value.size() > most_bytes) {
        wrong(name, "is longer than " + std::to_string(most_bytes) + " bytes");
        return {};
    }
    return value;
}

std::int64_t JsonReader::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    const base::Json* json = find(name);
    if (json == nullptr || !json->is_number_integer() ||
        (json->is_number_unsigned() &&
         json->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))) {
        wrong(name, "is not a whole number");
        return least;
    }
    const auto value = json->get<std::int64_t>();
    if (value < least || value > most) {
        wrong(name, "is out of range");
        return least;
    }
    return value;
}

bool JsonReader::boolean(std::string_view name) {
    const base::Json* json = find(name);
    if (json == nullptr || !json->is_boolean()) {
        wrong(name, "is neither true nor false");
        return false;
    }
    return json->get<bool>();
}

base::Uuid JsonReader::id(std::string_view name) {
    constexpr std::size_t kUuidText = 36;
    const std::string value = text(name, kUuidText);
    const auto parsed = base::Uuid::parse(value);
    if (!parsed) {
        wrong(name, "is not a UUID");
        return {};
    }
    return *parsed;
}

const base::Json& JsonReader::array(std::string_view name, std::size_t most_items) {
    const base::Json* json = find(name);
    if (json == nullptr || !json->is_array()) {
        wrong(name, "is not a list");
        return nothing_in(base::Json::value_t::array);
    }
    if (json->size() > most_items) {
        wrong(name, "has more than " + std::to_string(most_items) + " entries");
        return nothing_in(base::Json::value_t::array);
    }
    return *json;
}

const base::Json& JsonReader::object(std::string_view name) {
    const base::Json* json = find(name);
    if (json == nullptr || !json->is_object()) {
        wrong(name, "is not an object");
        return nothing_in(base::Json::value_t::object);
    }
    return *json;
}

}  // namespace showfloor::protocol
