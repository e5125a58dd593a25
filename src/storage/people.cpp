#include "storage/people.h"

#include "storage/comment_rows.h"
#include "storage/counters.h"
#include "storage/events.h"
#include "storage/row_reading.h"

#include <fmt/format.h>
#include <limits>

namespace parley {
namespace {

Person read_person(Row const& row)
{
    return { .id = id_at<PersonId>(row, 0), .site = id_at<SiteId>(row, 1), .handle = text_at(row, 2), .name = text_at(row, 3),
        .membership = enum_at<Membership>(row, 4), .joined_at = time_at(row, 5) };
}

#define PERSON_COLUMNS "select id, site_id, handle, name, membership, joined_at from person "

Error no_such_person() { return Error::not_found("There is no such person."); }

// A handle nobody has: the given one, or with a number behind it. Ten thousand namesakes ("reader") cost some
// twenty look-ups: numbers are doubled until one is free, and then the gap is halved.
Result<std::string> free_handle(Reader& reader, SiteId site, std::string const& handle)
{
    auto is_taken = [&](int64_t number) -> Result<bool> {
        std::string candidate = number == 1 ? handle : fmt::format("{}-{}", handle, number);
        return TRY(find_person_by_handle(reader, site, candidate)).has_value();
    };
    if (!TRY(is_taken(1)))
        return handle;
    int64_t taken = 1;
    int64_t free = 2;
    while (TRY(is_taken(free))) {
        taken = free;
        free *= 2;
    }
    while (free - taken > 1) {
        int64_t middle = taken + (free - taken) / 2;
        (TRY(is_taken(middle)) ? taken : free) = middle;
    }
    return fmt::format("{}-{}", handle, free);
}

}  // namespace

Result<Person> find_person(Reader& reader, PersonId id)
{
    static constexpr Sql find { PERSON_COLUMNS "where id = $1" };
    auto person = TRY(find_one(reader, find, { id.value }, read_person));
    if (!person)
        return no_such_person();
    return std::move(*person);
}

Result<std::optional<Person>> find_person_by_handle(Reader& reader, SiteId site, std::string_view handle)
{
    static constexpr Sql find { PERSON_COLUMNS "where site_id = $1 and handle_key = $2" };
    std::string key = handle_key(handle);
    return find_one(reader, find, { site.value, key }, read_person);
}

Result<std::vector<Person>> people_behind(Reader& reader, SiteId site, PersonId behind, int limit)
{
    static constexpr Sql list { PERSON_COLUMNS "where site_id = $1 and id > $2 order by id limit $3" };
    return find_all(reader, list, { site.value, behind.value, limit }, read_person);
}

Result<Person> insert_person(Transaction& transaction, Person person, HandleTaken when_taken)
{
    static constexpr Sql insert {
        "insert into person (id, site_id, handle, handle_key, name, membership, joined_at, comments_shown)"
        " values ($1, $2, $3, $4, $5, $6, $7, 0) on conflict (site_id, handle_key) do nothing"
    };
    if (person.id.is_set())
        TRY(mark_id_used(transaction, Counter::Person, person.id.value));
    else
        person.id = { TRY(allocate_ids(transaction, Counter::Person)) };
    for (;;) {
        std::string key = handle_key(person.handle);
        int64_t inserted = TRY(transaction.execute(insert,
            { person.id.value, person.site.value, person.handle, key, person.name, number_of(person.membership),
                person.joined_at.milliseconds }));
        if (inserted == 1)
            return person;
        if (when_taken == HandleTaken::Refuse)
            return Error::refused("That handle is taken, or looks like one that is.");
        person.handle = TRY(free_handle(transaction, person.site, person.handle));
    }
}

Result<void> update_person(Transaction& transaction, Person const& person, Time now)
{
    static constexpr Sql update {
        "update person set handle = $2, handle_key = $3, name = $4, membership = $5, joined_at = $6 where id = $1"
    };
    auto owner = TRY(find_person_by_handle(transaction, person.site, person.handle));
    if (owner && owner->id != person.id)
        return Error::refused("That handle is taken, or looks like one that is.");
    std::string key = handle_key(person.handle);
    int64_t changed = TRY(transaction.execute(update,
        { person.id.value, person.handle, key, person.name, number_of(person.membership), person.joined_at.milliseconds }));
    if (changed == 0)
        return no_such_person();
    return append_event(transaction, person.id, now);
}

Result<std::vector<PersonPlace>> comment_places_of_person(Reader& reader, PersonId person, std::optional<PersonPlace> behind, int limit)
{
    static constexpr Sql list {
        "select created_at, comment_id from comment_of_person where person_id = $1 and state = 0 and (created_at, comment_id) > ($2, $3)"
        " order by created_at, comment_id limit $4"
    };
    PersonPlace place = behind.value_or(PersonPlace { { std::numeric_limits<int64_t>::min() }, {} });
    return find_all(reader, list, { person.value, place.created_at.milliseconds, place.id.value, limit },
        [](Row const& row) { return PersonPlace { time_at(row, 0), id_at<CommentId>(row, 1) }; });
}

Result<void> keep_former_handle(Transaction& transaction, Person const& person, Time now)
{
    static constexpr Sql keep {
        "insert into former_handle (site_id, handle_key, handle, person_id, given_up_at) values ($1, $2, $3, $4, $5)"
        " on conflict (site_id, handle_key) do update set handle = $3, person_id = $4, given_up_at = $5"
    };
    std::string key = handle_key(person.handle);
    return transaction.send(keep, { person.site.value, key, person.handle, person.id.value, now.milliseconds });
}

Result<std::optional<Person>> find_person_by_former_handle(Reader& reader, SiteId site, std::string_view handle)
{
    static constexpr Sql find {
        PERSON_COLUMNS "where id = (select person_id from former_handle where site_id = $1 and handle_key = $2)"
    };
    std::string key = handle_key(handle);
    return find_one(reader, find, { site.value, key }, read_person);
}

Result<std::vector<FormerHandle>> former_handles_of(Reader& reader, PersonId person)
{
    static constexpr Sql list { "select handle, given_up_at from former_handle where person_id = $1 order by given_up_at desc" };
    return find_all(reader, list, { person.value }, [](Row const& row) { return FormerHandle { text_at(row, 0), time_at(row, 1) }; });
}

Result<bool> is_handle_free(Reader& reader, SiteId site, std::string_view handle, std::optional<PersonId> person)
{
    for (auto find : { find_person_by_handle, find_person_by_former_handle }) {
        std::optional<Person> owner = TRY(find(reader, site, handle));
        if (owner && owner->id != person)
            return false;
    }
    return true;
}

Result<int64_t> comment_count_of_person(Reader& reader, PersonId id)
{
    static constexpr Sql find { "select comments_shown from person where id = $1" };
    auto count = TRY(find_one(reader, find, { id.value }, [](Row const& row) { return row.integer(0); }));
    if (!count)
        return no_such_person();
    return *count;
}

Result<void> recount_people(Transaction& transaction, std::span<PersonId const> people)
{
    static constexpr Sql recount {
        "update person set comments_shown ="
        " (select count(*) from comment_of_person where person_id = $1 and state = 0) where id = $1"
    };
    std::vector<Value> ids;
    ids.reserve(people.size());
    for (PersonId person : people)
        ids.push_back(person.value);
    return transaction.execute_many(recount, ids, 1);
}

Result<std::vector<PersonComment>> comments_of_person(
    Reader& reader, PersonId person, std::optional<PersonPlace> behind, int limit)
{
    static constexpr Sql list {
        "select " COMMENT_COLUMNS ", story.headline from comment_of_person"
        " join comment on comment.id = comment_of_person.comment_id join story on story.id = comment.story_id and story.state = 0"
        " join thread on thread.story_id = comment.story_id and thread.state <> 2"
        " where comment_of_person.person_id = $1 and comment_of_person.state = 0"
        " and (comment_of_person.created_at, comment_of_person.comment_id) < ($2, $3)"
        " order by comment_of_person.created_at desc, comment_of_person.comment_id desc limit $4"
    };
    constexpr int64_t end = std::numeric_limits<int64_t>::max();
    std::vector<PersonComment> found;
    TRY(reader.query(list, { person.value, behind ? behind->created_at.milliseconds : end, behind ? behind->id.value : end, limit },
        [&](Row const& row) -> Result<void> {
            Comment comment = TRY(read_comment(row));
            found.push_back({ std::move(comment), id_at<StoryId>(row, comment_story_column), text_at(row, comment_columns) });
            return {};
        }));
    return found;
}

}  // namespace parley
