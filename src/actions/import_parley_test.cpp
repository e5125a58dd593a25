#include "actions/import_parley.h"

#include "actions/export.h"
#include "actions/line_store.h"
#include "domain/address.h"
#include "domain/markup.h"
#include "storage/comment_batches.h"
#include "storage/origins.h"
#include "storage/storylines.h"
#include "storage/test_database.h"
#include "storage/threads.h"

#include <fstream>

namespace parley {
namespace {

constexpr Time exported_at { 1'750'000'000'000 };

std::string exported(Database& database, SiteId site = { 1 })
{
    std::string text;
    value_of(export_site(database, site, exported_at, [&](std::string_view bytes) -> Result<void> {
        text += bytes;
        return {};
    }));
    return text;
}

ParleyImportReport imported(Database& database, std::string_view text, ParleyImportOptions options = {})
{
    return value_of(import_parley_text(database, text, options));
}

int64_t sum(SiteCounts const& counts) { return counts.storylines + counts.people + counts.stories + counts.comments + counts.origins; }

// The sentence with which the text is refused; also looks whether the database stayed empty.
std::string refusal(Database& database, std::string_view text)
{
    Result<ParleyImportReport> report = import_parley_text(database, text, {});
    bool is_empty = value_of(database.read([](Reader& reader) { return holds_nothing(reader); }));
    EXPECT_TRUE(is_empty) << "something was written";
    EXPECT_TRUE(value_of(database.read([](Reader& reader) { return list_sites(reader); })).empty());
    return report.is_error() ? report.error().message : "(none)";
}

class ParleyImportTest : public OnBothEngines {
protected:
    // An empty database of the same engine.
    struct Other {
        TestFolder folder;
        std::unique_ptr<Database> database;
    };
    Other other()
    {
        Other made;
        made.database = value_of(open_database(empty_address(GetParam(), made.folder)));
        return made;
    }

    NewComment draft(SourceFormat format, std::string text, std::optional<CommentId> parent = {}, std::optional<PersonId> author = {})
    {
        NewComment made = test.draft("", parent, author);
        made.source = { format, text };
        made.comment.html = render(made.source);
        return made;
    }

