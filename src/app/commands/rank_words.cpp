#include "app/commands/rank.h"

#include <fmt/format.h>

namespace parley::app {

using namespace ranking;

namespace {

std::string counted(uint64_t count, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string divide_in_words(CommonGround const& found)
{
    if (found.divide.is_real)
        return fmt::format(
            "There is a divide: camps found from halves of the comments agree (correlation {:.2f}, {:.1f} or more is a divide).\nCamp 0 has {}, camp 1 has {}.\n",
            found.divide.split_half, divide_min, counted(found.camps.sizes.at(0), "voter", "voters"), counted(found.camps.sizes.at(1), "voter", "voters"));
    if (found.divide.split_half == 0)
        return "Too few votes to tell whether there is a divide.\n";
    return fmt::format("There is no clear divide: camps found from halves of the comments agree little (correlation {:.2f}, below {:.1f}).\n"
                       "Counts by camp are patterns of chance then.\n",
        found.divide.split_half, divide_min);
}

std::string camp_in_words(size_t camp, CampCount const& count)
{
    std::string text = fmt::format("Camp {}: {} of {} agree", camp, count.agree, counted(count.rated(), "vote", "votes"));
    if (count.seen > count.rated())
        text += fmt::format(", {} passed", count.seen - count.rated());
    return text + ".\n";
}

std::string_view whose(Suspicion suspicion)
{
    switch (suspicion) {
    case Suspicion::Newcomers: return "of newcomers";
    case Suspicion::LatestVotes: return "of newcomers or cast last";
    case Suspicion::Drift: return "of the later half";
    }
    return "";
}

size_t place_in(std::vector<uint32_t> const& order, uint32_t comment)
{
    return size_t(std::find(order.begin(), order.end(), comment) - order.begin()) + 1;
}

// Why the comment is common ground, or the first reason why it is not.
std::string verdict_in_words(RankedVotes const& ranked, uint32_t comment)
{
    RankedComment const& row = ranked.found.comments[comment];
    if (row.is_common_ground)
        return "It is common ground: votes enough from both camps, most of each surely agree, and it stays so without the most active voters and without those who vote as one.\n";
    if (!ranked.found.divide.is_real)
        return "It is not called common ground, because there is no divide to bridge.\n";
    uint32_t const fewest = std::min(row.counts[0].seen, row.counts[1].seen);
    if (fewest < votes_from_each_camp_min)
        return fmt::format("It is not called common ground yet: not enough votes from both sides ({} of {}).\n", fewest, votes_from_each_camp_min);
    if (row.worst_camp_bound <= 0.5)
        return fmt::format("It is not common ground: of one camp it is not sure that more than half agree (bound {:.2f}).\n", row.worst_camp_bound);
    return "It is not called common ground: votes on it are held back, or it does not hold without the most active voters or without those who vote as one.\n";
}

}  // namespace

std::string explanation(RankedVotes const& ranked, uint32_t comment)
{
    CommonGround const& found = ranked.found;
    RankedComment const& row = found.comments[comment];
    VoteRow const votes = ranked.table.of_comment(comment);
    std::string out = fmt::format("Comment {}: {} agree, {} disagree, {} pass.\n\n{}", ranked.file.comments[comment], votes.agree.size(), votes.disagree.size(), votes.pass.size(),
        divide_in_words(found));
    for (size_t camp = 0; camp < row.counts.size(); ++camp)
        out += camp_in_words(camp, row.counts[camp]);
    for (HeldVotes const& held : found.held)
        if (held.comment == comment)
            out += fmt::format("Held back: {} {}, of which {} agree, where of the others {} of {} do (z = {:.1f}).\n", counted(held.voters.size(), "vote", "votes"), whose(held.suspicion),
                held.newcomers.agree, held.others.agree, held.others.rated(), held.z);
    out += fmt::format("\n{}Place {} of {} by common ground, {} of {} by how far the camps are apart.\n", verdict_in_words(ranked, comment), place_in(found.by_common_ground, comment),
        found.comments.size(), place_in(found.by_split, comment), found.comments.size());

    auto share = [](CampCount const& count) { return (count.agree + 1.0) / (count.seen + 2.0); };
    out += fmt::format("\nHow that is reckoned:\n"
                       "  consensus         ({} + 1) / ({} + 2) x ({} + 1) / ({} + 2) = {:.3f} x {:.3f} = {:.3f}\n",
        row.counts[0].agree, row.counts[0].seen, row.counts[1].agree, row.counts[1].seen, share(row.counts[0]), share(row.counts[1]), row.consensus);
    out += fmt::format("  worst camp        with probability 90 % more than {:.3f} of each camp agree\n", row.worst_camp_bound);
    if (votes.rated() > 0) {
        Place const& place = found.viewpoints.comments[comment];
        out += fmt::format("  viewpoint model   mean {:.3f}, what speaks for it whoever votes {:+.3f}, its slant {:+.3f}\n", found.viewpoints.mean, place.intercept, place.factor);
    }
    return out + fmt::format("  score             {:.4f}, the mean of four ranks: by consensus, by what the camp that approves of it less would say, by what\n"
                             "                    speaks for it whoever votes, and by its appeal at the far ends of the line\n",
                   row.score);
}

std::string summary(RankedVotes const& ranked)
{
    CommonGround const& found = ranked.found;
    std::string out = fmt::format("{} by {} on {}.\n{}", counted(ranked.table.votes(), "vote", "votes"), counted(ranked.table.voters(), "voter", "voters"),
        counted(ranked.table.comments(), "comment", "comments"), divide_in_words(found));
    size_t held = 0, common = 0;
    for (HeldVotes const& votes : found.held)
        held += votes.voters.size();
    for (RankedComment const& comment : found.comments)
        common += comment.is_common_ground;
    if (held > 0)
        out += fmt::format("{} held back until somebody has looked, on {}.\n", counted(held, "vote is", "votes are"), counted(found.held.size(), "comment of one camp", "comments of one camp"));
    out += fmt::format("{} common ground.\n", counted(common, "comment is", "comments are"));
    auto list = [&](std::string_view title, std::vector<uint32_t> const& order) {
        out += fmt::format("\n{:<28}  camp 0   camp 1   worst camp bound   split\n", title);
        for (size_t at = 0; at < std::min<size_t>(10, order.size()); ++at) {
            RankedComment const& row = found.comments[order[at]];
            auto of = [](CampCount const& count) { return fmt::format("{}/{}", count.agree, count.rated()); };
            out += fmt::format("{:>3}. {:<22} {:>8} {:>8} {:>18.2f} {:>7.2f}{}\n", at + 1, ranked.file.comments[order[at]], of(row.counts[0]), of(row.counts[1]), row.worst_camp_bound,
                row.split, row.is_common_ground ? "  common ground" : "");
        }
    };
    list("Valued on both sides", found.by_common_ground);
    list("Where they split", found.by_split);
    return out;
}

}  // namespace parley::app
