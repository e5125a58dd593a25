// Parley's own export: JSON Lines, one record a line, described for its readers in docs/export-format.md. Here are
// the records as plain data, and both ways between a record and its line.
//
// Order of a file: header, storylines, people, then each story followed by its comments (a comment stands behind
// the one it answers), origins, end. Ids are those of the database it came from; they only have to agree with
// one another.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parley::archives {

constexpr int64_t parley_version = 1;
constexpr size_t parley_line_bytes_max = 64 << 20;  // a comment with all its earlier wordings; bounds what a reader holds

// Numbered as in domain/, which this room may not see.
enum class ParleyMembership { Member = 0, Imported = 1, Former = 2 };
enum class ParleyStoryState { Published = 0, Hidden = 1 };
enum class ParleyThreadState { Open = 0, Closed = 1, Hidden = 2 };
enum class ParleyCommentState { Visible = 0, Held = 1, Removed = 2, Withdrawn = 3 };
enum class ParleyFormat { Markdown = 0, Html = 1, Text = 2 };
enum class ParleyOriginKind { Story = 1, Person = 2, Comment = 3 };

struct ParleyCounts {
    int64_t storylines = 0;
    int64_t people = 0;
    int64_t stories = 0;
    int64_t comments = 0;
    int64_t origins = 0;

    bool operator==(ParleyCounts const&) const = default;
};

struct ParleyHeader {
    Time exported_at;
    std::string site_name, site_address, site_host, site_language;
    ParleyCounts counts;
};

struct ParleyStoryline {
    int64_t id;
    std::string name, title, summary;
};

struct ParleyPerson {
    int64_t id;
    std::string handle, name;
    ParleyMembership membership;
    Time joined_at;
};

struct ParleyCorrection {
    Time at;
    std::string text;
};

struct ParleyStory {
    int64_t id;
    std::string url;
    std::vector<std::string> keys;  // under which it is known, in the order of their bytes
    std::string headline, byline, dateline, section, body, credit, rights, language;
    Time published_at;
    std::optional<Time> updated_at;
    ParleyStoryState state;
    std::optional<int64_t> storyline;
    std::vector<ParleyCorrection> corrections;  // oldest first
    ParleyThreadState thread;
};

struct ParleySource {
    ParleyFormat format;
    std::string text;
};

struct ParleyQuote {
    std::string exact, prefix, suffix;
    int64_t story;                  // the story quoted, or that of the comment quoted
    std::optional<int64_t> number;  // of the comment quoted in the thread of `story`
    int64_t position;
};

struct ParleyRevision {
    int64_t number;
    ParleySource source;
    Time at;
};

struct ParleyEvidence {
    std::string method;
    double score;
    std::string matched;
};

struct ParleyComment {
    int64_t story;
    int64_t number;                 // of the comment in its thread, from 1
    std::optional<int64_t> parent;  // number of the comment it answers
    bool is_parent_inferred = false;
    std::optional<ParleyEvidence> evidence;
    std::optional<int64_t> author;
    Time created_at;
    bool is_date_estimated = false;
    std::optional<Time> edited_at;
    ParleyCommentState state;
    std::string state_reason;
    int64_t replies = 0;            // visible comments in its branch
    std::string language;
    ParleySource source;
    std::string html;               // derived from the source
    std::vector<ParleyQuote> quotes;
    std::vector<ParleyRevision> revisions;  // oldest first
};

struct ParleyOrigin {
    ParleyOriginKind kind;
    std::string system, source_id;
    int64_t id;                     // of the story or person; of the story that the comment belongs to
    std::optional<int64_t> number;  // of the comment
    int64_t digest;
};

// Without it the file was cut off.
struct ParleyEnd {
    int64_t lines;  // of the whole file, this one and the header included
};

using ParleyRecord = std::variant<ParleyHeader, ParleyStoryline, ParleyPerson, ParleyStory, ParleyComment, ParleyOrigin, ParleyEnd>;

// The record as a line, with its line feed. The same record gives the same bytes.
std::string to_line(ParleyRecord const&);

// The record of a line. Invalid, with what is wrong and where in the record, for anything that to_line would not
// have written: other fields, other types, a missing field, U+0000, a version we do not know.
Result<ParleyRecord> read_parley_line(std::string_view line);

}  // namespace parley::archives
