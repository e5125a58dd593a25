#include "archives/votes_csv.h"

#include "archives/csv_reader.h"

#include <gtest/gtest.h>

namespace parley::archives {
namespace {

Result<VotesFile> read(std::string_view text, VotesCsvOptions const& options = {})
{
    return read_votes_csv(*open_text(text), options);
}

std::string error_of(std::string_view text)
{
    Result<VotesFile> file = read(text);
    return file.is_error() ? file.error().message : "none";
}

// "voter comment vote" of each, as they stand.
std::vector<std::string> rows_of(VotesFile const& file)
{
    std::vector<std::string> rows;
    for (VoteRecord const& vote : file.votes)
        rows.push_back(file.voters[vote.voter] + " " + file.comments[vote.comment] + " " + std::to_string(vote.value));
    return rows;
}

using Rows = std::vector<std::string>;

TEST(VotesCsv, columns_are_found_by_name_in_any_order)
{
    VotesFile const file = read("vote,text,Voter_ID,comment id\n1,\"so, so\",ada,7\n-1,,ben,7\n0,x,ada,12\n").release_value();
    EXPECT_EQ(rows_of(file), (Rows { "ada 7 1", "ben 7 -1", "ada 12 0" }));
    EXPECT_TRUE(file.cast_at.empty());
}

TEST(VotesCsv, the_open_data_of_polis_are_read_as_they_are)
{
    VotesFile const file = read("timestamp,datetime,comment-id,voter-id,vote\n1510330000000,Fri Nov 10 2017,3,9,1\n1510330001000,Fri Nov 10 2017,3,10,-1\n").release_value();
    EXPECT_EQ(rows_of(file), (Rows { "9 3 1", "10 3 -1" }));
    EXPECT_EQ(file.cast_at, (std::vector<int64_t> { 1510330000000, 1510330001000 }));
}

TEST(VotesCsv, of_polis_database_minus_one_agrees)
{
    EXPECT_EQ(rows_of(read("voter,comment,vote\na,1,-1\nb,1,1\nc,1,0\n", { .agree = -1 }).value()), (Rows { "a 1 1", "b 1 -1", "c 1 0" }));
}

TEST(VotesCsv, byte_order_mark_carriage_returns_quotes_empty_lines_and_a_last_line_without_end)
{
    VotesFile const file = read("\xEF\xBB\xBF\"voter\";\"comment\";\"vote\"\r\n\r\n\"a \"\"x\"\"\";\"two\nlines\";1\r\n b ; 2 ;agree").release_value();
    EXPECT_EQ(rows_of(file), (Rows { "a \"x\" two\nlines 1", "b 2 1" }));
    EXPECT_EQ(rows_of(read("voter\tcomment\tvote\na\t1\t+1\n").value()), (Rows { "a 1 1" }));
}

TEST(VotesCsv, names_are_sorted_numbers_by_size_before_words)
{
    VotesFile const file = read("voter,comment,vote\nzoe,10,1\n10,9,1\n9,010,1\nAda,x,1\n").release_value();
    EXPECT_EQ(file.voters, (Rows { "9", "10", "Ada", "zoe" }));
    EXPECT_EQ(file.comments, (Rows { "9", "010", "10", "x" }));
    EXPECT_EQ(number_of_name(file.voters, "Ada"), 2u);
    EXPECT_EQ(number_of_name(file.voters, "Bea"), std::nullopt);
}

TEST(VotesCsv, votes_are_sorted_by_time_and_else_stay_in_order)
{
    EXPECT_EQ(rows_of(read("voter,comment,vote,time\na,1,1,30\na,1,-1,10\nb,1,0,10\n").value()), (Rows { "a 1 -1", "b 1 0", "a 1 1" }));
    EXPECT_EQ(rows_of(read("voter,comment,vote\na,1,1\na,1,-1\n").value()), (Rows { "a 1 1", "a 1 -1" }));
}

TEST(VotesCsv, times_are_seconds_milliseconds_or_dates)
{
    EXPECT_EQ(read("voter,comment,vote,time\na,1,1,1510330000\n").value().cast_at[0], 1510330000000);
    EXPECT_EQ(read("voter,comment,vote,time\na,1,1,1510330000.25\n").value().cast_at[0], 1510330000000);
    EXPECT_EQ(read("voter,comment,vote,time\na,1,1,1510330000000\n").value().cast_at[0], 1510330000000);
    EXPECT_EQ(read("voter,comment,vote,time\na,1,1,2017-11-10T16:06:40Z\n").value().cast_at[0], 1510330000000);
    EXPECT_EQ(error_of("voter,comment,vote,time\na,1,1,2017-11-10T16:06:40Z\na,2,1,5\n").substr(0, 7), "Line 3:");
    EXPECT_EQ(error_of("voter,comment,vote,time\na,1,1,\n").substr(0, 24), "Line 2: the time is \"\"; ");
}

TEST(VotesCsv, what_is_wrong_is_said_with_its_line)
{
    EXPECT_EQ(error_of(""), "The file is empty; its first row must name the columns: voter, comment, vote.");
    EXPECT_EQ(error_of("a,b,c\n"), "Line 1: no column is named \"voter\"; the first row must name the columns: voter, comment, vote.");
    EXPECT_EQ(error_of("voter,comment,vote\na,1,1\n\na,2,yes\n"), "Line 4: the vote is \"yes\"; 1 agrees, -1 disagrees and 0 passes.");
    EXPECT_EQ(error_of("voter,comment,vote\na,1\n"), "Line 2: the row has 2 cells and needs 3.");
    EXPECT_EQ(error_of("voter,comment,vote\n,1,1\n"), "Line 2: the voter has no name.");
    EXPECT_EQ(error_of("voter,comment,vote\na,\xFF,1\n"), "Line 2: the name of the comment is not UTF-8.");
    EXPECT_EQ(error_of("voter,comment,vote\n\"a,1,1\n"), "Line 2: a cell begins with quotes that do not close.");
    EXPECT_EQ(error_of("voter,comment,vote\n\"a\"b,1,1\n"), "Line 2: text stands behind the closing quotes of a cell.");
    EXPECT_EQ(error_of("voter,comment,vote\n" + std::string(vote_id_bytes_max + 1, 'a') + ",1,1\n"), "Line 2: the name of the voter is longer than 256 bytes.");
    EXPECT_EQ(error_of("voter,comment,vote\n" + std::string(csv_row_bytes_max + (512 << 10), 'a')).substr(0, 6), "Line 2");
}

TEST(VotesCsv, a_quoted_row_without_end_does_not_eat_the_memory)
{
    EXPECT_EQ(error_of("voter,comment,vote\n\"" + std::string(4 << 20, '\n')).substr(0, 6), "Line 2");
}

TEST(VotesCsv, many_names_get_numbers_of_their_own)
{
    std::string text = "voter,comment,vote\n";
    for (int voter = 0; voter < 5000; ++voter)
        text += std::to_string(voter * 7 % 5000) + ",c" + std::to_string(voter % 3) + ",1\n";
    VotesFile const file = read(text).release_value();
    ASSERT_EQ(file.voters.size(), 5000u);
    for (size_t at = 0; at < file.voters.size(); ++at)
        EXPECT_EQ(file.voters[at], std::to_string(at));
}

TEST(VotesCsv, pairs_are_found_in_the_votes_or_named_unknown)
{
    VotesFile const file = read("voter,comment,vote\nada,1,1\nben,2,1\n").release_value();
    auto const pairs = read_pairs_csv(*open_text("comment,voter,why\n2,ada,x\n3,ben,\n"), file).release_value();
    ASSERT_EQ(pairs.size(), 2u);
    EXPECT_EQ(pairs[0].voter_number, 0u);
    EXPECT_EQ(pairs[0].comment_number, 1u);
    EXPECT_EQ(pairs[1].comment_number, std::nullopt);
    EXPECT_TRUE(read_pairs_csv(*open_text("voter,vote\n"), file).is_error());
}

TEST(CsvReader, cells_that_are_empty_are_cells)
{
    auto source = open_text(",a,\n\"\",b,\"\"\n\"c\",\n");
    CsvReader rows(*source);
    std::span<std::string_view const> cells;
    auto next = [&] {
        EXPECT_TRUE(rows.next(cells).value());
        return Rows(cells.begin(), cells.end());
    };
    EXPECT_EQ(next(), (Rows { "", "a", "" }));
    EXPECT_EQ(next(), (Rows { "", "b", "" }));
    EXPECT_EQ(next(), (Rows { "c", "" }));
    EXPECT_FALSE(rows.next(cells).value());
}

}  // namespace
}  // namespace parley::archives
