#include "domain/following.h"

namespace parley {

std::string_view follow_word(FollowKind kind)
{
    return kind == FollowKind::Story ? "story" : kind == FollowKind::Storyline ? "storyline" : "person";
}

std::optional<FollowKind> follow_from_word(std::string_view word)
{
    for (FollowKind kind : { FollowKind::Story, FollowKind::Storyline, FollowKind::Person })
        if (follow_word(kind) == word)
            return kind;
    return {};
}

}  // namespace parley
