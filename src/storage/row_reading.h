// From columns to domain types. Shared by the files of this room that read rows.
#pragma once

#include "base/time.h"
#include "storage/database.h"

namespace parley {

template <typename T>
T id_at(Row const& row, int column)
{
    return { row.integer(column) };
}

template <typename T>
std::optional<T> optional_id_at(Row const& row, int column)
{
    if (row.is_null(column))
        return {};
    return T { row.integer(column) };
}

inline Time time_at(Row const& row, int column) { return { row.integer(column) }; }

inline std::optional<Time> optional_time_at(Row const& row, int column)
{
    if (row.is_null(column))
        return {};
    return Time { row.integer(column) };
}

inline std::string text_at(Row const& row, int column) { return std::string(row.text(column)); }

template <typename T>
T enum_at(Row const& row, int column)
{
    return static_cast<T>(row.integer(column));
}

// Parameters.
template <typename T>
Value id_or_null(std::optional<T> const& id)
{
    return id ? Value(id->value) : Value(nullptr);
}

inline Value time_or_null(std::optional<Time> const& time) { return time ? Value(time->milliseconds) : Value(nullptr); }

template <typename T>
Value number_of(T value)
    requires std::is_enum_v<T>
{
    return Value(static_cast<int64_t>(value));
}

// The first row as `read` makes it of it; nothing without a row.
template <typename Read>
auto find_one(Reader& reader, Sql const& sql, std::initializer_list<Value> arguments, Read read)
    -> Result<std::optional<std::invoke_result_t<Read, Row const&>>>
{
    std::optional<std::invoke_result_t<Read, Row const&>> found;
    TRY(reader.query(sql, arguments, [&](Row const& row) -> Result<void> {
        if (!found)
            found.emplace(read(row));
        return {};
    }));
    return found;
}

template <typename Read>
auto find_all(Reader& reader, Sql const& sql, std::initializer_list<Value> arguments, Read read)
    -> Result<std::vector<std::invoke_result_t<Read, Row const&>>>
{
    std::vector<std::invoke_result_t<Read, Row const&>> found;
    TRY(reader.query(sql, arguments, [&](Row const& row) -> Result<void> {
        found.push_back(read(row));
        return {};
    }));
    return found;
}

}  // namespace parley
