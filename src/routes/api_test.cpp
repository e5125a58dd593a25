// The API over the invented newsroom, each answer held against its description in web/openapi.json.
#include "base/embedded_files.h"
#include "routes/test_routes.h"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace parley::routes {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

// The part of JSON Schema 2020-12 that our description uses; CHECKs for any other word, so that none is passed over.
class Schemas {
public:
    explicit Schemas(json::object const& description) : schemas_(description.at("components").at("schemas").as_object()) {}

    // What is wrong with `value`, with where; empty when it is as described.
    std::string fault(json::value const& value, json::value const& schema, std::string const& place = "$") const
    {
        json::object const& rules = schema.as_object();
        if (json::value const* reference = rules.if_contains("$ref")) {
            std::string name(reference->as_string());
            return fault(value, schemas_.at(name.substr(name.rfind('/') + 1)), place);
        }
        for (auto const& [word, rule] : rules)
            if (std::string wrong = break_of(value, word, rule, rules, place); !wrong.empty())
                return wrong;
        return {};
    }

private:
    static bool is_of_type(json::value const& value, std::string_view type)
    {
        return type == "null" ? value.is_null() : type == "string" ? value.is_string() : type == "boolean" ? value.is_bool()
            : type == "integer" ? value.is_int64() : type == "number" ? value.is_number() : type == "array" ? value.is_array() : type == "object" && value.is_object();
    }

    std::string break_of(json::value const& value, std::string_view word, json::value const& rule, json::object const& rules, std::string const& place) const
    {
        if (word == "type") {
            bool is_right = rule.is_string() ? is_of_type(value, rule.as_string())
                                             : std::ranges::any_of(rule.as_array(), [&](json::value const& each) { return is_of_type(value, each.as_string()); });
            return is_right ? "" : place + " is " + json::serialize(value).substr(0, 40) + ", not " + json::serialize(rule);
        }
        if (word == "enum")
            return std::ranges::find(rule.as_array(), value) != rule.as_array().end() ? "" : place + " is none of " + json::serialize(rule);
        if (word == "required" && value.is_object()) {
            for (json::value const& name : rule.as_array())
                if (!value.as_object().contains(name.as_string()))
                    return place + " has no " + std::string(name.as_string());
        } else if (word == "properties" && value.is_object()) {
            for (auto const& [name, inner] : value.as_object()) {
                if (!rule.as_object().contains(name))
                    return place + " has " + std::string(name) + ", which is not described";
                if (std::string wrong = fault(inner, rule.at(name), place + "." + std::string(name)); !wrong.empty())
                    return wrong;
            }
        } else if (word == "items" && value.is_array()) {
            for (json::value const& each : value.as_array())
                if (std::string wrong = fault(each, rule, place + "[]"); !wrong.empty())
                    return wrong;
        } else if (word == "oneOf") {
            auto fits = std::ranges::count_if(rule.as_array(), [&](json::value const& each) { return fault(value, each).empty(); });
            return fits == 1 ? "" : place + " fits " + std::to_string(fits) + " of " + json::serialize(rule);
        } else if (word == "minimum" || word == "maximum") {
            bool is_right = word == "minimum" ? value.as_int64() >= rule.as_int64() : value.as_int64() <= rule.as_int64();
            return is_right ? "" : place + " is beyond its " + std::string(word);
        } else {
            static std::set<std::string_view> const harmless { "description", "format", "additionalProperties", "required", "properties", "items" };
            CHECK(harmless.contains(word) && rules.contains(word));
        }
        return {};
    }

    json::object const& schemas_;
};

class Api : public Routes {
protected:
    json::object description = json::parse(*embedded_file("web/openapi.json")).as_object();
    std::string session;

    void SetUp() override
    {
        Routes::SetUp();
        session = signed_in("Odile");
    }

