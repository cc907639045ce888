#include <sqlite3.h>

#include <utility>

#include "database/connection.hpp"
#include "database/handle.hpp"

namespace showfloor::database {

Statement::Statement(detail::Handle* handle, std::string sql, sqlite3_stmt* statement)
    : handle_(handle), sql_(std::move(sql)), statement_(statement) {}

Statement::Statement(Statement&& other) noexcept
    : handle_(other.handle_),
      sql_(std::move(other.sql_)),
      statement_(std::exchange(other.statement_, nullptr)),
      bind_error_(other.bind_error_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(sql_, other.sql_);
    std::swap(statement_, other.statement_);
    std::swap(bind_error_, other.bind_error_);
    return *this;
}

Statement::~Statement() {
    if (statement_ != nullptr) handle_->give_back(std::move(sql_), statement_);
}

Statement& Statement::bind(int parameter, const Cell& value) {
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(statement_, parameter, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        code = sqlite3_bind_text64(statement_, parameter, text->c_str(), text->size(),
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<base::Bytes>(&value)) {
        // A null pointer would bind NULL; no bytes are not that.
        const void* data = bytes->empty() ? static_cast<const void*>("") : bytes->data();
        code = sqlite3_bind_blob64(statement_, parameter, data, bytes->size(), SQLITE_TRANSIENT);
    } else {
        code = sqlite3_bind_null(statement_, parameter);
    }
    if (code != SQLITE_OK) bind_error_ = code;
    return *this;
}

Statement& Statement::bind_all(const std::vector<Cell>& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
        bind(static_cast<int>(i) + 1, values[i]);
    return *this;
}

base::Result<bool> Statement::step() {
    if (bind_error_ != 0) {
        const auto error = handle_->error(bind_error_);
        reset();
        return error;
    }
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    const auto error = handle_->error(code);
    reset();
    return error;
}

base::Result<void> Statement::run() {
    while (true) {
        SHOWFLOOR_ASSIGN(const bool row, step());
        if (!row) return {};
    }
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    bind_error_ = 0;
}

int Statement::column_count() const {
    return sqlite3_column_count(statement_);
}

Cell Statement::cell(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_INTEGER:
            return integer(column);
        case SQLITE_NULL:
            return {};
        case SQLITE_BLOB:
            return bytes(column);
        default:
            return text(column);
    }
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

base::Bytes Statement::bytes(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) return {};
    return {data, data + sqlite3_column_bytes(statement_, column)};
}

}  // namespace showfloor::database
