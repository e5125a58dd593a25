#include "storage/threads.h"

#include "storage/events.h"
#include "storage/row_reading.h"

namespace parley {

Result<Thread> find_thread(Reader& reader, StoryId story)
{
    static constexpr Sql find {
        "select state, comments_shown, people, revision, last_comment_at from thread where story_id = $1"
    };
    auto thread = TRY(find_one(reader, find, { story.value }, [&](Row const& row) -> Thread {
        return { .story = story, .state = enum_at<ThreadState>(row, 0), .comments_shown = row.integer(1),
            .people = row.integer(2), .revision = row.integer(3), .last_comment_at = optional_time_at(row, 4) };
    }));
    if (!thread)
        return Error::not_found("There is no such thread.");
    return *thread;
}

Result<void> change_thread_state(Transaction& transaction, StoryId story, ThreadState state, Time now)
{
    static constexpr Sql change { "update thread set state = $2, revision = revision + 1 where story_id = $1" };
    if (TRY(transaction.execute(change, { story.value, number_of(state) })) == 0)
        return Error::not_found("There is no such thread.");
    return append_event(transaction, EventKind::ThreadChanged, story, {}, now);
}

Result<void> bump_revision(Transaction& transaction, StoryId story)
{
    static constexpr Sql bump { "update thread set revision = revision + 1 where story_id = $1" };
    return transaction.send(bump, { story.value });
}

Result<void> recount_thread(Transaction& transaction, StoryId story)
{
    static constexpr Sql forget_people { "delete from thread_person where story_id = $1" };
    static constexpr Sql count_people {
        "select person_id, count(*), max(created_at) from comment where story_id = $1 and state = 0 group by person_id order by person_id"
    };
    static constexpr Sql keep_person { "insert into thread_person (story_id, person_id, comments_shown) values ($1, $2, $3)" };
    static constexpr Sql forget_passages { "delete from quoted_passage where story_id = $1" };
    static constexpr Sql count_passages {
        "insert into quoted_passage (story_id, passage, exact, prefix, suffix, position, quotes)"
        " select $1, quote.passage, min(quote.exact), min(quote.prefix), min(quote.suffix), min(quote.position), count(*)"
        " from quote join comment on comment.id = quote.comment_id and comment.state = 0"
        " where quote.story_id = $1 and quote.quoted_comment_id is null group by quote.passage"
    };
    static constexpr Sql newest { "select coalesce(max(id), $1) from comment where id > $1 and id < $2" };
    // A sequence number that was given once must not come again.
    static constexpr Sql keep {
        "update thread set comments_shown = $2, people = $3, last_comment_at = $4, revision = revision + 1,"
        " next_sequence = case when next_sequence > $5 then next_sequence else $5 end where story_id = $1"
    };
    TRY(transaction.execute(forget_people, { story.value }));
    int64_t shown = 0;
    std::optional<Time> last;
    std::vector<Value> people;
    TRY(transaction.query(count_people, { story.value }, [&](Row const& row) -> Result<void> {
        shown += row.integer(1);
        if (Time newest { row.integer(2) }; !last || *last < newest)
            last = newest;
        if (!row.is_null(0))
            people.insert(people.end(), { story.value, row.integer(0), row.integer(1) });
        return {};
    }));
    TRY(transaction.execute_many(keep_person, people, 3));
    TRY(transaction.execute(forget_passages, { story.value }));
    TRY(transaction.execute(count_passages, { story.value }));
    int64_t before_first = comment_id(story, 0).value;
    int64_t behind_last = comment_id({ story.value + 1 }, 0).value;
    auto highest = TRY(find_one(transaction, newest, { before_first, behind_last }, [](Row const& row) { return row.integer(0); }));
    int64_t next = sequence_of(CommentId { highest.value_or(before_first) }) + 1;
    if (TRY(transaction.execute(keep, { story.value, shown, static_cast<int64_t>(people.size() / 3), time_or_null(last), next })) == 0)
        return Error::not_found("There is no such thread.");
    return {};
}

}  // namespace parley
