// Rows of sites: name, address, host and language.
#pragma once

#include "domain/site.h"
#include "storage/database.h"

namespace parley {

Result<Site> find_site(Reader&, SiteId);          // NotFound
Result<std::vector<Site>> list_sites(Reader&);    // by id; one or a handful
Result<SiteId> insert_site(Transaction&, Site const&);  // site.id is ignored
Result<void> update_site(Transaction&, Site const&);

}  // namespace parley
