// A discussion as it runs: comments come, readers vote, and from time to time Parley looks at the votes anew. It knows
// only what a server would know: votes and when they came.
#pragma once

#include "domain/ranking/common_ground.h"
#include "world.h"

#include <array>
#include <optional>
#include <vector>

namespace parley::simulation {

enum class Guard { On, Off };

struct Tally {
    uint32_t agree = 0, disagree = 0, seen = 0;  // of values
};

class Discussion {
public:
    // `numbering`: comments in the order in which Parley numbers them, which decides what stands first before anybody
    // has voted. Only the first `written` of them are there.
    Discussion(uint32_t readers, std::vector<uint32_t> numbering, uint32_t written, Guard = Guard::On);

    void write_next_comment() { ++written_; }
    uint32_t written() const { return written_; }
    uint32_t total() const { return static_cast<uint32_t>(numbering_.size()); }
    bool is_written(uint32_t comment) const { return number_of_[comment] < written_; }

    bool has_voted(uint32_t reader, uint32_t comment) const { return has_voted_[size_t(reader) * total() + comment]; }
    void vote(uint32_t reader, uint32_t comment, Opinion const&, int64_t now_ms = 0);
    size_t votes() const { return values_.size(); }
    Tally const& tally(uint32_t comment) const { return tallies_[comment]; }
    // The reader's camp in the answer, no_camp where it does not know.
    int8_t camp_of(uint32_t reader) const;
    // Votes on the comment by readers who were in this camp when they cast them, or are in it since the last refit.
    uint32_t seen_by_camp(uint32_t comment, int8_t camp) const { return seen_by_camp_[comment][size_t(camp)]; }

    // Looks at all votes; the work of the background refit.
    void refit();
    bool is_fitted() const { return answer_.has_value(); }
    ranking::CommonGround const& answer() const { return *answer_; }

    // Comments as the answer orders them, and those written since after them.
    std::vector<uint32_t> order() const;
    // Of a comment, or nothing where it is newer than the answer.
    ranking::RankedComment const* ranked(uint32_t comment) const;
    // The reader with this number in the answer.
    uint32_t reader_at(uint32_t number) const { return readers_[number]; }
    // The comment with this number.
    uint32_t comment_at(uint32_t number) const { return numbering_[number]; }
    uint32_t number_of(uint32_t comment) const { return number_of_[comment]; }

private:
    std::vector<uint32_t> numbering_, number_of_;
    uint32_t written_;
    Guard guard_;
    std::vector<uint32_t> readers_, reader_number_;  // numbered by first vote, as they come
    std::vector<int64_t> first_vote_at_;
    std::vector<ranking::CastVote> stances_, values_;
    std::vector<ranking::VoteTime> times_;
    std::vector<Tally> tallies_;
    std::vector<std::array<uint32_t, 2>> seen_by_camp_;
    std::vector<bool> has_voted_;
    std::optional<ranking::CommonGround> answer_;
};

}  // namespace parley::simulation
