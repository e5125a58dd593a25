#include "domain/vote.h"

namespace parley {

std::string_view stance_word(Stance stance) { return stance == Stance::Agree ? "agree" : stance == Stance::Disagree ? "disagree" : "pass"; }

std::optional<Stance> stance_from_word(std::string_view word)
{
    for (Stance stance : { Stance::Agree, Stance::Disagree, Stance::Pass })
        if (stance_word(stance) == word)
            return stance;
    return {};
}

}  // namespace parley
