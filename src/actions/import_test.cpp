#include "actions/import.h"

#include "storage/import_claims.h"
#include "storage/origins.h"
#include "storage/test_database.h"
#include "storage/threads.h"

#include <boost/json.hpp>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace parley {
namespace {

constexpr Time now { 1'795'000'000'000 };  // November 2026

std::string content_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    EXPECT_FALSE(content.str().empty()) << path;
    return content.str();
}

std::string sample(std::string const& name) { return PARLEY_SOURCE_DIR "/tests/data/imports/" + name; }

// Fails a write after so many of them: what a kill or a full disk does to an import.
class FailingDatabase final : public Database {
public:
    FailingDatabase(Database& inner, int writes_left) : inner_(inner), writes_left_(writes_left) {}
    Result<void> read_work(ReadWork const& work) override { return inner_.read_work(work); }
    void write_later(WriteWork work, Done done) override
    {
        if (writes_left_-- > 0)
            inner_.write_later(std::move(work), std::move(done));
        else
            done(Error::busy("The disk is full."));
    }
    Result<void> ping() override { return inner_.ping(); }
    std::string description() const override { return inner_.description(); }

private:
    Database& inner_;
    int writes_left_;
};

class Import : public testing::Test {
protected:
    explicit Import(Engine engine = Engine::SQLite) : engine_(engine) { renew(); }

    // Another empty database.
    void renew()
    {
        database_.reset();
        folder_ = std::make_unique<TestFolder>();
        database_ = value_of(open_database(empty_address(engine_, *folder_)));
        Site site { .name = "Harrow Courier", .address = "https://talk.harrow-courier.example", .host = "harrow-courier.example", .language = "en" };
        site_ = value_of(database_->write([&](Transaction& transaction) { return insert_site(transaction, site); }));
    }

    ImportOptions options() const { return { .site = site_, .now = now }; }

    Result<ImportReport> import(std::string const& path, ImportOptions const& how) { return import_file(*database_, ArchiveFormat::Disqus, path, how); }
    Result<ImportReport> import(std::string const& path) { return import(path, options()); }

    std::string write_file(std::string const& bytes)
    {
        std::string path = folder_->file("archive.xml");
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }

    std::vector<Origin> origins(OriginKind kind)
    {
        std::vector<Origin> all;
        EXPECT_FALSE(database_->read([&](Reader& reader) -> Result<void> {
            std::optional<Origin> last;
            for (;;) {
                std::vector<Origin> page = TRY(origins_behind(reader, site_, last, 500));
                if (page.empty())
                    return {};
                last = page.back();
                for (Origin& origin : page)
                    if (origin.kind == kind)
                        all.push_back(std::move(origin));
            }
        }).is_error());
        return all;
    }

    // {source id: [key of the story, source id of the parent, state]}, as the samples' tree.json has it.
    boost::json::object tree()
    {
        std::map<int64_t, std::string> source_of;
        std::map<std::string, int64_t> sorted;
        for (Origin const& origin : origins(OriginKind::Comment)) {
            source_of[origin.local_id] = origin.source_id;
            sorted[origin.source_id] = origin.local_id;
        }
        static constexpr char const* states[] { "ok", "pending", "spam", "deleted" };
        boost::json::object tree;
        EXPECT_FALSE(database_->read([&](Reader& reader) -> Result<void> {
            for (auto const& [source, id] : sorted) {
                Comment comment = TRY(find_comment(reader, { id })).comment;
                std::vector<std::string> keys = TRY(keys_of_story(reader, story_of(comment.id)));
                boost::json::value parent = nullptr;
                if (comment.parent)
                    parent = source_of.at(comment.parent->value);
                tree[source] = boost::json::array { keys.at(0), parent, states[static_cast<int>(comment.state)] };
            }
            return {};
        }).is_error());
        return tree;
    }

