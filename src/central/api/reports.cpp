// Reports for spreadsheets and on paper.

#include "central/api/reports.hpp"

#include "central/api/answer.hpp"
#include "central/api/query.hpp"
#include "central/figures/report_csv.hpp"
#include "central/papers.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

using net::HttpResponse;

base::Result<void> note_export(Call& call, const char* record) {
    SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
    domain::History event;
    event.command = "export";
    event.actor_id = call.actor().user_id;
    event.branch_id = call.actor().branch_id;
    event.record = record;
    SHOWFLOOR_TRY(batch.note_event(std::move(event)));
    return batch.commit();
}

HttpResponse csv_answer(Call& call, base::Result<std::string> csv, const char* record,
                        const char* file) {
    if (!csv) return error_answer(csv.error());
    if (const auto noted = note_export(call, record); !noted) return error_answer(noted.error());
    HttpResponse response;
    response.headers["Content-Type"] = "text/csv; charset=utf-8";
    response.headers["Content-Disposition"] = std::string("attachment; filename=\"") + file + "\"";
    response.body = std::move(csv).value();
    return response;
}

namespace {

std::optional<HttpResponse> read_groups(const Call& call, ReportRange& range) {
    const std::string by = asked(call, "by");
    if (by.empty()) return std::nullopt;
    range.by_month = range.by_branch = range.by_seller = false;
    for (const std::string& word : words_of(by)) {
        bool* group = word == "month"    ? &range.by_month
                      : word == "branch" ? &range.by_branch
                      : word == "seller" ? &range.by_seller
                                         : nullptr;
        if (group == nullptr)
            return wrong_parameter("by", "by is seller, month, branch, with commas.");
        *group = true;
    }
    return std::nullopt;
}

// What the reports are wanted of; an admin of a branch has that branch's reports and no others.
std::optional<HttpResponse> read_range(Call& call, ReportRange& range) {
    if (auto stopped = only_parameters(call, {"by", "from", "to", "branch_id", "seller_id"}))
        return stopped;
    if (auto stopped = read_groups(call, range)) return stopped;
    const auto from = time_asked(call, "from", 0), to = time_asked(call, "to", 0);
    if (!from) return wrong_parameter("from", "A time is written as UTC milliseconds.");
    if (!to) return wrong_parameter("to", "A time is written as UTC milliseconds.");
    const auto branch = id_asked(call, "branch_id"), seller = id_asked(call, "seller_id");
    if (!branch) return wrong_parameter("branch_id", "The branch is named by its id.");
    if (!seller) return wrong_parameter("seller_id", "The seller is named by an id.");
    range.from = *from;
    range.before = *to;
    range.branch_id = *branch;
    range.seller_id = *seller;
    const domain::Actor actor = call.actor();
    const auto reach = domain::reach_of(actor, domain::Area::kConfidential, domain::Action::kRead);
    if (reach != domain::Reach::kAll && !actor.branch_id.is_nil()) {
        if (!branch->is_nil() && *branch != actor.branch_id) return not_found();
        range.branch_id = actor.branch_id;
    }
    return std::nullopt;
}

HttpResponse export_of_reports(Call& call) {
    ReportRange range;
    if (auto stopped = read_range(call, range)) return *std::move(stopped);
    const auto csv = [&]() -> base::Result<std::string> {
        SHOWFLOOR_ASSIGN(auto reader, call.parts.processor.store().reader());
        return reports_csv(reader.connection(), range);
    }();
    return csv_answer(call, csv, "report", "reports.csv");
}

HttpResponse paper_of_reports(Call& call) {
    ReportRange range;
    if (auto stopped = read_range(call, range)) return *std::move(stopped);
    const auto pdf = [&]() -> base::Result<std::string> {
        SHOWFLOOR_ASSIGN(auto reader, call.parts.processor.store().reader());
        storage::SqliteWorld world(reader.connection());
        return reports_paper(call.parts.processor.store(), reader.connection(), world, range,
                             call.actor().user_id, call.now);
    }();
    if (!pdf && pdf.error().kind == base::ErrorKind::kRefused) return error_answer(pdf.error());
    if (pdf) {
        if (const auto noted = note_export(call, "report"); !noted)
            return error_answer(noted.error());
    }
    return pdf_answer("reports", pdf);
}

}  // namespace

void add_report_routes(std::vector<Route>& table) {
    const auto add = [&table](const char* path, auto handler, const char* operation,
                              const char* summary) {
        Route route;
        route.method = "GET";
        route.path = std::string("/api/v1/") + path;
        route.area = domain::Area::kConfidential;
        route.action = domain::Action::kRead;
        route.handle = handler;
        route.operation = operation;
        route.summary = summary;
        route.answer = Route::Answer::kFile;
        table.push_back(std::move(route));
    };
    add("reports/export", export_of_reports, "export_reports",
        "Profit by seller, month and branch as a list, per currency; noted in history.");
    add("reports/pdf", paper_of_reports, "reports_pdf",
        "The same as a paper (A4, PDF): every sale, and the sums that `by` asks for; incomplete "
        "sales are marked and in no sum; noted in history.");
}

}  // namespace showfloor::central
