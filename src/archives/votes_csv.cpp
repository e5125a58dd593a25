#include "archives/votes_csv.h"

#include "archives/csv_reader.h"
#include "archives/names.h"
#include "base/time.h"
#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <initializer_list>
#include <limits>
#include <numeric>

namespace parley::archives {
namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t";
    size_t const begin = text.find_first_not_of(blanks);
    return begin == text.npos ? std::string_view {} : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// The first of the columns that has one of the names.
std::optional<size_t> column_named(std::span<std::string_view const> header, std::initializer_list<std::string_view> names)
{
    for (std::string_view name : names)
        for (size_t column = 0; column < header.size(); ++column) {
            std::string plain;
            for (char c : trimmed(header[column]))
                plain += c == '_' || c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            if (plain == name)
                return column;
        }
    return {};
}

struct Columns {
    size_t voter, comment;
    std::optional<size_t> vote {}, time {};
    size_t count = 0;  // of cells that a row must have
};

enum class Votes { Needed, NotNeeded };

Result<Columns> read_header(CsvReader& rows, Votes votes)
{
    std::span<std::string_view const> header;
    if (!TRY(rows.next(header)))
        return Error::invalid("The file is empty; its first row must name the columns: voter, comment, vote.");
    auto const voter = column_named(header, { "voter", "voter-id", "participant" }), comment = column_named(header, { "comment", "comment-id", "statement" });
    auto const vote = column_named(header, { "vote" });
    auto missing = [&](std::string_view name) {
        return error_in_row(rows.line_number(), fmt::format("no column is named \"{}\"; the first row must name the columns: voter, comment{}.", name, votes == Votes::Needed ? ", vote" : ""));
    };
    if (!voter)
        return missing("voter");
    if (!comment)
        return missing("comment");
    if (!vote && votes == Votes::Needed)
        return missing("vote");
    Columns columns { *voter, *comment };
    if (votes == Votes::Needed) {
        columns.vote = vote;
        columns.time = column_named(header, { "timestamp", "time" });
    }
    columns.count = 1 + std::max({ *voter, *comment, columns.vote.value_or(0), columns.time.value_or(0) });
    return columns;
}

Result<void> check_name(std::string_view name, int64_t line, std::string_view of)
{
    bool const is_plain = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
    if (is_plain && !name.empty() && name.size() <= vote_id_bytes_max) [[likely]]
        return {};
    if (name.empty())
        return error_in_row(line, fmt::format("the {} has no name.", of));
    if (name.size() > vote_id_bytes_max)
        return error_in_row(line, fmt::format("the name of the {} is longer than {} bytes.", of, vote_id_bytes_max));
    if (!is_valid_utf8(name) || name.find('\0') != name.npos)
        return error_in_row(line, fmt::format("the name of the {} is not UTF-8.", of));
    return {};
}

// Quoted from the file, for a message: its beginning, without what would break the line.
std::string shown(std::string_view cell)
{
    size_t replaced = 0;
    std::string text = replace_ill_formed_utf8(cell.substr(0, 40), replaced);
    std::replace_if(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
    return text;
}

std::optional<int8_t> vote_of(std::string_view cell)
{
    cell = trimmed(cell);
    if (cell == "1" || cell == "+1" || cell == "agree")
        return int8_t(1);
    if (cell == "-1" || cell == "disagree")
        return int8_t(-1);
    if (cell == "0" || cell == "pass")
        return int8_t(0);
    return {};
}

// Whole numbers come back as they are: which unit they are in is known when all have been seen.
std::optional<int64_t> whole_number(std::string_view cell)
{
    int64_t number = 0;
    auto const [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
    // A fraction of a second or millisecond orders nothing that was not ordered before.
    bool const is_whole = end == cell.data() + cell.size() || (*end == '.' && std::all_of(end + 1, cell.data() + cell.size(), [](char c) { return c >= '0' && c <= '9'; }));
    if (error != std::errc() || !is_whole || cell.empty() || number < -(int64_t(1) << 53) || number > int64_t(1) << 53)
        return {};
    return number;
}

// Names sorted, and from each number that a name had the one it has now.
std::vector<uint32_t> sort_names(std::vector<std::string>& names)
{
    std::vector<uint32_t> order(names.size()), place(names.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return is_name_before(names[a], names[b]); });
    std::vector<std::string> sorted;
    sorted.reserve(names.size());
    for (uint32_t number : order) {
        place[number] = static_cast<uint32_t>(sorted.size());
        sorted.push_back(std::move(names[number]));
    }
    names = std::move(sorted);
    return place;
}

// Stable, so that of two votes at one time the one further down comes later.
void sort_by_time(VotesFile& file)
{
    if (std::is_sorted(file.cast_at.begin(), file.cast_at.end()))
        return;
    std::vector<uint32_t> order(file.votes.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return file.cast_at[a] < file.cast_at[b]; });
    std::vector<VoteRecord> votes;
    std::vector<int64_t> cast_at;
    votes.reserve(order.size());
    cast_at.reserve(order.size());
    for (uint32_t at : order) {
        votes.push_back(file.votes[at]);
        cast_at.push_back(file.cast_at[at]);
    }
    file.votes = std::move(votes);
    file.cast_at = std::move(cast_at);
}

// Gives names numbers some rows after they were read: by then the memory that says which has come.
class Numbering {
public:
    explicit Numbering(std::vector<VoteRecord>& votes)
        : votes_(votes)
    {
    }

