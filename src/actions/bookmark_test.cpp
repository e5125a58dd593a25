#include "actions/bookmark.h"

#include <gtest/gtest.h>
#include <limits>

namespace parley {
namespace {

TEST(Bookmark, is_read_as_it_was_written)
{
    for (int64_t key : { int64_t { 0 }, int64_t { -1 }, std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min() }) {
        Bookmark bookmark { BookmarkList::NewestRoots, Direction::Before, key, 17 };
        Result<Bookmark> read = read_bookmark(write_bookmark(bookmark), BookmarkList::NewestRoots);
        ASSERT_TRUE(read.has_value());
        EXPECT_EQ(read.value().key, key);
        EXPECT_EQ(read.value().id, 17);
        EXPECT_EQ(read.value().direction, Direction::Before);
    }
}

TEST(Bookmark, a_hostile_cursor_is_invalid_and_nothing_worse)
{
    for (char const* cursor : { "", "n", "nf", "nf.", "nf.1", "nf.1.", "nf..1", "nf.1.2.3", "nf.01.2", "nf.1.+2", "nf.1.2 ", "nf.G.1",
             "nf.ffffffffffffffffffff.1", "nx.1.2", "of.1.2", "nf.1.0x2", "nf.1.2\n", "' or 1=1 --", "nf.-0.1", "NF.1.2", "nf.A.1" })
        EXPECT_TRUE(read_bookmark(cursor, BookmarkList::NewestRoots).is_error()) << cursor;
    EXPECT_TRUE(read_bookmark("nf.1.2", BookmarkList::NewestRoots).has_value());
}

TEST(Bookmark, a_place_in_a_branch_is_one_to_eight_levels)
{
    std::string path("\0\0\0\x01\xff\0\0\x02", 8);
    EXPECT_EQ(write_path_bookmark(path), "t.00000001ff000002");
    EXPECT_EQ(read_path_bookmark("t.00000001ff000002").release_value(), path);
    for (std::string cursor : { std::string("t."), std::string("t.0000000"), std::string("t.0000000G"), std::string("t.0000-001"),
             std::string("t.000000FF"), std::string("x.00000001"), "t." + std::string(72, '0'), std::string("") })
        EXPECT_TRUE(read_path_bookmark(cursor).is_error()) << cursor;
}

}  // namespace
}  // namespace parley
