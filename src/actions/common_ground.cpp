#include "actions/common_ground.h"

#include "actions/stories.h"
#include "domain/ranking/next_question.h"
#include "domain/ranking/places.h"
#include "render/words.h"
#include "storage/comments.h"
#include "storage/following.h"
#include "storage/ranks.h"
#include "storage/threads.h"
#include "storage/votes.h"

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

constexpr int candidates_max = 100;
constexpr int64_t comments_to_ask_about_min = 3;

double approval(SideCount const& side) { return (double(side.worth) + 1) / (double(side.voted) + 2); }
double lower_approval(CommentRank const& rank) { return std::min(approval(rank.sides[0]), approval(rank.sides[1])); }

bool has_enough_on_both(CommentRank const& rank)
{
    return std::min(rank.sides[0].voted, rank.sides[1].voted) >= int64_t { ranking::votes_from_each_camp_min };
}

// The lists of the page, none of which repeats a comment of one before it.
struct Choice {
    std::vector<CommentRank> chosen;
    std::array<size_t, 4> sizes {};

    void take(size_t list, std::vector<CommentRank> const& from, auto const& wants)
    {
        for (CommentRank const& rank : from) {
            bool is_taken = std::ranges::find(chosen, rank.comment, &CommentRank::comment) != chosen.end();
            if (sizes[list] == comments_in_list)
                return;
            if (!is_taken && wants(rank)) {
                chosen.push_back(rank);
                ++sizes[list];
            }
        }
    }
};

Choice choose(std::vector<CommentRank> placed, std::vector<CommentRank> const& split)
{
    Choice choice;
    choice.take(0, placed, [](CommentRank const& rank) { return has_enough_on_both(rank) && lower_approval(rank) > 0.5; });
    for (size_t side : { size_t { 0 }, size_t { 1 } }) {
        std::ranges::stable_sort(placed, std::greater {}, [&](CommentRank const& rank) { return approval(rank.sides[side]); });
        choice.take(1 + side, placed, [&](CommentRank const& rank) {
            return approval(rank.sides[side]) > 0.5 && approval(rank.sides[side]) > approval(rank.sides[1 - side]);
        });
    }
    choice.take(3, split, [](CommentRank const& rank) { return has_enough_on_both(rank) && rank.split > 0; });
    return choice;
}

Result<std::vector<ShownComment>> shown(Reader& reader, std::vector<CommentRank> const& chosen)
{
    std::vector<CommentId> ids;
    for (CommentRank const& rank : chosen)
        ids.push_back(rank.comment);
    return dress(reader, TRY(find_comments(reader, ids)));
}

}  // namespace

Result<CommonGroundPage> read_common_ground(Database& database, SiteId site, StoryId id)
{
    return database.read([&](Reader& reader) -> Result<CommonGroundPage> {
        CommonGroundPage page { TRY(find_readable_story(reader, site, id)), TRY(find_thread(reader, id)) };
        if (page.thread.state == ThreadState::Hidden)
            return Error::not_found(word("missing.story"));
        std::optional<Discussion> discussion = TRY(find_discussion(reader, id));
        page.divide = TRY(divide_of(reader, id));
        if (!discussion || page.divide.divide != Divide::Real)
            return page;
        page.voters = discussion->voters;
        page.map = ranking::VoterMap::read(discussion->map).value_or(ranking::VoterMap());
        Choice const choice = choose(TRY(placed_ranks(reader, id, Order::CommonGround, places_looked_at)),
            TRY(placed_ranks(reader, id, Order::Split, static_cast<int>(4 * comments_in_list))));
        std::vector<ShownComment> all = TRY(shown(reader, choice.chosen));
        std::vector<ranking::Point> positions;
        for (CommentRank const& rank : choice.chosen)
            positions.push_back({ rank.x, rank.y });
        std::vector<ranking::Point> const places = page.map.places_of_comments(positions);
        // A comment that was taken away since stands in no list.
        size_t list = 0, left = choice.sizes[0];
        std::vector<ShownComment>* const lists[] { &page.both, &page.one_side, &page.other_side, &page.split };
        for (size_t at = 0; at < choice.chosen.size(); ++at) {
            while (left == 0)
                left = choice.sizes[++list];
            --left;
            auto found = std::ranges::find(all, choice.chosen[at].comment, [](ShownComment const& each) { return each.comment.id; });
            if (found == all.end() || found->comment.state != CommentState::Visible)
                continue;
            page.places.push_back(places[at]);
            lists[list]->push_back(std::move(*found));
        }
        return page;
    });
}