    // Asks, and holds the answer against what is described for this pattern, method and status.
    json::value described(http::Method method, std::string const& pattern, std::string const& target, int status, std::string const& token = {},
        std::string const& body = {}, Headers headers = {})
    {
        headers.emplace_back("content-type", "application/json");
        Answer answer = ask(method, target, token, body, headers);
        EXPECT_EQ(answer.status, status) << target << answer.body;
        std::string name(http::name_of(method));
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        json::object const& responses = description.at("paths").at(pattern).at(name).at("responses").as_object();
        std::string code = std::to_string(status), kind = fmt::format("{}XX", status / 100);
        json::value const& response = resolved(responses.contains(code) ? responses.at(code) : responses.at(kind));
        expect_fields(answer, response.as_object(), target);
        if (answer.body.empty()) {
            EXPECT_FALSE(response.as_object().contains("content")) << target;
            return {};
        }
        json::value value = json::parse(answer.body);
        json::value const& schema = response.at("content").as_object().begin()->value().at("schema");
        EXPECT_EQ(Schemas(description).fault(value, schema), "") << name << " " << target << "\n" << answer.body;
        return value;
    }
    // What a $ref names, else the value itself.
    json::value const& resolved(json::value const& value) const
    {
        json::value const* reference = value.as_object().if_contains("$ref");
        if (!reference)
            return value;
        std::string_view path = reference->as_string();  // "#/components/headers/RateLimit"
        size_t last = path.rfind('/'), before = path.rfind('/', last - 1);
        return description.at("components").at(path.substr(before + 1, last - before - 1)).at(path.substr(last + 1));
    }

    // The answer has the header fields that are described as required, and none about limits that are not.
    void expect_fields(Answer const& answer, json::object const& response, std::string const& target) const
    {
        json::object const* headers = response.contains("headers") ? &response.at("headers").as_object() : nullptr;
        if (headers)
            for (auto const& [name, reference] : *headers) {
                json::object const& header = resolved(reference).as_object();
                std::string value = answer.field(name);
                EXPECT_TRUE(!value.empty() || !header.at("required").as_bool()) << target << " has no " << name;
                bool is_number = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
                EXPECT_EQ(is_number, header.at("schema").at("type").as_string() == "integer") << name << ": " << value;
            }
        bool is_success = answer.status < 300 || answer.status == 429;
        if (is_success)
            EXPECT_EQ(answer.field("RateLimit").empty(), !headers) << target;
    }
    static constexpr char one_comment[] = "/api/v1/stories/{story}/comments/{comment}";
};

TEST_F(Api, every_route_is_described_and_every_description_has_its_route)
{
    std::set<std::string> served, written;
    for (http::Route const& route : router.routes())
        if (route.pattern.starts_with("/api/"))
            served.insert(std::string(http::name_of(route.method)) + " " + route.pattern);
    for (auto const& [pattern, methods] : description.at("paths").as_object())
        for (auto const& [name, operation] : methods.as_object()) {
            std::string method(name);
            std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
            written.insert(method + " " + std::string(pattern));
        }
    EXPECT_EQ(served, written);
}

