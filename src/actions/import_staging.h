// What an import has read, kept outside the database: small rows to sort and join, and the words behind them
// in files. Memory holds only what is said in import.h.
#pragma once

#include "actions/import.h"
#include "actions/import_files.h"
#include "actions/import_keys.h"
#include "actions/import_remarks.h"
#include "actions/import_sort.h"
#include "archives/record.h"

#include <optional>

namespace parley {

constexpr size_t sorter_bytes = 12 << 20;  // memory of one sorter before it goes to the disk
constexpr uint32_t no_number = KeyIndex::none;

// One comment on its way. Which members mean something depends on the step; see import_resolve.h.
struct StagedComment {
    uint64_t id_key;      // of its source id
    int64_t existing;     // its id in the database; 0 when no earlier run brought it
    uint64_t parent_key;  // of its parent's source id
    int64_t created_at;   // milliseconds; meaningless with has_bad_date
    uint64_t words;       // where its StagedWords lie
    int64_t digest;       // of text, date and author
    uint32_t ordinal;     // place among the comments of the file, from 0
    uint32_t parent;      // ordinal of its parent, or no_number
    uint32_t story;       // number of a reference to a story; later of the story
    uint32_t person;      // number of the author, or no_number: nobody
    uint32_t copy;        // 2, 3…: the second, third comment under its source id; else 0
    archives::RecordState state;
    archives::TextFormat format;
    bool has_parent : 1;
    bool has_bad_date : 1;    // missing, impossible or before 1990 (R8)
    bool is_estimated : 1;    // the reader of the format made the date up
    bool is_emptied : 1;      // R1b
    bool has_extras : 1;      // quotes or evidence

    bool is_visible() const { return state == archives::RecordState::Visible; }
};

struct StagedWords {
    std::string source_id;  // "#12" where the record had none
    std::string text;
    std::vector<archives::QuoteRecord> quotes {};
    std::optional<archives::CommentRecord::Evidence> evidence {};
};

struct StagedStory {
    uint64_t record;           // which story record names it best
    int64_t published_at = 0;  // milliseconds; 0 when unknown
    uint32_t comments = 0;
    bool has_headline = false;
    bool is_closed = true;     // as long as every twin is
    bool is_deleted = true;
    bool is_elsewhere = false;
    bool has_body = false;
};

struct StagedPerson {
    std::string source_id;  // "account:ferryman", "name:Guest Jo"; e-mail addresses only as a digest
    std::string account;
    std::string name;
};

class Staging final : public archives::RecordSink {
public:
    static Result<std::unique_ptr<Staging>> make(std::string const& folder, ImportOptions const&, std::string site_host,
        ImportReport&, ImportRemarks&, std::function<void(uint64_t bytes_read)> on_progress);

    Result<void> take(archives::StoryRecord) override;
    Result<void> take(archives::CommentRecord) override;
    void progress(uint64_t bytes_read) override { on_progress_(bytes_read); }

    Result<void> finish();  // before anything below

    // Sorted by (id_key, ordinal).
    RowSorter<StagedComment, bool (*)(StagedComment const&, StagedComment const&)>& comments() { return comments_; }
    uint32_t comment_count() const { return comment_count_; }
    // The id under which its origin is kept: "103", or "103#2" for a second comment of that id.
    Result<std::string> source_id(uint64_t id_key, uint64_t words, uint32_t copy) const;
    Result<void> read_words(uint64_t at, bool has_extras, StagedWords&) const;  // reuses the strings

    // The story a reference leads to, or no_number.
    uint32_t story_of(uint32_t reference) const { return references_[reference]; }
    std::vector<StagedStory>& stories() { return stories_; }
    std::vector<StagedStory> const& stories() const { return stories_; }

    struct StoryRecord {
        uint32_t story;
        std::string key;  // of its address; empty when it has none
        std::vector<std::string> other_keys;
        archives::StoryRecord record;
    };
    // Every story record that has a story, in the order of the file, with the offset that StagedStory::record names.
    Result<void> each_story_record(std::function<Result<void>(uint64_t offset, StoryRecord const&)> const&) const;

    uint32_t person_count() const { return people_.size(); }
    std::optional<Time> first_seen(uint32_t person) const;
    Result<void> each_person(std::function<Result<void>(uint32_t person, StagedPerson const&)> const&) const;

private:
    Staging(std::string const& folder, SpillFile words, SpillFile stories, SpillFile people, std::string site_host, Time now,
        ImportReport&, ImportRemarks&, std::function<void(uint64_t)> on_progress);
    Result<uint32_t> person_of(archives::AuthorRecord const&, int64_t& digest);
    uint32_t reference_of(std::string_view story_source_id);
    bool is_possible(Time) const;

    std::string site_host_;
    Time now_;
    ImportReport& report_;
    ImportRemarks& remarks_;
    std::function<void(uint64_t)> on_progress_;

    RunKeys keys_;
    RowSorter<StagedComment, bool (*)(StagedComment const&, StagedComment const&)> comments_;
    SpillFile words_file_, story_file_, person_file_;
    uint32_t comment_count_ = 0;
    std::string scratch_;

    KeyIndex reference_index_;
    std::vector<uint32_t> references_;
    KeyIndex story_index_;  // by the key of the address
    std::vector<StagedStory> stories_;

    KeyIndex people_;
    std::vector<int64_t> first_seen_;
};

}  // namespace parley