    // Everything that a site may hold, at least once.
    void fill()
    {
        succeed(database().write([&](Transaction& tx) -> Result<void> {
            StorylineId harbour = TRY(insert_storyline(tx, { {}, test.site, "harbour", "The \"harbour\"", "Ramp & pier" }));
            Story story = test.new_story("港の斜路");
            story.url = "https://courier.example/%E6%B8%AF";
            story.byline = "By A";
            story.dateline = "GENEVA, 3 March";
            story.credit = "Photo: B";
            story.rights = "© Wire 2019";
            story.body = "One.\n\nTwo with <b> and \"quotes\".";
            story.updated_at = Time { test.clock + 5 };
            story.storyline = harbour;
            story.state = StoryState::Hidden;
            story.corrections = { { { test.clock + 1 }, "First" }, { { test.clock + 2 }, "Second" } };
            StoryId closed = TRY(insert_story(tx, story, ThreadState::Closed));
            TRY(add_story_key(tx, test.site, *story_key(story.url, ""), closed));
            TRY(add_story_key(tx, test.site, "courier.example/a?p=4", closed));
            TRY(add_story_key(tx, test.site, "courier.example/bridge", test.story));
            Person imported = test.new_person("old-mill");
            imported.name = "Old Mill 港";
            imported.membership = Membership::Imported;
            TRY(insert_person(tx, imported));
            return {};
        }));
        CommentId first = test.post(draft(SourceFormat::Markdown, "A *first* one <b>", {}, test.ada));
        NewComment reply = draft(SourceFormat::Html, "<p>See <a href='https://a.example'>this</a></p>", first, test.ben);
        reply.quotes = { { "first", "A ", " one", test.story, first, 2 }, { "bridge", "The ", " reopens", test.story, {}, 4 } };
        reply.comment.parent_link = ParentLink::Inferred;
        reply.comment.is_date_estimated = true;
        reply.comment.language = "en";
        reply.evidence = { "quote", 0.87, "first" };
        CommentId answer = test.post(reply);
        CommentId deep = answer;
        for (int i = 0; i < 12; ++i)
            deep = test.post(draft(SourceFormat::Text, "level\nhttp://a.example", deep, i % 2 ? test.ada : test.ben));
        CommentId nobody = test.post(draft(SourceFormat::Text, "nobody's"));
        test.set_state(test.post(draft(SourceFormat::Text, "spam", nobody, test.ben)), CommentState::Removed);
        test.set_state(test.post(draft(SourceFormat::Text, "held", nobody, test.ben)), CommentState::Held);
        test.set_state(nobody, CommentState::Withdrawn);
        succeed(database().write([&](Transaction& tx) -> Result<void> {
            CommentSource better { SourceFormat::Markdown, "A *better* one" };
            TRY(edit_comment(tx, first, better, render(better), {}, { ++test.clock }));
            Origin const origins[] = { { test.site, OriginKind::Story, "disqus", "t1", test.story.value, 17 }, { test.site, OriginKind::Person, "disqus", "ada", test.ada.value, -1 },
                { test.site, OriginKind::Comment, "disqus", "c9", answer.value, INT64_MIN } };
            return insert_origins(tx, origins);
        }));
    }
};

}  // namespace

// S-89
TEST_P(ParleyImportTest, an_export_imported_into_an_empty_database_is_the_same_database)
{
    fill();
    std::string text = exported(database());
    Other copy = other();
    ParleyImportReport report = imported(*copy.database, text);
    EXPECT_EQ(report.added.comments, 17);
    EXPECT_EQ(report.added.stories, 2);
    EXPECT_EQ(report.added.people, 3);
    EXPECT_EQ(report.added.storylines, 1);
    EXPECT_EQ(report.added.origins, 3);
    EXPECT_EQ(report.html_renewed + report.handles_changed + report.quotes_left_out, 0);
    EXPECT_EQ(exported(*copy.database), text);

    // What is derived is the same as well, once it is derived anew from the comments here too.
    succeed(database().write([&](Transaction& tx) { return recount_thread(tx, test.story); }));
    auto thread = [&](Database& where) { return value_of(where.read([&](Reader& reader) { return find_thread(reader, test.story); })); };
    EXPECT_EQ(thread(*copy.database).comments_shown, thread(database()).comments_shown);
    EXPECT_EQ(thread(*copy.database).people, thread(database()).people);
    EXPECT_EQ(thread(*copy.database).last_comment_at, thread(database()).last_comment_at);
    auto posts = [&](Database& where) { return value_of(where.read([&](Reader& reader) { return comment_count_of_person(reader, test.ben); })); };
    EXPECT_EQ(posts(*copy.database), posts(database()));
    EXPECT_GT(posts(database()), 0);

    // Ids that the file uses are not handed out again.
    PersonId next = value_of(copy.database->write([&](Transaction& tx) { return insert_person(tx, test.new_person("new")); })).id;
    EXPECT_EQ(next.value, 4);
}

// S-88
TEST_P(ParleyImportTest, importing_a_file_twice_changes_nothing)
{
    fill();
    std::string text = exported(database());
    EXPECT_EQ(sum(imported(database(), text).added), 0) << "into the database it came from";
    EXPECT_EQ(exported(database()), text);
    Other copy = other();
    imported(*copy.database, text);
    EXPECT_EQ(sum(imported(*copy.database, text).added), 0) << "into its copy";
    EXPECT_EQ(exported(*copy.database), text);
}

TEST_P(ParleyImportTest, a_later_export_brings_what_is_new)
{
    fill();
    Other copy = other();
    imported(*copy.database, exported(database()));
    test.post(draft(SourceFormat::Text, "news", comment_id(test.story, 1), test.ada));
    test.post(draft(SourceFormat::Text, "more news"));
    std::string text = exported(database());
    EXPECT_EQ(imported(*copy.database, text).added.comments, 2);
    EXPECT_EQ(exported(*copy.database), text);
}

TEST_P(ParleyImportTest, another_database_takes_the_records_under_new_ids_and_only_once)
{
    fill();
    std::string text = exported(database());
    Other there = other();
    Site elsewhere { .name = "Gazette", .address = "https://talk.gazette.example", .host = "gazette.example", .language = "de" };
    SiteId site = value_of(there.database->write([&](Transaction& tx) -> Result<SiteId> {
        SiteId made = TRY(insert_site(tx, elsewhere));
        Person namesake = test.new_person("Ada");
        namesake.site = made;
        TRY(insert_person(tx, namesake));
        Story same = test.new_story("Bridge reopens");
        same.site = made;
        StoryId story = TRY(insert_story(tx, same));
        TRY(add_story_key(tx, made, "courier.example/bridge", story));
        TRY(insert_comment(tx, story, draft(SourceFormat::Text, "was here before")));
        return made;
    }));
    ParleyImportReport report = imported(*there.database, text, { .site = site });
    EXPECT_EQ(report.site, site);
    EXPECT_EQ(report.added.comments, 17);
    EXPECT_EQ(report.added.stories, 1) << "the other one has an address that is here already";
    EXPECT_EQ(report.added.people, 3) << "a name alone never joins two people";
    EXPECT_EQ(report.handles_changed, 1);
    EXPECT_EQ(sum(imported(*there.database, text, { .site = site }).added), 0);

    SiteCounts counts = value_of(there.database->read([&](Reader& reader) { return count_site(reader, site); }));
    EXPECT_EQ(counts.comments, 18);
    auto answer = value_of(there.database->read([&](Reader& reader) { return find_origin(reader, site, OriginKind::Comment, "disqus", "c9"); }));
    ASSERT_TRUE(answer.has_value());
    CommentWithAuthor moved = value_of(there.database->read([&](Reader& reader) { return find_comment(reader, { answer->local_id }); }));
    EXPECT_EQ(sequence_of(moved.comment.id), 3) << "one number behind the comment that was there";
    EXPECT_EQ(moved.comment.parent, comment_id(story_of(moved.comment.id), 2));
    EXPECT_EQ(moved.author->handle, "ben");
}

TEST_P(ParleyImportTest, an_empty_site_of_another_address_keeps_the_ids)
{
    fill();
    std::string text = exported(database());
    Other there = other();
    SiteId site = value_of(there.database->write([&](Transaction& tx) {
        return insert_site(tx, { .name = "Moved", .address = "https://new.example", .host = "courier.example", .language = "en" });
    }));
    imported(*there.database, text, { .site = site });
    std::string moved = exported(*there.database, site);
    EXPECT_EQ(moved.substr(moved.find('\n')), text.substr(text.find('\n'))) << "all but the header";
    EXPECT_EQ(sum(imported(*there.database, text, { .site = site }).added), 0);
}

TEST_P(ParleyImportTest, a_dry_run_writes_nothing)
{
    fill();
    std::string text = exported(database());
    Other copy = other();
    ParleyImportReport report = imported(*copy.database, text, { .is_dry_run = true });
    EXPECT_EQ(report.in_file.comments, 17);
    EXPECT_TRUE(value_of(copy.database->read([](Reader& reader) { return list_sites(reader); })).empty());
}

TEST_P(ParleyImportTest, a_bad_file_is_refused_with_its_line_and_leaves_the_database_as_it_was)
{
    fill();
    std::string text = exported(database());
    Other copy = other();
    Database& empty = *copy.database;
    EXPECT_EQ(refusal(empty, ""), "The file is empty. Nothing was imported.");
    EXPECT_EQ(refusal(empty, "<?xml version=\"1.0\"?>\n").substr(0, 24), "Line 1: It is no JSON: s");
    EXPECT_EQ(refusal(empty, "{\"kind\":\"end\",\"lines\":2}\n").substr(0, 52), "Line 1: The first line of an export is its header, {");
    size_t lines = static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
    std::string cut = text.substr(0, text.rfind("{\"kind\":\"end\""));
    EXPECT_EQ(refusal(empty, cut), fmt::format("The file breaks off behind line {}: its last record, the end, is missing. Copy the file again. Nothing was imported.", lines - 1));
    EXPECT_EQ(refusal(empty, text.substr(0, text.size() / 2)).substr(0, 5), "Line ");
    auto changed = [&](std::string_view from, std::string_view to) {
        std::string other = text;
        size_t at = other.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return refusal(empty, other.replace(at, from.size(), to));
    };
    EXPECT_EQ(changed("\"author\":1,", "\"author\":9,"), "Line 7: 'author' is 9, who is not in the file. Nothing was imported.");
    EXPECT_EQ(changed("\"number\":2,\"parent\":1", "\"number\":2,\"parent\":99"), "Line 8: 'parent' is 99, but no comment of that number stands before it in the thread. Nothing was imported.");
    EXPECT_EQ(changed("\"number\":2,\"parent\":1", "\"number\":2,\"parent\":2").substr(0, 24), "Line 8: 'parent' is 2, b");
    EXPECT_EQ(changed("\"number\":2,\"parent\":1", "\"number\":1,\"parent\":1"), "Line 8: The number 1 was given to an earlier comment of the thread. Nothing was imported.");
    EXPECT_EQ(changed("\"story\":1,\"number\":1", "\"story\":2,\"number\":1").substr(0, 28), "Line 7: 'story' is 2, but co");
    EXPECT_EQ(changed("\"url\":\"https:", "\"url\":\"javascript:"), "Line 6: 'url' must be an http or https address. Nothing was imported.");
    EXPECT_EQ(changed("\"comments\":17", "\"comments\":16").substr(0, 7), fmt::format("Line {}", lines));
    EXPECT_EQ(changed("{\"kind\":\"storyline\"", "{\"kind\":\"end\",\"lines\":2}\n{\"kind\":\"storyline\"").substr(0, 40), "Line 2: The header counts other numbers ");
    EXPECT_EQ(refusal(empty, text + "{\"kind\":\"end\",\"lines\":2}\n"), fmt::format("Line {}: It stands behind the end. Nothing was imported.", lines + 1));
}

// S-01: the file is a stranger's.
TEST_P(ParleyImportTest, html_that_our_sanitiser_would_change_is_rendered_anew)
{
    test.post(draft(SourceFormat::Markdown, "a *b*", {}, test.ada));
    std::string text = exported(database());
    std::string html = "<p>a <em>b</em></p>";
    text.replace(text.find(html), html.size(), "<p onclick=x>a</p><script>alert(1)</script>");
    Other copy = other();
    EXPECT_EQ(imported(*copy.database, text).html_renewed, 1);
    auto comment = value_of(copy.database->read([&](Reader& reader) { return find_comment(reader, comment_id(test.story, 1)); }));
    EXPECT_EQ(comment.comment.html.markup(), html);
}

TEST_P(ParleyImportTest, a_file_packed_or_not_comes_back)
{
    fill();
    for (char const* name : { "export.jsonl", "export.jsonl.gz" }) {
        std::string path = test.folder.file(name);
        ExportReport report = value_of(export_site_to_file(database(), test.site, exported_at, path));
        EXPECT_EQ(report.counts.comments, 17);
        EXPECT_EQ(report.bytes, exported(database()).size());
        EXPECT_FALSE(std::filesystem::exists(path + ".unfinished"));
        EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::all, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        Other copy = other();
        int calls = 0;
        value_of(import_parley_file(*copy.database, path, {}, [&](ParleyImportProgress const& progress) {
            ++calls;
            EXPECT_LE(progress.done, progress.total);
        }));
        EXPECT_GE(calls, 2);
        EXPECT_EQ(exported(*copy.database), exported(database()));
    }
    EXPECT_EQ(export_site_to_file(database(), test.site, exported_at, "/no/such/folder/x").error().kind, ErrorKind::Outside);
    EXPECT_EQ(export_site(database(), { 99 }, exported_at, [](std::string_view) -> Result<void> { return {}; }).error().kind, ErrorKind::NotFound);
}

TEST_P(ParleyImportTest, a_thread_of_thousands_comes_back)
{
    std::vector<NewComment> many;
    for (int64_t number = 1; number <= 3'500; ++number) {
        NewComment one = draft(SourceFormat::Text, fmt::format("comment {}", number), {}, number % 2 ? test.ada : test.ben);
        one.comment.id = comment_id(test.story, number);
        one.comment.path = CommentPath::root(number);
        many.push_back(std::move(one));
    }
    succeed(database().write([&](Transaction& tx) -> Result<void> {
        TRY(insert_comments(tx, many));
        return recount_thread(tx, test.story);
    }));
    std::string text = exported(database());
    Other copy = other();
    EXPECT_EQ(imported(*copy.database, text).added.comments, 3'500);
    EXPECT_EQ(exported(*copy.database), text);
    EXPECT_EQ(imported(*copy.database, text).added.comments, 0);
}

INSTANTIATE_ON_BOTH_ENGINES(ParleyImportTest);

TEST(LineStoreTest, lines_come_back_in_order_also_from_the_disk)
{
    LineStore store;
    std::string line(1 << 20, 'x');
    for (int i = 0; i < 40; ++i)
        succeed(store.append(std::to_string(i) + line));
    for (int round = 0; round < 2; ++round) {
        int count = 0;
        succeed(store.each([&](std::string_view one) -> Result<void> {
            EXPECT_EQ(one.substr(0, one.find('x')), std::to_string(count++));
            EXPECT_GT(one.size(), line.size());
            return {};
        }));
        EXPECT_EQ(count, 40);
    }
}

}  // namespace parley
