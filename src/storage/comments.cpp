#include "storage/comments.h"

#include "storage/comment_rows.h"

#include <algorithm>
#include <limits>

namespace parley {
namespace {

EachRow append_to(std::vector<CommentWithAuthor>& list)
{
    return [&list](Row const& row) -> Result<void> {
        list.push_back(TRY(read_comment_with_author(row)));
        return {};
    };
}

constexpr Sql roots_by_time_rising { ROOTS_BY_TIME_RISING };
constexpr Sql roots_by_time_falling { ROOTS_BY_TIME_FALLING };
constexpr Sql roots_by_replies_rising { ROOTS_BY_REPLIES_RISING };
constexpr Sql roots_by_replies_falling { ROOTS_BY_REPLIES_FALLING };
constexpr Sql roots_by_common_ground_rising { ROOTS_BY_VOTES("place", ">", "asc") };
constexpr Sql roots_by_common_ground_falling { ROOTS_BY_VOTES("place", "<", "desc") };
constexpr Sql roots_by_split_rising { ROOTS_BY_VOTES("split_place", ">", "asc") };
constexpr Sql roots_by_split_falling { ROOTS_BY_VOTES("split_place", "<", "desc") };
constexpr Sql roots_without_place_rising { ROOTS_WITHOUT_PLACE_RISING };
constexpr Sql roots_without_place_falling { ROOTS_WITHOUT_PLACE_FALLING };
constexpr int place_column = comment_columns + 5;
constexpr Sql branch { REPLIES_OF_BRANCH };
constexpr Sql one_by_id { COMMENT_WITH_AUTHOR "where comment.id = $1" };

// Ranks of roots without a place: behind every place, the newer the earlier.
constexpr int64_t behind_all_places = int64_t { 1 } << 62;
bool is_behind_all_places(int64_t rank) { return rank >= int64_t { 1 } << 61; }

// At most `limit` with a place beyond `place`, in the direction of the walk.
Result<void> append_placed(Reader& reader, StoryId story, Order order, Direction direction, int64_t place, int limit, std::vector<CommentWithAuthor>& roots)
{
    bool is_rising = direction == Direction::Behind;
    Sql const& sql = order == Order::Split ? (is_rising ? roots_by_split_rising : roots_by_split_falling)
                                           : (is_rising ? roots_by_common_ground_rising : roots_by_common_ground_falling);
    return reader.query(sql, { story.value, place, limit }, [&](Row const& row) -> Result<void> {
        roots.push_back(TRY(read_comment_with_author(row)));
        roots.back().place = row.integer(place_column);
        return {};
    });
}

Result<std::vector<CommentWithAuthor>> roots_by_votes(
    Reader& reader, StoryId story, Order order, std::optional<RootPlace> place, Direction direction, int limit)
{
    using Limits = std::numeric_limits<int64_t>;
    bool is_in_tail = place && is_behind_all_places(place->rank);
    int64_t created_at = place ? behind_all_places - place->rank : 0;
    std::vector<CommentWithAuthor> roots;
    if (direction == Direction::Behind) {
        if (!is_in_tail)
            TRY(append_placed(reader, story, order, direction, place ? place->rank : 0, limit, roots));
        int left = limit - static_cast<int>(roots.size());
        if (left > 0)
            TRY(reader.query(roots_without_place_falling,
                { story.value, is_in_tail ? created_at : Limits::max(), is_in_tail ? place->id.value : Limits::max(), left }, append_to(roots)));
        return roots;
    }
    if (is_in_tail || !place)
        TRY(reader.query(roots_without_place_rising,
            { story.value, place ? created_at : Limits::min(), place ? place->id.value : 0, limit }, append_to(roots)));
    int left = limit - static_cast<int>(roots.size());
    if (left > 0)
        TRY(append_placed(reader, story, order, direction, is_in_tail || !place ? behind_all_places : place->rank, left, roots));
    std::ranges::reverse(roots);
    return roots;
}

}  // namespace

RootPlace place_in(Order order, CommentWithAuthor const& root)
{
    Comment const& comment = root.comment;
    if (is_by_votes(order))
        return { root.place ? *root.place : behind_all_places - comment.created_at.milliseconds, comment.id };
    return { order == Order::MostReplied ? comment.reply_count : comment.created_at.milliseconds, comment.id };
}

Result<std::vector<CommentWithAuthor>> roots_of_thread(
    Reader& reader, StoryId story, Order order, std::optional<RootPlace> place, Direction direction, int limit)
{
    if (is_by_votes(order))
        return roots_by_votes(reader, story, order, place, direction, limit);
    bool is_rising = (order == Order::Oldest) == (direction == Direction::Behind);
    Sql const& sql = order == Order::MostReplied ? (is_rising ? roots_by_replies_rising : roots_by_replies_falling)
                                                 : (is_rising ? roots_by_time_rising : roots_by_time_falling);
    using Limits = std::numeric_limits<int64_t>;
    RootPlace from = place.value_or(is_rising ? RootPlace { Limits::min(), { 0 } } : RootPlace { Limits::max(), { Limits::max() } });
    std::vector<CommentWithAuthor> roots;
    TRY(reader.query(sql, { story.value, from.rank, from.id.value, limit }, append_to(roots)));
    if (direction == Direction::Before)
        std::ranges::reverse(roots);
    return roots;
}

Result<std::vector<std::vector<CommentWithAuthor>>> branches_of(
    Reader& reader, StoryId story, std::span<CommentPath const> roots, int limit_each)
{
    std::vector<std::string> ends;
    std::vector<Value> arguments;
    ends.reserve(roots.size());  // arguments hold views of them
    for (CommentPath const& root : roots) {
        ends.push_back(root.end_of_branch());
        arguments.insert(arguments.end(), { story.value, Bytes { root.bytes() }, Bytes { ends.back() }, limit_each });
    }
    std::vector<std::vector<CommentWithAuthor>> branches(roots.size());
    TRY(reader.query_many(branch, arguments, 4, [&](size_t index, Row const& row) -> Result<void> {
        branches[index].push_back(TRY(read_comment_with_author(row)));
        return {};
    }));
    return branches;
}

Result<std::vector<CommentWithAuthor>> branch_behind(
    Reader& reader, StoryId story, CommentPath const& root, CommentPath const& behind, int limit)
{
    std::string end = root.end_of_branch();
    std::vector<CommentWithAuthor> comments;
    TRY(reader.query(
        branch, { story.value, Bytes { std::max(root, behind).bytes() }, Bytes { end }, limit }, append_to(comments)));
    return comments;
}

Result<CommentWithAuthor> find_comment(Reader& reader, CommentId id)
{
    std::vector<CommentWithAuthor> found;
    TRY(reader.query(one_by_id, { id.value }, append_to(found)));
    if (found.empty())
        return Error::not_found("There is no such comment.");
    return std::move(found.front());
}

Result<std::vector<CommentWithAuthor>> find_comments(Reader& reader, std::span<CommentId const> ids)
{
    std::vector<Value> arguments;
    arguments.reserve(ids.size());
    for (CommentId id : ids)
        arguments.push_back(id.value);
    std::vector<CommentWithAuthor> comments;
    TRY(reader.query_many(one_by_id, arguments, 1, [&](size_t, Row const& row) { return append_to(comments)(row); }));
    return comments;
}

Result<std::vector<CommentWithAuthor>> ancestors_of(Reader& reader, Comment const& comment)
{
    static constexpr Sql one_by_path { COMMENT_WITH_AUTHOR "where comment.story_id = $1 and comment.path = $2" };
    StoryId story = story_of(comment.id);
    std::vector<Value> arguments;
    std::string_view path = comment.path.bytes();
    for (size_t length = 4; length < path.size(); length += 4)
        arguments.insert(arguments.end(), { story.value, Bytes { path.substr(0, length) } });
    std::vector<CommentWithAuthor> ancestors;
    TRY(reader.query_many(one_by_path, arguments, 2, [&](size_t, Row const& row) { return append_to(ancestors)(row); }));
    if (comment.parent && (ancestors.empty() || ancestors.back().comment.id != *comment.parent))
        TRY(reader.query(one_by_id, { comment.parent->value }, append_to(ancestors)));
    return ancestors;
}

Result<std::vector<std::string>> author_names(Reader& reader, std::span<CommentId const> ids)
{
    static constexpr Sql find {
        "select person.name from comment join person on person.id = comment.person_id where comment.id = $1"
    };
    std::vector<Value> arguments;
    arguments.reserve(ids.size());
    for (CommentId id : ids)
        arguments.push_back(id.value);
    std::vector<std::string> names(ids.size());
    TRY(reader.query_many(find, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        names[index] = text_at(row, 0);
        return {};
    }));
    return names;
}

