#include "actions/import_report.h"

#include "actions/import_remarks.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace parley {
namespace {

struct Count {
    std::string_view name;
    std::string_view words;
    int64_t ImportReport::* member;
};

constexpr Count file_counts[] {
    { "records", "comments in the file", &ImportReport::records },
    { "stories_in_file", "stories in the file", &ImportReport::stories_in_file },
    { "stories_with_comments", "of them with comments", &ImportReport::stories_with_comments },
    { "imported", "comments fit to be taken", &ImportReport::imported },
    { "visible", "visible", &ImportReport::visible },
    { "pending", "waiting for a moderator", &ImportReport::pending },
    { "spam", "spam, kept but not shown", &ImportReport::spam },
    { "deleted", "deleted", &ImportReport::deleted },
    { "authors", "people", &ImportReport::authors },
    { "roots", "at the top level", &ImportReport::roots },
    { "max_depth", "levels of replies at most", &ImportReport::max_depth },
};
constexpr Count repair_counts[] {
    { "orphan_parents", "replies to a comment that is not in the file: put at the top level", &ImportReport::orphan_parents },
    { "cross_story_parents", "replies to a comment under another story: put at the top level", &ImportReport::cross_story_parents },
    { "cycles_broken", "rings of replies broken", &ImportReport::cycles_broken },
    { "parent_after_child", "replies that stand before what they answer", &ImportReport::parent_after_child },
    { "id_collisions", "comments under an id already used: both kept", &ImportReport::id_collisions },
    { "bad_dates", "dates missing or impossible: estimated", &ImportReport::bad_dates },
    { "emptied", "comments without a text: kept as deleted", &ImportReport::emptied },
    { "texts_cut", "texts too long: cut", &ImportReport::texts_cut },
    { "bytes_replaced", "ill-formed bytes: replaced", &ImportReport::bytes_replaced },
    { "chars_dropped", "forbidden characters: dropped", &ImportReport::chars_dropped },
    { "leading_junk", "bytes of junk before the start: skipped", &ImportReport::leading_junk },
    { "stories_merged", "other addresses of the same story: merged", &ImportReport::stories_merged },
    { "stories_elsewhere", "stories on another host", &ImportReport::stories_elsewhere },
    { "threads_without_link", "stories without an address: left out", &ImportReport::threads_without_link },
};
constexpr Count skip_counts[] {
    { "duplicates_exact", "comments that stand in the file twice: taken once", &ImportReport::duplicates_exact },
    { "no_story", "comments without a story: left out", &ImportReport::no_story },
    { "skipped_pingbacks", "pingbacks: left out", &ImportReport::skipped_pingbacks },
    { "skipped_other", "records that are no comments: left out", &ImportReport::skipped_other },
};
constexpr Count run_counts[] {
    { "stories_added", "stories added", &ImportReport::stories_added },
    { "people_added", "people added", &ImportReport::people_added },
    { "comments_added", "comments added", &ImportReport::comments_added },
    { "already_there", "comments that were there already", &ImportReport::already_there },
};

std::string_view name_of(ImportReport::Outcome outcome)
{
    switch (outcome) {
    case ImportReport::Outcome::Imported: return "imported";
    case ImportReport::Outcome::DryRun: return "dry_run";
    case ImportReport::Outcome::BrokenOff: return "broken_off";
    }
    return {};
}

void append_lines(std::string& out, std::string_view heading, std::span<Count const> counts, ImportReport const& report, bool with_zeros)
{
    bool has_heading = false;
    for (Count const& count : counts) {
        int64_t number = report.*count.member;
        if (number == 0 && !with_zeros)
            continue;
        if (!has_heading)
            fmt::format_to(std::back_inserter(out), "\n{}\n", heading);
        has_heading = true;
        fmt::format_to(std::back_inserter(out), "{:>12}  {}\n", number, count.words);
    }
}

// Remarks quote the archive: nothing of it may move the cursor of a terminal.
std::string printable(std::string_view text)
{
    std::string out(text);
    std::ranges::replace_if(out, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
    return out;
}

}  // namespace

void ImportRemarks::move_to(ImportReport& report)
{
    report.remarks_left_out = left_out_;
    for (auto& [rule, list] : by_rule_) {
        std::ranges::stable_sort(list, {}, &Placed::place);
        for (Placed& placed : list)
            report.remarks.push_back(std::move(placed.remark));
    }
    by_rule_.clear();
}

std::string to_text(ImportReport const& report)
{
    std::string out;
    switch (report.outcome) {
    case ImportReport::Outcome::Imported:
        out = report.comments_added == 0 && report.stories_added == 0 ? "Nothing to do: all of this is there already.\n" : "Imported.\n";
        break;
    case ImportReport::Outcome::DryRun: out = "Dry run: nothing was written.\n"; break;
    case ImportReport::Outcome::BrokenOff:
        out = "Nothing was written: the file breaks off. Fetch it anew, or say --accept-partial to take what is whole.\n";
        break;
    }
    if (report.broken_at)
        out += "The file is whole up to " + printable(*report.broken_at) + "\n";
    append_lines(out, "The file", file_counts, report, true);
    append_lines(out, "Mended", repair_counts, report, false);
    append_lines(out, "Left out", skip_counts, report, false);
    if (report.outcome == ImportReport::Outcome::Imported)
        append_lines(out, "This run", run_counts, report, true);
    if (!report.remarks.empty())
        out += "\nRecord by record\n";
    for (ImportRemark const& remark : report.remarks)
        fmt::format_to(std::back_inserter(out), "  {:<4} {}: {}\n", remark.rule, printable(remark.source_id), printable(remark.words));
    if (report.remarks_left_out > 0)
        fmt::format_to(std::back_inserter(out), "  and {} more like these\n", report.remarks_left_out);
    return out;
}

std::string to_json(ImportReport const& report)
{
    boost::json::object object;
    object["format"] = report.format;
    object["outcome"] = name_of(report.outcome);
    object["partial"] = report.broken_at ? 1 : 0;
    if (report.broken_at)
        object["broken_at"] = *report.broken_at;
    for (std::span<Count const> counts : { std::span<Count const>(file_counts), std::span<Count const>(repair_counts),
             std::span<Count const>(skip_counts), std::span<Count const>(run_counts) })
        for (Count const& count : counts)
            object[count.name] = report.*count.member;
    boost::json::array remarks;
    for (ImportRemark const& remark : report.remarks)
        remarks.push_back({ { "rule", remark.rule }, { "source_id", remark.source_id }, { "words", remark.words } });
    object["remarks"] = std::move(remarks);
    object["remarks_left_out"] = report.remarks_left_out;
    return boost::json::serialize(object);
}

}  // namespace parley
