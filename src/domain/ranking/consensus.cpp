#include "domain/ranking/consensus.h"

#include <array>

namespace parley::ranking {

namespace {

// Two camps: labels 0 and 1 are told apart by adding up, without a branch.
std::array<uint32_t, 2> count_two(std::span<uint32_t const> voters, int8_t const* camp_of)
{
    uint32_t first = 0, second = 0;
    for (uint32_t voter : voters) {
        first += camp_of[voter] == 0;
        second += camp_of[voter] == 1;
    }
    return { first, second };
}

}  // namespace

CampTable count_by_camp(VoteTable const& votes, std::span<int8_t const> camp_of, size_t camps)
{
    CampTable table(votes.comments(), camps);
    for (uint32_t comment = 0; comment < votes.comments(); ++comment) {
        VoteRow const row = votes.of_comment(comment);
        std::span<CampCount> counts = table.of_comment(comment);
        if (camps == 2) {
            auto const agree = count_two(row.agree, camp_of.data()), disagree = count_two(row.disagree, camp_of.data()), pass = count_two(row.pass, camp_of.data());
            for (size_t camp : { 0, 1 })
                counts[camp] = { agree[camp], disagree[camp], agree[camp] + disagree[camp] + pass[camp] };
            continue;
        }
        VoteTable::for_each(row, [&](uint32_t voter, int8_t value) {
            int8_t const camp = camp_of[voter];
            if (camp < 0 || size_t(camp) >= camps)
                return;
            counts[size_t(camp)].agree += value == 1;
            counts[size_t(camp)].disagree += value == -1;
            ++counts[size_t(camp)].seen;
        });
    }
    return table;
}

double consensus(std::span<CampCount const> counts)
{
    double product = 1;
    for (CampCount const& count : counts)
        product *= (count.agree + 1.0) / (count.seen + 2.0);
    return product;
}

double consensus_against(std::span<CampCount const> counts)
{
    double product = 1;
    for (CampCount const& count : counts)
        product *= (count.disagree + 1.0) / (count.seen + 2.0);
    return product;
}

}  // namespace parley::ranking
