// The rows of a table in CSV (RFC 4180) as other programs write it: with a byte order mark or without, lines ended by LF
// or CRLF, cells in quotes or not, divided by commas, semicolons or tabs, whichever the first row has. Constant memory.
#pragma once

#include "archives/lines.h"

#include <span>
#include <vector>

namespace parley::archives {

constexpr size_t csv_row_bytes_max = 1 << 20;

class CsvReader {
public:
    // The source must outlive the reader.
    explicit CsvReader(ByteSource& source) : lines_(source, csv_row_bytes_max) {}

    // The next row's cells, valid until the next call; false behind the last one. Empty lines are passed over.
    // Invalid for quotes that do not close, text behind closing quotes, and a row longer than csv_row_bytes_max.
    Result<bool> next(std::span<std::string_view const>& cells);
    int64_t line_number() const { return row_line_; }  // where the row last given begins, from 1

private:
    Result<void> take_apart(std::string_view row);
    Result<void> take_apart_quoted(std::string& row);

    LineReader lines_;
    int64_t row_line_ = 0;
    char divider_ = '\0';
    std::string quoted_row_ {}, unquoted_ {};
    std::vector<std::string_view> cells_ {};
};

// A row's line and what is wrong with it, as all readers of tables say it.
Error error_in_row(int64_t line, std::string_view what);

}  // namespace parley::archives
