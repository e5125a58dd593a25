#include "position_bias.h"

#include "discussion.h"
#include "domain/ranking/next_question.h"
#include "quality.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parley::simulation {

namespace {

constexpr int64_t minute_ms = 60'000;  // a visit is as long, on average

constexpr size_t places_max = 40;          // nobody looks further
constexpr double voting_share = 0.5;       // of those who look at a comment
constexpr double answering_share = 0.5;    // of those who are asked
constexpr size_t slot_every = 5;
constexpr size_t pages = 30;               // built anew so often, evenly over the votes; everybody sees the same page
constexpr size_t herded_places = 5;
constexpr double weight_max = 20;          // of one vote; more would let single votes decide
constexpr double written_at_start = 0.5;   // of all comments; the rest come over the first half of the votes

constexpr Showing all_showings[] = { Showing::CommonGround, Showing::CommonGroundWithSlots, Showing::CommonGroundAndQuestion, Showing::CommonGroundWithBoth, Showing::NetVotes, Showing::NetVotesWeighted };

bool has_slots(Showing showing) { return showing == Showing::CommonGroundWithSlots || showing == Showing::CommonGroundWithBoth; }
bool asks(Showing showing) { return showing == Showing::CommonGroundAndQuestion || showing == Showing::CommonGroundWithBoth; }

// Every fifth place goes to the comment further down that has the fewest votes; ties: the one that stands higher.
std::vector<uint32_t> with_slots(std::vector<uint32_t> order, Discussion const& discussion)
{
    for (size_t place = slot_every - 1; place < order.size(); place += slot_every) {
        auto least = std::min_element(order.begin() + ptrdiff_t(place), order.end(), [&](uint32_t one, uint32_t other) { return discussion.tally(one).seen < discussion.tally(other).seen; });
        std::rotate(order.begin() + ptrdiff_t(place), least, least + 1);
    }
    return order;
}

class Run {
public:
    Run(Showing showing, World const& world, bool is_reversed, PositionBiasOptions const& options, uint64_t seed)
        : showing_(showing)
        , world_(world)
        , options_(options)
        , dice_(seed)
        , net_(world.comments())
        , discussion_(world.readers(), numbering(world.comments(), is_reversed), static_cast<uint32_t>(written_at_start * world.comments()))
    {
    }

    // The order that the votes give in the end.
    std::vector<uint32_t> order()
    {
        size_t const votes_wanted = static_cast<size_t>(options_.votes_per_comment * world_.comments());
        std::vector<uint32_t> page;
        size_t built = 0;
        // Where opinions run out there are fewer votes.
        for (size_t visit = 0; discussion_.votes() < votes_wanted && visit < 20 * votes_wanted; ++visit) {
            if (discussion_.votes() * pages >= votes_wanted * built) {
                double const share = written_at_start + (1 - written_at_start) * 2 * double(built) / pages;
                while (discussion_.written() < std::min<double>(world_.comments(), share * world_.comments()))
                    discussion_.write_next_comment();
                page = ordered();
                if (has_slots(showing_))
                    page = with_slots(std::move(page), discussion_);
                ++built;
            }
            look_down(page, dice_.below(world_.readers()));
        }
        return ordered();
    }

    Discussion const& discussion() const { return discussion_; }

private:
    // The worlds' own numbering, or the other way round: what stands first before there are votes, and is written first.
    static std::vector<uint32_t> numbering(uint32_t comments, bool is_reversed)
    {
        std::vector<uint32_t> result(comments);
        std::iota(result.begin(), result.end(), 0u);
        if (is_reversed)
            std::ranges::reverse(result);
        return result;
    }

    std::vector<uint32_t> ordered()
    {
        if (showing_ != Showing::NetVotes && showing_ != Showing::NetVotesWeighted) {
            if (discussion_.votes() > 0)
                discussion_.refit();
            return discussion_.order();
        }
        std::vector<uint32_t> order = discussion_.order();
        std::ranges::stable_sort(order, [&](uint32_t one, uint32_t other) { return net_[one] > net_[other]; });
        return order;
    }

    void look_down(std::vector<uint32_t> const& page, uint32_t reader)
    {
        for (size_t place = 0; place < std::min(places_max, page.size()); ++place) {
            double const looks = std::pow(double(place + 1), -options_.eta);
            if (!dice_.chance(looks) || !dice_.chance(voting_share))
                continue;
            Opinion opinion = world_.of(reader, page[place]);
            if (place < herded_places && opinion.is_known && dice_.chance(options_.herding))
                opinion.value = 1;
            vote(reader, page[place], opinion, showing_ == Showing::NetVotesWeighted ? std::min(weight_max, 1 / looks) : 1);
        }
        if (asks(showing_) && dice_.chance(answering_share))
            ask(reader);
    }

