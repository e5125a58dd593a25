// A vote is what one reader thinks of one comment, on two axes that have nothing to do with each other: whether they
// agree with it, and whether it is worth reading for everybody, agreed with or not. Private: nobody else sees it.
#pragma once

#include <optional>
#include <string_view>

namespace parley {

// Pass is an answer of its own: "I have read it and will not say" tells the model more than no vote.
enum class Stance { Disagree = -1, Pass = 0, Agree = 1 };

std::string_view stance_word(Stance);                      // "agree", "disagree", "pass"
std::optional<Stance> stance_from_word(std::string_view);  // nothing for any other word

struct Vote {
    std::optional<Stance> stance {};  // nothing: none given
    bool is_worth_reading = false;

    bool is_empty() const { return !stance && !is_worth_reading; }
    bool operator==(Vote const&) const = default;
};

}  // namespace parley
