#include "protocol/messages.hpp"

#include <array>

#include "protocol/json_reader.hpp"
#include "protocol/limits.hpp"

namespace showfloor::protocol {

namespace {

using base::Json;

// Texts of fixed shape on the wire; anything longer is not ours.
constexpr std::size_t kHashText = 64;
constexpr std::size_t kShortText = 200;
constexpr std::size_t kSignatureText = 128;
constexpr std::size_t kPemText = 16 * 1024;
constexpr std::size_t kMaxNumbers = 64;  // a sale takes one invoice and a receipt a payment
constexpr std::size_t kMaxSmallMessage = 64 * 1024;
constexpr std::int64_t kLargestNumber = 999'999'999'999;

constexpr std::array<std::string_view, 4> kOutcomeNames = {"applied", "refused", "disputed",
                                                           "poison"};
constexpr std::array<std::string_view, 3> kStatusNames = {"ok", "gap", "fork"};

template <typename Enum, std::size_t N>
Enum one_of(JsonReader& reader, std::string_view name,
            const std::array<std::string_view, N>& names) {
    const std::string value = reader.text(name, kShortText);
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == value) return static_cast<Enum>(i);
    }
    reader.wrong(name, "is a word that this version does not know");
    return static_cast<Enum>(0);
}

Json to_json(const PushResult& result) {
    Json json = {{"seq", result.seq}, {"outcome", name_of(result.outcome)}};
    if (!result.code.empty()) json["code"] = result.code;
    if (!result.details.empty()) json["details"] = result.details;
    return json;
}

Json to_json(const std::vector<PushResult>& results) {
    Json list = Json::array();
    for (const PushResult& result : results)
        list.push_back(to_json(result));
    return list;
}

std::vector<PushResult> read_results(JsonReader& reader, std::size_t most) {
    std::vector<PushResult> results;
    for (const Json& item : reader.array("results", most)) {
        JsonReader one(item, "result");
        PushResult result;
        result.seq = one.integer("seq", 1);
        result.outcome = one_of<PushOutcome>(one, "outcome", kOutcomeNames);
        result.code = one.optional_text("code", kShortText);
        if (item.is_object() && item.contains("details")) result.details = one.object("details");
        if (one.error()) {
            reader.take(*one.error());
            return {};
        }
        results.push_back(std::move(result));
    }
    return results;
}

PushedCommand read_command(const Json& json, JsonReader& reader) {
    JsonReader one(json, "command");
    PushedCommand command;
    command.seq = one.integer("seq", 1);
    command.id = one.id("id");
    command.body = one.text("body", kMaxBodyBytes);
    command.hash = one.text("hash", kHashText);
    const auto numbers = [&one, &json](std::string_view name) -> std::vector<domain::Number> {
        if (!one.ok() || !json.contains(name)) return {};
        auto read = numbers_from_json(json.at(std::string(name)));
        if (read) return std::move(*read);
        one.take(read.error());
        return {};
    };
    command.numbers = numbers("numbers");
    command.was_numbers = numbers("was_numbers");
    if (one.error()) reader.take(*one.error());
    return command;
}

// Runs `read` over the parsed text; the reader's first complaint is the error.
template <typename Message, typename Read>
base::Result<Message> decode(std::string_view text, std::string_view what, std::size_t most_bytes,
                             Read read) {
    SHOWFLOOR_ASSIGN(const Json json, base::parse_json(text, most_bytes));
    JsonReader reader(json, what);
    Message message;
    if (reader.ok()) read(reader, message);
    if (reader.error()) return *reader.error();
    return message;
}

