#include "http/router.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

Response nothing(Request const&) { return {}; }

Router a_router()
{
    Router router;
    for (auto [method, pattern] : { std::pair { Method::Get, "/" }, { Method::Get, "/s/{story}" }, { Method::Post, "/s/{story}" },
             { Method::Get, "/s/new" }, { Method::Get, "/s/{story}/c/{comment}" }, { Method::Get, "/static/{hash}/{file...}" },
             { Method::Delete, "/s/new" } })
        router.add({ method, pattern, Access::Everyone, nothing });
    return router;
}

struct Found {
    std::string pattern;
    std::vector<std::string> captures {};
    std::vector<Method> allowed {};
    bool operator==(Found const&) const = default;
};

std::ostream& operator<<(std::ostream& out, Found const& answer)
{
    out << answer.pattern;
    for (auto const& capture : answer.captures)
        out << " {" << capture << "}";
    for (Method method : answer.allowed)
        out << " " << name_of(method);
    return out;
}

Found find(Method method, std::string_view path)
{
    static Router const router = a_router();
    Request request;
    request.method = method;
    request.path = path;
    Router::Match match = router.find(request);
    return { match.route ? match.route->pattern : "", { request.captures.begin(), request.captures.end() }, match.allowed };
}

}  // namespace

TEST(Router, FindsLiteralsCapturesAndRests)
{
    EXPECT_EQ(find(Method::Get, "/"), (Found { "/" }));
    EXPECT_EQ(find(Method::Get, "/s/12"), (Found { "/s/{story}", { "12" } }));
    EXPECT_EQ(find(Method::Get, "/s/12/c/7"), (Found { "/s/{story}/c/{comment}", { "12", "7" } }));
    EXPECT_EQ(find(Method::Get, "/static/ab/css/base.css"), (Found { "/static/{hash}/{file...}", { "ab", "css/base.css" } }));
    EXPECT_EQ(find(Method::Head, "/s/12"), (Found { "/s/{story}", { "12" } }));
}

TEST(Router, PrefersALiteralButFallsBackWhereItsMethodIsMissing)
{
    EXPECT_EQ(find(Method::Get, "/s/new"), (Found { "/s/new" }));
    EXPECT_EQ(find(Method::Post, "/s/new"), (Found { "/s/{story}", { "new" } }));
    EXPECT_EQ(find(Method::Get, "/s/new/c/1"), (Found { "/s/{story}/c/{comment}", { "new", "1" } }));
}

TEST(Router, DecodesCaptures)
{
    EXPECT_EQ(find(Method::Get, "/s/a%20b%2F%E6%97%A5"), (Found { "/s/{story}", { "a b/日" } }));
}

TEST(Router, SaysWhichMethodsAPathHas)
{
    using enum Method;
    EXPECT_EQ(find(Put, "/s/12"), (Found { "", {}, { Get, Head, Post, Options } }));
    EXPECT_EQ(find(Put, "/s/new"), (Found { "", {}, { Get, Head, Post, Delete, Options } }));
}

TEST(Router, FindsNothingForOtherPaths)
{
    for (std::string_view path : { "/s", "/s/", "/s//c/7", "/s/12/", "/t/12", "//", "/static/ab", "/static/ab/", "/S/12" })
        EXPECT_EQ(find(Method::Get, path), (Found { "" })) << path;
}

TEST(RouterDeath, RefusesWrongPatternsAndTakenOnes)
{
    Router router = a_router();
    for (std::string pattern : { "", "s", "/s/{}", "/s/{story", "/{rest...}/x", "/s/a{b}", "/s/{other}", "/" })
        EXPECT_DEATH(router.add({ Method::Get, pattern, Access::Everyone, nothing }), "CHECK") << pattern;
}

}  // namespace parley::http
