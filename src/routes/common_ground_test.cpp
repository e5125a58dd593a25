// Common ground over the invented newsroom with its invented votes.
#include "routes/test_routes.h"
#include "storage/ranks.h"
#include "storage/votes.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class CommonGround : public Routes {
protected:
    void SetUp() override { set_up(InventedVotes::Cast); }

    std::string treaty = "/s/2", dam = "/s/4", ferry = "/s/1";
};

TEST_F(CommonGround, is_the_default_order_where_readers_are_divided_and_one_click_from_the_others)
{
    std::string page = get(treaty).body;
    EXPECT_THAT(page, HasSubstr("What readers of both sides value stands first."));
    EXPECT_THAT(page, HasSubstr("<li><a href=\"/s/2#comments\" aria-current=\"true\">Common ground</a></li>"));
    EXPECT_THAT(page, HasSubstr("<a href=\"/s/2?order=newest#comments\">Newest</a>"));
    EXPECT_THAT(page, HasSubstr("href=\"/s/2/common-ground\""));
    EXPECT_THAT(page, HasSubstr("on one side"));
    EXPECT_THAT(page, HasSubstr("class=\"badge\">Common ground</strong>"));
    std::string newest = get(treaty + "?order=newest").body;
    EXPECT_THAT(newest, HasSubstr("<a href=\"/s/2?order=newest#comments\" aria-current=\"true\">Newest</a>"));
    EXPECT_THAT(get(treaty + "?order=split").body, HasSubstr("What the two sides differ on most stands first."));
}

TEST_F(CommonGround, is_honest_where_there_is_none)
{
    EXPECT_THAT(get(dam).body, HasSubstr("No clear divide in this discussion."));
    EXPECT_THAT(get(ferry).body, HasSubstr("Not enough votes from both sides yet (0 of 5)."));
    for (std::string const& story : { dam, ferry }) {
        EXPECT_THAT(get(story).body, HasSubstr("aria-current=\"true\">Newest</a>"));
        EXPECT_THAT(get(story).body, Not(HasSubstr("order=split")));
        EXPECT_EQ(get(story + "?order=common-ground").status, 200);
        EXPECT_EQ(get(story + "/common-ground").status, 200);
        EXPECT_THAT(get(story + "/common-ground").body, Not(HasSubstr("<svg class=\"map\"")));
    }
}

TEST_F(CommonGround, pages_lead_to_every_comment_once_and_back)
{
    std::set<std::string> seen;
    std::string target = treaty;
    int pages = 0;
    for (; !target.empty() && pages < 40; ++pages) {
        std::string body = get(target).body;
        for (size_t at = body.find("<li class=\"level-1\">"); at != body.npos; at = body.find("<li class=\"level-1\">", at + 1)) {
            size_t id = body.find("id=\"c-", at);
            EXPECT_TRUE(seen.insert(body.substr(id, body.find('"', id + 4) - id)).second);
        }
        size_t next = body.find("rel=\"next\" href=\"");
        target = next == body.npos ? "" : body.substr(next + 17, body.find('#', next) - next - 17);
        if (!target.empty())
            EXPECT_THAT(target, HasSubstr("/s/2?after=gf."));
    }
    EXPECT_GT(pages, 2);
    EXPECT_GT(seen.size(), 25u);
}

TEST_F(CommonGround, the_map_shows_nobody_but_the_reader_to_themselves)
{
    std::string page = get(treaty + "/common-ground").body;
    for (char const* part : { "What both sides value", "What one side finds best", "What the other finds best", "<svg class=\"map\"", "id=\"m-1\"", "<table>" })
        EXPECT_THAT(page, HasSubstr(part));
    EXPECT_THAT(page, Not(HasSubstr("class=\"own\"")));
    std::string session = signed_in("Odile");
    EXPECT_THAT(get(treaty + "/common-ground", session).body, Not(HasSubstr("class=\"own\""))) << "she has not voted";
    PersonId odile = value_of(database->read([&](Reader& reader) { return find_person_by_handle(reader, site_id, "odile"); }))->id;
    succeed(database->write([&](Transaction& transaction) -> Result<void> {
        PoolId pool = TRY(find_discussion(transaction, { 2 }))->pool;
        Standing standing { .person = odile, .camp = 1, .x = .1, .y = .1, .votes = 9 };
        return put_standings(transaction, pool, { &standing, 1 });
    }));
    EXPECT_THAT(get(treaty + "/common-ground", session).body, HasSubstr("class=\"own\""));
    EXPECT_THAT(get(treaty + "/common-ground").body, Not(HasSubstr("class=\"own\"")));
}

TEST_F(CommonGround, a_reader_is_asked_one_thing_after_another)
{
    EXPECT_THAT(get(treaty).body, Not(HasSubstr("class=\"question"))) << "only who is signed in";
    std::string session = signed_in("Odile");
    auto asked = [](std::string const& body) {
        size_t at = body.find("name=\"comment\" value=\"");
        return at == body.npos ? std::string() : body.substr(at + 22, body.find('"', at + 22) - at - 22);
    };
    std::string first = asked(get(treaty, session).body);
    ASSERT_NE(first, "");
    Answer answer = post(treaty + "/question", session, { { "comment", first }, { "answer", "disagree" }, { "worth", "yes" } });
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.field("Location"), "/s/2#question");
    PersonId odile = value_of(database->read([&](Reader& reader) { return find_person_by_handle(reader, site_id, "odile"); }))->id;
    EXPECT_EQ(value_of(database->read([&](Reader& reader) { return find_vote(reader, comment_id({ 2 }, std::stoll(first)), odile); })),
        (Vote { Stance::Disagree, true }));
    std::string second = asked(get(treaty, session).body);
    EXPECT_NE(second, first);
    Answer piece = post(treaty + "/question", session, { { "comment", second }, { "answer", "skip" } }, { { "parley-fragment", "1" } });
    EXPECT_TRUE(piece.body.starts_with("<form class=\"question toggle\"")) << piece.body;
    EXPECT_NE(asked(piece.body), second);
    EXPECT_NE(asked(get(treaty, session).body), second);
    EXPECT_EQ(post(treaty + "/question", session, { { "comment", second }, { "answer", "perhaps" } }).status, 400);
    EXPECT_EQ(post(treaty + "/question", session, { { "comment", "4000" }, { "answer", "skip" } }).status, 404);
    EXPECT_EQ(post(treaty + "/question", {}, { { "comment", second }, { "answer", "agree" } }).status, 303) << "to sign in";
}

TEST_F(CommonGround, whoever_has_seen_everything_is_thanked)
{
    std::string session = signed_in("Odile"), body = get(ferry, session).body;
    int asked = 0;
    for (; asked < 20; ++asked) {
        size_t at = body.find("name=\"comment\" value=\"");
        if (at == body.npos)
            break;
        std::string number = body.substr(at + 22, body.find('"', at + 22) - at - 22);
        body = post(ferry + "/question", session, { { "comment", number }, { "answer", "pass" } }, { { "parley-fragment", "1" } }).body;
    }
    EXPECT_EQ(asked, 4);  // what opens a conversation; answers are not judged by themselves
    EXPECT_THAT(body, HasSubstr("There is nothing left to ask you about here."));
}

TEST_F(CommonGround, is_explained)
{
    EXPECT_THAT(get("/about/common-ground").body, HasSubstr("How the order by common ground comes about"));
}

}  // namespace
}  // namespace parley::routes
