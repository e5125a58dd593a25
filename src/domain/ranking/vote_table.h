// All votes of a discussion as the ranking reads them: by voter and by comment, four bytes a vote in each order. Voters
// and comments are numbers from 0; whoever fills the table keeps the lists of what they stand for, in an order that does
// not depend on when a vote came, and the same votes then give the same table, bit for bit. Numbers in, numbers out:
// nothing here knows a person, a text or a database. Read by any number of threads once it is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace parley::ranking {

struct CastVote {
    uint32_t voter, comment;
    int8_t value;  // 1 agree, -1 disagree, 0 pass
};

// The votes of one voter (numbers of comments) or on one comment (numbers of voters), each list ascending.
struct VoteRow {
    std::span<uint32_t const> agree, disagree, pass;

    size_t rated() const { return agree.size() + disagree.size(); }  // passes left out
    size_t seen() const { return rated() + pass.size(); }
    // The votes that are no passes: agree first, then disagree.
    std::span<uint32_t const> ratings() const { return { agree.data(), rated() }; }
    std::span<uint32_t const> all() const { return { agree.data(), seen() }; }
};

class VoteTable {
public:
    VoteTable() = default;
    // Votes in any order, fewer than 2^32; of several by one voter on one comment the last in the span counts.
    VoteTable(uint32_t voters, uint32_t comments, std::span<CastVote const>);

    uint32_t voters() const { return by_voter_.rows(); }
    uint32_t comments() const { return by_comment_.rows(); }
    size_t votes() const { return by_voter_.entries.size(); }
    size_t ratings() const { return ratings_; }  // votes that are no passes
    size_t bytes() const;                        // of memory held

    VoteRow of_voter(uint32_t voter) const { return by_voter_.row(voter); }
    VoteRow of_comment(uint32_t comment) const { return by_comment_.row(comment); }

    // Entries before this row: places to cut work into equal parts. `row` may be one past the last.
    size_t entries_before_voter(uint32_t voter) const { return by_voter_.starts[3 * size_t(voter)]; }
    size_t entries_before_comment(uint32_t comment) const { return by_comment_.starts[3 * size_t(comment)]; }

    // The same numbering with fewer votes: only those that `keeps(voter, comment, value)` says yes to.
    template <typename Keeps> VoteTable only(Keeps const& keeps) const
    {
        std::vector<CastVote> kept;
        for (uint32_t voter = 0; voter < voters(); ++voter)
            for_each(of_voter(voter), [&](uint32_t comment, int8_t value) {
                if (keeps(voter, comment, value))
                    kept.push_back({ voter, comment, value });
            });
        return VoteTable(voters(), comments(), kept);
    }

    // Calls `visit(number, value)` for each vote of the row: agree, disagree, pass.
    template <typename Visit> static void for_each(VoteRow const& row, Visit const& visit)
    {
        for (uint32_t number : row.agree)
            visit(number, int8_t(1));
        for (uint32_t number : row.disagree)
            visit(number, int8_t(-1));
        for (uint32_t number : row.pass)
            visit(number, int8_t(0));
    }

private:
    // Of row r: agree from starts[3r], disagree from starts[3r + 1], pass from starts[3r + 2], to starts[3r + 3].
    struct Order {
        std::vector<uint32_t> starts { 0 };
        std::vector<uint32_t> entries;

        uint32_t rows() const { return static_cast<uint32_t>((starts.size() - 1) / 3); }
        VoteRow row(uint32_t number) const
        {
            uint32_t const* at = starts.data() + 3 * size_t(number);
            uint32_t const* first = entries.data();
            return { { first + at[0], first + at[1] }, { first + at[1], first + at[2] }, { first + at[2], first + at[3] } };
        }
    };

    Order by_voter_, by_comment_;
    size_t ratings_ = 0;
};

}  // namespace parley::ranking
