// Pages about people: what one person wrote.
#pragma once

#include "routes/pages.h"

namespace parley::routes {

Result<Page> person(PageRequest const&);  // /p/{handle}

}  // namespace parley::routes
