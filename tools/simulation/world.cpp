#include "world.h"

#include "domain/ranking/test_conversations.h"

#include <cmath>

namespace parley::simulation {

namespace {

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// Of readers of an invented story. Taken so that its agreement and its divide are like those of the real conversations:
// half of all votes agree, and the split-half correlation is about .8.
constexpr double pass_share = 0.1, slant_weight = 1.6, quality_weight = 1.2, own_side_weight = 0.9;

}  // namespace

World::World(std::string name, uint32_t readers, uint32_t comments)
    : name(std::move(name))
    , comments_(comments)
    , side_(readers, -1)
    , opinions_(size_t(readers) * comments)
{
}

size_t World::known() const
{
    size_t count = 0;
    for (Opinion const& opinion : opinions_)
        count += opinion.is_known;
    return count;
}

std::vector<Approval> World::approvals() const
{
    std::vector<Approval> result(comments_);
    for (uint32_t reader = 0; reader < readers(); ++reader) {
        if (side_[reader] < 0)
            continue;
        for (uint32_t comment = 0; comment < comments_; ++comment) {
            Opinion const& opinion = of(reader, comment);
            if (!opinion.is_known || opinion.value == 0)
                continue;
            result[comment].sum[side_[reader]] += opinion.value == 1;
            result[comment].of[side_[reader]] += 1;
        }
    }
    return result;
}

ranking::CommonGround World::answer() const
{
    std::vector<ranking::CastVote> stances, values;
    for (uint32_t reader = 0; reader < readers(); ++reader)
        for (uint32_t comment = 0; comment < comments_; ++comment)
            if (Opinion const& opinion = of(reader, comment); opinion.is_known) {
                stances.push_back({ reader, comment, opinion.stance });
                values.push_back({ reader, comment, opinion.value });
            }
    ranking::VoteTable const stance_table(readers(), comments_, stances), value_table(readers(), comments_, values);
    return ranking::find_common_ground({ stance_table, value_table });
}

std::vector<Reader> invented_readers(uint32_t count, Dice& dice)
{
    std::vector<Reader> readers(count);
    for (Reader& reader : readers) {
        double const lot = dice.fraction();
        reader.side = lot < 0.5 ? 0 : lot < 0.85 ? 1 : -1;
        double const middle = reader.side == 0 ? -1 : reader.side == 1 ? 1 : 0;
        reader.viewpoint = dice.normal(middle, 0.4);
        reader.leniency = dice.normal(0, 0.6);
    }
    return readers;
}

World invented_world(std::string name, std::vector<Reader> const& readers, uint32_t comments, Dice& dice)
{
    World world(std::move(name), static_cast<uint32_t>(readers.size()), comments);
    for (uint32_t reader = 0; reader < world.readers(); ++reader)
        world.set_side(reader, readers[reader].side);
    for (uint32_t comment = 0; comment < comments; ++comment) {
        double const lot = dice.fraction();
        double const slant = lot < 0.35 ? dice.normal(-1, 0.3) : lot < 0.6 ? dice.normal(1, 0.3) : dice.normal(0, 0.35);
        double const quality = dice.normal();
        for (uint32_t reader = 0; reader < world.readers(); ++reader) {
            double const alike = slant * readers[reader].viewpoint, leniency = readers[reader].leniency;
            Opinion opinion { 0, 0, true };
            bool const passes = dice.chance(pass_share);
            bool const agrees = dice.chance(logistic(0.3 * quality + slant_weight * alike + 0.4 * leniency));
            bool const is_worth = dice.chance(logistic(-0.3 + quality_weight * quality + own_side_weight * alike + leniency));
            opinion.stance = static_cast<int8_t>(passes ? 0 : agrees ? 1 : -1);
            opinion.value = static_cast<int8_t>(is_worth ? 1 : opinion.stance == -1 ? -1 : 0);
            world.set(reader, comment, opinion);
        }
    }
    return world;
}

World real_world(std::string const& name)
{
    ranking::Conversation const conversation = ranking::conversation(name);
    World world(name, conversation.votes.voters(), conversation.votes.comments());
    std::vector<double> const& camp = conversation.expected_voters.of("camp2");
    for (uint32_t reader = 0; reader < world.readers(); ++reader)
        world.set_side(reader, camp[reader] == 0 ? 0 : camp[reader] == 1 ? 1 : -1);
    for (ranking::CastVote const& vote : conversation.cast)
        world.set(vote.voter, vote.comment, { vote.value, vote.value, true });
    return world;
}

}  // namespace parley::simulation
