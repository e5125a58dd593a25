// The one place that turns what went wrong into a status and a page.
#pragma once

#include "base/result.h"
#include "http/request.h"
#include "http/response.h"
#include "routes/context.h"

namespace parley::routes {

//   NotFound 404   Refused 403   Invalid 400   Unsupported 415   TooMany 429   Busy 503   Outside 503
// 503 says when to try again; `detail` goes to the log and nowhere else (S-57).
int status_of(ErrorKind);
http::Response error_response(Context const&, http::Request const&, Error const&);

// The page for a status that the server itself gives, such as 404 for a path that no route knows.
http::Response error_response(Context const&, int status, std::string_view request_id);

}  // namespace parley::routes
