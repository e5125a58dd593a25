#include "discussion.h"

#include "base/check.h"

#include <algorithm>
#include <numeric>

namespace parley::simulation {

namespace {

constexpr uint32_t not_numbered = UINT32_MAX;

}  // namespace

Discussion::Discussion(uint32_t readers, std::vector<uint32_t> numbering, uint32_t written, Guard guard)
    : numbering_(std::move(numbering))
    , number_of_(numbering_.size())
    , written_(written)
    , guard_(guard)
    , reader_number_(readers, not_numbered)
    , tallies_(numbering_.size())
    , seen_by_camp_(numbering_.size())
    , has_voted_(size_t(readers) * numbering_.size())
{
    for (uint32_t number = 0; number < total(); ++number)
        number_of_[numbering_[number]] = number;
}

void Discussion::vote(uint32_t reader, uint32_t comment, Opinion const& opinion, int64_t now_ms)
{
    CHECK(opinion.is_known && is_written(comment) && !has_voted(reader, comment));
    has_voted_[size_t(reader) * total() + comment] = true;
    if (reader_number_[reader] == not_numbered) {
        reader_number_[reader] = static_cast<uint32_t>(readers_.size());
        readers_.push_back(reader);
        first_vote_at_.push_back(now_ms);
    }
    stances_.push_back({ reader_number_[reader], number_of_[comment], opinion.stance });
    values_.push_back({ reader_number_[reader], number_of_[comment], opinion.value });
    times_.push_back({ reader_number_[reader], number_of_[comment], now_ms });
    Tally& tally = tallies_[comment];
    tally.agree += opinion.value == 1;
    tally.disagree += opinion.value == -1;
    tally.seen += 1;
    if (int8_t camp = camp_of(reader); camp != ranking::no_camp)
        ++seen_by_camp_[comment][size_t(camp)];
}

void Discussion::refit()
{
    auto const voters = static_cast<uint32_t>(readers_.size());
    ranking::VoteTable const stances(voters, written_, stances_), values(voters, written_, values_);
    ranking::CommonGroundOptions options;
    options.before = answer_ ? &*answer_ : nullptr;
    std::vector<uint32_t> everybody(voters);
    std::iota(everybody.begin(), everybody.end(), 0u);
    if (guard_ == Guard::Off)
        options.cleared = everybody;
    answer_ = ranking::find_common_ground({ stances, values, first_vote_at_, times_ }, options);
    std::ranges::fill(seen_by_camp_, std::array<uint32_t, 2> {});
    for (ranking::CastVote const& vote : values_)
        if (int8_t camp = answer_->camps.of_voter[vote.voter]; camp != ranking::no_camp)
            ++seen_by_camp_[numbering_[vote.comment]][size_t(camp)];
}

std::vector<uint32_t> Discussion::order() const
{
    std::vector<uint32_t> result;
    if (answer_)
        for (uint32_t number : answer_->by_common_ground)
            result.push_back(numbering_[number]);
    for (auto number = static_cast<uint32_t>(result.size()); number < written_; ++number)
        result.push_back(numbering_[number]);
    return result;
}

ranking::RankedComment const* Discussion::ranked(uint32_t comment) const
{
    return answer_ && number_of_[comment] < answer_->comments.size() ? &answer_->comments[number_of_[comment]] : nullptr;
}

int8_t Discussion::camp_of(uint32_t reader) const
{
    uint32_t const number = reader_number_[reader];
    return answer_ && number < answer_->camps.of_voter.size() ? answer_->camps.of_voter[number] : ranking::no_camp;
}

}  // namespace parley::simulation
