// Documents that belong to a confidential record: uploaded, and read by whom the record is for.

#include <algorithm>
#include <array>

#include "central/api/answer.hpp"
#include "central/api/goods.hpp"
#include "central/blobs.hpp"
#include "domain/records_imports.hpp"
#include "storage/sqlite_world.hpp"

namespace showfloor::central {

namespace {

using net::HttpResponse;

struct Kind {
    std::string_view extension, media_type, begins;
};
constexpr std::array kKinds = {
    Kind{"png", "image/png", "\x89PNG\r\n\x1A\n"},
    Kind{"jpg", "image/jpeg", "\xFF\xD8\xFF"},
    Kind{"jpeg", "image/jpeg", "\xFF\xD8\xFF"},
    Kind{"gif", "image/gif", "GIF8"},
    Kind{"pdf", "application/pdf", "%PDF-"},
    Kind{"doc", "application/msword", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"},
    Kind{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "PK\x03\x04"},
    Kind{"txt", "text/plain; charset=utf-8", ""},
};

// By the name's ending, when the bytes agree with it; nullptr otherwise.
const Kind* kind_of(std::string_view name, std::string_view content) {
    const auto point = name.rfind('.');
    if (point == std::string_view::npos) return nullptr;
    std::string extension(name.substr(point + 1));
    for (char& c : extension) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    for (const Kind& kind : kKinds) {
        if (kind.extension != extension || !content.starts_with(kind.begins)) continue;
        const bool text = kind.begins.empty();
        if (text && content.find('\0') != std::string_view::npos) return nullptr;
        return &kind;
    }
    return nullptr;
}

// The same document again is the same answer: no key is needed to repeat it.
HttpResponse upload_document(Call& call) {
    const net::FormPart* file = nullptr;
    for (const net::FormPart& part : call.request.form) {
        if (part.name == "file") file = &part;
    }
    if (file == nullptr || file->content.empty())
        return problem_answer(415, "no_document", "Send a document as form field \"file\".");
    if (file->content.size() > kMaxUploadBytes)
        return problem_answer(413, "too_large", "A document has at most 24 MB.");
    const Kind* kind = kind_of(file->file_name, file->content);
    if (kind == nullptr)
        return problem_answer(
            422, "document_kind", "Send png, jpg, gif, pdf, doc, docx or txt, named as what it is.",
            {{"file", "document_kind", "Not one of the kinds, or named as another."}});
    const auto kept = [&]() -> base::Result<std::string> {
        SHOWFLOOR_ASSIGN(const std::string hash,
                         save_blob(call.parts.processor.store(), file->content));
        SHOWFLOOR_ASSIGN(auto batch, call.parts.processor.batch(call.now));
        SHOWFLOOR_TRY(note_blob(batch.connection(),
                                {hash, static_cast<std::int64_t>(file->content.size()),
                                 std::string(kind->media_type), false, call.actor().branch_id},
                                call.now));
        SHOWFLOOR_TRY(batch.commit());
        return hash;
    }();
    if (!kept) return error_answer(kept.error());
    return json_answer(
        201,
        {{"sha256", *kept}, {"bytes", file->content.size()}, {"media_type", kind->media_type}});
}

HttpResponse importation_document(Call& call) {
    auto reader = call.parts.processor.store().reader();
    if (!reader) return error_answer(reader.error());
    storage::SqliteWorld world(reader->connection());
    const auto& record = domain::describe<domain::Importation>();
    const auto id = base::Uuid::parse(call.id);
    const auto row = id ? world.get_row(record, *id) : std::nullopt;
    const bool seen = row && domain::view_of(call.actor(), record, *row, world);
    if (world.failure()) return error_answer(*world.failure());
    const auto importation =
        seen ? domain::from_row<domain::Importation>(*row)
             : base::Result<domain::Importation>(base::fail(base::ErrorKind::kNotFound, ""));
    if (!importation || importation->document.empty()) return not_found();
    const auto info = find_blob(reader->connection(), importation->document);
    if (!info) return error_answer(info.error());
    if (!*info) return not_found();
    HttpResponse response;
    response.headers["Content-Type"] = (*info)->media_type;
    // Never shown inside our own pages: what somebody uploaded is downloaded.
    response.headers["Content-Disposition"] = "attachment";
    response.file = blob_path(call.parts.processor.store(), importation->document);
    return response;
}

}  // namespace

void add_document_routes(std::vector<Route>& table) {
    Route upload;
    upload.method = "POST";
    upload.path = "/api/v1/documents";
    upload.area = domain::Area::kConfidential;
    upload.action = domain::Action::kCreate;
    upload.handle = upload_document;
    upload.operation = "upload_document";
    upload.summary = "Upload the document of an importation.";
    upload.creates = true;
    upload.request_schema = {{"type", "object"},
                             {"contentMediaType", "multipart/form-data"},
                             {"properties", {{"file", {{"type", "string"}, {"format", "binary"}}}}},
                             {"required", {"file"}}};
    table.push_back(std::move(upload));
    Route read;
    read.method = "GET";
    read.path = "/api/v1/importations/{id}/document";
    read.area = domain::Area::kConfidential;
    read.action = domain::Action::kRead;
    read.handle = importation_document;
    read.operation = "importation_document";
    read.summary = "The document of an importation.";
    read.answer = Route::Answer::kFile;
    table.push_back(std::move(read));
}

}  // namespace showfloor::central
