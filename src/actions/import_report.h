// What an import says about a file: how many records of each kind, what was repaired or left out, and why.
// The counts and the rules R1 to R14 behind them are explained in docs/imports.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// One record that was skipped, or changed on its way in.
struct ImportRemark {
    std::string rule;       // "R4"
    std::string source_id;  // of the comment or story in the archive; "#12" is the twelfth comment of the file
    std::string words;      // "its parent 99999 is not in the file; it stands at the top level"
};

struct ImportReport {
    enum class Outcome {
        Imported,        // everything is in the database now
        DryRun,          // nothing was written, as wished
        BrokenOff,       // the file breaks off; nothing was written, because nobody said to take what is whole (R11)
    };

    Outcome outcome = Outcome::DryRun;
    std::string format;                    // "disqus"
    std::optional<std::string> broken_at;  // where and why the file breaks off

    // The file. records = imported + duplicates_exact + no_story + skipped_*;
    // imported = visible + pending + spam + deleted.
    int64_t records = 0;             // comments
    int64_t stories_in_file = 0;     // after twins were merged; those without an address are not counted
    int64_t stories_with_comments = 0;
    int64_t imported = 0;            // what one import of this file brings, whether now or by an earlier run
    int64_t visible = 0;
    int64_t pending = 0;
    int64_t spam = 0;
    int64_t deleted = 0;
    int64_t authors = 0;             // who can be told apart (R9)
    int64_t roots = 0;
    int64_t max_depth = 0;           // a comment at the top level has 1

    // Repaired.
    int64_t orphan_parents = 0;
    int64_t cross_story_parents = 0;
    int64_t cycles_broken = 0;
    int64_t parent_after_child = 0;
    int64_t id_collisions = 0;
    int64_t bad_dates = 0;
    int64_t emptied = 0;
    int64_t texts_cut = 0;           // longer than import_text_bytes_max
    int64_t bytes_replaced = 0;
    int64_t chars_dropped = 0;
    int64_t leading_junk = 0;
    int64_t stories_merged = 0;      // twins of a story under other addresses
    int64_t stories_elsewhere = 0;   // on another host than the site's (R5): preview servers, caches
    int64_t threads_without_link = 0;

    // Left out.
    int64_t duplicates_exact = 0;
    int64_t no_story = 0;
    int64_t skipped_pingbacks = 0;
    int64_t skipped_other = 0;

    // What this run changed; all 0 for a dry run and for the second import of a file.
    int64_t stories_added = 0;
    int64_t people_added = 0;
    int64_t comments_added = 0;
    int64_t already_there = 0;       // comments that an earlier run had brought

    // The first remarks_max of each rule, in the order of the file; `remarks_left_out` says how many more there were.
    static constexpr size_t remarks_max = 200;
    std::vector<ImportRemark> remarks;
    int64_t remarks_left_out = 0;
};

// A few lines for a person at a terminal, and one JSON object for a program.
std::string to_text(ImportReport const&);
std::string to_json(ImportReport const&);

}  // namespace parley
