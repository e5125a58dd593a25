#include "archives/csv_reader.h"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace parley::archives {

Error error_in_row(int64_t line, std::string_view what)
{
    return Error::invalid(fmt::format("Line {}: {}", line, what));
}

namespace {

std::string_view without_line_end(std::string_view line)
{
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// The divider that the first row has most of; quotes are rare there and not looked at.
char divider_of(std::string_view row)
{
    char divider = ',';
    for (char candidate : { ';', '\t' })
        if (std::count(row.begin(), row.end(), candidate) > std::count(row.begin(), row.end(), divider))
            divider = candidate;
    return divider;
}

}  // namespace

Result<bool> CsvReader::next(std::span<std::string_view const>& cells)
{
    std::string_view line;
    do {
        if (!TRY(lines_.next(line)))
            return false;
        if (lines_.line_number() == 1 && line.starts_with("\xEF\xBB\xBF"))
            line.remove_prefix(3);
    } while (without_line_end(line).empty());
    row_line_ = lines_.line_number();
    if (divider_ == '\0')
        divider_ = divider_of(line);
    if (std::memchr(line.data(), '"', line.size()) == nullptr) {
        TRY(take_apart(without_line_end(line)));
    } else {
        quoted_row_ = line;
        TRY(take_apart_quoted(quoted_row_));
    }
    cells = cells_;
    return true;
}

Result<void> CsvReader::take_apart(std::string_view row)
{
    cells_.clear();
    for (;;) {
        auto const* end = static_cast<char const*>(std::memchr(row.data(), divider_, row.size()));
        if (!end) {
            cells_.push_back(row);
            return {};
        }
        auto const size = static_cast<size_t>(end - row.data());
        cells_.push_back(row.substr(0, size));
        row.remove_prefix(size + 1);
    }
}

// A cell in quotes may hold line ends; then the row goes on in the next line.
Result<void> CsvReader::take_apart_quoted(std::string& row)
{
    std::vector<size_t> ends;  // of the cells in unquoted_
    unquoted_.clear();
    size_t at = 0;
    for (;;) {
        if (at < row.size() && row[at] == '"') {
            ++at;
            for (;;) {
                size_t const quote = row.find('"', at);
                unquoted_.append(row, at, quote == std::string::npos ? quote : quote - at);
                if (quote == std::string::npos) {
                    std::string_view more;
                    if (row.size() > csv_row_bytes_max || !TRY(lines_.next(more)))
                        return error_in_row(row_line_, "a cell begins with quotes that do not close.");
                    at = row.size() + 1;
                    (row += '\n') += more;
                    unquoted_ += '\n';
                } else if (quote + 1 < row.size() && row[quote + 1] == '"') {
                    unquoted_ += '"';
                    at = quote + 2;
                } else {
                    at = quote + 1;
                    break;
                }
            }
        } else {
            size_t const end = std::min(row.find(divider_, at), row.size());
            unquoted_ += end == row.size() ? without_line_end(std::string_view(row).substr(at)) : std::string_view(row).substr(at, end - at);
            at = end;
        }
        ends.push_back(unquoted_.size());
        if (without_line_end(std::string_view(row).substr(at)).empty())
            break;
        if (row[at] != divider_)
            return error_in_row(row_line_, "text stands behind the closing quotes of a cell.");
        ++at;
        if (without_line_end(std::string_view(row).substr(at)).empty()) {  // the last cell is empty
            ends.push_back(unquoted_.size());
            break;
        }
    }
    cells_.clear();
    for (size_t begin = 0; size_t end : ends) {
        cells_.push_back(std::string_view(unquoted_).substr(begin, end - begin));
        begin = end;
    }
    return {};
}

}  // namespace parley::archives
