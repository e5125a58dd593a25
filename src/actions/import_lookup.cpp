#include "actions/import_lookup.h"

#include "storage/import_claims.h"
#include "storage/origins.h"
#include "storage/stories.h"

#include <unordered_map>

namespace parley {
namespace {

constexpr size_t chunk_stories = 512;

struct Sought {
    uint32_t story;
    std::string source_id;
    std::vector<std::string> keys;
};

Result<void> find_chunk(Reader& reader, ImportPlace const& place, std::span<Sought const> chunk, std::vector<KnownStory>& known)
{
    std::vector<std::string_view> source_ids;
    for (Sought const& sought : chunk)
        source_ids.push_back(sought.source_id);
    auto origins = TRY(find_origins(reader, place.site, OriginKind::Story, place.system, source_ids));
    for (size_t i = 0; i < chunk.size(); ++i) {
        KnownStory& story = known[chunk[i].story];
        if (story.id == 0 && origins[i])
            story.id = origins[i]->local_id;
        for (std::string const& key : chunk[i].keys) {
            if (story.id != 0)
                break;
            if (std::optional<StoryId> found = TRY(find_story_by_key(reader, place.site, key)))
                story.id = found->value;
        }
    }
    return {};
}

}  // namespace

Result<std::vector<KnownStory>> find_known_stories(ImportPlace const& place, Staging const& staging)
{
    std::vector<KnownStory> known(staging.stories().size());
    std::vector<Sought> chunk;
    auto look = [&]() -> Result<void> {
        TRY(place.database.read([&](Reader& reader) { return find_chunk(reader, place, chunk, known); }));
        chunk.clear();
        return {};
    };
    TRY(staging.each_story_record([&](uint64_t, Staging::StoryRecord const& record) -> Result<void> {
        Sought sought { record.story, record.record.source_id, record.other_keys };
        if (!record.key.empty())
            sought.keys.insert(sought.keys.begin(), record.key);
        chunk.push_back(std::move(sought));
        return chunk.size() == chunk_stories ? look() : Result<void>();
    }));
    TRY(look());
    TRY(place.database.read([&](Reader& reader) -> Result<void> {
        std::unordered_map<int64_t, ImportClaim> claims;
        TRY(each_import_claim(reader, place.site, place.system, [&](ImportClaim const& claim) { claims.emplace(claim.story.value, claim); }));
        for (KnownStory& story : known) {
            auto claim = claims.find(story.id);
            if (story.id == 0 || claim == claims.end())
                continue;
            story.is_claimed = true;
            story.fingerprint = claim->second.fingerprint;
            story.reserved = claim->second.reserved;
        }
        return {};
    }));
    return known;
}

Result<bool> has_comment_origins(ImportPlace const& place)
{
    bool has = false;
    TRY(place.database.read([&](Reader& reader) -> Result<void> {
        has = TRY(has_origins(reader, place.site, OriginKind::Comment, place.system));
        return {};
    }));
    return has;
}

Result<void> find_known_comments(ImportPlace const& place, Staging const& staging, std::span<StagedComment> comments)
{
    std::vector<std::string> ids;
    ids.reserve(comments.size());
    for (StagedComment const& comment : comments)
        ids.push_back(TRY(staging.source_id(comment.id_key, comment.words, comment.copy)));
    std::vector<std::string_view> views(ids.begin(), ids.end());
    return place.database.read([&](Reader& reader) -> Result<void> {
        auto origins = TRY(find_origins(reader, place.site, OriginKind::Comment, place.system, views));
        for (size_t i = 0; i < comments.size(); ++i)
            comments[i].existing = origins[i] ? origins[i]->local_id : 0;
        return {};
    });
}

}  // namespace parley
