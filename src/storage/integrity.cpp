#include "storage/integrity.h"

#include "domain/comment.h"
#include "storage/row_reading.h"
#include "storage/sqlite_connection.h"

#include <filesystem>
#include <fmt/format.h>

namespace parley {
namespace {

// Each gives a row (name, kept, counted) for every number that is wrong.
constexpr Sql shown_of_threads {
    "select 'comments shown of thread ' || story_id, kept, counted from (select thread.story_id, comments_shown as kept,"
    " (select count(*) from comment where comment.story_id = thread.story_id and comment.state = 0) as counted from thread) as t"
    " where kept <> counted"
};
constexpr Sql people_of_threads {
    "select 'people of thread ' || story_id, kept, counted from (select thread.story_id, people as kept,"
    " (select count(distinct person_id) from comment where comment.story_id = thread.story_id and comment.state = 0) as counted"
    " from thread) as t where kept <> counted"
};
constexpr Sql last_comments {
    "select 'last comment (time) of thread ' || story_id, kept, counted from (select thread.story_id,"
    " coalesce(last_comment_at, 0) as kept,"
    " coalesce((select max(created_at) from comment where comment.story_id = thread.story_id and comment.state = 0), 0) as counted"
    " from thread) as t where kept <> counted"
};
constexpr Sql next_sequences {
    "select 'next comment number of thread ' || story_id, kept, counted from (select thread.story_id, next_sequence as kept,"
    " coalesce((select max(id) from comment where comment.story_id = thread.story_id), 0) & 16777215 as counted"
    " from thread) as t where kept <= counted"
};
constexpr Sql shown_of_people {
    "select 'comments shown of person ' || id, kept, counted from (select person.id, person.comments_shown as kept,"
    " coalesce(own.number, 0) as counted from person left join"
    " (select person_id, count(*) as number from comment where state = 0 and person_id is not null group by person_id) as own"
    " on own.person_id = person.id) as t where kept <> counted"
};
constexpr Sql lists_of_people {
    "select 'entries of comment ' || comment.id || ' in the list of its author', 0, 1 from comment left join comment_of_person as entry"
    " on entry.person_id = comment.person_id and entry.state = comment.state and entry.created_at = comment.created_at"
    " and entry.comment_id = comment.id where comment.person_id is not null and entry.comment_id is null"
};
constexpr Sql strays_of_people {
    "select 'entries of comment ' || entry.comment_id || ' in the list of person ' || entry.person_id, 1, 0"
    " from comment_of_person as entry left join comment on comment.id = entry.comment_id and comment.person_id = entry.person_id"
    " and comment.state = entry.state and comment.created_at = entry.created_at where comment.id is null"
};
constexpr Sql people_in_threads {
    "select 'comments shown of person ' || person_id || ' in thread ' || story_id, kept, counted from"
    " (select counts.story_id, counts.person_id, coalesce(thread_person.comments_shown, 0) as kept, counts.number as counted from"
    " (select story_id, person_id, count(*) as number from comment where state = 0 and person_id is not null"
    " group by story_id, person_id) as counts left join thread_person"
    " on thread_person.story_id = counts.story_id and thread_person.person_id = counts.person_id) as t where kept <> counted"
};
constexpr Sql quoted_passages {
    "select 'quotes of a passage of story ' || story_id, kept, counted from (select passage.story_id, passage.quotes as kept,"
    " (select count(*) from quote join comment on comment.id = quote.comment_id and comment.state = 0 where"
    " quote.story_id = passage.story_id and quote.passage = passage.passage and quote.quoted_comment_id is null) as counted"
    " from quoted_passage as passage) as t where kept <> counted"
};
constexpr Sql storylines {
    "select 'newest story (time) of storyline ' || id, kept, counted from (select storyline.id, newest_story_at as kept,"
    " coalesce((select max(published_at) from story where story.storyline_id = storyline.id and story.state = 0), 0) as counted"
    " from storyline) as t where kept <> counted"
};

void add(IntegrityReport& report, Difference difference)
{
    if (report.differences.size() < IntegrityReport::differences_max)
        report.differences.push_back(std::move(difference));
    else
        ++report.differences_left_out;
}

// Replies of comments, thread by thread in path order: only the branch that leads to the comment at hand is kept.
class ReplyCounter {
public:
    explicit ReplyCounter(IntegrityReport& report) : report_(report) {}

