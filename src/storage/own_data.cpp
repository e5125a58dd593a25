#include "storage/own_data.h"

#include "storage/row_reading.h"

namespace parley {

Result<std::vector<CommentId>> comments_by(Reader& reader, PersonId person, CommentId behind, int limit)
{
    static constexpr Sql list { "select comment_id from comment_of_person where person_id = $1 and comment_id > $2 order by comment_id limit $3" };
    return find_all(reader, list, { person.value, behind.value, limit }, [](Row const& row) { return id_at<CommentId>(row, 0); });
}

Result<std::vector<OwnVote>> votes_by(Reader& reader, PersonId person, CommentId behind, int limit)
{
    static constexpr Sql list {
        "select comment_id, stance, worth, at from vote where person_id = $1 and comment_id > $2 order by comment_id limit $3"
    };
    return find_all(reader, list, { person.value, behind.value, limit }, [](Row const& row) {
        std::optional<Stance> stance = row.is_null(1) ? std::nullopt : std::optional(enum_at<Stance>(row, 1));
        return OwnVote { id_at<CommentId>(row, 0), { stance, row.integer(2) != 0 }, time_at(row, 3) };
    });
}

Result<std::vector<Letter>> letters_to(Reader& reader, std::string_view email, int limit)
{
    static constexpr Sql list {
        "select id, recipient, subject, body, created_at, sent_at from outgoing_mail where recipient = $1 order by id desc limit $2"
    };
    return find_all(reader, list, { email, limit }, [](Row const& row) -> Letter {
        return { .id = row.integer(0), .recipient = text_at(row, 1), .subject = text_at(row, 2), .body = text_at(row, 3), .created_at = time_at(row, 4),
            .sent_at = optional_time_at(row, 5) };
    });
}

}  // namespace parley
