#include "actions/bookmark.h"

#include "domain/comment.h"
#include "render/words.h"

#include <charconv>
#include <fmt/format.h>

namespace parley {
namespace {

Error no_such_place()
{
    return Error::invalid(word("missing.list_page"));
}

bool read_hexadecimal(std::string_view text, int64_t& number)
{
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return problem == std::errc {} && end == text.data() + text.size();
}

}  // namespace

std::string write_bookmark(Bookmark const& bookmark)
{
    return fmt::format("{}{}.{:x}.{:x}", static_cast<char>(bookmark.list), bookmark.direction == Direction::Behind ? 'f' : 'b',
        bookmark.key, bookmark.id);
}

Result<Bookmark> read_bookmark(std::string_view cursor, BookmarkList list)
{
    size_t second_dot = cursor.find('.', 3);
    if (cursor.size() < 6 || cursor[2] != '.' || second_dot == std::string_view::npos)
        return no_such_place();
    Bookmark bookmark { list, cursor[1] == 'b' ? Direction::Before : Direction::Behind, 0, 0 };
    bool is_read = read_hexadecimal(cursor.substr(3, second_dot - 3), bookmark.key)
        && read_hexadecimal(cursor.substr(second_dot + 1), bookmark.id);
    if (!is_read || write_bookmark(bookmark) != cursor)
        return no_such_place();
    return bookmark;
}

std::string write_path_bookmark(std::string const& path_bytes)
{
    std::string cursor = "t.";
    for (unsigned char byte : path_bytes)
        fmt::format_to(std::back_inserter(cursor), "{:02x}", byte);
    return cursor;
}

Result<std::string> read_path_bookmark(std::string_view cursor)
{
    constexpr size_t digits_a_level = 8;
    size_t digits = cursor.size() - std::min<size_t>(cursor.size(), 2);
    if (!cursor.starts_with("t.") || digits == 0 || digits % digits_a_level != 0 || digits > digits_a_level * CommentPath::levels_max)
        return no_such_place();
    std::string bytes;
    for (size_t at = 2; at < cursor.size(); at += 2) {
        int64_t byte = 0;
        if (cursor[at] == '-' || !read_hexadecimal(cursor.substr(at, 2), byte))
            return no_such_place();
        bytes += static_cast<char>(byte);
    }
    if (write_path_bookmark(bytes) != cursor)
        return no_such_place();
    return bytes;
}

}  // namespace parley