    Result<void> take(Row const& row)
    {
        int64_t story = row.integer(0);
        CommentPath path = TRY(CommentPath::from_bytes(std::string(row.bytes(1))));
        while (!branch_.empty() && (story != story_ || !path.bytes().starts_with(branch_.back().path.bytes())))
            close();
        if (story != story_)
            close_deepest();
        story_ = story;
        bool is_visible = row.integer(4) == 0;
        if (is_visible) {
            for (Counted& above : branch_)
                ++above.counted;
            if (path.level() == CommentPath::levels_max) {
                auto answered = deepest_.find(row.integer(3));
                if (answered != deepest_.end())
                    ++answered->second.counted;
            }
        }
        Counted counted { path, row.integer(2), row.integer(5), 0 };
        if (path.level() == CommentPath::levels_max)
            deepest_.emplace(counted.id, counted);
        else
            branch_.push_back(std::move(counted));
        return {};
    }

    void finish()
    {
        while (!branch_.empty())
            close();
        close_deepest();
    }

private:
    struct Counted {
        CommentPath path;
        int64_t id;
        int64_t kept;
        int64_t counted;
    };

    void judge(Counted const& comment)
    {
        if (comment.kept != comment.counted)
            add(report_, { fmt::format("replies of comment {}", comment.id), comment.kept, comment.counted });
    }

    void close()
    {
        judge(branch_.back());
        branch_.pop_back();
    }

    void close_deepest()
    {
        for (auto const& [id, comment] : deepest_)
            judge(comment);
        deepest_.clear();
    }

    IntegrityReport& report_;
    int64_t story_ = 0;
    std::vector<Counted> branch_;
    std::unordered_map<int64_t, Counted> deepest_;  // of this thread: their answers stand beside them
};

Result<IntegrityReport> check_sqlite(std::string const& path)
{
    if (!std::filesystem::exists(path))
        return Error::not_found(fmt::format("There is no database at {}.", path));
    static constexpr Sql integrity { "pragma integrity_check(20)" };
    static constexpr Sql foreign_keys { "pragma foreign_key_check" };
    static constexpr Sql begin { "begin" };
    auto connection = TRY(SQLiteConnection::open(path, SQLiteConnection::Mode::ReadOnly));
    TRY(connection->send(begin, {}));
    IntegrityReport report;
    TRY(connection->query(integrity, {}, [&](Row const& row) -> Result<void> {
        if (row.text(0) != "ok")
            report.damage.emplace_back(row.text(0));
        return {};
    }));
    TRY(connection->query(foreign_keys, {}, [&](Row const& row) -> Result<void> {
        if (report.damage.size() < 20)
            report.damage.push_back(fmt::format("row {} of {} names a row of {} that does not exist", row.integer(1), row.text(0), row.text(2)));
        return {};
    }));
    TRY(recount_everything(*connection, report));
    return report;
}

}  // namespace

Result<void> recount_everything(Reader& reader, IntegrityReport& report)
{
    static constexpr Sql numbers {
        "select (select count(*) from story), (select count(*) from comment), (select count(*) from person)"
    };
    TRY(reader.query(numbers, {}, [&](Row const& row) -> Result<void> {
        report.stories = row.integer(0);
        report.comments = row.integer(1);
        report.people = row.integer(2);
        return {};
    }));
    for (Sql const* sql : { &shown_of_threads, &people_of_threads, &last_comments, &next_sequences, &shown_of_people, &lists_of_people,
             &strays_of_people, &people_in_threads, &quoted_passages, &storylines }) {
        TRY(reader.query(*sql, {}, [&](Row const& row) -> Result<void> {
            add(report, { std::string(row.text(0)), row.integer(1), row.integer(2) });
            return {};
        }));
    }
    static constexpr Sql tree { "select story_id, path, id, coalesce(parent_id, 0), state, reply_count from comment order by story_id, path" };
    ReplyCounter counter(report);
    TRY(reader.query(tree, {}, [&](Row const& row) { return counter.take(row); }));
    counter.finish();
    return {};
}

Result<IntegrityReport> check_integrity(std::string const& address)
{
    bool is_server = address.starts_with("postgresql://") || address.starts_with("postgres://");
    if (!is_server)
        return check_sqlite(address);
    std::unique_ptr<Database> database = TRY(open_database(address));
    return database->read([](Reader& reader) -> Result<IntegrityReport> {
        IntegrityReport report;
        TRY(recount_everything(reader, report));
        return report;
    });
}

}  // namespace parley
