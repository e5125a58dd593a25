// A bookmark is a place in an ordered list from which a page goes on: what a cursor in an address says. It holds the
// sort key of the last row shown, so that going on costs the same anywhere in the list (S-73), and it is checked
// letter by letter, because anybody can write one.
#pragma once

#include "base/result.h"
#include "storage/comments.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace parley {

// Which list a bookmark belongs to; in another list it means nothing.
enum class BookmarkList : char {
    Stories = 's',
    NewestRoots = 'n',
    OldestRoots = 'o',
    MostRepliedRoots = 'm',
    CommonGroundRoots = 'g',
    SplitRoots = 'd',
    CommentsOfPerson = 'p',
};

struct Bookmark {
    BookmarkList list;
    Direction direction;  // Behind: the page that follows the row; Before: the page in front of it
    int64_t key;  // what the list is sorted by: a time, a number of replies
    int64_t id;   // which of the rows with that key
};

// "nf.18c2f06a1b2.300000a": letters, digits, '.' and '-' only.
std::string write_bookmark(Bookmark const&);

// Invalid, with a sentence for the reader, for everything that write_bookmark would not have written for this list.
Result<Bookmark> read_bookmark(std::string_view cursor, BookmarkList);

// The same for a place in a branch, which is known by the bytes of a comment's path: "t.0000000100000002".
std::string write_path_bookmark(std::string const& path_bytes);
Result<std::string> read_path_bookmark(std::string_view cursor);

}  // namespace parley
