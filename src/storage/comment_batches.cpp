#include "storage/comment_batches.h"

#include "domain/markup.h"
#include "storage/comment_rows.h"
#include "storage/quote_rows.h"
#include "storage/quotes.h"

#include <algorithm>

namespace parley {
namespace {

constexpr Sql insert_comment_row {
    "insert into comment (story_id, path, id, parent_id, parent_link, person_id, created_at, date_estimated, edited_at,"
    " state, state_reason, reply_count, language, html_version, html)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
};
constexpr Sql insert_source { "insert into comment_source (comment_id, format, text) values ($1, $2, $3)" };
constexpr Sql insert_of_person {
    "insert into comment_of_person (person_id, state, created_at, comment_id) values ($1, $2, $3, $4)"
};
constexpr Sql insert_evidence { "insert into parent_evidence (comment_id, method, score, matched) values ($1, $2, $3, $4)" };

constexpr size_t rows_at_once = 500;  // arguments held at a time: 500 rows of 15 values of 24 bytes

// Collects argument rows of one statement and runs them some hundred at a time.
class RowInserter {
public:
    RowInserter(Transaction& transaction, Sql const& sql, size_t width)
        : transaction_(transaction)
        , sql_(sql)
        , width_(width)
    {
    }

    Result<void> add(std::initializer_list<Value> row)
    {
        CHECK(row.size() == width_);
        values_.insert(values_.end(), row);
        return run_when_full();
    }

    std::vector<Value>& values() { return values_; }
    Result<void> run_when_full() { return values_.size() >= rows_at_once * width_ ? finish() : Result<void> {}; }

    Result<void> finish()
    {
        if (values_.empty())
            return {};
        TRY(transaction_.execute_many(sql_, values_, width_));
        values_.clear();  // keeps its memory
        return {};
    }

private:
    Transaction& transaction_;
    Sql const& sql_;
    size_t width_;
    std::vector<Value> values_;
};

// Readers of this index ask for one person; random places in it are dear, so each batch goes in sorted.
Result<void> insert_into_people(Transaction& transaction, std::span<NewComment const> comments)
{
    std::vector<Comment const*> by_person;
    by_person.reserve(comments.size());
    for (NewComment const& one : comments) {
        if (one.comment.author)
            by_person.push_back(&one.comment);
    }
    std::ranges::sort(by_person, {}, [](Comment const* comment) {
        return std::tuple(comment->author->value, comment->state, comment->created_at, comment->id);
    });
    RowInserter rows(transaction, insert_of_person, 4);
    for (Comment const* comment : by_person)
        TRY(rows.add({ comment->author->value, number_of(comment->state), comment->created_at.milliseconds, comment->id.value }));
    return rows.finish();
}

}  // namespace

Result<void> insert_comments(Transaction& transaction, std::span<NewComment const> comments, AuthorRows author_rows)
{
    RowInserter rows(transaction, insert_comment_row, 15);
    RowInserter sources(transaction, insert_source, 3);
    RowInserter quotes(transaction, insert_quote, insert_quote_width);
    RowInserter evidence(transaction, insert_evidence, 4);
    for (NewComment const& one : comments) {
        Comment const& comment = one.comment;
        TRY(rows.add({ story_of(comment.id).value, Bytes { comment.path.bytes() }, comment.id.value, id_or_null(comment.parent),
            number_of(comment.parent_link), id_or_null(comment.author), comment.created_at.milliseconds,
            comment.is_date_estimated, time_or_null(comment.edited_at), number_of(comment.state), comment.state_reason,
            comment.reply_count, comment.language, markup_version, comment.html.markup() }));
        TRY(sources.add({ comment.id.value, number_of(one.source.format), one.source.text }));
        if (one.evidence)
            TRY(evidence.add({ comment.id.value, one.evidence->method, one.evidence->score, one.evidence->matched }));
        int number = 0;
        for (Quote const& quote : one.quotes)
            append_quote(quotes.values(), comment.id, ++number, quote);
        TRY(quotes.run_when_full());
    }
    TRY(rows.finish());
    TRY(sources.finish());
    TRY(evidence.finish());
    TRY(quotes.finish());
    return author_rows == AuthorRows::Insert ? insert_into_people(transaction, comments) : Result<void>();
}

Result<void> insert_authorships(Transaction& transaction, std::span<Authorship const> authorships)
{
    static constexpr Sql insert {
        "insert into comment_of_person (person_id, state, created_at, comment_id) values ($1, $2, $3, $4) on conflict do nothing"
    };
    RowInserter rows(transaction, insert, 4);
    for (Authorship const& one : authorships)
        TRY(rows.add({ one.author.value, number_of(one.state), one.created_at.milliseconds, one.comment.value }));
    return rows.finish();
}

Result<void> insert_revisions(Transaction& transaction, CommentId comment, std::span<Revision const> revisions)
{
    static constexpr Sql insert {
        "insert into comment_revision (comment_id, number, format, text, at) values ($1, $2, $3, $4, $5)"
    };
    for (Revision const& revision : revisions) {
        TRY(transaction.send(insert, { comment.value, revision.number, number_of(revision.source.format),
                                         revision.source.text, revision.at.milliseconds }));
    }
    return {};
}

Result<std::vector<NewComment>> comments_behind(
    Reader& reader, StoryId story, std::optional<CommentPath> const& behind, int limit)
{
    static constexpr Sql list {
        "select " COMMENT_COLUMNS ", comment_source.format, comment_source.text from comment"
        " left join comment_source on comment_source.comment_id = comment.id"
        " where comment.story_id = $1 and comment.path > $2 order by comment.path limit $3"
    };
    std::vector<NewComment> comments;
    std::vector<CommentId> ids;
    TRY(reader.query(list, { story.value, Bytes { behind ? std::string_view(behind->bytes()) : "" }, limit },
        [&](Row const& row) -> Result<void> {
            CommentSource source { enum_at<SourceFormat>(row, comment_columns), text_at(row, comment_columns + 1) };
            Comment comment = TRY(read_comment(row));
            ids.push_back(comment.id);
            comments.push_back({ std::move(comment), std::move(source) });
            return {};
        }));
    auto quotes = TRY(quotes_of(reader, ids));
    auto evidence = TRY(evidence_of(reader, ids));
    for (size_t i = 0; i < comments.size(); ++i) {
        comments[i].quotes = std::move(quotes[i]);
        comments[i].evidence = std::move(evidence[i]);
    }
    return comments;
}

Result<int64_t> next_sequence(Reader& reader, StoryId story)
{
    static constexpr Sql find { "select next_sequence from thread where story_id = $1" };
    auto next = TRY(find_one(reader, find, { story.value }, [](Row const& row) { return row.integer(0); }));
    if (!next)
        return Error::not_found("There is no such thread.");
    return *next;
}

}  // namespace parley
