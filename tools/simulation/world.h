// What is true of a discussion before anybody votes: what each reader would say of each comment, and on which side of the
// matter each reader is. Parley is never shown this; a simulation lets it see the votes and compares what it finds.
#pragma once

#include "domain/ranking/common_ground.h"
#include "dice.h"

#include <cstdint>
#include <string>
#include <vector>

namespace parley::simulation {

struct Opinion {
    int8_t stance = 0;  // 1 agree, -1 disagree, 0 pass
    int8_t value = 0;   // 1 worth reading, -1 disagreed with and not worth reading, 0 neither
    bool is_known = false;  // false: the reader would never vote on it
};

// A comment's worth to one side: how many of its readers who say so, say that it is worth reading.
struct Approval {
    double sum[2] = { 0, 0 }, of[2] = { 0, 0 };

    double worst() const { return std::min(rate(0), rate(1)); }
    double rate(int side) const { return of[side] > 0 ? sum[side] / of[side] : 0; }
};

class World {
public:
    std::string name;

    World(std::string name, uint32_t readers, uint32_t comments);

    uint32_t readers() const { return static_cast<uint32_t>(side_.size()); }
    uint32_t comments() const { return comments_; }
    Opinion const& of(uint32_t reader, uint32_t comment) const { return opinions_[size_t(reader) * comments_ + comment]; }
    void set(uint32_t reader, uint32_t comment, Opinion opinion) { opinions_[size_t(reader) * comments_ + comment] = opinion; }
    int side_of(uint32_t reader) const { return side_[reader]; }  // 0, 1; -1 in between
    void set_side(uint32_t reader, int side) { side_[reader] = static_cast<int8_t>(side); }

    size_t known() const;  // opinions in all
    std::vector<Approval> approvals() const;
    // The answer if everybody voted on everything they have an opinion of.
    ranking::CommonGround answer() const;

private:
    uint32_t comments_;
    std::vector<int8_t> side_;
    std::vector<Opinion> opinions_;
};

// Where a reader stands: -1 and 1 are the middles of two sides, 0 lies between. Lenient readers find more worth reading.
struct Reader {
    double viewpoint = 0, leniency = 0;
    int side = -1;
};
std::vector<Reader> invented_readers(uint32_t count, Dice&);

// An invented story: one-sided comments of the two sides, and some that lean nowhere; of all qualities.
World invented_world(std::string name, std::vector<Reader> const&, uint32_t comments, Dice&);

// A public conversation of tests/data/polis: the opinions are those votes that were really cast, and no others.
World real_world(std::string const& name);

}  // namespace parley::simulation
