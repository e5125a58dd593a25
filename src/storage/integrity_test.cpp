#include "storage/integrity.h"

#include "storage/backup.h"
#include "storage/read_only_database.h"
#include "storage/test_database.h"

#include <fstream>

namespace parley {
namespace {

class Integrity : public OnBothEngines {
protected:
    IntegrityReport report()
    {
        return value_of(database().read([](Reader& reader) -> Result<IntegrityReport> {
            IntegrityReport report;
            TRY(recount_everything(reader, report));
            return report;
        }));
    }

    void spoil(Sql const& sql)
    {
        succeed(database().write([&](Transaction& tx) -> Result<void> { return tx.send(sql, {}); }));
    }
};

TEST_P(Integrity, a_busy_thread_is_counted_right)  // S-82
{
    CommentId deep = test.post("level 1", {}, test.ada);
    for (int level = 2; level <= 11; ++level)
        deep = test.post("deeper", deep, level % 2 == 0 ? test.ben : test.ada);
    CommentId removed = test.post("to be removed", deep, test.ben);
    test.post("below it", removed, test.ada);
    test.set_state(removed, CommentState::Removed);
    test.post("nobody's");
    IntegrityReport found = report();
    for (Difference const& difference : found.differences)
        ADD_FAILURE() << difference.what << ": " << difference.kept << " kept, " << difference.counted << " counted";
    EXPECT_EQ(found.comments, 14);
    EXPECT_TRUE(found.is_sound());
}

TEST_P(Integrity, each_wrong_number_is_reported)
{
    static constexpr Sql spoil_thread { "update thread set comments_shown = 7, people = 9, last_comment_at = 1, next_sequence = 1" };
    static constexpr Sql spoil_person { "update person set comments_shown = 5 where handle = 'ben'" };
    static constexpr Sql spoil_comment { "update comment set reply_count = 3" };
    CommentId root = test.post("root", {}, test.ada);
    test.post("reply", root, test.ben);
    spoil(spoil_thread);
    spoil(spoil_person);
    spoil(spoil_comment);
    std::vector<std::string> found;
    for (Difference const& difference : report().differences)
        found.push_back(fmt::format("{} {} {}", difference.what.substr(0, difference.what.find(" of ")), difference.kept, difference.counted));
    EXPECT_EQ(found,
        (std::vector<std::string> { "comments shown 7 2", "people 9 2", fmt::format("last comment (time) 1 {}", test.clock),
            "next comment number 1 2", "comments shown 5 1", "replies 3 0", "replies 3 1" }));
}

INSTANTIATE_ON_BOTH_ENGINES(Integrity);

TEST(Backup, of_a_database_in_use_is_whole_and_can_be_restored)  // S-89
{
    TestSite test(Engine::SQLite);
    test.post("kept", {}, test.ada);
    std::string copy = test.folder.file("copy.db");
    succeed(back_up_sqlite(test.address, copy));
    test.post("too late", {}, test.ada);
    EXPECT_EQ(back_up_sqlite(test.address, copy).error().kind, ErrorKind::Refused) << "an older backup is not overwritten";
    std::string restored = test.folder.file("new/restored.db");
    succeed(restore_sqlite(copy, restored));
    EXPECT_EQ(restore_sqlite(copy, restored).error().kind, ErrorKind::Refused);
    IntegrityReport report = value_of(check_integrity(restored));
    EXPECT_TRUE(report.is_sound());
    EXPECT_EQ(report.comments, 1);
    EXPECT_EQ(std::filesystem::status(restored).permissions() & std::filesystem::perms(077), std::filesystem::perms::none);
}

TEST(Backup, of_something_else_is_refused_and_leaves_nothing)
{
    TestFolder folder;
    std::ofstream(folder.file("letter.txt")) << std::string(9000, 'x');
    EXPECT_TRUE(restore_sqlite(folder.file("letter.txt"), folder.file("parley.db")).is_error());
    EXPECT_TRUE(back_up_sqlite(folder.file("none.db"), folder.file("copy.db")).is_error());
    int files = 0;
    for ([[maybe_unused]] auto const& entry : std::filesystem::directory_iterator(std::filesystem::path(folder.file("x")).parent_path()))
        ++files;
    EXPECT_EQ(files, 1);
}

TEST(ReadOnlyDatabase, reads_beside_the_one_that_serves_and_writes_nothing)
{
    TestSite test(Engine::SQLite);
    test.post("there", {}, test.ada);
    auto reading = value_of(open_database_to_read(test.address));
    EXPECT_EQ(value_of(reading->read([](Reader& reader) { return list_sites(reader); })).size(), 1u);
    EXPECT_EQ(reading->write([](Transaction&) -> Result<void> { return {}; }).error().kind, ErrorKind::Refused);
    EXPECT_EQ(open_database_to_read(test.folder.file("none.db")).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace parley
