// Where imported rows came from: the same record again changes nothing, and old permalinks find their way.
#pragma once

#include "domain/ids.h"
#include "storage/database.h"

#include <string>

namespace parley {

enum class OriginKind { Story = 1, Person = 2, Comment = 3 };

struct Origin {
    SiteId site;
    OriginKind kind;
    std::string system;     // "disqus"
    std::string source_id;  // as the archive names it
    int64_t local_id;       // StoryId, PersonId or CommentId
    int64_t digest;         // of the record: tells an exact duplicate from another record under the same id
};

struct OriginMatch {
    int64_t local_id;
    int64_t digest;
};

// One answer for each source id, in the order given.
Result<std::vector<std::optional<OriginMatch>>> find_origins(
    Reader&, SiteId, OriginKind, std::string_view system, std::span<std::string_view const> source_ids);
Result<std::optional<OriginMatch>> find_origin(
    Reader&, SiteId, OriginKind, std::string_view system, std::string_view source_id);

// Fastest when sorted by (kind, system, source_id). Refused: one is there already.
Result<void> insert_origins(Transaction&, std::span<Origin const>);

// By (kind, system, source_id), behind the last one of the page before: what an export walks.
Result<std::vector<Origin>> origins_behind(Reader&, SiteId, std::optional<Origin> const& behind, int limit);

}  // namespace parley
