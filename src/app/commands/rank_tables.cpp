#include "app/commands/rank.h"

#include "base/csv.h"
#include "base/log.h"
#include "domain/ranking/proportions.h"

#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <numeric>

namespace parley::app {

using namespace ranking;

namespace {

// Rows of a table as CSV, or as an array of JSON objects with the columns' names as keys. Text and numbers only; what is
// not known is an empty cell, or null.
class Table {
public:
    Table(RankForm form, std::vector<std::string_view> columns)
        : form_(form)
        , columns_(std::move(columns))
    {
        if (form_ == RankForm::Json) {
            out_ = "[";
            return;
        }
        for (std::string_view column : columns_)
            (out_ += column_of_row_++ > 0 ? "," : "") += column;
        column_of_row_ = 0;
        out_ += '\n';
    }

    void text(std::string_view value)
    {
        begin_cell();
        if (form_ == RankForm::Json)
            append_json_string(out_, value);
        else
            append_csv_text(out_, value);
        end_cell();
    }
    void count(uint64_t value)
    {
        begin_cell();
        fmt::format_to(std::back_inserter(out_), "{}", value);
        end_cell();
    }
    void number(double value)
    {
        begin_cell();
        if (std::isfinite(value))
            fmt::format_to(std::back_inserter(out_), "{:.6g}", value);
        else if (form_ == RankForm::Json)
            out_ += "null";
        end_cell();
    }
    void verdict(bool value)
    {
        begin_cell();
        out_ += form_ == RankForm::Json ? (value ? "true" : "false") : (value ? "1" : "0");
        end_cell();
    }

    std::string finish()
    {
        if (form_ == RankForm::Json)
            out_ += is_first_row_ ? "]" : "\n]";
        return std::move(out_);
    }

private:
    void begin_cell()
    {
        if (form_ == RankForm::Csv) {
            if (column_of_row_ > 0)
                out_ += ',';
            return;
        }
        if (column_of_row_ == 0)
            out_ += is_first_row_ ? "\n{" : ",\n{";
        else
            out_ += ',';
        append_json_string(out_, columns_[column_of_row_]);
        out_ += ':';
    }
    void end_cell()
    {
        if (++column_of_row_ < columns_.size())
            return;
        column_of_row_ = 0;
        is_first_row_ = false;
        out_ += form_ == RankForm::Csv ? '\n' : '}';
    }