    // Everything a reader could see or a second import could trip over.
    std::string picture()
    {
        std::ostringstream out;
        EXPECT_FALSE(database_->read([&](Reader& reader) -> Result<void> {
            for (Story const& story : TRY(stories_behind(reader, site_, {}, 10'000))) {
                Thread thread = TRY(find_thread(reader, story.id));
                out << story.headline << ' ' << static_cast<int>(story.state) << ' ' << static_cast<int>(thread.state) << ' '
                    << thread.comments_shown << ' ' << thread.people << '\n';
            }
            for (Person const& person : TRY(people_behind(reader, site_, {}, 10'000)))
                out << person.handle << ' ' << person.name << ' ' << TRY(comment_count_of_person(reader, person.id)) << '\n';
            for (Origin const& origin : origins(OriginKind::Comment)) {
                CommentWithAuthor found = TRY(find_comment(reader, { origin.local_id }));
                out << origin.source_id << ' ' << found.comment.id.value << ' ' << (found.author ? found.author->handle : "-") << ' '
                    << found.comment.reply_count << ' ' << to_rfc3339(found.comment.created_at) << ' ' << found.comment.html.markup() << '\n';
            }
            TRY(each_import_claim(reader, site_, "disqus", [&](ImportClaim const& claim) { out << "claim " << claim.story.value << '\n'; }));
            return {};
        }).is_error());
        return out.str();
    }

    Engine engine_;
    std::unique_ptr<TestFolder> folder_;
    std::unique_ptr<Database> database_;
    SiteId site_;
};

void expect_counts(ImportReport const& report, std::string const& name)
{
    boost::json::object expected = boost::json::parse(content_of(sample(name + ".expected.json"))).as_object();
    boost::json::object got = boost::json::parse(to_json(report)).as_object();
    for (auto const& [field, value] : expected)
        if (value.is_int64()) {
            EXPECT_EQ(got.at(field), value) << name << " " << field;
        }
}

class ImportOfSample : public Import, public testing::WithParamInterface<std::tuple<Engine, char const*>> {
protected:
    ImportOfSample() : Import(std::get<Engine>(GetParam())) {}
    std::string name() const { return std::get<char const*>(GetParam()); }
};

TEST_P(ImportOfSample, GivesTheCountsAndTheTreeOfItsExpectation)
{
    ImportOptions how = options();
    how.accepts_partial = true;
    ImportReport report = import(sample(name()), how).release_value();
    expect_counts(report, name());
    EXPECT_EQ(report.comments_added, report.imported);
    EXPECT_EQ(tree(), boost::json::parse(content_of(sample(name() + ".tree.json"))));
}

// S-88: import twice equals import once.
TEST_P(ImportOfSample, ChangesNothingTheSecondTime)
{
    ImportOptions how = options();
    how.accepts_partial = true;
    ImportReport first = import(sample(name()), how).release_value();
    std::string once = picture();
    ImportReport second = import(sample(name()), how).release_value();
    EXPECT_EQ(picture(), once);
    EXPECT_EQ(second.comments_added, 0);
    EXPECT_EQ(second.stories_added, 0);
    EXPECT_EQ(second.people_added, 0);
    EXPECT_EQ(second.already_there, first.imported);
    expect_counts(second, name());
}

// S-88: killed anywhere, the same command goes on and ends in the same state.
TEST_P(ImportOfSample, EndsInTheSameStateWhereverItWasKilled)
{
    ImportOptions how = options();
    how.accepts_partial = true;
    (void)import(sample(name()), how);
    std::string whole = picture();
    bool has_failed = true;
    for (int writes = 0; has_failed; ++writes) {
        renew();
        FailingDatabase failing(*database_, writes);
        has_failed = import_file(failing, ArchiveFormat::Disqus, sample(name()), how).is_error();
        ASSERT_TRUE(import(sample(name()), how).has_value());
        EXPECT_EQ(picture(), whole) << "killed after " << writes << " writes";
    }
}

std::vector<Engine> engines()
{
    return std::getenv("PARLEY_TEST_POSTGRES") ? std::vector { Engine::SQLite, Engine::PostgreSQL } : std::vector { Engine::SQLite };
}

INSTANTIATE_TEST_SUITE_P(Disqus, ImportOfSample,
    testing::Combine(testing::ValuesIn(engines()),
        testing::Values("disqus.xml", "disqus-hard.xml", "disqus-badutf8.xml", "disqus-latin1.xml", "disqus-malformed.xml", "disqus-truncated.xml")),
    [](auto const& info) {
        std::string name = std::get<char const*>(info.param);
        std::erase_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
        return name + (std::get<Engine>(info.param) == Engine::SQLite ? "OnSQLite" : "OnPostgreSQL");
    });

TEST_F(Import, WritesNothingOnADryRun)
{
    std::string before = picture();
    ImportOptions how = options();
    how.is_dry_run = true;
    ImportReport report = import(sample("disqus-hard.xml"), how).release_value();
    EXPECT_EQ(report.outcome, ImportReport::Outcome::DryRun);
    expect_counts(report, "disqus-hard.xml");
    EXPECT_EQ(picture(), before);
    EXPECT_EQ(report.comments_added, 0);
}

TEST_F(Import, TakesAFileThatBreaksOffOnlyWhenTold)
{
    ImportReport report = import(sample("disqus-truncated.xml")).release_value();
    EXPECT_EQ(report.outcome, ImportReport::Outcome::BrokenOff);
    EXPECT_TRUE(picture().empty());
    expect_counts(report, "disqus-truncated.xml");
    EXPECT_NE(to_text(report).find("--accept-partial"), std::string::npos);
}

TEST_F(Import, WritesNothingForAnyTruncation)
{
    std::string whole = content_of(sample("disqus.xml"));
    for (size_t size = 0; size < whole.rfind('>'); size += 13) {
        Result<ImportReport> report = import(write_file(whole.substr(0, size)));
        EXPECT_TRUE(report.is_error() || report.value().outcome == ImportReport::Outcome::BrokenOff) << size;
    }
    EXPECT_TRUE(picture().empty());
}

TEST_F(Import, RefusesADocumentTypeDeclarationAndWritesNothing)
{
    Result<ImportReport> report = import(sample("disqus-xxe.xml"));
    ASSERT_TRUE(report.is_error());
    EXPECT_EQ(report.error().detail, "dtd_forbidden");
    EXPECT_TRUE(picture().empty());
}

TEST_F(Import, SaysWhatAFileOfAnotherFormatIs)
{
    Result<ImportReport> report = import(write_file("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"></rss>"));
    ASSERT_TRUE(report.is_error());
    EXPECT_NE(report.error().message.find("a WordPress export"), std::string::npos) << report.error().message;
    EXPECT_TRUE(import(folder_->file("absent.xml")).is_error());
}

TEST_F(Import, NamesEachRecordItMendedOrLeftOut)
{
    ImportReport report = import(sample("disqus-hard.xml")).release_value();
    auto has = [&](std::string_view rule, std::string_view id) {
        return std::ranges::any_of(report.remarks, [&](ImportRemark const& remark) { return remark.rule == rule && remark.source_id == id; });
    };
    EXPECT_TRUE(has("R6", "112"));
    EXPECT_TRUE(has("R6", "113"));
    EXPECT_TRUE(has("R3", "101"));
    EXPECT_TRUE(has("R3", "103#2"));
    EXPECT_TRUE(has("R4", "106"));
    EXPECT_TRUE(has("R4", "107"));
    EXPECT_TRUE(has("R4", "108"));
    EXPECT_TRUE(has("R4", "109"));
    EXPECT_TRUE(has("R8", "127"));
    EXPECT_TRUE(has("R5", "15"));
}

TEST_F(Import, KeepsStatesReasonsAndSources)
{
    (void)import(sample("disqus-hard.xml"));
    std::map<std::string, int64_t> ids;
    for (Origin const& origin : origins(OriginKind::Comment))
        ids[origin.source_id] = origin.local_id;
    ASSERT_FALSE(database_->read([&](Reader& reader) -> Result<void> {
        Comment spam = TRY(find_comment(reader, { ids["118"] })).comment;
        EXPECT_EQ(spam.state, CommentState::Removed);
        EXPECT_EQ(spam.state_reason, "spam");
        Comment deleted = TRY(find_comment(reader, { ids["115"] })).comment;
        EXPECT_EQ(deleted.state, CommentState::Withdrawn);
        EXPECT_EQ(deleted.state_reason, "deleted at source");
        // R14: what could run is gone, the source stays as it was.
        Comment wild = TRY(find_comment(reader, { ids["123"] })).comment;
        EXPECT_EQ(wild.html.markup().find("script"), std::string::npos);
        EXPECT_EQ(wild.html.markup().find("javascript"), std::string::npos);
        EXPECT_NE(wild.html.markup().find("<blockquote>"), std::string::npos);
        CommentSource source = TRY(source_of(reader, wild.id));
        EXPECT_EQ(source.format, SourceFormat::Html);
        EXPECT_NE(source.text.find("<script>alert(1)</script>"), std::string::npos);
        Comment undated = TRY(find_comment(reader, { ids["127"] })).comment;
        EXPECT_TRUE(undated.is_date_estimated);
        EXPECT_FALSE(TRY(find_comment(reader, { ids["122"] })).author);
        EXPECT_EQ(TRY(find_comment(reader, { ids["120"] })).author->name, "Guest Jo");
        return {};
    }).is_error());
}

TEST_F(Import, AddsWhatANewerExportHasMore)
{
    std::string whole = content_of(sample("disqus.xml"));
    // The older export lacks one post in the middle of a thread, and the replies to it.
    std::string older = whole;
    for (char const* id : { "500004", "500005" }) {
        size_t begin = older.find("<post dsq:id=\"" + std::string(id));
        older.erase(begin, older.find("</post>", begin) + 8 - begin);
    }
    EXPECT_EQ(import(write_file(older)).release_value().comments_added, 21);
    ImportReport newer = import(write_file(whole)).release_value();
    EXPECT_EQ(newer.comments_added, 2);
    EXPECT_EQ(newer.already_there, 21);
    EXPECT_EQ(tree(), boost::json::parse(content_of(sample("disqus.xml.tree.json"))));
}

TEST_F(Import, FinishesAKilledImportWithANewerExport)
{
    std::string whole = content_of(sample("disqus.xml"));
    std::string older = whole;
    size_t begin = older.find("<post dsq:id=\"500002\"");
    older.erase(begin, older.find("</post>", begin) + 8 - begin);
    for (int writes = 1; writes < 6; ++writes) {
        renew();
        FailingDatabase failing(*database_, writes);
        (void)import_file(failing, ArchiveFormat::Disqus, write_file(older), options());
        ASSERT_TRUE(import(write_file(whole)).has_value());
        EXPECT_EQ(tree().size(), 23u);
        EXPECT_EQ(picture().find("claim"), std::string::npos);
        EXPECT_EQ(import(write_file(whole)).release_value().comments_added, 0);
    }
}

TEST_F(Import, KeepsAChainOfFiveThousandReplies)
{
    std::string chain = "<disqus><thread dsq:id=\"1\"><link>/chain/</link></thread>";
    for (int i = 1; i <= 5000; ++i) {
        chain += "<post dsq:id=\"" + std::to_string(i) + "\"><message>Reply</message><createdAt>2020-01-01T00:00:00Z</createdAt>"
            + "<author><username>ada</username></author><thread dsq:id=\"1\"/>"
            + (i > 1 ? "<parent dsq:id=\"" + std::to_string(i - 1) + "\"/>" : std::string()) + "</post>";
    }
    ImportReport report = import(write_file(chain + "</disqus>")).release_value();
    EXPECT_EQ(report.max_depth, 5000);
    EXPECT_EQ(report.comments_added, 5000);
    EXPECT_EQ(report.roots, 1);
}

TEST_F(Import, CountsTheVisibleCommentsOfPeople)
{
    (void)import(sample("disqus.xml"));
    auto ferryman = database_->read([&](Reader& reader) { return find_person_by_handle(reader, site_, "ferryman"); }).release_value();
    ASSERT_TRUE(ferryman);
    EXPECT_EQ(value_of(database_->read([&](Reader& reader) { return comment_count_of_person(reader, ferryman->id); })), 4);
    EXPECT_EQ(value_of(database_->read([&](Reader& reader) { return comments_of_person(reader, ferryman->id, {}, 10); })).size(), 4u);
}

TEST_F(Import, CountsRepliesAsThePagesDo)
{
    (void)import(sample("disqus.xml"));
    for (Origin const& origin : origins(OriginKind::Comment)) {
        int64_t expected = origin.source_id == "500001" ? 4 : origin.source_id == "500009" ? 1 : origin.source_id == "500006" ? 2 : -1;
        if (expected >= 0) {
            auto found = database_->read([&](Reader& reader) { return find_comment(reader, { origin.local_id }); });
            EXPECT_EQ(found.value().comment.reply_count, expected) << origin.source_id;
        }
    }
}

TEST_F(Import, ReadsGzip)
{
    std::string packed = folder_->file("packed.xml.gz");
    ASSERT_EQ(std::system(("gzip -c '" + sample("disqus.xml") + "' > '" + packed + "'").c_str()), 0);
    EXPECT_EQ(import(packed).release_value().comments_added, 23);
    std::filesystem::resize_file(packed, std::filesystem::file_size(packed) / 2);
    EXPECT_EQ(import(packed).release_value().outcome, ImportReport::Outcome::BrokenOff);
}

}  // namespace
}  // namespace parley
