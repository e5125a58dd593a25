#include "storage/import_claims.h"

#include <charconv>

namespace parley {
namespace {

constexpr int64_t claim_kind = 4;  // beside those of OriginKind

int64_t number_in(std::string_view text)
{
    int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Result<void> claim_for_import(Transaction& transaction, SiteId site, std::string_view system, ImportClaim const& claim)
{
    static constexpr Sql insert {
        "insert into origin (site_id, kind, system, source_id, local_id, digest) values ($1, $2, $3, $4, $5, $6)"
        " on conflict (site_id, kind, system, source_id) do update set local_id = excluded.local_id, digest = excluded.digest"
    };
    static constexpr Sql reserve { "update thread set next_sequence = $2 where story_id = $1 and next_sequence < $2" };
    TRY(transaction.execute(insert,
        { site.value, claim_kind, system, std::to_string(claim.story.value), claim.reserved, claim.fingerprint }));
    TRY(transaction.execute(reserve, { claim.story.value, claim.reserved + 1 }));
    return {};
}

Result<void> each_import_claim(
    Reader& reader, SiteId site, std::string_view system, std::function<void(ImportClaim const&)> const& each)
{
    static constexpr Sql find {
        "select source_id, local_id, digest from origin where site_id = $1 and kind = $2 and system = $3 order by source_id"
    };
    return reader.query(find, { site.value, claim_kind, system }, [&](Row const& row) -> Result<void> {
        each({ { number_in(row.text(0)) }, row.integer(1), row.integer(2) });
        return {};
    });
}

Result<void> release_import_claim(
    Transaction& transaction, SiteId site, std::string_view system, StoryId story, StoryState story_state, ThreadState thread_state)
{
    static constexpr Sql remove { "delete from origin where site_id = $1 and kind = $2 and system = $3 and source_id = $4" };
    static constexpr Sql show_story { "update story set state = $2 where id = $1" };
    static constexpr Sql show_thread { "update thread set state = $2 where story_id = $1" };
    TRY(transaction.execute(remove, { site.value, claim_kind, system, std::to_string(story.value) }));
    TRY(transaction.execute(show_story, { story.value, static_cast<int64_t>(story_state) }));
    TRY(transaction.execute(show_thread, { story.value, static_cast<int64_t>(thread_state) }));
    return {};
}

Result<bool> has_origins(Reader& reader, SiteId site, OriginKind kind, std::string_view system)
{
    static constexpr Sql find { "select 1 from origin where site_id = $1 and kind = $2 and system = $3 limit 1" };
    bool has = false;
    TRY(reader.query(find, { site.value, static_cast<int64_t>(kind), system }, [&](Row const&) -> Result<void> {
        has = true;
        return {};
    }));
    return has;
}

Result<void> move_origin(Transaction& transaction, Origin const& origin)
{
    static constexpr Sql move {
        "update origin set local_id = $5, digest = $6 where site_id = $1 and kind = $2 and system = $3 and source_id = $4"
    };
    TRY(transaction.execute(move,
        { origin.site.value, static_cast<int64_t>(origin.kind), origin.system, origin.source_id, origin.local_id, origin.digest }));
    return {};
}

Result<std::vector<int64_t>> sequences_of_thread(Reader& reader, StoryId story)
{
    static constexpr Sql find { "select id from comment where id >= $1 and id <= $2 order by id" };
    std::vector<int64_t> sequences;
    TRY(reader.query(find, { comment_id(story, 0).value, comment_id(story, comments_per_thread_max).value },
        [&](Row const& row) -> Result<void> {
            sequences.push_back(sequence_of(CommentId { row.integer(0) }));
            return {};
        }));
    return sequences;
}

}  // namespace parley
