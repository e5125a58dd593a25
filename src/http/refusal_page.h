// The server's own answers to what it refuses: a code and the request's id, nothing else (S-57).
#pragma once

#include "http/refusal.h"
#include "http/request.h"
#include "http/server.h"

namespace parley::http {

enum class Shape { Page, Problem };

// API paths and clients that ask for JSON get a problem document (RFC 9457), others a page.
Shape shape_for(Request const&);

Response refusal_response(Refusal, std::string_view request_id, Shape, RefusalPage const&);

}  // namespace parley::http
