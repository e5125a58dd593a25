// What the worker erases of an account whose time has come.
#include "actions/closing.h"
#include "storage/accounts.h"
#include "storage/integrity.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/outgoing_mail.h"
#include "storage/outside_identities.h"
#include "storage/own_data.h"
#include "storage/sessions.h"
#include "storage/test_database.h"
#include "storage/votes.h"
#include "workers/turn_access_log.h"

#include <fstream>
#include <gmock/gmock.h>

namespace parley::workers {
namespace {

class Closing : public OnBothEngines {
protected:
    CommentId mine = test.post("My own words.", {}, test.ada), others = test.post("Words of ben.", {}, test.ben);
    CommentId answered = test.post("An answer.", mine, test.ben);

    void SetUp() override
    {
        succeed(database().write([&](Transaction& transaction) -> Result<void> {
            TRY(insert_account(transaction, { .person = test.ben, .site = test.site, .email = "ben@example.org", .created_at = { 1 } }));
            TRY(insert_outside_identity(transaction, test.site, { "https://id.example.org", "ada-7", test.ada, { 1 } }));
            TRY(insert_session(transaction, { .token_hash = std::string(32, 'x'), .person = test.ada, .created_at = { 1 }, .seen_at = { 1 }, .expires_at = { 1'000'000'000'000'000 } }));
            TRY(insert_letter(transaction, { .once_key = "k", .recipient = "ada@example.org", .subject = "s", .body = "b", .created_at = { 1 } }));
            return put_vote(transaction, others, test.ada, { Stance::Agree, true }, { 5 });
        }));
    }
    void close(WordsAfterwards words)
    {
        succeed(database().write([&](Transaction& transaction) {
            return insert_account(transaction, { .person = test.ada, .site = test.site, .email = "ada@example.org", .password = "kept", .created_at = { 1 },
                                                   .closing_at = Time { 1000 }, .closing_words = words });
        }));
    }
    void erase_at(int64_t now) { succeed(erase_closed_accounts(database(), test.site, { now })); }
    std::optional<Account> account(PersonId person)
    {
        return value_of(database().read([&](Reader& reader) { return find_account(reader, person); }));
    }
    std::string source(CommentId id)
    {
        return value_of(database().read([&](Reader& reader) { return source_of(reader, id); })).text;
    }
    void expect_sound()
    {
        IntegrityReport report = value_of(check_integrity(test.address));
        EXPECT_TRUE(report.is_sound()) << (report.differences.empty() ? "damaged" : report.differences.front().what);
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Closing);

TEST_P(Closing, nothing_is_erased_before_its_time)
{
    close(WordsAfterwards::Go);
    erase_at(999);
    EXPECT_TRUE(account(test.ada));
    EXPECT_EQ(source(mine), "My own words.");
}

TEST_P(Closing, words_that_stay_are_a_former_readers)
{
    close(WordsAfterwards::Stay);
    erase_at(1000);
    EXPECT_FALSE(account(test.ada));
    Person former = *test.find(mine).author;
    EXPECT_EQ(former.membership, Membership::Former);
    EXPECT_THAT(former.handle + former.name, testing::Not(testing::HasSubstr("ada")));
    EXPECT_EQ(source(mine), "My own words.");
    EXPECT_EQ(test.find(mine).comment.state, CommentState::Visible);
    expect_sound();
}

TEST_P(Closing, notes_stay_or_go_with_the_words_and_ratings_go)
{
    auto note_by = [&](PersonId author) {
        return value_of(database().write([&](Transaction& transaction) {
            return insert_note(transaction, { .id = {}, .story = test.story, .comment = others, .author = author, .text = "Note.", .sources = { "https://a.example/" }, .created_at = { 1 } });
        }));
    };
    auto find = [&](NoteId id) { return value_of(database().read([&](Reader& reader) { return find_note(reader, id); })); };
    NoteId adas = note_by(test.ada), bens = note_by(test.ben);
    succeed(database().write([&](Transaction& transaction) { return put_rating(transaction, bens, test.ada, NoteRating {}, { 5 }); }));
    close(WordsAfterwards::Go);
    erase_at(1000);
    EXPECT_EQ(find(adas).note.state, NoteState::Withdrawn);
    EXPECT_EQ(find(adas).note.text, "");
    EXPECT_TRUE(find(adas).note.sources.empty());
    EXPECT_EQ(find(bens).note.text, "Note.");
    EXPECT_FALSE(value_of(database().read([&](Reader& reader) { return find_rating(reader, bens, test.ada); })));
    expect_sound();
}

TEST_P(Closing, notes_that_stay_are_a_former_readers)
{
    NoteId note = value_of(database().write([&](Transaction& transaction) {
        return insert_note(transaction, { .id = {}, .story = test.story, .comment = others, .author = test.ada, .text = "Note.", .sources = { "https://a.example/" }, .created_at = { 1 } });
    }));
    close(WordsAfterwards::Stay);
    erase_at(1000);
    SignedNote kept = value_of(database().read([&](Reader& reader) { return find_note(reader, note); }));
    EXPECT_EQ(kept.note.text, "Note.");
    EXPECT_EQ(kept.author.membership, Membership::Former);
}

TEST_P(Closing, words_that_go_leave_a_tombstone_with_its_answers)
{
    close(WordsAfterwards::Go);
    erase_at(1000);
    Comment gone = test.find(mine).comment;
    EXPECT_EQ(gone.state, CommentState::Withdrawn);
    EXPECT_TRUE(gone.html.markup().empty());
    EXPECT_EQ(source(mine), "");
    EXPECT_EQ(test.find(answered).comment.parent, mine);
    expect_sound();
}

TEST_P(Closing, votes_sessions_identities_and_letters_go_and_those_of_others_stay)
{
    close(WordsAfterwards::Stay);
    erase_at(1000);
    succeed(database().read([&](Reader& reader) -> Result<void> {
        EXPECT_TRUE(TRY(votes_by(reader, test.ada, {}, 10)).empty());
        EXPECT_EQ(TRY(vote_counts_of(reader, { &others, 1 })).front(), VoteCount {});
        EXPECT_TRUE(TRY(sessions_of(reader, test.ada)).empty());
        EXPECT_FALSE(TRY(find_outside_identity(reader, test.site, "https://id.example.org", "ada-7")));
        EXPECT_TRUE(TRY(letters_to(reader, "ada@example.org", 10)).empty());
        EXPECT_TRUE(TRY(is_handle_free(reader, test.site, "ada")));
        return {};
    }));
    EXPECT_TRUE(account(test.ben));
    EXPECT_EQ(source(answered), "An answer.");
    erase_at(2000);  // and once more changes nothing
    EXPECT_TRUE(account(test.ben));
}

TEST(TurnAccessLog, a_file_of_yesterday_is_put_aside_and_old_ones_are_removed)
{
    constexpr int64_t day_ms = int64_t { 24 } * 60 * 60'000;
    TestFolder folder;
    std::string path = folder.file("access.log");
    for (std::string const& name : { path, path + ".2001-01-01", path + ".2001-01-01.gz", path + ".keep" })
        std::ofstream(name) << "a line\n";
    int reopened = 0;
    auto turn = [&](Time now) { succeed(turn_access_log(path, 7, now, [&] { ++reopened; })); };
    turn(system_now());
    EXPECT_EQ(reopened, 0) << "its last line is of today";
    EXPECT_FALSE(std::filesystem::exists(path + ".2001-01-01"));
    EXPECT_FALSE(std::filesystem::exists(path + ".2001-01-01.gz")) << "of that day, too";
    EXPECT_TRUE(std::filesystem::exists(path + ".keep"));
    std::string aside = path + "." + to_rfc3339(system_now()).substr(0, 10);
    turn(system_now().plus_milliseconds(day_ms));
    EXPECT_EQ(reopened, 1);
    EXPECT_TRUE(std::filesystem::exists(aside));
    EXPECT_FALSE(std::filesystem::exists(path));
    turn(system_now().plus_milliseconds(9 * day_ms));
    EXPECT_FALSE(std::filesystem::exists(aside));
}

}  // namespace
}  // namespace parley::workers
