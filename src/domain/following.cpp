#include "domain/following.h"

#include "base/check.h"

namespace parley {

std::string_view follow_word(FollowKind kind)
{
    switch (kind) {
    case FollowKind::Story: return "story";
    case FollowKind::Storyline: return "storyline";
    case FollowKind::Person: return "person";
    case FollowKind::Comment: return "comment";
    }
    CHECK(!"a kind without a word");
}

std::optional<FollowKind> follow_from_word(std::string_view word)
{
    for (FollowKind kind : { FollowKind::Story, FollowKind::Storyline, FollowKind::Person, FollowKind::Comment })
        if (follow_word(kind) == word)
            return kind;
    return {};
}

}  // namespace parley