    RankForm form_;
    std::vector<std::string_view> columns_;
    std::string out_ {};
    size_t column_of_row_ = 0;
    bool is_first_row_ = true;
};

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// From 1, of each comment.
std::vector<uint64_t> ranks_of(std::vector<uint32_t> const& order)
{
    std::vector<uint64_t> ranks(order.size());
    for (size_t at = 0; at < order.size(); ++at)
        ranks[order[at]] = at + 1;
    return ranks;
}

std::string whole_as_json(RankedVotes const& ranked, std::string const& comments)
{
    Divide const& divide = ranked.found.divide;
    std::string out = fmt::format("{{\"votes\":{},\"voters\":{},\"comments\":{},\n\"divide\":{{\"is_real\":{},\"split_half\":{:.6g},\"voters_in_camps\":{},\"camps\":[", ranked.table.votes(),
        ranked.table.voters(), ranked.table.comments(), divide.is_real, divide.split_half, divide.voters);
    for (size_t camp = 0; camp < ranked.found.camps.sizes.size(); ++camp)
        out += fmt::format("{}{}", camp > 0 ? "," : "", ranked.found.camps.sizes[camp]);
    out += "]},\n\"held\":";
    Table held(RankForm::Json, { "comment", "camp", "votes", "agree", "others", "others_agree", "z" });
    for (HeldVotes const& votes : ranked.found.held) {
        held.text(ranked.file.comments[votes.comment]);
        held.number(votes.camp == no_camp ? unknown : votes.camp);
        held.count(votes.voters.size());
        held.count(votes.newcomers.agree);
        held.count(votes.others.rated());
        held.count(votes.others.agree);
        held.number(votes.z);
    }
    return out + held.finish() + ",\n\"ranking\":" + comments + "}\n";
}

}  // namespace

std::string comments_table(RankedVotes const& ranked, RankForm form, Crew& crew)
{
    CommonGround const& found = ranked.found;
    std::vector<double> const errors = standard_errors(ranked.table, parley_penalties, found.viewpoints);
    Penalties const penalties = community_notes_penalties(ranked.table);
    Factorisation const notes = fit(ranked.table, penalties, {}, &crew).model;
    std::vector<Bounds> const bounds = pseudo_rater_bounds(ranked.table, penalties, notes);
    std::vector<uint64_t> const rank = ranks_of(found.by_common_ground), split_rank = ranks_of(found.by_split);
    std::vector<uint64_t> held(found.comments.size());
    for (HeldVotes const& votes : found.held)
        held[votes.comment] += votes.voters.size();

    Table table(form, { "comment", "rank", "common_ground", "score", "consensus", "worst_camp_bound", "split", "split_rank", "agree", "disagree", "pass", "agree_0", "disagree_0",
                          "pass_0", "agree_1", "disagree_1", "pass_1", "held", "wilson", "intercept", "intercept_error", "slant", "notes_intercept", "notes_low", "notes_high", "x", "y" });
    for (uint32_t comment : found.by_common_ground) {
        RankedComment const& row = found.comments[comment];
        VoteRow const votes = ranked.table.of_comment(comment);
        table.text(ranked.file.comments[comment]);
        table.count(rank[comment]);
        table.verdict(row.is_common_ground);
        for (double value : { row.score, row.consensus, row.worst_camp_bound, row.split })
            table.number(value);
        table.count(split_rank[comment]);
        for (size_t value : { votes.agree.size(), votes.disagree.size(), votes.pass.size() })
            table.count(value);
        for (CampCount const& count : row.counts)
            for (uint32_t value : { count.agree, count.disagree, count.seen - count.agree - count.disagree })
                table.count(value);
        table.count(held[comment]);
        table.number(wilson_lower(double(votes.agree.size()), double(votes.rated())));
        bool const is_rated = votes.rated() > 0;
        Place const own = found.viewpoints.comments[comment];
        for (double value : { own.intercept, errors[comment], own.factor, notes.comments[comment].intercept, bounds[comment].lowest, bounds[comment].highest })
            table.number(is_rated ? value : unknown);
        for (double value : found.comment_positions[comment])
            table.number(value);
    }
    std::string text = table.finish();
    return form == RankForm::Json ? whole_as_json(ranked, text) : text;
}

std::string voters_table(RankedVotes const& ranked, RankForm form)
{
    Table table(form, { "voter", "camp", "x", "y", "votes", "intercept", "viewpoint" });
    for (uint32_t voter = 0; voter < ranked.table.voters(); ++voter) {
        VoteRow const votes = ranked.table.of_voter(voter);
        table.text(ranked.file.voters[voter]);
        int8_t const camp = ranked.found.camps.of_voter[voter];
        table.number(camp == no_camp ? unknown : camp);
        for (double value : ranked.found.positions[voter])
            table.number(value);
        table.count(votes.seen());
        Place const place = ranked.found.viewpoints.voters[voter];
        for (double value : { place.intercept, place.factor })
            table.number(votes.rated() > 0 ? value : unknown);
    }
    return table.finish() + (form == RankForm::Json ? "\n" : "");
}

std::string methods_table(RankedVotes const& ranked, std::span<Method const> methods, uint64_t seed, RankForm form, Crew& crew)
{
    std::vector<std::string_view> columns { "comment" };
    std::vector<std::vector<double>> of_methods;
    for (Method method : methods) {
        columns.push_back(name_of(method));
        of_methods.push_back(scores(method, ranked.votes(), seed, &crew));
    }
    std::vector<uint32_t> order(ranked.table.comments());
    std::iota(order.begin(), order.end(), 0u);
    if (!of_methods.empty())
        std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return of_methods[0][a] > of_methods[0][b]; });
    Table table(form, std::move(columns));
    for (uint32_t comment : order) {
        table.text(ranked.file.comments[comment]);
        for (std::vector<double> const& score : of_methods)
            table.number(score[comment]);
    }
    return table.finish() + (form == RankForm::Json ? "\n" : "");
}

Result<std::string> predictions_table(RankedVotes const& ranked, std::vector<archives::VoterAndCommentNames> const& pairs, Method method, RankForm form, Crew& crew)
{
    std::vector<VoterAndComment> numbers;
    numbers.reserve(pairs.size());
    for (auto const& pair : pairs)
        numbers.push_back({ *pair.voter_number, *pair.comment_number });
    std::optional<std::vector<double>> const found = predictions(method, ranked.votes(), numbers, &crew);
    if (!found)
        return Error::invalid(fmt::format("The method \"{}\" orders comments and predicts no votes.", name_of(method)));
    Table table(form, { "voter", "comment", "probability" });
    for (size_t at = 0; at < pairs.size(); ++at) {
        table.text(pairs[at].voter);
        table.text(pairs[at].comment);
        table.number((*found)[at]);
    }
    return table.finish() + (form == RankForm::Json ? "\n" : "");
}

}  // namespace parley::app
