// Which pages of other origins may read our answers (CORS: https://fetch.spec.whatwg.org/#http-cors-protocol): those
// of the publication, where comments are embedded. No other origin ever gets a field (S-41).
#pragma once

#include "http/request.h"

#include <string>
#include <vector>

namespace parley::http {

// Whether the request comes from a page of one of `origins` ("https://www.example.org").
bool may_share_with_origin(Request const&, std::vector<std::string> const& origins);

// Header fields of an answer, lines with their ends; empty when there is nothing to say. Answers that caches may keep
// say that they vary, whoever asks: what is made for embedding, and the API.
std::string sharing_fields(Request const&, std::vector<std::string> const& origins);

// Those of the answer to a preflight (OPTIONS with Access-Control-Request-Method); empty when this is none, or not allowed.
std::string preflight_fields(Request const&, std::vector<std::string> const& origins);

}  // namespace parley::http
