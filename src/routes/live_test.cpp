#include "routes/test_routes.h"
#include "storage/events.h"

namespace parley::routes {
namespace {

using testing::HasSubstr;
using testing::Not;

class Live : public Routes {
protected:
    std::string after()
    {
        return std::to_string(value_of(database->read([](Reader& reader) { return newest_event_id(reader); })));
    }
    std::string told_behind(std::string const& event) { return get("/api/v1/stories/1/events?after=" + event).body; }
};

TEST_F(Live, a_reader_who_was_away_is_told_what_came_changed_and_went)
{
    std::string session = signed_in("Odile"), before = after();
    std::string number = post("/s/1/comments", session, { { "text", "One." }, { "to", "1" } }).field("Location");
    number = number.substr(number.rfind('-') + 1);
    std::string between = after();
    EXPECT_THAT(told_behind(before), HasSubstr("id: " + between + "\nevent: comment\ndata: {\"id\":" + number + ",\"parent\":1}\n\n"));
    post("/s/1/c/" + number + "/edit", session, { { "text", "Two." } });
    EXPECT_THAT(told_behind(between), HasSubstr("event: changed\ndata: {\"id\":" + number));
    std::string later = after();
    post("/s/1/c/" + number + "/withdraw", session, {});
    EXPECT_THAT(told_behind(later), HasSubstr("event: gone\ndata: {\"id\":" + number));
    EXPECT_THAT(told_behind(before), Not(HasSubstr("event: comment"))) << "S-44: what is gone by now is not announced";
    EXPECT_EQ(told_behind(after()), "retry: 3000\n\n");
}

TEST_F(Live, other_stories_and_nonsense_tell_nothing)
{
    std::string session = signed_in("Odile"), before = after();
    post("/s/2/comments", session, { { "text", "Elsewhere." } });
    EXPECT_EQ(told_behind(before), "retry: 3000\n\n");
    EXPECT_THAT(told_behind("999999999"), HasSubstr("event: reload"));
    EXPECT_EQ(told_behind("x"), "retry: 3000\n\n");
    EXPECT_EQ(get("/api/v1/stories/999/events").status, 404);
}

TEST_F(Live, a_fragment_is_the_comment_alone)
{
    Answer answer = get("/s/1/c/1/fragment");
    EXPECT_TRUE(answer.body.starts_with("<article"));
    EXPECT_EQ(answer.field("Cache-Control"), "public, max-age=1");
    EXPECT_EQ(get("/s/1/c/1/fragment", signed_in("Odile")).field("Cache-Control"), "private, no-store");
}

}  // namespace
}  // namespace parley::routes
