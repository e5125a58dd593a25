// What every archive format is read into: stories, then comments, one at a time, in the order of the file.
// Readers of formats know bytes and nothing of our database; actions/import decides what becomes of a record.
#pragma once

#include "base/result.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace parley::archives {

enum class RecordState { Visible, Pending, Spam, Deleted };
enum class TextFormat { Markdown, Html, Text };

struct StoryRecord {
    std::string source_id;  // as the archive names it; comments refer to it
    std::string address;    // http(s) address or path; may be empty
    std::vector<std::string> other_addresses {};
    std::string headline {};
    std::string byline {};
    std::string section {};
    std::string body {};    // plain text, paragraphs divided by an empty line
    std::string rights {};
    std::string language {};
    std::optional<Time> published_at {};
    bool is_closed = false;
    bool is_deleted = false;
};

struct AuthorRecord {
    std::string account {};  // id of the account in the archive; empty when there is none
    std::string email {};    // used to tell authors apart while importing; never shown
    std::string name {};
    bool is_anonymous = false;
};

struct QuoteRecord {
    std::string exact;                          // the words as they stand in the target
    std::optional<std::string> comment_source_id;  // the comment quoted; nothing: the story
    // Index of the paragraph of a text (TextFormat::Text, divided by empty lines) that these words wholly stand for:
    // where the quote is shown, the paragraph need not be.
    std::optional<uint32_t> paragraph {};
};

struct CommentRecord {
    std::string source_id;        // may be empty (then it is known by its place in the file)
    std::string story_source_id;
    std::optional<std::string> parent_source_id {};
    AuthorRecord author {};
    std::optional<Time> created_at {};  // nothing: missing or impossible (rule R8)
    bool is_date_estimated = false;     // made up by the reader of the format, to keep the order of the page
    RecordState state = RecordState::Visible;
    TextFormat format = TextFormat::Html;
    std::string text {};
    std::vector<QuoteRecord> quotes {};
    // For a parent that was inferred, not stated.
    struct Evidence {
        std::string method;
        double score;
        std::string matched;
    };
    std::optional<Evidence> evidence {};
};

// Takes the records of a file. An error ends the reading and is passed on.
class RecordSink {
public:
    virtual ~RecordSink() = default;
    virtual Result<void> take(StoryRecord) = 0;
    virtual Result<void> take(CommentRecord) = 0;
    virtual void progress(uint64_t bytes_read) = 0;
};

// What a reader of a format says about the whole file.
struct ReadSummary {
    uint64_t bytes_replaced = 0;   // ill-formed UTF-8 subparts made U+FFFD (R10)
    uint64_t chars_dropped = 0;    // characters that XML forbids (R10)
    uint64_t leading_junk = 0;     // bytes before the start of the archive that were skipped (R11)
    std::optional<std::string> broken_at {};  // where and why the file breaks off (R11); records before it were given
};

}  // namespace parley::archives
