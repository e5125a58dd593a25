#include "storage/quotes.h"

#include "storage/quote_rows.h"
#include "storage/row_reading.h"

#include <algorithm>

namespace parley {

constexpr Sql insert_quote {
    "insert into quote (comment_id, number, story_id, quoted_comment_id, passage, exact, prefix, suffix, position)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
};

int64_t passage_number(Quote const& quote)
{
    // FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). Two passages made to collide would share a
    // number and be listed as one; nothing else comes of it.
    uint64_t hash = 0xcbf29ce484222325;
    for (std::string const* part : { &quote.exact, &quote.prefix, &quote.suffix }) {
        for (char byte : *part)
            hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
        hash = (hash ^ 0xFF) * 0x100000001b3;  // no byte of UTF-8: divides the parts
    }
    return static_cast<int64_t>(hash);
}

void append_quote(std::vector<Value>& arguments, CommentId comment, int number, Quote const& quote)
{
    arguments.insert(arguments.end(), { comment.value, number, quote.story.value, id_or_null(quote.comment),
                                          passage_number(quote), quote.exact, quote.prefix, quote.suffix, quote.position });
}

Result<void> count_quotes(Transaction& transaction, CommentId comment, Visibility visibility)
{
    static constexpr Sql find {
        "select story_id, passage, exact, prefix, suffix, position from quote"
        " where comment_id = $1 and quoted_comment_id is null"
    };
    static constexpr Sql count {
        "insert into quoted_passage (story_id, passage, exact, prefix, suffix, position, quotes)"
        " values ($1, $2, $3, $4, $5, $6, $7)"
        " on conflict (story_id, passage) do update set quotes = quoted_passage.quotes + $7"
    };
    struct Found {
        int64_t story;
        int64_t passage;
        std::string exact, prefix, suffix;
        int64_t position;
    };
    auto quotes = TRY(find_all(transaction, find, { comment.value }, [](Row const& row) -> Found {
        return { row.integer(0), row.integer(1), text_at(row, 2), text_at(row, 3), text_at(row, 4), row.integer(5) };
    }));
    for (Found const& quote : quotes) {
        TRY(transaction.send(count, { quote.story, quote.passage, quote.exact, quote.prefix, quote.suffix, quote.position,
                                        static_cast<int64_t>(visibility) }));
    }
    return {};
}

Result<std::vector<std::vector<Quote>>> quotes_of(Reader& reader, std::span<CommentId const> ids)
{
    static constexpr Sql find {
        "select exact, prefix, suffix, story_id, quoted_comment_id, position from quote where comment_id = $1 order by number"
    };
    std::vector<Value> arguments;
    for (CommentId id : ids)
        arguments.push_back(id.value);
    std::vector<std::vector<Quote>> quotes(ids.size());
    TRY(reader.query_many(find, arguments, 1, [&](size_t index, Row const& row) -> Result<void> {
        quotes[index].push_back({ text_at(row, 0), text_at(row, 1), text_at(row, 2), id_at<StoryId>(row, 3),
            optional_id_at<CommentId>(row, 4), row.integer(5) });
        return {};
    }));
    return quotes;
}

Result<std::vector<std::vector<CommentId>>> quoted_by(Reader& reader, std::span<CommentId const> ids, int limit_each)
{
    static constexpr Sql find {
        "select distinct quote.comment_id from quote join comment on comment.id = quote.comment_id and comment.state = 0"
        " where quote.quoted_comment_id = $1 order by quote.comment_id limit $2"
    };
    std::vector<Value> arguments;
    for (CommentId id : ids)
        arguments.insert(arguments.end(), { id.value, limit_each });
    std::vector<std::vector<CommentId>> quoting(ids.size());
    TRY(reader.query_many(find, arguments, 2, [&](size_t index, Row const& row) -> Result<void> {
        quoting[index].push_back(id_at<CommentId>(row, 0));
        return {};
    }));
    return quoting;
}

Result<std::vector<QuotedWords>> quoted_words_of_story(Reader& reader, StoryId story, int limit, int limit_each)
{
    static constexpr Sql passages {
        "select exact, prefix, suffix, position, quotes, passage from quoted_passage"
        " where story_id = $1 and quotes > 0 order by quotes desc, passage desc limit $2"
    };
    static constexpr Sql quoting {
        "select distinct quote.comment_id from quote join comment on comment.id = quote.comment_id and comment.state = 0"
        " where quote.story_id = $1 and quote.passage = $2 and quote.quoted_comment_id is null"
        " order by quote.comment_id limit $3"
    };
    struct Found {
        QuotedWords words;
        int64_t passage;
    };
    auto found = TRY(find_all(reader, passages, { story.value, limit }, [&](Row const& row) -> Found {
        Quote quote { text_at(row, 0), text_at(row, 1), text_at(row, 2), story, {}, row.integer(3) };
        return { { std::move(quote), row.integer(4), {} }, row.integer(5) };
    }));
    std::ranges::sort(found, {}, [](Found const& one) { return std::pair(one.words.quote.position, one.passage); });
    std::vector<Value> arguments;
    for (Found const& one : found)
        arguments.insert(arguments.end(), { story.value, one.passage, limit_each });
    TRY(reader.query_many(quoting, arguments, 3, [&](size_t index, Row const& row) -> Result<void> {
        found[index].words.quoted_by.push_back(id_at<CommentId>(row, 0));
        return {};
    }));
    std::vector<QuotedWords> words;
    for (Found& one : found)
        words.push_back(std::move(one.words));
    return words;
}

}  // namespace parley
