// What readers' actions write beside comments: links that work once, letters, notices, answers kept for their keys.
#include "storage/accounts.h"
#include "storage/comments.h"
#include "storage/following.h"
#include "storage/idempotency.h"
#include "storage/notifications.h"
#include "storage/one_time_links.h"
#include "storage/outgoing_mail.h"
#include "storage/own_data.h"
#include "storage/test_database.h"
#include "storage/visits.h"
#include "storage/votes.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;

class ReadersRows : public OnBothEngines {
protected:
    PersonId ada = test.ada, ben = test.ben;
    CommentId first = comment_id(test.story, 1);

    void SetUp() override
    {
        succeed(database().write([&](Transaction& transaction) -> Result<void> {
            for (PersonId person : { ada, ben })
                TRY(insert_account(transaction, { .person = person, .site = test.site }));
            return {};
        }));
    }

    template <typename Work>
    auto write(Work work) { return value_of(database().write(work)); }
    template <typename Work>
    auto read(Work work) { return value_of(database().read(work)); }
};

TEST_P(ReadersRows, a_link_is_taken_once_and_only_for_its_purpose_and_in_its_time)  // S-25
{
    succeed(database().write([&](Transaction& transaction) {
        return insert_link(transaction, { .token_hash = "h", .purpose = LinkPurpose::SignIn, .person = ada, .created_at = { 0 }, .expires_at = { 100 } });
    }));
    auto take = [&](LinkPurpose purpose, int64_t now) {
        return write([=](Transaction& transaction) { return take_link(transaction, "h", purpose, { now }); }).has_value();
    };
    EXPECT_FALSE(take(LinkPurpose::SetPassword, 50));
    EXPECT_FALSE(take(LinkPurpose::SignIn, 100));
    EXPECT_TRUE(take(LinkPurpose::SignIn, 99));
    EXPECT_FALSE(take(LinkPurpose::SignIn, 99));
}

TEST_P(ReadersRows, a_visit_is_kept_for_each_story_and_pruned_when_it_is_old)
{
    Visit looked { { 10 }, { 20 } };
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        TRY(begin_visit(transaction, ada, test.story, { 5 }));
        TRY(put_visit(transaction, ada, test.story, looked));
        return begin_visit(transaction, ada, test.story, { 99 });
    }));
    auto found = [&] { return read([&](Reader& reader) { return find_visit(reader, ada, test.story); }); };
    EXPECT_EQ(found(), looked) << "a visit that there is goes on";
    EXPECT_EQ(read([&](Reader& reader) { return visits_of(reader, ada, {}, 10); }).size(), 1u);
    auto pruned = [&](int64_t before) { return write([=](Transaction& transaction) { return prune_visits(transaction, { before }, 10); }); };
    EXPECT_EQ(pruned(20), 0);
    EXPECT_EQ(pruned(21), 1);
    EXPECT_EQ(found(), std::nullopt);
}

TEST_P(ReadersRows, a_letter_is_written_once_for_a_key_and_waits_until_it_is_sent)
{
    for (int i = 0; i < 2; ++i)
        succeed(database().write([&](Transaction& transaction) {
            return insert_letter(transaction, { .once_key = "k", .recipient = "ada@example.org", .subject = "s", .body = "b", .created_at = { 10 } });
        }));
    auto waiting = [&](int64_t now) { return read([=](Reader& reader) { return waiting_letters(reader, { now }, 10); }); };
    ASSERT_EQ(waiting(10).size(), 1u);
    int64_t id = waiting(10).front().id;
    succeed(database().write([&](Transaction& transaction) { return mark_letter_failed(transaction, id, "refused", Time { 50 }); }));
    EXPECT_EQ(waiting(49).size(), 0u);
    EXPECT_EQ(waiting(50).front().failure, "refused");
    succeed(database().write([&](Transaction& transaction) { return mark_letter_sent(transaction, id, { 60 }); }));
    EXPECT_EQ(waiting(100).size(), 0u);
    EXPECT_EQ(write([](Transaction& transaction) { return prune_letters(transaction, { 1000 }, 10); }), 1);
}

TEST_P(ReadersRows, somebody_is_told_of_a_comment_once_and_never_of_their_own)
{
    auto tell = [&](NotificationKind kind, CommentId comment, PersonId author) {
        succeed(database().write([&](Transaction& transaction) { return notify(transaction, ada, kind, comment, author, { 5 }); }));
    };
    tell(NotificationKind::Answer, first, ben);
    tell(NotificationKind::Mention, first, ben);
    tell(NotificationKind::Answer, comment_id(test.story, 2), ada);
    tell(NotificationKind::Quoted, comment_id(test.story, 3), ben);
    auto bell = read([&](Reader& reader) { return notifications_of(reader, ada, {}, 10); });
    ASSERT_EQ(bell.size(), 2u);
    EXPECT_EQ(bell[0].kind, NotificationKind::Quoted);
    EXPECT_EQ(bell[1].kind, NotificationKind::Answer);
    EXPECT_EQ(read([&](Reader& reader) { return unmailed_notifications(reader, ada, 10); }).size(), 2u);
    EXPECT_EQ(read([&](Reader& reader) { return people_with_unmailed(reader, {}, 10); }), std::vector { ada });
    EXPECT_TRUE(read([&](Reader& reader) { return people_with_unmailed(reader, ada, 10); }).empty());
    succeed(database().write([&](Transaction& transaction) { return mark_notifications_mailed(transaction, ada, bell[1].id, { 6 }); }));
    EXPECT_EQ(read([&](Reader& reader) { return unmailed_notifications(reader, ada, 10); }).size(), 1u);
    succeed(database().write([&](Transaction& transaction) { return mark_notifications_read(transaction, ada, { 7 }); }));
    EXPECT_TRUE(read([&](Reader& reader) { return notifications_of(reader, ada, {}, 10); }).front().read_at);
    EXPECT_EQ(write([](Transaction& transaction) { return prune_notifications(transaction, { 100 }, 10); }), 2);
}

