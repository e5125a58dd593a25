// Anderson acceleration: from the last few steps of an iteration x -> g(x) that is linear near its fixed point, guesses
// where it leads. The next point is the combination of the last images whose residuals g(x) - x cancel best. Source:
// Walker and Ni 2011, "Anderson acceleration for fixed-point iterations", SIAM J. Numer. Anal. 49(4), their (3.1).
#pragma once

#include "domain/ranking/factorisation.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace parley::ranking {

class Extrapolation {
public:
    // Of differences of steps that are kept. More take more memory and seldom save a sweep.
    static constexpr size_t depth = 3;

    // The next point to go on from, in place of `image`, which is g(point). The first time it is `image` itself.
    void next(std::span<Place const> point, std::span<Place> image, Crew&);
    // What was seen before is forgotten: the iteration went another way.
    void forget() { kept_ = 0; has_last_ = false; }

    // How much of a step is left in the next one, at worst, as far as was seen: |g(x) - g(x')| / |x - x'|; 0 at first.
    double contraction() const;

private:
    struct Difference {
        std::vector<Place> of_images, of_residuals;
        double contraction = 0;
    };

    std::array<Difference, depth> kept_differences_;
    size_t kept_ = 0, newest_ = 0;
    bool has_last_ = false;
    std::vector<Place> last_image_, last_residual_;
};

}  // namespace parley::ranking
