#pragma once
// What screens show beyond single records, put together from the overlaid World by id, never by
// joins. Thread contract: the reader's (or the engine's) thread.

#include <optional>
#include <vector>

#include "documents/sale_documents.hpp"
#include "domain/world.hpp"
#include "sync/outbox.hpp"
#include "terminal/app.hpp"

namespace showfloor::terminal {

// Everything the papers of a sale name; nothing when the sale is not here.
[[nodiscard]] std::optional<documents::SaleFile> read_sale_file(domain::World& world,
                                                                const base::Uuid& sale_id);

// The story of an inbox item.
[[nodiscard]] AttentionItem tell(domain::World& world, const sync::InboxItem& item,
                                 const std::optional<Person>& person);
// The same for an entry in doubt, which no inbox holds yet.
[[nodiscard]] AttentionItem tell_doubt(domain::World& world, const sync::Entry& entry);

}  // namespace showfloor::terminal
