// Pages about single comments.
#pragma once

#include "routes/pages.h"
#include "routes/visitor.h"

namespace parley::routes {

Result<Page> comment(PageRequest const&);  // /s/{story}/c/{comment}

// /from/{system}/{source_id...}: from a permalink of the system that an archive came from to the comment here.
// The comment alone, as scripts put it in its place on a page. With the viewer's marks, or the same for everybody.
http::Response comment_fragment(VisitorRequest const&);

http::Response comment_from_source(Context const&, http::Request const&);

}  // namespace parley::routes
