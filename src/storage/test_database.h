// What the tests of this room share: empty databases of both engines, and a small site to write in.
#pragma once

#include "storage/comments.h"
#include "storage/migrate.h"
#include "storage/people.h"
#include "storage/postgres_connection.h"
#include "storage/sites.h"
#include "storage/stories.h"

#include <atomic>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace parley {

// ASSERT for a Result, with its error; the value.
template <typename T>
T value_of(Result<T> result)
{
    if (result.is_error()) {
        ADD_FAILURE() << result.error().message << " | " << result.error().detail;
        std::abort();
    }
    return result.release_value();
}
inline void succeed(Result<void> result)
{
    EXPECT_TRUE(result.has_value()) << result.error().message << " | " << result.error().detail;
}

// A folder of one test's own, gone with it.
class TestFolder {
public:
    TestFolder()
    {
        static std::atomic<int> number = 0;
        path_ = std::filesystem::temp_directory_path() / fmt::format("parley-test-{}-{}", getpid(), ++number);
        std::filesystem::create_directories(path_);
    }
    ~TestFolder() { std::filesystem::remove_all(path_); }
    std::string file(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

// An address under which there is no schema yet. PostgreSQL: a name space of its own in the test server, which
// tests/postgres starts and names in PARLEY_TEST_POSTGRES.
inline std::string empty_address(Engine engine, TestFolder const& folder)
{
    if (engine == Engine::SQLite)
        return folder.file("test.db");
    static std::atomic<int> number = 0;
    char const* server = std::getenv("PARLEY_TEST_POSTGRES");
    CHECK(server);
    std::string name = fmt::format("test_{}_{}", getpid(), ++number);
    auto connection = PostgresConnection::open(server, PostgresConnection::Mode::Write);
    CHECK(connection.has_value() && connection.value()->run("create schema " + name).has_value());
    return fmt::format("{}?options=-csearch_path%3D{}", server, name);
}

struct TestSite {
    TestFolder folder;
    std::string address;
    std::unique_ptr<Database> database;
    SiteId site;
    StoryId story;
    PersonId ada, ben;
    int64_t clock = 1'700'000'000'000;

    explicit TestSite(Engine engine)
        : address(empty_address(engine, folder))
        , database(value_of(open_database(address)))
    {
        succeed(database->write([&](Transaction& tx) -> Result<void> {
            site = TRY(insert_site(tx, { .name = "Courier", .address = "http://localhost", .host = "courier.example", .language = "en" }));
            story = TRY(insert_story(tx, new_story("Bridge reopens")));
            ada = TRY(insert_person(tx, new_person("ada"))).id;
            ben = TRY(insert_person(tx, new_person("ben"))).id;
            return {};
        }));
    }

    Story new_story(std::string headline)
    {
        return { .site = site, .url = "https://courier.example/bridge", .headline = std::move(headline), .section = "local",
            .body = "The bridge reopens on Monday.", .language = "en", .published_at = { clock } };
    }
    Person new_person(std::string handle) { return { .site = site, .handle = handle, .name = handle, .joined_at = { clock } }; }

    NewComment draft(std::string text, std::optional<CommentId> parent = {}, std::optional<PersonId> author = {})
    {
        return { .comment = { .parent = parent, .path = CommentPath::root(1), .author = author, .created_at = { ++clock },
                     .html = Html::from_trusted("<p>" + text + "</p>") },
            .source = { SourceFormat::Text, text } };
    }
    CommentId post(NewComment const& draft)
    {
        return value_of(database->write([&](Transaction& tx) { return insert_comment(tx, story, draft); })).id;
    }
    CommentId post(std::string text, std::optional<CommentId> parent = {}, std::optional<PersonId> author = {})
    {
        return post(draft(std::move(text), parent, author));
    }
    void set_state(CommentId id, CommentState state)
    {
        succeed(database->write([&](Transaction& tx) { return change_comment_state(tx, id, state, "spam", { ++clock }); }));
    }
    CommentWithAuthor find(CommentId id)
    {
        return value_of(database->read([&](Reader& reader) { return find_comment(reader, id); }));
    }
};

// Tests over both engines derive from this and say INSTANTIATE_ON_BOTH_ENGINES(Name).
class OnBothEngines : public testing::TestWithParam<Engine> {
protected:
    TestSite test { GetParam() };
    Database& database() { return *test.database; }
};

#define INSTANTIATE_ON_BOTH_ENGINES(suite)                                                                             \
    INSTANTIATE_TEST_SUITE_P(Engines, suite, testing::Values(Engine::SQLite, Engine::PostgreSQL),                      \
        [](testing::TestParamInfo<Engine> const& info) { return info.param == Engine::SQLite ? "SQLite" : "PostgreSQL"; })

inline std::vector<CommentId> ids_of(std::vector<CommentWithAuthor> const& comments)
{
    std::vector<CommentId> ids;
    for (auto const& one : comments)
        ids.push_back(one.comment.id);
    return ids;
}

}  // namespace parley

template <>
struct testing::internal::UniversalPrinter<parley::CommentId> {
    static void Print(parley::CommentId const& id, std::ostream* out)
    {
        *out << "comment " << parley::story_of(id).value << "/" << parley::sequence_of(id);
    }
};