    void add(std::string_view voter, std::string_view comment, int8_t value)
    {
        Row& row = rows_[next_++ % rows_.size()];
        if (next_ > rows_.size())
            take(row);
        row.voter = voter;
        row.comment = comment;
        row.value = value;
        voters_.expect(voter);
        comments_.expect(comment);
    }
    void finish(std::vector<std::string>& voters, std::vector<std::string>& comments)
    {
        for (size_t at = next_ - std::min(next_, rows_.size()); at < next_; ++at)
            take(rows_[at % rows_.size()]);
        voters = voters_.release();
        comments = comments_.release();
    }

private:
    struct Row {
        std::string voter, comment;
        int8_t value = 0;
    };
    void take(Row const& row) { votes_.push_back({ voters_.number(row.voter), comments_.number(row.comment), row.value }); }

    std::vector<VoteRecord>& votes_;
    Names voters_, comments_;
    std::array<Row, 16> rows_;
    size_t next_ = 0;
};

}  // namespace

Result<VotesFile> read_votes_csv(ByteSource& source, VotesCsvOptions const& options)
{
    CsvReader rows(source);
    Columns const columns = TRY(read_header(rows, Votes::Needed));
    VotesFile file;
    Numbering numbering(file.votes);
    size_t count = 0;
    bool has_dates = false, has_numbers = false;
    int64_t largest_time = 0;
    std::span<std::string_view const> cells;
    while (TRY(rows.next(cells))) {
        if (cells.size() < columns.count)
            return error_in_row(rows.line_number(), fmt::format("the row has {} cells and needs {}.", cells.size(), columns.count));
        std::string_view const voter = trimmed(cells[columns.voter]), comment = trimmed(cells[columns.comment]);
        TRY(check_name(voter, rows.line_number(), "voter"));
        TRY(check_name(comment, rows.line_number(), "comment"));
        std::optional<int8_t> const value = vote_of(cells[*columns.vote]);
        if (!value)
            return error_in_row(rows.line_number(), fmt::format("the vote is \"{}\"; 1 agrees, -1 disagrees and 0 passes.", shown(cells[*columns.vote])));
        numbering.add(voter, comment, static_cast<int8_t>(options.agree == -1 ? -*value : *value));
        if (columns.time) {
            std::string_view const cell = trimmed(cells[*columns.time]);
            std::optional<int64_t> time = whole_number(cell);
            has_numbers |= time.has_value();
            if (time)
                largest_time = std::max(largest_time, *time);
            else if (std::optional<Time> date = parse_time(cell)) {
                time = date->milliseconds;
                has_dates = true;
            }
            if (!time || (has_dates && has_numbers))
                return error_in_row(rows.line_number(), fmt::format("the time is \"{}\"; all are seconds or milliseconds since 1970, or all are dates like 2026-11-23T21:10:46Z.", shown(cell)));
            file.cast_at.push_back(*time);
        }
        if (++count >= std::numeric_limits<uint32_t>::max())
            return error_in_row(rows.line_number(), "a file may hold fewer than 4,294,967,295 votes.");
        if (options.on_progress && count % 65'536 == 0)
            options.on_progress(source.bytes_read());
    }
    if (std::optional<std::string> broken = source.broken())
        return error_in_row(rows.line_number(), fmt::format("{}; the file is not whole.", *broken));
    // 100,000,000,000 milliseconds were over in 1973, as many seconds will be in 5138.
    if (has_numbers && largest_time < 100'000'000'000)
        for (int64_t& time : file.cast_at)
            time *= 1000;
    numbering.finish(file.voters, file.comments);
    std::vector<uint32_t> const voter_place = sort_names(file.voters), comment_place = sort_names(file.comments);
    for (VoteRecord& vote : file.votes)
        vote = { voter_place[vote.voter], comment_place[vote.comment], vote.value };
    sort_by_time(file);
    return file;
}

std::optional<uint32_t> number_of_name(std::vector<std::string> const& names, std::string_view name)
{
    auto found = std::lower_bound(names.begin(), names.end(), name, is_name_before);
    if (found == names.end() || *found != name)
        return {};
    return static_cast<uint32_t>(found - names.begin());
}

Result<std::vector<VoterAndCommentNames>> read_pairs_csv(ByteSource& source, VotesFile const& file)
{
    CsvReader rows(source);
    Columns const columns = TRY(read_header(rows, Votes::NotNeeded));
    std::vector<VoterAndCommentNames> pairs;
    std::span<std::string_view const> cells;
    while (TRY(rows.next(cells))) {
        if (cells.size() < columns.count)
            return error_in_row(rows.line_number(), fmt::format("the row has {} cells and needs {}.", cells.size(), columns.count));
        std::string_view const voter = trimmed(cells[columns.voter]), comment = trimmed(cells[columns.comment]);
        TRY(check_name(voter, rows.line_number(), "voter"));
        TRY(check_name(comment, rows.line_number(), "comment"));
        pairs.push_back({ std::string(voter), std::string(comment), number_of_name(file.voters, voter), number_of_name(file.comments, comment) });
    }
    if (std::optional<std::string> broken = source.broken())
        return error_in_row(rows.line_number(), fmt::format("{}; the file is not whole.", *broken));
    return pairs;
}

}  // namespace parley::archives