void read_rows(JsonReader& reader, PullReply& message) {
    constexpr std::size_t kMaxRows = 1'000'000;  // the message's bytes bound it long before
    for (const auto& [record, list] : reader.object("rows").items()) {
        if (!list.is_array() || list.size() > kMaxRows) return reader.wrong("rows", "is no list");
        auto& rows = message.rows[record];
        // A row is judged one by one when it is applied: one bad row must not lose the page.
        for (const Json& row : list)
            rows.push_back(row);
    }
    for (const auto& [record, list] : reader.object("removed").items()) {
        if (!list.is_array()) return reader.wrong("removed", "is no list");
        auto& ids = message.removed[record];
        for (const Json& item : list) {
            const auto id = item.is_string() ? base::Uuid::parse(item.get_ref<const std::string&>())
                                             : std::nullopt;
            if (!id) return reader.wrong("removed", "holds something that is no id");
            ids.push_back(*id);
        }
    }
}

}  // namespace

std::string_view name_of(PushOutcome outcome) {
    return kOutcomeNames[static_cast<std::size_t>(outcome)];
}

std::string_view name_of(PushStatus status) {
    return kStatusNames[static_cast<std::size_t>(status)];
}

Json numbers_to_json(const std::vector<domain::Number>& numbers) {
    Json list = Json::array();
    for (const domain::Number& number : numbers) {
        list.push_back({{"series", number.series}, {"n", number.n}});
    }
    return list;
}

base::Result<std::vector<domain::Number>> numbers_from_json(const Json& json) {
    if (!json.is_array() || json.size() > kMaxNumbers) {
        return base::fail(base::ErrorKind::kInvalid,
                          "The document numbers of a command are no list of at most " +
                              std::to_string(kMaxNumbers) + ".",
                          "bad_message", "numbers");
    }
    std::vector<domain::Number> numbers;
    for (const Json& item : json) {
        JsonReader one(item, "number");
        domain::Number number{one.text("series", kShortText), one.integer("n", 1, kLargestNumber)};
        if (one.error()) return *one.error();
        numbers.push_back(std::move(number));
    }
    return numbers;
}

std::string encode(const PushRequest& message) {
    Json commands = Json::array();
    for (const PushedCommand& command : message.commands) {
        Json json = {{"seq", command.seq},
                     {"id", command.id.to_string()},
                     {"body", command.body},
                     {"hash", command.hash}};
        if (!command.numbers.empty()) json["numbers"] = numbers_to_json(command.numbers);
        if (!command.was_numbers.empty())
            json["was_numbers"] = numbers_to_json(command.was_numbers);
        commands.push_back(std::move(json));
    }
    return base::dump_json({{"epoch", message.epoch},
                            {"from_seq", message.from_seq},
                            {"commands", std::move(commands)},
                            {"head_hash", message.head_hash},
                            {"signature", message.signature}});
}

std::string encode(const PushReply& message) {
    return base::dump_json({{"status", name_of(message.status)},
                            {"results", to_json(message.results)},
                            {"last_seq", message.last_seq},
                            {"epoch", message.epoch},
                            {"server_time", message.server_time}});
}

std::string encode(const PullReply& message) {
    Json rows = Json::object();
    for (const auto& [record, list] : message.rows)
        rows[record] = list;
    Json removed = Json::object();
    for (const auto& [record, list] : message.removed) {
        Json ids = Json::array();
        for (const base::Uuid& id : list)
            ids.push_back(id.to_string());
        removed[record] = std::move(ids);
    }
    return base::dump_json({{"rows", std::move(rows)},
                            {"removed", std::move(removed)},
                            {"cursor", message.cursor},
                            {"last_seq", message.last_seq},
                            {"results", to_json(message.results)},
                            {"more", message.more},
                            {"epoch", message.epoch},
                            {"server_time", message.server_time}});
}

std::string encode(const EnrollRequest& message) {
    return base::dump_json({{"code", message.code}, {"csr", message.csr}, {"name", message.name}});
}

std::string encode(const EnrollReply& message) {
    return base::dump_json({{"terminal_id", message.terminal_id.to_string()},
                            {"terminal_code", message.terminal_code},
                            {"branch_id", message.branch_id},
                            {"branch_code", message.branch_code},
                            {"certificate", message.certificate},
                            {"ca", message.ca},
                            {"sync_url", message.sync_url},
                            {"epoch", message.epoch},
                            {"server_time", message.server_time}});
}

