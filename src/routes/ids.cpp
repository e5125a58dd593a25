#include "routes/ids.h"

#include "render/words.h"
#include "routes/target.h"

namespace parley::routes {

Result<StoryId> story_in(http::Request const& request)
{
    constexpr int64_t stories_max = INT64_MAX >> comment_sequence_bits;
    std::optional<int64_t> number = positive_number(request.captures.at(0));
    if (!number || *number > stories_max)
        return Error::not_found(word("missing.story"));
    return StoryId { *number };
}

Result<CommentId> comment_in(http::Request const& request)
{
    StoryId story = TRY(story_in(request));
    std::optional<CommentId> comment = comment_numbered(story, request.captures.at(1));
    if (!comment)
        return Error::not_found(word("missing.comment"));
    return *comment;
}

Result<NoteId> note_in(http::Request const& request)
{
    StoryId story = TRY(story_in(request));
    std::optional<NoteId> note = note_numbered(story, request.captures.at(1));
    if (!note)
        return Error::not_found(word("refusal.no-note"));
    return *note;
}

std::optional<CommentId> comment_numbered(StoryId story, std::string_view number)
{
    std::optional<int64_t> sequence = positive_number(number);
    if (!sequence || *sequence > comments_per_thread_max)
        return {};
    return comment_id(story, *sequence);
}

std::optional<NoteId> note_numbered(StoryId story, std::string_view number)
{
    std::optional<int64_t> sequence = positive_number(number);
    if (!sequence || *sequence > comments_per_thread_max)
        return {};
    return note_id(story, *sequence);
}

}  // namespace parley::routes
