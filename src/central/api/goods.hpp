#pragma once
// Parts of the route tables in files of their own; apart from route.hpp and writes.hpp, so that a
// new part does not build every other anew. Thread contract: constant data.

#include <vector>

#include "central/api/writes.hpp"

namespace showfloor::central {

[[nodiscard]] std::vector<WriteRoute> goods_routes();
[[nodiscard]] std::vector<WriteRoute> workshop_routes();
[[nodiscard]] std::vector<WriteRoute> person_routes();
[[nodiscard]] std::vector<WriteRoute> deal_routes();
[[nodiscard]] std::vector<WriteRoute> promotion_routes();
// The papers that importations name, alone or with a new car, must have been uploaded: POST
// documents.
base::Result<std::optional<net::HttpResponse>> check_documents(Batch& batch,
                                                               const domain::Command& command);
void add_document_routes(std::vector<Route>& table);

}  // namespace showfloor::central
