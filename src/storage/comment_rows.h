// The columns of a comment as every query of this room selects them, and how they are read.
#pragma once

#include "storage/comments.h"
#include "storage/row_reading.h"

namespace parley {

#define COMMENT_COLUMNS                                                                                                \
    "comment.id, comment.story_id, comment.path, comment.parent_id, comment.parent_link, comment.person_id,"           \
    " comment.created_at, comment.date_estimated, comment.edited_at, comment.state, comment.state_reason,"             \
    " comment.reply_count, comment.language, comment.html"
constexpr int comment_columns = 14;
constexpr int comment_story_column = 1;
constexpr int comment_person_column = 5;

// Behind the columns of a comment; the join is part of it.
#define COMMENT_WITH_AUTHOR                                                                                            \
    "select " COMMENT_COLUMNS ", person.site_id, person.handle, person.name, person.membership, person.joined_at"      \
    " from comment left join person on person.id = comment.person_id "

#define COMMENT_IS_SHOWN "(comment.state = 0 or (comment.state > 1 and comment.reply_count > 0))"

// The queries of a page. Their conditions repeat those of the partial indexes comment_newest, comment_most_replied and
// comment_shown_reply, so that these are used.
// Roots in one of the two rising orders, behind or before a place:
#define ROOTS COMMENT_WITH_AUTHOR "where comment.story_id = $1 and comment.parent_id is null and " COMMENT_IS_SHOWN
#define ROOTS_BY_TIME_RISING                                                                                           \
    ROOTS " and (comment.created_at, comment.id) > ($2, $3) order by comment.created_at, comment.id limit $4"
#define ROOTS_BY_TIME_FALLING                                                                                          \
    ROOTS " and (comment.created_at, comment.id) < ($2, $3)"                                                           \
          " order by comment.created_at desc, comment.id desc limit $4"
#define ROOTS_BY_REPLIES_RISING                                                                                        \
    ROOTS " and (comment.reply_count, comment.id) > ($2, $3) order by comment.reply_count, comment.id limit $4"
#define ROOTS_BY_REPLIES_FALLING                                                                                       \
    ROOTS " and (comment.reply_count, comment.id) < ($2, $3)"                                                          \
          " order by comment.reply_count desc, comment.id desc limit $4"
// Roots by votes, behind or before a place; the place is one more column. Those without stand behind them, newest first.
#define ROOTS_BY_VOTES(place, beyond, direction)                                                                       \
    "select " COMMENT_COLUMNS ", person.site_id, person.handle, person.name, person.membership, person.joined_at, comment_rank." place  \
    " from comment_rank join comment on comment.id = comment_rank.comment_id left join person on person.id = comment.person_id" \
    " where comment_rank.story_id = $1 and comment_rank." place " " beyond " $2 and " COMMENT_IS_SHOWN                  \
    " order by comment_rank." place " " direction " limit $3"
#define ROOTS_WITHOUT_PLACE                                                                                            \
    ROOTS " and not exists (select 1 from comment_rank where comment_rank.comment_id = comment.id and comment_rank.place is not null)"
#define ROOTS_WITHOUT_PLACE_RISING                                                                                     \
    ROOTS_WITHOUT_PLACE " and (comment.created_at, comment.id) > ($2, $3) order by comment.created_at, comment.id limit $4"
#define ROOTS_WITHOUT_PLACE_FALLING                                                                                    \
    ROOTS_WITHOUT_PLACE " and (comment.created_at, comment.id) < ($2, $3)"                                             \
                        " order by comment.created_at desc, comment.id desc limit $4"
// Replies from path $2 on, up to $3:
#define REPLIES_OF_BRANCH                                                                                              \
    COMMENT_WITH_AUTHOR "where comment.story_id + 0 = $1 and comment.path > $2 and comment.path < $3"                  \
                        " and comment.parent_id is not null and " COMMENT_IS_SHOWN " order by comment.path limit $4"

inline Result<Comment> read_comment(Row const& row)
{
    return Comment { .id = id_at<CommentId>(row, 0), .parent = optional_id_at<CommentId>(row, 3),
        .parent_link = enum_at<ParentLink>(row, 4), .path = TRY(CommentPath::from_bytes(std::string(row.bytes(2)))),
        .author = optional_id_at<PersonId>(row, comment_person_column), .created_at = time_at(row, 6),
        .is_date_estimated = row.integer(7) != 0, .edited_at = optional_time_at(row, 8),
        .state = enum_at<CommentState>(row, 9), .state_reason = text_at(row, 10), .reply_count = row.integer(11),
        .html = Html::from_trusted(text_at(row, 13)),  // a renderer wrote it
        .language = text_at(row, 12) };
}

inline Result<CommentWithAuthor> read_comment_with_author(Row const& row)
{
    CommentWithAuthor read { .comment = TRY(read_comment(row)), .author = {} };
    if (!row.is_null(comment_columns)) {
        read.author = Person { .id = *read.comment.author, .site = id_at<SiteId>(row, comment_columns),
            .handle = text_at(row, comment_columns + 1), .name = text_at(row, comment_columns + 2),
            .membership = enum_at<Membership>(row, comment_columns + 3), .joined_at = time_at(row, comment_columns + 4) };
    }
    return read;
}

}  // namespace parley