TEST_P(ReadersRows, a_kept_answer_is_found_by_its_key)  // S-81
{
    succeed(database().write([](Transaction& transaction) { return keep_answer(transaction, "key", "42", { 5 }); }));
    EXPECT_EQ(read([](Reader& reader) { return find_answer(reader, "key"); }), "42");
    EXPECT_EQ(write([](Transaction& transaction) { return prune_answers(transaction, { 6 }, 10); }), 1);
    EXPECT_EQ(read([](Reader& reader) { return find_answer(reader, "key"); }), std::nullopt);
}

TEST_P(ReadersRows, a_handle_that_was_given_up_stays_its_owners)
{
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        Person person = TRY(find_person(transaction, ada));
        TRY(keep_former_handle(transaction, person, { 5 }));
        person.handle = "ada-lovelace";
        return update_person(transaction, person, { 5 });
    }));
    Person person = read([&](Reader& reader) { return find_person(reader, ada); });
    EXPECT_FALSE(read([&](Reader& reader) { return is_handle_free(reader, person.site, "ADA"); }));
    EXPECT_FALSE(read([&](Reader& reader) { return is_handle_free(reader, person.site, "ada", ben); }));
    EXPECT_TRUE(read([&](Reader& reader) { return is_handle_free(reader, person.site, "ada", ada); }));
    EXPECT_EQ(read([&](Reader& reader) { return find_person_by_former_handle(reader, person.site, "ada"); })->id, ada);
    EXPECT_EQ(read([&](Reader& reader) { return former_handles_of(reader, ada); }).front().handle, "ada");
}

TEST_P(ReadersRows, followers_are_told_of_a_new_comment_and_those_who_muted_its_writer_are_not)
{
    PersonId cleo = write([&](Transaction& transaction) -> Result<PersonId> {
        Person person = TRY(insert_person(transaction, test.new_person("cleo")));
        TRY(insert_account(transaction, { .person = person.id, .site = test.site }));
        TRY(put_follow(transaction, ada, { FollowKind::Story, test.story.value }, { 1 }));
        TRY(put_follow(transaction, ada, { FollowKind::Story, test.story.value }, { 2 }));
        TRY(put_follow(transaction, ada, { FollowKind::Person, ben.value }, { 3 }));
        TRY(put_follow(transaction, person.id, { FollowKind::Story, test.story.value }, { 3 }));
        TRY(put_follow(transaction, ben, { FollowKind::Story, test.story.value }, { 3 }));
        TRY(put_mute(transaction, person.id, ben, { 4 }));
        return person.id;
    });
    Comment comment = test.find(test.post("News.", {}, ben)).comment;
    succeed(database().write([&](Transaction& transaction) { return notify_followers(transaction, comment, { 5 }); }));
    auto bell = [&](PersonId person) { return read([&](Reader& reader) { return notifications_of(reader, person, {}, 10); }); };
    ASSERT_EQ(bell(ada).size(), 1u);
    EXPECT_EQ(bell(ada).front().kind, NotificationKind::Person);
    EXPECT_TRUE(bell(ben).empty());
    EXPECT_TRUE(bell(cleo).empty());
    EXPECT_EQ(read([&](Reader& reader) { return follows_of(reader, ada, 10); }).size(), 2u);
    EXPECT_TRUE(read([&](Reader& reader) { return is_followed(reader, ada, { FollowKind::Person, ben.value }); }));
    EXPECT_EQ(read([&](Reader& reader) { return muted_by(reader, cleo); }), std::vector<PersonId> { ben });
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        TRY(delete_mute(transaction, cleo, ben));
        return delete_follow(transaction, ada, { FollowKind::Person, ben.value });
    }));
    EXPECT_TRUE(read([&](Reader& reader) { return muted_by(reader, cleo); }).empty());
}

TEST_P(ReadersRows, what_is_kept_of_a_person_is_read_for_them)
{
    CommentId one = test.post("One.", {}, ada), other = test.post("Other.", {}, ben), two = test.post("Two.", {}, ada);
    test.set_state(two, CommentState::Removed);
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        TRY(put_vote(transaction, other, ada, { std::nullopt, true }, { 7 }));
        return insert_letter(transaction, { .once_key = "k", .recipient = "ada@example.org", .subject = "s", .body = "b", .created_at = { 1 } });
    }));
    EXPECT_EQ(read([&](Reader& reader) { return comments_by(reader, ada, {}, 10); }), (std::vector { one, two }));
    EXPECT_EQ(read([&](Reader& reader) { return comments_by(reader, ada, one, 10); }), std::vector { two });
    auto votes = read([&](Reader& reader) { return votes_by(reader, ada, {}, 10); });
    ASSERT_EQ(votes.size(), 1u);
    EXPECT_EQ(votes[0].vote, (Vote { std::nullopt, true }));
    EXPECT_EQ(read([&](Reader& reader) { return letters_to(reader, "ada@example.org", 10); }).size(), 1u);
    EXPECT_TRUE(read([&](Reader& reader) { return letters_to(reader, "ben@example.org", 10); }).empty());
}

INSTANTIATE_ON_BOTH_ENGINES(ReadersRows);

}  // namespace
}  // namespace parley
