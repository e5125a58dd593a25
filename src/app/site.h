// The site that is served or imported into: the first of the database, brought in line with the settings.
#pragma once

#include "app/config.h"
#include "domain/site.h"
#include "storage/database.h"

#include <optional>

namespace parley::app {

// As it is stored; nothing where the database has no site yet.
Result<std::optional<Site>> first_site(Database&);

// The stored site as the settings would have it; changes nothing.
Site planned_site(Site stored, Config const&);

// Makes the site where the database has none, and changes what the settings say otherwise. The address of what comes
// back is the public one of these settings.
Result<Site> settle_site(Database&, Config const&);

}  // namespace parley::app
