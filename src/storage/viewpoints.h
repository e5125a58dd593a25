// Rows of viewpoints: where voters stand among those whose votes are looked at together. Derived from votes and replaced
// with every fit. A viewpoint is nobody's business but the voter's own: no page shows it to anybody else.
//
// A pool is votes looked at together: those of one discussion where enough readers vote in it, else those of its section,
// else those of the site. A discussion is ranked by one pool (ranks.h).
#pragma once

#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace parley {

using PoolId = Id<struct PoolKind>;

enum class PoolScope { Discussion = 1, Section = 2, Site = 3 };

// What is known of a pool since its last fit.
struct Pool {
    PoolId id {};
    SiteId site;
    PoolScope scope = PoolScope::Site;
    StoryId story {};            // of PoolScope::Discussion, else 0
    std::string section {};      // of PoolScope::Section, else empty
    int64_t version = 0;         // grows with each fit
    Time fitted_at {};
    Time fitted_cold_at {};      // from nothing
    int64_t votes = 0;
    int64_t active = 0;          // voters with enough stances to be placed
    int64_t voters = 0;          // placed in a camp
    double split_half = 0;
    double mean = 0;             // of the factorisation
    std::optional<double> drift {};  // rank correlation at the last fit from nothing with what stood before

    bool operator==(Pool const&) const = default;
};

Result<std::optional<Pool>> find_pool(Reader&, SiteId, PoolScope, StoryId, std::string_view section);
Result<std::optional<Pool>> find_pool(Reader&, PoolId);
Result<std::vector<Pool>> list_pools(Reader&);
// Keeps it, new or in the place of what was known; its id.
Result<PoolId> put_pool(Transaction&, Pool const&);

struct Viewpoint {
    PersonId person;
    std::optional<int> camp;  // 0 or 1
    double intercept, factor;
    int64_t votes;            // stances in the pool
};

// Of the pool by which the story's discussion is ranked; who has none is left out. In the order given.
Result<std::vector<Viewpoint>> viewpoints_of(Reader&, StoryId, std::span<PersonId const>);

// All that a fit keeps of a voter.
struct Standing {
    PersonId person;
    std::optional<int> camp {};
    std::optional<int> doubted_for {};  // the camp in which the last fits saw them instead
    int doubts = 0;                     // how many fits in a row
    double intercept = 0, factor = 0;
    double x = 0, y = 0;                // on the two lines along which votes differ most
    int64_t votes = 0;

    bool operator==(Standing const&) const = default;
};

Result<std::vector<Standing>> standings_of(Reader&, PoolId);  // by person
Result<std::optional<Standing>> find_standing(Reader&, StoryId, PersonId);  // of the pool by which the discussion is ranked
Result<std::vector<std::pair<Pool, Standing>>> standings_by(Reader&, PersonId);  // in every pool, for that person alone
Result<void> put_standings(Transaction&, PoolId, std::span<Standing const>);
Result<void> remove_standings(Transaction&, PoolId, std::span<PersonId const>);

// Forgets where they stand, in every pool: the account is closed, or became another's.
Result<void> remove_viewpoints(Transaction&, PersonId);

}  // namespace parley
