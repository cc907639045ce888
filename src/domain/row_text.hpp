#pragma once
// RowText: rows as JSON text without a tree between them, for what is answered by the hundred. It
// says byte for byte what dump_json(row_to_json()) says (tests/domain/row_text_test.cpp).
// Thread contract: const after construction, callable from any thread.

#include <string>
#include <vector>

#include "domain/description.hpp"

namespace showfloor::domain {

class RowText {
   public:
    // `description` outlives it.
    RowText(const Description& description, View view);

    // Appends one object to `out`.
    void append(const Row& row, std::string& out) const;

   private:
    struct Member {
        std::size_t at;    // in the row
        std::string name;  // as it stands in front of its value: "make":
    };

    const Description& description_;
    View view_;
    std::vector<Member> members_;  // the visible ones, sorted by name
};

}  // namespace showfloor::domain
