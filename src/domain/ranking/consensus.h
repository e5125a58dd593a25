// What each camp says of each comment, in counts, and Polis' group-informed consensus made of them.
#pragma once

#include "domain/ranking/camps.h"
#include "domain/ranking/vote_table.h"

#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

// Votes on one comment by the voters of one camp.
struct CampCount {
    uint32_t agree = 0, disagree = 0, seen = 0;  // seen counts passes

    uint32_t rated() const { return agree + disagree; }
    bool operator==(CampCount const&) const = default;
};

// The counts of any number of camps, a row for each comment.
class CampTable {
public:
    CampTable(uint32_t comments, size_t camps) : camps_(camps), counts_(comments * camps) { }

    size_t camps() const { return camps_; }
    size_t comments() const { return camps_ == 0 ? 0 : counts_.size() / camps_; }
    std::span<CampCount const> of_comment(uint32_t comment) const { return { counts_.data() + comment * camps_, camps_ }; }
    std::span<CampCount> of_comment(uint32_t comment) { return { counts_.data() + comment * camps_, camps_ }; }

private:
    size_t camps_;
    std::vector<CampCount> counts_;
};

// Voters with a label of 0 to camps - 1 count; others do not.
CampTable count_by_camp(VoteTable const&, std::span<int8_t const> camp_of_voter, size_t camps);

// Product over camps of (agree + 1) / (seen + 2): high only where every camp agrees. Small et al. 2021, "Polis: Scaling
// deliberation by mapping high dimensional opinion spaces"; math/src/polismath/math/repness.clj.
double consensus(std::span<CampCount const>);
// The same of disagreement: product of (disagree + 1) / (seen + 2). red-dwarf 0.4.0, stats.py.
double consensus_against(std::span<CampCount const>);

}  // namespace parley::ranking
