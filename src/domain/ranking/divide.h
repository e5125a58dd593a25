// Whether there is a divide at all: a line that one half of the comments shows must be found again in the other half.
#pragma once

#include "domain/ranking/factorisation.h"

namespace parley::ranking {

// Comments are cut in two by bit k of their number, Parley's ridge is fitted on each half, and the factors of voters with
// at least five ratings in both halves are correlated (Pearson); the mean of |r| over k = 0 to 3. 0 where no cut leaves
// three such voters. Split-half reliability: Spearman 1910, Brown 1910.
double split_half(VoteTable const&, Crew* = nullptr);

}  // namespace parley::ranking
