// Pages about single comments.
#pragma once

#include "routes/pages.h"

namespace parley::routes {

Result<Page> comment(PageRequest const&);  // /s/{story}/c/{comment}

// /from/{system}/{source_id...}: from a permalink of the system that an archive came from to the comment here.
http::Response comment_from_source(Context const&, http::Request const&);

}  // namespace parley::routes
