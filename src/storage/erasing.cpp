#include "storage/erasing.h"

#include "storage/row_reading.h"

namespace parley {

Result<void> erase_words(Transaction& transaction, CommentId comment)
{
    static constexpr Sql words { "update comment_source set text = '' where comment_id = $1" };
    static constexpr Sql html { "update comment set html = '' where id = $1" };
    static constexpr Sql wordings { "delete from comment_revision where comment_id = $1" };
    static constexpr Sql quotes { "delete from quote where comment_id = $1" };
    for (Sql const* sql : { &words, &html, &wordings, &quotes })
        TRY(transaction.send(*sql, { comment.value }));
    return {};
}

Result<void> erase_ways_in(Transaction& transaction, Account const& account)
{
    static constexpr Sql of_person[] {
        Sql { "delete from session where person_id = $1" },
        Sql { "delete from one_time_link where person_id = $1" },
        Sql { "delete from outside_identity where person_id = $1" },
        Sql { "delete from recovery_code where person_id = $1" },
        Sql { "update account set email = null, email_key = null, password = null where person_id = $1" },
    };
    static constexpr Sql letters { "delete from outgoing_mail where recipient = $1" };
    if (account.email)
        TRY(transaction.send(letters, { *account.email }));
    for (Sql const& sql : of_person)
        TRY(transaction.send(sql, { account.person.value }));
    return {};
}

Result<void> erase_account(Transaction& transaction, Account const& account)
{
    static constexpr Sql of_person[] {
        Sql { "delete from former_handle where person_id = $1" },
        Sql { "delete from follow where person_id = $1" },
        Sql { "delete from follow where kind = 3 and target_id = $1" },
        Sql { "delete from mute where person_id = $1" },
        Sql { "delete from mute where muted_id = $1" },
        Sql { "delete from notification where person_id = $1" },
        Sql { "delete from story_visit where person_id = $1" },
        Sql { "delete from note_rater where person_id = $1 and ratings = 0" },
        Sql { "delete from account where person_id = $1" },
    };
    TRY(erase_ways_in(transaction, account));
    for (Sql const& sql : of_person)
        TRY(transaction.send(sql, { account.person.value }));
    return {};
}

}  // namespace parley
