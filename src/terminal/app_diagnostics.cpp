// AppImpl: what needs a person, what waits, and what helps somebody far away.
#include <utility>

#include "base/file.hpp"
#include "sync/sealer.hpp"
#include "terminal/app_impl.hpp"
#include "terminal/read_models.hpp"

namespace showfloor::terminal {

namespace {

constexpr std::size_t kMostInbox = 100;

// Both databases and the chain of the journal, opened beside the running engine.
base::Result<void> check_data(const DataFolder& folder) {
    SHOWFLOOR_ASSIGN(const auto key, folder.storage_key());
    base::SystemRandom random;
    const sync::KeySealer sealer(key, random);
    database::Options options;
    options.read_only = true;
    SHOWFLOOR_ASSIGN(const auto outbox, sync::Outbox::open(folder.outbox(), sealer, options));
    SHOWFLOOR_TRY(outbox->check_integrity());
    SHOWFLOOR_ASSIGN(auto replica, database::Connection::open(folder.replica(), options));
    return replica.check_integrity();
}

}  // namespace

void AppImpl::attention(std::function<void(std::vector<AttentionItem>)> done) {
    on_engine([this, done, person = person_](Engine& engine) {
        std::vector<AttentionItem> items;
        const auto doubted = read_or_none(engine.outbox().doubted(kMostInbox));
        for (const auto& entry : doubted)
            items.push_back(tell_doubt(engine.world(), entry));
        const auto inbox = read_or_none(engine.outbox().inbox(false, kMostInbox));
        for (const auto& item : inbox)
            items.push_back(tell(engine.world(), item, person));
        later([done, items = std::move(items)] { done(items); });
    });
}

void AppImpl::resolve_attention(std::int64_t number) {
    on_engine([number](Engine& engine) { (void)logged("inbox", engine.outbox().resolve(number)); });
}

void AppImpl::waiting(std::function<void(std::vector<WaitingCommand>)> done) {
    on_engine([this, done](Engine& engine) {
        std::vector<WaitingCommand> waiting;
        const auto entries = read_or_none(
            engine.outbox().entries(engine.outbox().state().confirmed + 1, kMaxWaitingShown));
        for (const sync::Entry& entry : entries) {
            waiting.push_back(
                {entry.seq, entry.name,
                 entry.numbers.empty() ? std::string() : entry.numbers.front().text(),
                 entry.doubt.empty() ? std::string(sync::name_of(entry.state)) : "in_doubt",
                 entry.occurred_at});
        }
        later([done, waiting = std::move(waiting)] { done(waiting); });
    });
}

void AppImpl::save_diagnostics(std::function<void(base::Result<std::string>)> done) {
    on_engine([this, done](Engine& engine) {
        const auto write = [&]() -> base::Result<std::string> {
            SHOWFLOOR_ASSIGN(base::Json status, engine.status());
            status["version"] = facts_.version;
            status["written_at"] = engine.now();
            status["halted"] = engine.outbox().state().halted;
            base::Json waiting = base::Json::array();
            SHOWFLOOR_ASSIGN(
                const auto entries,
                engine.outbox().entries(engine.outbox().state().confirmed + 1, kMaxWaitingShown));
            for (const auto& entry : entries)
                waiting.push_back({{"seq", entry.seq},
                                   {"id", entry.id.to_string()},
                                   {"command", entry.name},
                                   {"state", sync::name_of(entry.state)},
                                   {"doubt", entry.doubt},
                                   {"occurred_at", entry.occurred_at}});
            status["waiting"] = std::move(waiting);
            base::Json attention = base::Json::array();
            SHOWFLOOR_ASSIGN(const auto inbox, engine.outbox().inbox(false, kMostInbox));
            for (const auto& item : inbox)
                attention.push_back({{"number", item.number},
                                     {"id", item.command_id.to_string()},
                                     {"command", item.command},
                                     {"kind", sync::name_of(item.kind)},
                                     {"code", item.code},
                                     {"occurred_at", item.occurred_at}});
            status["attention_items"] = std::move(attention);
            SHOWFLOOR_TRY(base::make_folders(folder_.papers(), 0700));
            const std::string path = folder_.papers() + "/diagnostics-" + facts_.branch_code + "-" +
                                     facts_.terminal_code + ".json";
            SHOWFLOOR_TRY(base::write_file(path, status.dump(2) + "\n", 0600));
            return path;
        };
        later([done, written = logged("diagnostics", write())] { done(written); });
    });
}

void AppImpl::check_files(std::function<void(base::Result<void>)> done) {
    const bool posted = post_errand([this, done] {
        later([done, whole = logged("check_files", check_data(folder_))] { done(whole); });
    });
    if (!posted) later([done] { done(stuck()); });
}

}  // namespace showfloor::terminal
