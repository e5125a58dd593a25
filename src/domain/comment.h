// A comment is what a person wrote under a story: a node in the tree of its thread.
#pragma once

#include "base/html.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/quote.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley {

// visible    everyone reads it
// held       waits for a moderator; shown to nobody else
// removed    a moderator took it away (spam too); a tombstone stands if it has visible replies
// withdrawn  its author took it away; likewise
enum class CommentState { Visible = 0, Held = 1, Removed = 2, Withdrawn = 3 };

// What the source is written in. The source is kept as it was written; html is derived from it.
enum class SourceFormat { Markdown = 0, Html = 1, Text = 2 };

// How we know which comment is answered. An inferred parent was guessed by an importer from the evidence
// kept with it; pages say "probably in reply to".
enum class ParentLink { Stated = 0, Inferred = 1 };

// Where a comment stands in its tree: the sequence numbers from its root to itself, four big-endian bytes
// each, so that bytewise order is depth-first order with siblings oldest first. At most 8 levels: a deeper
// reply keeps its parent but stands at level 8, as a later sibling of the level-8 ancestor it answers.
class CommentPath {
public:
    static constexpr int levels_max = 8;

    static CommentPath root(int64_t sequence);
    CommentPath child(int64_t sequence) const;
    static Result<CommentPath> from_bytes(std::string bytes);  // Invalid unless 1 to 8 levels of 4 bytes

    std::string const& bytes() const { return bytes_; }
    int level() const { return static_cast<int>(bytes_.size() / 4); }  // 1 for a root
    std::vector<int64_t> sequences() const;  // root first
    CommentPath root_path() const;
    std::string end_of_branch() const;  // greater than every path in this branch, not greater than any behind it

    auto operator<=>(CommentPath const&) const = default;

private:
    explicit CommentPath(std::string bytes) : bytes_(std::move(bytes)) {}
    std::string bytes_;
};

struct Comment {
    CommentId id;
    std::optional<CommentId> parent;
    ParentLink parent_link = ParentLink::Stated;
    CommentPath path;
    std::optional<PersonId> author;  // nobody: anonymous in the archive it came from, or erased
    Time created_at;
    bool is_date_estimated = false;  // the archive had no date: order is right, the moment is not known
    std::optional<Time> edited_at;
    CommentState state = CommentState::Visible;
    std::string state_reason {};     // "spam", "deleted at source"; empty for visible ones
    int64_t reply_count = 0;         // visible comments in its branch, itself not counted
    Html html;
    std::string language {};         // BCP 47; empty when unknown
};

// The words behind a comment: what the author typed. Never read to show a page.
struct CommentSource {
    SourceFormat format = SourceFormat::Markdown;
    std::string text;
};

// An earlier wording. Number 1 is the first.
struct Revision {
    int number;
    CommentSource source;
    Time at;
};

// Why an importer thinks that a comment answers its parent.
struct ParentEvidence {
    std::string method;   // "quote", "mention", "phrase", "adjacency"
    double score;         // 0 to 1, comparable within one method
    std::string matched;  // the words that matched
};

}  // namespace parley
