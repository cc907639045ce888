#pragma once
// WriteRoute: how an operation of the REST API becomes a command. Thread contract: constant data.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "central/api/route.hpp"

namespace showfloor::central {

struct WriteRoute {
    std::string_view method;
    std::string path;  // below /api/v1/
    std::string operation, summary;
    // {"", command}, or one for each value of the selector field.
    std::vector<std::pair<std::string_view, std::string_view>> commands;
    std::string_view selector = {};
    // What {id} is: a record that must be there for this person's eyes, and the argument it fills.
    std::string_view path_argument = {};
    const domain::Description* path_record = nullptr;
    // What is answered: the record with the id of the path, or of the arguments when it is new, or
    // of this detail of the outcome.
    const domain::Description* answer_record = nullptr;
    bool creates = false;
    std::string answer_detail = {};
    bool makes_password = false;  // a one-time password is made, stored and answered once
    // In the transaction, before the command; an answer stops.
    std::function<base::Result<std::optional<net::HttpResponse>>(Batch&, const domain::Command&)>
        before = {};
    // In the transaction, after it was applied; `extra` goes into the answer.
    std::function<base::Result<void>(Call&, Batch&, const domain::Command&,
                                     const std::string& password, base::Json& extra)>
        after = {};
};

[[nodiscard]] const std::vector<WriteRoute>& write_routes();

// Operations that are no single command: uploads and enrolment codes.
void add_other_writes(std::vector<Route>& table);

}  // namespace showfloor::central