std::string encode(const RenewRequest& message) {
    return base::dump_json({{"terminal_id", message.terminal_id.to_string()},
                            {"csr", message.csr},
                            {"at", message.at},
                            {"signature", message.signature}});
}

base::Result<PushRequest> decode_push_request(std::string_view text) {
    return decode<PushRequest>(text, "push", kMaxPushBytes, [](JsonReader& reader, auto& message) {
        message.epoch = reader.optional_text("epoch", kShortText);
        message.from_seq = reader.integer("from_seq", 1);
        message.head_hash = reader.text("head_hash", kHashText);
        message.signature = reader.text("signature", kSignatureText);
        std::int64_t expected = message.from_seq;
        for (const Json& item : reader.array("commands", kMaxCommandsPerPush)) {
            message.commands.push_back(read_command(item, reader));
            if (!reader.ok()) return;
            if (message.commands.back().seq != expected) {
                return reader.wrong("commands", "are not numbered one after the other");
            }
            ++expected;
        }
    });
}

base::Result<PushReply> decode_push_reply(std::string_view text) {
    return decode<PushReply>(
        text, "push answer", kMaxPushBytes, [](JsonReader& reader, auto& message) {
            message.status = one_of<PushStatus>(reader, "status", kStatusNames);
            message.results = read_results(reader, kMaxCommandsPerPush);
            message.last_seq = reader.integer("last_seq", 0);
            message.epoch = reader.optional_text("epoch", kShortText);
            message.server_time = reader.integer("server_time", 0);
        });
}

base::Result<PullReply> decode_pull_reply(std::string_view text) {
    return decode<PullReply>(text, "pull answer", kMaxPullBytes,
                             [](JsonReader& reader, auto& message) {
                                 constexpr std::size_t kMaxResults = 100'000;
                                 read_rows(reader, message);
                                 message.cursor = reader.integer("cursor", 0);
                                 message.last_seq = reader.integer("last_seq", 0);
                                 message.results = read_results(reader, kMaxResults);
                                 message.more = reader.boolean("more");
                                 message.epoch = reader.optional_text("epoch", kShortText);
                                 message.server_time = reader.integer("server_time", 0);
                             });
}

base::Result<EnrollRequest> decode_enroll_request(std::string_view text) {
    return decode<EnrollRequest>(text, "enrolment", kMaxSmallMessage,
                                 [](JsonReader& reader, auto& message) {
                                     message.code = reader.text("code", kShortText);
                                     message.csr = reader.text("csr", kPemText);
                                     message.name = reader.optional_text("name", kShortText);
                                 });
}

base::Result<EnrollReply> decode_enroll_reply(std::string_view text) {
    return decode<EnrollReply>(text, "enrolment answer", kMaxSmallMessage,
                               [](JsonReader& reader, auto& message) {
                                   message.terminal_id = reader.id("terminal_id");
                                   message.terminal_code = reader.text("terminal_code", kShortText);
                                   message.branch_id = reader.text("branch_id", kShortText);
                                   message.branch_code = reader.text("branch_code", kShortText);
                                   message.certificate = reader.text("certificate", kPemText);
                                   message.ca = reader.text("ca", kPemText);
                                   message.sync_url = reader.text("sync_url", kShortText);
                                   message.epoch = reader.optional_text("epoch", kShortText);
                                   message.server_time = reader.integer("server_time", 0);
                               });
}

base::Result<RenewRequest> decode_renew_request(std::string_view text) {
    return decode<RenewRequest>(text, "renewal", kMaxSmallMessage,
                                [](JsonReader& reader, auto& message) {
                                    message.terminal_id = reader.id("terminal_id");
                                    message.csr = reader.text("csr", kPemText);
                                    message.at = reader.integer("at", 0);
                                    message.signature = reader.text("signature", kSignatureText);
                                });
}

}  // namespace showfloor::protocol
