#include "routes/test_routes.h"
#include "storage/threads.h"
#include "storage/votes.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Voting : public Routes {
protected:
    VoteCount count(int64_t number)
    {
        CommentId id = comment_id({ 1 }, number);
        return value_of(database->read([&](Reader& reader) { return vote_counts_of(reader, { &id, 1 }); })).front();
    }
};

TEST_F(Voting, a_vote_is_counted_and_marked_for_its_voter_alone)
{
    std::string session = signed_in("Odile");
    Answer answer = post("/s/1/c/1/vote", session, { { "stance", "agree" } }, { { "referer", "http://127.0.0.1:8080/s/1?order=oldest#x" } });
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.field("Location"), "/s/1?order=oldest#c-1");
    post("/s/1/c/1/vote", session, { { "worth", "yes" } });
    EXPECT_EQ(count(1), (VoteCount { 1, 0, 0, 1 }));
    EXPECT_THAT(get("/s/1?order=oldest", session).body, HasSubstr("value=\"none\" aria-pressed=\"true\">Agree"));
    EXPECT_THAT(get("/s/1?order=oldest").body, Not(HasSubstr("aria-pressed"))) << "S-44: votes are private";
    post("/s/1/c/1/vote", session, { { "stance", "none" }, { "worth", "no" } });
    EXPECT_EQ(count(1), VoteCount {});
}

TEST_F(Voting, nobody_votes_on_their_own_or_on_what_they_may_not_read_or_twice)  // S-31
{
    std::string session = signed_in("Odile"), other = signed_in("Mira");
    Answer posted = post("/s/1/comments", session, { { "text", "Mine." } });
    std::string location = posted.field("Location"), path = location.substr(0, location.find('#'));
    EXPECT_EQ(post(path + "/vote", session, { { "stance", "agree" } }).status, 403);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(post(path + "/vote", other, { { "stance", "agree" } }).status, 303);
    EXPECT_EQ(count(std::stoll(path.substr(path.rfind('/') + 1))), (VoteCount { 1, 0, 0, 0 }));
    EXPECT_EQ(post("/s/1/c/4000/vote", other, { { "stance", "agree" } }).status, 404);
    post(path + "/withdraw", session, {});
    EXPECT_EQ(post(path + "/vote", other, { { "stance", "disagree" } }).status, 404);
    succeed(database->write([&](Transaction& transaction) { return change_thread_state(transaction, { 1 }, ThreadState::Closed, system_now()); }));
    EXPECT_EQ(post("/s/1/c/1/vote", other, { { "stance", "agree" } }).status, 403);
}

TEST_F(Voting, a_session_that_has_ended_votes_no_more)  // S-21
{
    std::string session = signed_in("Odile");
    EXPECT_EQ(post("/s/1/c/1/vote", session, { { "stance", "agree" } }).status, 303);
    post("/sign-out", session, {});
    Answer answer = post("/s/1/c/2/vote", session, { { "stance", "agree" } }, { { "referer", "http://127.0.0.1:8080/s/1" } });
    EXPECT_EQ(answer.field("Location"), "/sign-in?next=%2Fs%2F1");
    EXPECT_EQ(answer.field("Cache-Control"), "private, no-store");
    EXPECT_EQ(post("/s/1/c/2/vote", session, { { "stance", "agree" } }, { { "parley-fragment", "1" } }).status, 401);
    EXPECT_EQ(count(2), VoteCount {});
}

TEST_F(Voting, whoever_votes_too_often_is_told_when_to_go_on_and_keeps_nobody_from_voting)
{
    std::string session = signed_in("Odile"), other = signed_in("Mira");
    Answer answer;
    int kept = 0;  // more than the burst when this takes long
    while ((answer = post("/s/1/c/1/vote", session, { { "stance", kept % 2 ? "agree" : "disagree" } })).status == 303 && kept < 10'000)
        ++kept;
    EXPECT_EQ(answer.status, 429);
    EXPECT_THAT(answer.field("RateLimit"), HasSubstr("\"votes\";r=0"));
    EXPECT_GE(kept, limits.votes.burst());
    EXPECT_EQ(count(1), kept % 2 ? (VoteCount { 0, 1, 0, 0 }) : (VoteCount { 1, 0, 0, 0 })) << "what was refused is not kept";
    EXPECT_EQ(post("/s/1/c/1/vote", other, { { "stance", "agree" } }).status, 303);
}

TEST_F(Voting, refusals_are_in_the_language_of_the_reader)
{
    std::string session = signed_in("Odile");
    post("/account/language", session, { { "language", "fr" } });
    std::string posted = post("/s/1/comments", session, { { "text", "De moi." } }).field("Location"), path = posted.substr(0, posted.find('#'));
    EXPECT_THAT(post(path + "/vote", session, { { "stance", "agree" } }).body, HasSubstr("On ne vote pas pour son propre commentaire."));
    EXPECT_THAT(ask(http::Method::Post, "/s/1/c/1/vote", session, "{}").body, HasSubstr("<html lang=\"fr\""));
}

TEST_F(Voting, what_is_no_vote_is_refused_and_scripts_get_the_buttons)
{
    std::string session = signed_in("Odile");
    for (Form const& wrong : { Form { { "stance", "love" } }, Form { { "worth", "2" } }, Form { { "colour", "red" } } })
        EXPECT_EQ(post("/s/1/c/1/vote", session, wrong).status, 400);
    Answer answer = post("/s/1/c/1/vote", session, { { "stance", "pass" } }, { { "parley-fragment", "1" } });
    EXPECT_TRUE(answer.body.starts_with("<form class=\"votes\""));
    EXPECT_THAT(answer.body, HasSubstr("aria-pressed=\"true\">Pass"));
}

}  // namespace
}  // namespace parley::routes
