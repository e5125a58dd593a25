#include "render/addresses.h"

#include "base/check.h"

namespace parley {
namespace {

void append_cursor(std::string& path, Cursor const& after)
{
    if (!after)
        return;
    path += path.find('?') == std::string::npos ? "?after=" : "&after=";
    path += percent_encode(*after);
}

std::string_view file_name(FeedFormat format) { return format == FeedFormat::Atom ? "feed.atom" : "feed.json"; }

}  // namespace

std::string front_page_path(Cursor const& after)
{
    std::string path = "/";
    append_cursor(path, after);
    return path;
}

std::string common_ground_path(StoryId story) { return story_path(story) + "/common-ground"; }
std::string desk_common_ground_path(StoryId story) { return "/desk/stories/" + std::to_string(story.value) + "/common-ground"; }

std::string story_path(StoryId story, std::optional<Order> order, Cursor const& after)
{
    std::string path = "/s/" + std::to_string(story.value);
    if (order)
        path.append("?order=").append(order_word(*order));
    append_cursor(path, after);
    return path;
}

std::string comment_path(CommentId comment, Cursor const& after)
{
    std::string path = "/s/" + std::to_string(story_of(comment).value) + "/c/" + std::to_string(sequence_of(comment));
    append_cursor(path, after);
    return path;
}

std::string person_path(std::string_view handle, Cursor const& after)
{
    std::string path = "/p/" + percent_encode(handle);
    append_cursor(path, after);
    return path;
}

std::string write_path(StoryId story, std::optional<CommentId> answered)
{
    std::string path = story_path(story) + "/write";
    return answered ? path + "?to=" + std::to_string(sequence_of(*answered)) : path;
}

std::string notes_path(StoryId story, NoteList list, std::optional<NoteId> before)
{
    std::string path = story_path(story) + "/notes";
    if (list != NoteList::NeedRatings)
        path.append("?show=").append(note_list_word(list));
    if (before)
        path.append(list == NoteList::NeedRatings ? "?" : "&").append("before=").append(std::to_string(sequence_of(*before)));
    return path;
}

std::string note_path(NoteId note) { return story_path(story_of(note)) + "/n/" + std::to_string(sequence_of(note)); }

std::string write_note_path(StoryId story, std::optional<CommentId> about)
{
    std::string path = story_path(story) + "/notes/write";
    return about ? path + "?on=" + std::to_string(sequence_of(*about)) : path;
}

std::string storyline_path(std::string_view name) { return "/storyline/" + percent_encode(name); }

std::string site_feed_path(FeedFormat format) { return std::string("/").append(file_name(format)); }

std::string story_feed_path(StoryId story, FeedFormat format)
{
    return story_path(story).append("/").append(file_name(format));
}

std::string_view order_word(Order order)
{
    switch (order) {
    case Order::Newest: return "newest";
    case Order::Oldest: return "oldest";
    case Order::MostReplied: return "most-replied";
    case Order::CommonGround: return "common-ground";
    case Order::Split: return "split";
    }
    CHECK(false);
}

std::optional<Order> order_from_word(std::string_view word)
{
    for (Order order : { Order::Newest, Order::Oldest, Order::MostReplied, Order::CommonGround, Order::Split })
        if (word == order_word(order))
            return order;
    return {};
}

std::string comment_anchor(CommentId comment) { return "c-" + std::to_string(sequence_of(comment)); }
std::string note_anchor(NoteId note) { return "n-" + std::to_string(sequence_of(note)); }
std::string passage_anchor(size_t number) { return "p-" + std::to_string(number); }

std::string percent_encode(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (unsigned char byte : text) {
        bool is_unreserved = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9')
            || byte == '-' || byte == '.' || byte == '_' || byte == '~';
        if (is_unreserved)
            out += static_cast<char>(byte);
        else
            (out += '%').append({ digits[byte >> 4], digits[byte & 15] });
    }
    return out;
}

}  // namespace parley