Result<void> mark_common_ground(Database& database, Viewer const& viewer, CommonGroundPage& page)
{
    page.question = TRY(question_for(database, viewer, page.story.id));
    if (page.divide.divide != Divide::Real)
        return {};
    auto standing = TRY(database.read([&](Reader& reader) { return find_standing(reader, page.story.id, viewer.person.id); }));
    if (standing && standing->camp)
        page.own_place = page.map.place_of({ standing->x, standing->y });
    return {};
}

Result<std::optional<Question>> question_for(Database& database, Viewer const& viewer, StoryId story)
{
    return database.read([&](Reader& reader) -> Result<std::optional<Question>> {
        Thread thread = TRY(find_thread(reader, story));
        if (thread.state != ThreadState::Open || thread.comments_shown < comments_to_ask_about_min)
            return std::optional<Question>();
        std::vector<Candidate> candidates = TRY(question_candidates(reader, story, viewer.person.id, candidates_max));
        std::vector<PersonId> muted = TRY(muted_by(reader, viewer.person.id));
        std::erase_if(candidates, [&](Candidate const& each) { return each.author && std::ranges::find(muted, *each.author) != muted.end(); });
        std::optional<Standing> standing = TRY(find_standing(reader, story, viewer.person.id));
        std::vector<double> weights;
        for (Candidate const& each : candidates) {
            double voted = double(each.agree + each.disagree + each.pass);
            double mean = voted > 0 ? double(each.agree - each.disagree) / voted : 0;
            double weight = ranking::question_priority(double(each.agree), double(each.pass), voted, std::abs(1 - mean) * std::hypot(each.x, each.y));
            // The camp that has said least of it is asked first (domain/ranking/next_question.h).
            if (standing && standing->camp)
                weight *= 1 + 8 * std::exp2(-double(each.voted_in_camp.at(size_t(*standing->camp))) / 5);
            weights.push_back(weight);
        }
        // Readers are asked about different comments, and one reader about the same until the list of candidates changes.
        int64_t const newest = candidates.empty() ? 0 : candidates.back().comment.value;
        double const mixed = double(viewer.person.id.value) * 0.6180339887498949 + double(candidates.size()) * 0.7548776662466927 + double(newest % 997) * 0.5698402909980532;
        std::optional<uint32_t> chosen = ranking::next_question(weights, {}, mixed - std::floor(mixed));
        if (!chosen)
            return std::optional<Question>();
        std::vector<CommentId> const ids { candidates[*chosen].comment };
        std::vector<ShownComment> comments = TRY(dress(reader, TRY(find_comments(reader, ids))));
        if (comments.empty())
            return std::optional<Question>();
        return std::optional(Question { std::move(comments.front()) });
    });
}

Result<void> skip_question(Database& database, Site const& site, Viewer const& viewer, CommentId comment, Time now)
{
    return database.write([&, site_id = site.id](Transaction& transaction) -> Result<void> {
        std::optional<VotePlace> place = TRY(find_vote_place(transaction, comment, viewer.person.id));
        if (!place || place->site != site_id || !place->is_readable)
            return Error::not_found(word("refusal.no-comment"));
        return skip_question(transaction, viewer.person.id, comment, now);
    });
}

}  // namespace parley
