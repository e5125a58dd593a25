#include "render/desk.h"

#include "render/addresses.h"
#include "render/line_chart.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

std::string percent(double share) { return phrase("desk.percent", { { "n", decimal(100 * share, 0) } }); }
std::string percent(std::optional<double> const& share) { return share ? percent(*share) : word("desk.unknown"); }

// What of a moment each chart shows.
struct Measure {
    char const* key;
    std::optional<double> (*value)(MeasuredMoment const&);
    std::optional<double> (*by_chance)(MeasuredMoment const&);
};

std::optional<double> nothing(MeasuredMoment const&) { return {}; }
std::optional<double> when(bool is_known, double value) { return is_known ? std::optional(value) : std::nullopt; }

constexpr Measure measures[] = {
    { "index", [](MeasuredMoment const& moment) { return when(moment.index.is_known, moment.index.across); },
        [](MeasuredMoment const& moment) { return when(moment.index.is_known, moment.index.by_chance); } },
    { "split_half", [](MeasuredMoment const& moment) { return moment.split_half; }, nothing },
    { "voices", [](MeasuredMoment const& moment) { return when(moment.voices.comments > 0, moment.voices.most_active_tenth); }, nothing },
    { "replies", [](MeasuredMoment const& moment) { return when(moment.replies.replies > 0, moment.replies.across); },
        [](MeasuredMoment const& moment) { return when(moment.replies.replies > 0, moment.replies.by_chance); } },
};

LineChart chart_of(Measure const& measure, std::vector<MeasuredMoment> const& moments)
{
    std::string const key = std::string("desk.") + measure.key;
    LineChart chart { .anchor = std::string("chart-") + measure.key, .name = word(key), .help = word(key + ".help") };
    double const first = double(moments.front().until.milliseconds), span = double(moments.back().until.milliseconds) - first;
    for (MeasuredMoment const& moment : moments)
        chart.points.push_back({ span > 0 ? (double(moment.until.milliseconds) - first) / span : 1, measure.value(moment), measure.by_chance(moment) });
    chart.last = percent(chart.points.back().value);
    if (std::optional<double> const& chance = chart.points.back().by_chance)
        chart.last = phrase("desk.against_chance", { { "value", chart.last }, { "chance", percent(*chance) } });
    return chart;
}

std::vector<Fields> table_of(std::vector<MeasuredMoment> const& moments)
{
    std::vector<Fields> rows;
    for (MeasuredMoment const& moment : moments)
        rows.emplace_back()
            .text("until", date_in_words(moment.until))
            .text("comments", grouped(moment.comments))
            .text("votes", grouped(moment.votes))
            .text("index", percent(measures[0].value(moment)))
            .text("index_by_chance", percent(measures[0].by_chance(moment)))
            .text("split_half", percent(moment.split_half))
            .text("voices", grouped(static_cast<int64_t>(moment.voices.voices)))
            .text("most_active_tenth", percent(measures[2].value(moment)))
            .text("effective", decimal(moment.voices.effective_voices, 1))
            .text("replies", percent(measures[3].value(moment)))
            .text("replies_by_chance", percent(measures[3].by_chance(moment)));
    return rows;
}

std::vector<Fields> held_rows(std::vector<HeldVotesShown> const& held)
{
    std::vector<Fields> rows;
    CommentId before {};
    for (HeldVotesShown const& cell : held) {
        // One decision for each comment, whatever the sides of who voted.
        rows.emplace_back()
            .flag("is_first", cell.comment != before)
            .text("comment", std::to_string(sequence_of(cell.comment)))
            .text("url", comment_path(cell.comment))
            .text("excerpt", cell.excerpt)
            .text("evidence", phrase("desk.evidence", { { "n", grouped(cell.newcomers_agree) }, { "m", grouped(cell.newcomers_seen) }, { "k", grouped(cell.others_agree) }, { "l", grouped(cell.others_seen) }, { "z", decimal(cell.z, 1) } }));
        before = cell.comment;
    }
    return rows;
}

std::vector<Fields> log_rows(std::vector<ClearingShown> const& clearings)
{
    std::vector<Fields> rows;
    for (ClearingShown const& each : clearings)
        rows.emplace_back()
            .text("at", moment_in_words(each.at))
            .text("url", comment_path(each.comment))
            .text("comment", std::to_string(sequence_of(each.comment)))
            .text("decision", phrase(each.is_let_count ? "desk.log.let_count" : "desk.log.taken_back", { { "name", each.decided_by }, { "n", grouped(static_cast<int64_t>(each.voters)) } }))
            .flag("can_be_taken_back", each.can_be_taken_back);
    return rows;
}

}  // namespace

Html desk_common_ground_page(Chrome const& chrome, DiscussionMeasures const& found, std::string_view export_key)
{
    Html charts;
    for (Measure const& measure : measures)
        charts.append(draw(chart_of(measure, found.moments)));
    std::string const path = desk_common_ground_path(found.story.id);
    std::vector<Fields> files;
    for (char const* name : { "summary.csv", "comments.csv", "votes.csv", "participants-votes.csv" })
        files.emplace_back().text("name", name).text("file_url", path + "/export/" + name + "?export=" + std::string(export_key));
    Fields fields;
    fields.text("language", found.story.language)
        .text("story_url", story_path(found.story.id))
        .text("headline", found.story.headline)
        .html("charts_html", charts)
        .list("table", table_of(found.moments))
        .text("csv_url", path + "/measures.csv")
        .list("files", std::move(files))
        .text("action", path)
        .flag("has_held", !found.held.empty())
        .list("held", held_rows(found.held))
        .flag("has_log", !found.clearings.empty())
        .list("log", log_rows(found.clearings));
    Frame frame;
    frame.title = phrase("desk.title", { { "headline", found.story.headline } });
    frame.part = Part::CommonGround;
    frame.is_indexed = false;
    return page_around(chrome, frame, render("desk/common_ground", fields));
}

}  // namespace parley
