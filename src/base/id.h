// An Id names one row of one kind. Ids of different kinds do not mix: a StoryId is no PersonId.
// Zero means "none yet" (a row that was not stored) and is never a stored id.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace parley {

template <typename Kind>
struct Id {
    int64_t value = 0;

    bool is_set() const { return value != 0; }
    auto operator<=>(Id const&) const = default;
};

}  // namespace parley

template <typename Kind>
struct std::hash<parley::Id<Kind>> {
    size_t operator()(parley::Id<Kind> id) const noexcept { return std::hash<int64_t> {}(id.value); }
};
