// Judges a staged archive by the rules: who answers whom, what is twice there, what has no story. What comes out
// is a plan, thread by thread, that import_apply.h only has to write.
//
// Three passes over the comments, each in an order that makes its question a walk along two sorted files:
//   by source id     duplicates, collisions, comments without a story (R3, R6), what earlier runs brought
//   by parent's id   parents that are missing or in another story (R4)
//   by story         the tree of each thread
#pragma once

#include "actions/import_staging.h"
#include "actions/import_tree.h"
#include "storage/database.h"

#include <array>

namespace parley {

struct PlannedComment {
    uint64_t words;
    uint64_t id_key;
    int64_t created_at;
    int64_t existing;      // its id, when an earlier run brought it
    int64_t digest;
    uint32_t rank;         // in its thread; the sequence number where the thread is new
    uint32_t parent_rank;  // 0 at the top level
    uint32_t person;
    uint32_t reply_count;
    uint32_t copy;
    uint8_t level;
    archives::RecordState state;
    archives::TextFormat format;
    bool is_date_estimated : 1;
    bool has_extras : 1;
};

// New      the story is not in the database: ids are the ranks
// Claimed  an earlier run of this very import has begun it: the same, and some rows may be there
// Live     readers can see the story: what is missing is added behind what is there
enum class ThreadPlan : uint8_t { New, Claimed, Live };

struct PlannedThread {
    uint32_t story;
    uint32_t count;
    uint64_t first;        // its first PlannedComment; by path, or by rank where the thread is live
    int64_t fingerprint;   // of the numbering
    ThreadPlan plan;
};

// A comment's origin, in the order of the database's index on origins.
struct PlannedOrigin {
    std::array<char, 24> text;  // the start of the source id
    uint64_t words;
    uint64_t id_key;
    int64_t digest;
    uint32_t story;
    uint32_t rank;
    uint32_t copy;
};
bool operator<(PlannedOrigin const&, PlannedOrigin const&);

// Whose comment it is, in the order of the database's index of people's comments.
struct PlannedAuthorship {
    uint32_t person;
    archives::RecordState state;
    int64_t created_at;
    uint32_t story;
    uint32_t rank;
    auto operator<=>(PlannedAuthorship const&) const = default;
};

struct KnownStory {
    int64_t id = 0;  // 0: not in the database
    bool is_claimed = false;
    int64_t fingerprint = 0;
    int64_t reserved = 0;  // sequence numbers the claim holds
};

struct ImportPlan {
    RowFile<PlannedComment> comments;
    RowFile<PlannedThread> threads;  // by story; those with nothing to do are left out
    RowSorter<PlannedOrigin, std::less<>> origins;
    RowSorter<PlannedAuthorship, std::less<>> authorships;  // of new and claimed threads
    std::vector<KnownStory> stories;     // by number
    std::vector<bool> is_person_needed;  // by number
    uint64_t comments_to_add = 0;
};

struct ImportPlace {
    Database& database;
    SiteId site;
    std::string system;
    std::string folder;  // for temporary files
    Time now;
};

Result<ImportPlan> resolve(ImportPlace const&, Staging&, ImportReport&, ImportRemarks&);

}  // namespace parley