Result<CommentSource> source_of(Reader& reader, CommentId id)
{
    static constexpr Sql find { "select format, text from comment_source where comment_id = $1" };
    auto source = TRY(find_one(reader, find, { id.value },
        [](Row const& row) { return CommentSource { enum_at<SourceFormat>(row, 0), text_at(row, 1) }; }));
    if (!source)
        return Error::not_found("There is no such comment.");
    return std::move(*source);
}

Result<std::vector<Revision>> revisions_of(Reader& reader, CommentId id)
{
    static constexpr Sql list {
        "select number, format, text, at from comment_revision where comment_id = $1 order by number"
    };
    return find_all(reader, list, { id.value }, [](Row const& row) {
        return Revision { static_cast<int>(row.integer(0)), { enum_at<SourceFormat>(row, 1), text_at(row, 2) }, time_at(row, 3) };
    });
}

Result<std::vector<std::optional<ParentEvidence>>> evidence_of(Reader& reader, std::span<CommentId const> ids)
{
    static constexpr Sql find { "select method, score, matched from parent_evidence where comment_id = $1" };
    std::vector<Value> arguments;
    for (CommentId id : ids)
        arguments.push_back(id.value);
    std::vector<std::optional<ParentEvidence>> evidence(ids.size());
    TRY(reader.query_many(find, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        evidence[index] = ParentEvidence { text_at(row, 0), row.real(1), text_at(row, 2) };
        return {};
    }));
    return evidence;
}

}  // namespace parley
