// AppImpl: what somebody left unfinished, kept until it is durable.
#include <algorithm>
#include <utility>

#include "terminal/app_impl.hpp"

namespace showfloor::terminal {

namespace {

Draft draft_of(const sync::Draft& row) {
    auto content = base::parse_json(row.body, row.body.size());
    return {row.id, content ? std::move(*content) : base::Json(), row.updated_at};
}

// Time or room may help; a draft that is too large, or one too many, stays so.
bool can_be_tried_again(const base::Error& error) {
    return error.kind != base::ErrorKind::kTooLarge && error.kind != base::ErrorKind::kRefused;
}

}  // namespace

void AppImpl::save_draft(std::string kind, base::Uuid owner, Draft draft,
                         std::function<void(base::Result<void>)> done) {
    sync::Draft row{draft.id, owner, std::move(kind), base::dump_json(draft.content),
                    draft.saved_at != 0 ? draft.saved_at : now()};
    // Whoever typed it may have gone by now: what the disk does not take is tried again here.
    const auto told = [this, row, done](base::Result<void> saved) {
        std::erase_if(unsaved_, [&](const sync::Draft& each) { return each.id == row.id; });
        if (!saved && can_be_tried_again(saved.error())) {
            unsaved_.push_back(row);
            save_again_at_ = clock_.boot_ms() + kSaveAgainMs;
            wake_in(kSaveAgainMs);
        }
        done(std::move(saved));
    };
    on_engine(
        [this, row, told](Engine& engine) {
            const auto saved = logged("draft", engine.outbox().save_draft(row));
            later([told, saved] { told(saved); });
        },
        told);
}

void AppImpl::save_again() {
    if (unsaved_.empty() || clock_.boot_ms() < save_again_at_) return;
    save_again_at_ = clock_.boot_ms() + kSaveAgainMs;
    for (const sync::Draft& row : unsaved_)
        save_draft(row.kind, row.owner_id, draft_of(row), [](const base::Result<void>&) {});
}

void AppImpl::drafts(std::string kind, std::function<void(std::vector<Draft>)> done) {
    if (!person_) {
        later([done] { done({}); });
        return;
    }
    on_engine([this, kind, done, owner = person_->user_id](Engine& engine) {
        auto rows = read_or_none(logged("drafts", engine.outbox().drafts(owner)));
        later([this, kind, done, owner, rows = std::move(rows)]() mutable {
            for (const sync::Draft& each : unsaved_) {
                if (each.owner_id != owner) continue;
                std::erase_if(rows, [&](const sync::Draft& row) { return row.id == each.id; });
                rows.insert(rows.begin(), each);
            }
            std::vector<Draft> found;
            for (const sync::Draft& row : rows)
                if (row.kind == kind) found.push_back(draft_of(row));
            std::erase_if(found, [](const Draft& each) { return each.content.is_null(); });
            done(std::move(found));
        });
    });
}

void AppImpl::drop_draft(base::Uuid id) {
    std::erase_if(unsaved_, [&](const sync::Draft& each) { return each.id == id; });
    on_engine([id](Engine& engine) { (void)logged("draft", engine.outbox().remove_draft(id)); });
}

}  // namespace showfloor::terminal