    void ask(uint32_t reader)
    {
        std::vector<uint32_t> open;
        std::vector<double> weights;
        for (uint32_t comment : discussion_.order())
            if (!discussion_.has_voted(reader, comment) && world_.of(reader, comment).is_known) {
                Tally const& tally = discussion_.tally(comment);
                open.push_back(comment);
                weights.push_back(ranking::question_priority(tally.agree, tally.seen - tally.agree - tally.disagree, tally.seen, 0));
            }
        if (open.empty())
            return;
        uint32_t const comment = open[dice_.weighted(weights)];
        vote(reader, comment, world_.of(reader, comment), 1);
    }

    void vote(uint32_t reader, uint32_t comment, Opinion const& opinion, double weight)
    {
        if (!opinion.is_known || discussion_.has_voted(reader, comment))
            return;
        discussion_.vote(reader, comment, opinion, int64_t(discussion_.votes()) * minute_ms);
        net_[comment] += weight * opinion.value;
    }

    Showing showing_;
    World const& world_;
    PositionBiasOptions const& options_;
    Dice dice_;
    std::vector<double> net_;
    Discussion discussion_;
};

}  // namespace

std::string name_of(Showing showing)
{
    switch (showing) {
    case Showing::CommonGround: return "common ground";
    case Showing::CommonGroundWithSlots: return "common ground with slots";
    case Showing::CommonGroundAndQuestion: return "common ground and a question";
    case Showing::CommonGroundWithBoth: return "common ground with slots and a question";
    case Showing::NetVotes: return "net votes";
    default: return "net votes weighted";
    }
}

std::vector<PositionBiasRow> try_position_bias(PositionBiasOptions const& options)
{
    std::vector<World> worlds;
    Dice dice(options.seed);
    worlds.push_back(invented_world("invented", invented_readers(options.readers, dice), options.comments, dice));
    if (options.with_real)
        for (char const* name : { "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx" })
            worlds.push_back(real_world(name));
    std::vector<std::vector<uint32_t>> truths;
    std::vector<std::vector<Approval>> approvals;
    for (World const& world : worlds) {
        truths.push_back(world.answer().by_common_ground);
        approvals.push_back(world.approvals());
    }

    std::vector<PositionBiasRow> rows;
    for (Showing showing : all_showings) {
        Mean same, opposite, truth, worst_side, hardly_voted;
        for (size_t at = 0; at < worlds.size(); ++at)
            for (int pair = 0; pair < options.runs; ++pair) {
                uint64_t const seed = options.seed + 1000 * uint64_t(pair + 1);
                Run one(showing, worlds[at], false, options, seed), again(showing, worlds[at], false, options, seed + 1), reversed(showing, worlds[at], true, options, seed + 1);
                std::vector<uint32_t> const first = one.order(), alike = again.order(), other = reversed.order();
                same.add(rank_correlation(first, alike));
                opposite.add(rank_correlation(first, other));
                for (std::vector<uint32_t> const& order : { first, other }) {
                    truth.add(rank_correlation(order, truths[at]));
                    worst_side.add(worst_side_of_top(order, approvals[at]));
                }
                size_t few = 0;
                for (uint32_t comment = 0; comment < worlds[at].comments(); ++comment)
                    few += one.discussion().tally(comment).seen < 5;
                hardly_voted.add(double(few) / worlds[at].comments());
            }
        rows.push_back({ showing, same.value(), opposite.value(), truth.value(), truth.standard_error(), worst_side.value(), hardly_voted.value() });
    }
    return rows;
}

Table table_of(std::vector<PositionBiasRow> const& rows, PositionBiasOptions const& options)
{
    Table table { { "eta", "herding", "votes_per_comment", "shown", "same_start", "opposite_start", "with_truth", "standard_error", "top10_worst_side", "fewer_than_5_votes" }, {} };
    for (PositionBiasRow const& row : rows)
        table.rows.push_back({ number(options.eta, 1), number(options.herding, 2), number(options.votes_per_comment, 0), name_of(row.showing), number(row.same_start), number(row.opposite_start), number(row.truth), number(row.truth_error), number(row.worst_side), number(row.hardly_voted) });
    return table;
}

}  // namespace parley::simulation
