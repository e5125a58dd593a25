// Which line is what: story, rights line, handle, text of a comment, or furniture. Decided for the whole page at
// once by dynamic programming (Viterbi over the lines), because a line alone does not tell: "Exactly" is a user and
// "Exactly." what another one said. What holds for every page: the story comes first, a handle is followed by text,
// the first thing behind a rights line is a handle.
//
// Scores are small numbers added up, about the logarithm of how much more often a line of that look is the one thing
// than the other. Each is named with its reason in page_segment.cpp. Time linear in the lines.
#pragma once

#include "archives/page_lines.h"

#include <vector>

namespace parley::archives {

enum class LineRole { Story, Rights, Handle, Text, Furniture };

// One role for each line.
std::vector<LineRole> segment(std::vector<PageLine> const& lines);

}  // namespace parley::archives
