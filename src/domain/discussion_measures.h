// What an editor sees of a discussion: its measures over time, the votes that were held back with what tells them from the
// rest, and what the desk decided about those.
#pragma once

#include "base/time.h"
#include "domain/common_ground.h"
#include "domain/ranking/measures.h"
#include "domain/story.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// Of everything written and voted until then. Camps are those known now.
struct MeasuredMoment {
    Time until;
    int64_t comments = 0, votes = 0;
    ranking::CommonGroundIndex index;
    std::optional<double> split_half;  // nothing where there are too many votes to find it while a page waits
    ranking::VoiceShares voices;
    ranking::RepliesAcross replies;
};

struct HeldVotesShown {
    CommentId comment;
    std::string excerpt;
    int camp = 0;
    int64_t newcomers_agree = 0, newcomers_seen = 0, others_agree = 0, others_seen = 0;
    double z = 0;
    size_t voters = 0;
};

struct ClearingShown {
    CommentId comment;
    std::string decided_by;  // their name
    bool is_let_count = true;
    size_t voters = 0;
    Time at;
    bool can_be_taken_back = false;
};

struct DiscussionMeasures {
    Story story;
    std::vector<MeasuredMoment> moments;  // oldest first; the last is now
    std::vector<HeldVotesShown> held;
    std::vector<ClearingShown> clearings;  // newest first
};

}  // namespace parley
