// What a reader follows: they are told of what is new there. And whom they muted: whose words they need not read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley {

enum class FollowKind { Story = 1, Storyline = 2, Person = 3, Comment = 4 };  // Comment: the answers below it

std::string_view follow_word(FollowKind);                      // "story", "storyline", "person", "comment"
std::optional<FollowKind> follow_from_word(std::string_view);  // nothing for any other word

struct Follow {
    FollowKind kind;
    int64_t target;  // id of the story, storyline, person or comment

    bool operator==(Follow const&) const = default;
};

}  // namespace parley