TEST_F(Api, an_editorial_system_writes_stories_with_its_key)  // S-40, S-46
{
    std::string const pattern = "/api/v1/stories/{story}", target = "/api/v1/stories/cms-7";
    std::string const story = R"({"url":"https://www.harrow.example/ferry","headline":"Ferry returns","body":"One.\n\nTwo.","published_at":"2026-03-01T08:30:00Z"})";
    Headers const key { { "authorization", "Bearer publisher-key-of-32-characters-or-more" } };
    described(http::Method::Put, pattern, target, 401, "", story);
    described(http::Method::Put, pattern, target, 401, "", story, { { "authorization", "Bearer publisher-key-of-32-characters-or-les" } });
    described(http::Method::Put, pattern, target, 401, session, story);
    json::value made = described(http::Method::Put, pattern, target, 201, "", story, key);
    json::value changed = described(http::Method::Put, pattern, target, 200, "", R"({"headline":"Ferry is back"})", key);
    EXPECT_EQ(changed.at("id"), made.at("id"));
    EXPECT_EQ(changed.at("headline").as_string(), "Ferry is back");
    described(http::Method::Put, pattern, target, 400, "", R"({"headlin":"Ferry"})", key);
    described(http::Method::Put, pattern, target, 400, "", R"({"published_at":"yesterday"})", key);
    described(http::Method::Put, pattern, target, 403, "", R"({"url":"https://evil.example/ferry"})", key);
    context->publication.key.clear();
    described(http::Method::Put, pattern, target, 401, "", story, { { "authorization", "Bearer " } });
}

TEST_F(Api, numbers_of_comments_are_told_by_address)
{
    described(http::Method::Put, "/api/v1/stories/{story}", "/api/v1/stories/a", 201, "", R"({"url":"https://www.harrow.example/a","headline":"A"})",
        { { "authorization", "Bearer publisher-key-of-32-characters-or-more" } });
    json::value counts = described(http::Method::Get, "/api/v1/counts", "/api/v1/counts?url=https%3A%2F%2Fwww.harrow.example%2Fa&url=https%3A%2F%2Fx.example%2F", 200);
    ASSERT_EQ(counts.at("counts").as_array().size(), 1u);
    EXPECT_EQ(counts.at("counts").as_array()[0].at("url").as_string(), "https://www.harrow.example/a");
}

TEST_F(Api, whatever_is_read_is_as_described)
{
    described(http::Method::Get, "/api/v1/stories", "/api/v1/stories", 200);
    described(http::Method::Get, "/api/v1/stories/{story}", "/api/v1/stories/1", 200);
    for (int story = 1; story <= 9; ++story) {
        std::string target = fmt::format("/api/v1/stories/{}/comments", story);
        for (int pages = 0; pages < 20; ++pages) {
            json::value page = described(http::Method::Get, "/api/v1/stories/{story}/comments", target, 200, pages % 2 ? session : "");
            if (page.at("next").is_null())
                break;
            target = fmt::format("/api/v1/stories/{}/comments?after={}", story, std::string_view(page.at("next").as_string()));
        }
    }
    described(http::Method::Get, one_comment, "/api/v1/stories/1/comments/1", 200);
    described(http::Method::Get, "/api/v1/people/{handle}", "/api/v1/people/Marit-Wendel", 200);
    json::value counts = described(http::Method::Get, "/api/v1/counts", "/api/v1/counts?story=2&story=999&story=1", 200);
    EXPECT_EQ(counts.at("counts").as_array().size(), 2u);
    described(http::Method::Get, "/api/v1/me", "/api/v1/me", 200, session);
    EXPECT_TRUE(get("/api/v1/stories/1/comments").is_from_memory);
}

TEST_F(Api, a_comment_is_posted_once_for_its_key_changed_voted_on_and_withdrawn)
{
    Headers key { { "idempotency-key", "k-1" } };
    std::string body = R"({"text":"By **program**.","parent":1,"language":"en","quote":null})";
    json::value posted = described(http::Method::Post, "/api/v1/stories/{story}/comments", "/api/v1/stories/1/comments", 201, session, body, key);
    EXPECT_EQ(posted.at("html").as_string(), "<p>By <strong>program</strong>.</p>");
    EXPECT_TRUE(posted.at("mine").at("is_own").as_bool());
    json::value again = described(http::Method::Post, "/api/v1/stories/{story}/comments", "/api/v1/stories/1/comments", 200, session, body, key);
    EXPECT_EQ(again.at("number"), posted.at("number"));
    std::string target = fmt::format("/api/v1/stories/1/comments/{}", posted.at("number").as_int64());
    described(http::Method::Patch, one_comment, target, 200, session, R"({"text":"Changed."})");
    std::string other = signed_in("Mira");
    json::value vote = described(http::Method::Put, std::string(one_comment) + "/vote", target + "/vote", 200, other, R"({"stance":"agree","worth_reading":true})");
    EXPECT_EQ(vote.at("stance").as_string(), "agree");
    described(http::Method::Put, std::string(one_comment) + "/vote", target + "/vote", 403, session, R"({"stance":"agree"})");
    described(http::Method::Patch, one_comment, target, 404, other, R"({"text":"Not mine."})");  // S-31
    described(http::Method::Delete, one_comment, target, 404, other);
    described(http::Method::Delete, one_comment, target, 204, session);
    described(http::Method::Get, one_comment, target, 404);
}

TEST_F(Api, programs_follow_mute_and_read_the_bell)
{
    std::string other = signed_in("Mira");
    std::pair<std::string, std::string> const things[] { { "/api/v1/stories/{story}/follow", "/api/v1/stories/1/follow" },
        { std::string(one_comment) + "/follow", "/api/v1/stories/1/comments/1/follow" }, { "/api/v1/storylines/{name}/follow", "/api/v1/storylines/tolm-ferry/follow" },
        { "/api/v1/people/{handle}/follow", "/api/v1/people/Marit-Wendel/follow" }, { "/api/v1/people/{handle}/mute", "/api/v1/people/Oren-Dask/mute" } };
    for (auto const& [pattern, target] : things)
        described(http::Method::Put, pattern, target, 204, session);
    json::value lists = described(http::Method::Get, "/api/v1/me/following", "/api/v1/me/following", 200, session);
    EXPECT_EQ(lists.at("following").as_array().size(), 4u);
    EXPECT_EQ(lists.at("muted").as_array().size(), 1u);
    described(http::Method::Post, "/api/v1/stories/{story}/comments", "/api/v1/stories/1/comments", 201, other, R"({"text":"News."})");
    json::value bell = described(http::Method::Get, "/api/v1/me/notifications", "/api/v1/me/notifications", 200, session);
    ASSERT_EQ(bell.at("notifications").as_array().size(), 1u);
    EXPECT_EQ(bell.at("notifications").as_array()[0].at("kind").as_string(), "story");
    described(http::Method::Post, "/api/v1/me/notifications/read", "/api/v1/me/notifications/read", 204, session);
    bell = described(http::Method::Get, "/api/v1/me/notifications", "/api/v1/me/notifications", 200, session);
    EXPECT_TRUE(bell.at("notifications").as_array()[0].at("is_read").as_bool());
    for (auto const& [pattern, target] : things) {
        described(http::Method::Delete, pattern, target, 204, session);
        described(http::Method::Put, pattern, target, 401);
    }
    lists = described(http::Method::Get, "/api/v1/me/following", "/api/v1/me/following", 200, session);
    EXPECT_TRUE(lists.at("following").as_array().empty() && lists.at("muted").as_array().empty());
    described(http::Method::Put, things[0].first, "/api/v1/stories/999/follow", 404, session);
    described(http::Method::Put, things[2].first, "/api/v1/storylines/none/follow", 404, session);
    described(http::Method::Put, things[3].first, "/api/v1/people/Odile/follow", 403, session);
    described(http::Method::Get, "/api/v1/me/notifications", "/api/v1/me/notifications?after=soon", 400, session);
}

TEST_F(Api, a_note_is_written_once_for_its_key_rated_reworded_answered_and_withdrawn)
{
    std::string const pattern = "/api/v1/stories/{story}/notes", one = pattern + "/{note}", list = "/api/v1/stories/1/notes";
    Headers key { { "idempotency-key", "k-1" } };
    std::string body = R"({"kind":"correction","text":"It was 1951.","sources":["https://treaties.example/7"],"comment":1})";
    json::value written = described(http::Method::Post, pattern, list, 201, session, body, key);
    EXPECT_EQ(described(http::Method::Post, pattern, list, 200, session, body, key).at("number"), written.at("number"));
    std::string target = fmt::format("{}/{}", list, written.at("number").as_int64());
    std::string other = signed_in("Mira"), editor = signed_in("Ines", Role::Editor);
    std::string const rating = R"({"rating":"helpful","reasons":["good-source","wrong"]})";
    json::value rated = described(http::Method::Put, one + "/rating", target + "/rating", 200, other, rating);
    EXPECT_EQ(json::serialize(rated.at("reasons")), R"(["good-source"])") << "what does not fit is left out";
    described(http::Method::Put, one + "/rating", target + "/rating", 403, session, rating);
    described(http::Method::Put, one + "/rating", target + "/rating", 403, editor, rating);
    described(http::Method::Put, one + "/rating", target + "/rating", 400, other, R"({"rating":"helpful","reasons":["because"]})");
    json::value answered = described(http::Method::Put, one + "/answer", target + "/answer", 200, editor, R"({"text":"Corrected."})");
    EXPECT_EQ(answered.at("answer").at("text").as_string(), "Corrected.");
    described(http::Method::Put, one + "/answer", target + "/answer", 404, other, R"({"text":"Not mine to say."})");
    json::value details = described(http::Method::Get, one, target, 200, other);
    EXPECT_EQ(details.at("note").at("mine").at("rating").at("rating").as_string(), "helpful");
    described(http::Method::Delete, one + "/rating", target + "/rating", 204, other);
    described(http::Method::Patch, one, target, 404, other, R"({"kind":"context","text":"x","sources":["https://a.example/"]})");  // S-31
    json::value reworded = described(http::Method::Patch, one, target, 200, session, R"({"kind":"context","text":"Signed in 1951.","sources":["https://a.example/"]})");
    EXPECT_EQ(reworded.at("version").as_int64(), 2);
    EXPECT_EQ(described(http::Method::Get, one, target, 200).at("earlier").as_array().size(), 1u);
    EXPECT_EQ(described(http::Method::Get, pattern, list, 200).at("notes").as_array().size(), 1u);
    described(http::Method::Get, pattern, list + "?show=all", 400);
    described(http::Method::Post, pattern, list, 400, session, R"({"kind":"correction","text":"x","sources":["javascript:void"],"comment":1})");
    described(http::Method::Post, pattern, list, 400, session, R"({"kind":"correction","text":"x","sources":["https://a.example/"],"words":{"exact":"entirely invented"}})");
    described(http::Method::Delete, one, target, 404, other);
    described(http::Method::Delete, one, target, 204, session);
    described(http::Method::Get, one, target, 404);
}

TEST_F(Api, whatever_is_limited_says_how_much_is_left_and_when_to_come_back)  // S-70
{
    std::string const pattern = "/api/v1/stories/{story}/comments", target = "/api/v1/stories/1/comments";
    Headers const json_type { { "content-type", "application/json" } };
    for (int left = 9; left >= 0; --left) {
        Answer answer = ask(http::Method::Post, target, session, fmt::format(R"({{"text":"No. {}."}})", left), json_type);
        EXPECT_EQ(answer.field("RateLimit-Policy"), "\"comments\";q=10;w=200");
        EXPECT_THAT(answer.field("RateLimit"), testing::StartsWith(fmt::format("\"comments\";r={};t=", left)));
        EXPECT_EQ(answer.field("X-RateLimit-Limit"), "10");
        EXPECT_EQ(answer.field("X-RateLimit-Remaining"), std::to_string(left));
        EXPECT_LE(std::stoi(answer.field("X-RateLimit-Reset")), 20 * (10 - left));
        EXPECT_EQ(answer.field("Retry-After"), "");
    }
    json::value problem = described(http::Method::Post, pattern, target, 429, session, R"({"text":"One too many."})");
    EXPECT_EQ(problem.at("status").as_int64(), 429);
    Answer refused = ask(http::Method::Post, target, session, R"({"text":"One too many."})", json_type);
    EXPECT_THAT(refused.field("RateLimit"), testing::StartsWith("\"comments\";r=0;t="));
    EXPECT_LE(std::stoi(refused.field("Retry-After")), 20);
    EXPECT_EQ(get("/s/1", session).field("RateLimit"), "") << "reading is not limited";
    std::string other = signed_in("Mira");
    EXPECT_EQ(post("/s/1/comments", other, { { "text", "By form." } }).field("X-RateLimit-Remaining"), "9") << "forms say so too";
}

TEST_F(Api, nobody_reads_from_an_answer_how_often_somebody_else_was_asked_for)  // S-26, S-35
{
    Answer answer = post("/sign-in", {}, { { "email", "ada@example.org" }, { "password", "not this one" } });
    EXPECT_EQ(answer.field("RateLimit-Policy"), "\"sign-in-by-address\";q=20;w=300");
    for (int i = 0; i < 7; ++i)
        post("/sign-in", {}, { { "email", "ada@example.org" }, { "password", "not this one" } });
    Answer refused = post("/sign-in", {}, { { "email", "ada@example.org" }, { "password", "not this one" } });
    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.field("RateLimit"), HasSubstr("\"sign-in-by-account\";r=0;t="));
    EXPECT_EQ(refused.field("X-RateLimit-Remaining"), "0");
}

TEST_F(Api, what_is_wrong_is_a_problem_that_says_what_to_do)
{
    std::string path = "/api/v1/stories/1/comments", pattern = "/api/v1/stories/{story}/comments";
    struct Case {
        char const* body;
        int status;
        char const* words;
    };
    for (Case const& each : { Case { "{", 400, "no JSON object" }, Case { "[]", 400, "no JSON object" }, Case { "{}", 400, "text is missing" },
             Case { R"({"text":7})", 400, "text is a string" }, Case { R"({"text":"x","author":1})", 400, "There is no field" },  // S-33
             Case { R"({"text":""})", 400, "Nothing is written" }, Case { R"({"text":"x","parent":99999})", 403, "withdrawn or removed" },
             Case { R"({"text":"x","quote":{"exact":"entirely invented words of nobody"}})", 400, "not in the text" },
             Case { R"({"text":"x","a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}})", 400, "no JSON object" } }) {
        json::value problem = described(http::Method::Post, pattern, path, each.status, session, each.body);
        EXPECT_THAT(std::string(problem.at("detail").as_string()), HasSubstr(each.words));
    }
    described(http::Method::Post, pattern, path, 401, "", R"({"text":"x"})");
    EXPECT_EQ(post(path, session, { { "text", "x" } }).status, 415) << "S-40";
    described(http::Method::Get, "/api/v1/stories/{story}", "/api/v1/stories/999", 404);
    described(http::Method::Get, "/api/v1/counts", "/api/v1/counts", 400);
    described(http::Method::Get, pattern, path + "?order=best", 400);
}

TEST_F(Api, a_token_in_the_authorization_field_is_as_good_as_the_cookie)
{
    std::string bearer = "Bearer " + session;
    EXPECT_EQ(ask(http::Method::Get, "/api/v1/me", {}, {}, { { "authorization", bearer } }).status, 200);
    EXPECT_EQ(ask(http::Method::Get, "/api/v1/me", {}, {}, { { "authorization", "Bearer 0" } }).status, 401);
}

}  // namespace
}  // namespace parley::routes
