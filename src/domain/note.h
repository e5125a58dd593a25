// A note is a reader's sourced remark on a comment or on a passage of a story: what is wrong with it, what it leaves out, or
// where it can be read. Other readers rate it. It is shown beside what it is about once readers of both sides find it
// helpful (domain/ranking/note_status.h): no single person, staff included, shows or hides one.
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "domain/person.h"
#include "domain/quote.h"
#include "domain/ranking/note_status.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class NoteKind { Correction = 1, Context = 2, MissingSource = 3 };
std::string_view note_kind_word(NoteKind);                      // "correction", "context", "missing-source"
std::optional<NoteKind> note_kind_from_word(std::string_view);  // nothing for any other word

enum class NoteState { Standing = 0, Withdrawn = 1 };

constexpr size_t note_code_points_max = 800;  // a remark, no essay: it stands under somebody else's words
constexpr size_t note_sources_max = 5;
constexpr size_t note_source_bytes_max = 1'000;

struct Note {
    NoteId id;
    StoryId story;
    std::optional<CommentId> comment {};  // what it is about: a comment,
    std::optional<Quote> passage {};      // or a passage of the story
    PersonId author;
    NoteKind kind = NoteKind::Correction;
    std::string text;                     // plain text
    std::vector<std::string> sources;     // http(s) addresses, one at least
    int version = 1;                      // grows with each wording; ratings are of one wording
    Time created_at;
    std::optional<Time> edited_at {};
    NoteState state = NoteState::Standing;
    ranking::NoteVerdict verdict {};      // by the ratings at judged_at
    std::optional<Time> judged_at {};
};

inline bool is_shown(Note const& note) { return note.state == NoteState::Standing && note.verdict.status == ranking::NoteStatus::Shown; }

// An earlier wording.
struct NoteWording {
    int version;
    NoteKind kind;
    std::string text;
    std::vector<std::string> sources;
    Time at;
};

enum class Helpfulness { NotHelpful = 0, Somewhat = 1, Helpful = 2 };
std::string_view helpfulness_word(Helpfulness);                      // "helpful", "somewhat", "not-helpful"
std::optional<Helpfulness> helpfulness_from_word(std::string_view);  // nothing for any other word
double rating_value(Helpfulness);                                    // 1, 0.5, 0

// Why. The first three speak for a note, the others against it. Numbers are stored, as bits.
enum class NoteReason { GoodSource = 0, Clear = 1, AddressesIt = 2, SourceMissing = 3, Wrong = 4, OffTopic = 5, Opinion = 6, Insulting = 7 };
inline constexpr NoteReason note_reasons[] { NoteReason::GoodSource, NoteReason::Clear, NoteReason::AddressesIt, NoteReason::SourceMissing,
    NoteReason::Wrong, NoteReason::OffTopic, NoteReason::Opinion, NoteReason::Insulting };
std::string_view note_reason_word(NoteReason);                       // "good-source", …
std::optional<NoteReason> note_reason_from_word(std::string_view);
constexpr bool speaks_for(NoteReason reason) { return reason <= NoteReason::AddressesIt; }

// What one reader thinks of one wording of a note. Private: others see how many.
struct NoteRating {
    Helpfulness helpfulness = Helpfulness::Helpful;
    std::vector<NoteReason> reasons {};  // ascending, each once

    bool operator==(NoteRating const&) const = default;
};
// What fits: somebody who finds a note helpful does not call it wrong.
NoteRating rating_of(Helpfulness, std::span<NoteReason const>);
int64_t bits_of(std::span<NoteReason const>);
std::vector<NoteReason> reasons_of_bits(int64_t);

// What an editor says to a note; shown beside it, and changes nothing in whether it is shown.
struct NoteAnswer {
    PersonId person;
    std::string text;  // plain text
    Time at;
};

// A note as it is read: with who wrote it and what an editor said to it.
struct SignedNote {
    Note note;
    Person author;
    std::optional<NoteAnswer> answer {};
    std::optional<Person> answerer {};
};

// The notes of a story by what became of them.
enum class NoteList { NeedRatings, Shown, NotHelpful };
std::string_view note_list_word(NoteList);                      // "need-ratings", "shown", "not-helpful"
std::optional<NoteList> note_list_from_word(std::string_view);  // nothing for any other word

// What became of a note, and by which counts.
struct NoteStatusChange {
    int version;
    ranking::NoteStatus status;
    Time at;
    struct Side {
        int64_t helpful, all;
    };
    Side sides[2];
};

// What is wrong with a note as it was typed.
enum class NoteFault { None, Empty, TooLong, NoSource, TooManySources, NoAddress };

// The text as it is kept: trimmed, line ends as "\n", at most one empty line in a row.
std::string note_text(std::string_view typed);
NoteFault fault_of_note_text(std::string_view text);

// The sources as they were typed, an address a line: each as it may stand in a link, repeated ones once. Only http and https
// with a host's name, and without a user's name in front of it, which would make the host look like another.
struct NoteSources {
    std::vector<std::string> addresses {};
    NoteFault fault = NoteFault::None;
    std::string refused {};  // the line that is no address
};
NoteSources note_sources(std::string_view typed);

// The host by which readers judge a source: "un.org" for https://www.un.org/…, with the port where one is named. Names in
// other scripts stay in their ASCII form, which looks like nobody else's.
std::string shown_host(std::string_view address);

}  // namespace parley
