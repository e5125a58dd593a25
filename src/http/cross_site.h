// May this request have been sent by a page of another site, with the reader's cookies (S-40)?
#pragma once

#include "http/request.h"

#include <string>
#include <vector>

namespace parley::http {

// Safe methods always pass. Others need Sec-Fetch-Site: same-origin or none, or an Origin that is the request's own host
// or one of `origins` ("https://example.org"). A client that sends neither field passes only without cookies: it has no
// session that could be abused.
bool comes_from_own_page(Request const&, std::vector<std::string> const& origins);

}  // namespace parley::http
