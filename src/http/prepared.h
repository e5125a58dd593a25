// The inside of a Prepared answer, for the parts of the server that send it. Everything the server sends is one.
#pragma once

#include "http/negotiation.h"
#include "http/response.h"

#include <array>

namespace parley::http {

class Prepared {
public:
    struct Representation {
        std::string bytes;         // header fields, blank line, body: what follows Date and the common fields
        size_t head_size = 0;      // bytes up to and with the blank line: what HEAD gets
        std::string etag;          // with its quotes; empty for none
        std::string not_modified;  // header fields and blank line of a 304

        size_t body_size() const { return bytes.size() - head_size; }
        std::string_view head() const { return std::string_view(bytes).substr(0, head_size); }
        std::string_view body() const { return std::string_view(bytes).substr(head_size); }
    };

    Prepared(Response const&, std::array<std::string, 3> const& compressed_bodies);

    int status() const { return response_.status; }
    // HTML gets the site's Content-Security-Policy when it is sent, unless it brought its own.
    bool wants_policy() const { return wants_policy_; }
    // It says itself that pages of every origin may read it.
    bool is_open_to_all() const { return is_open_to_all_; }
    bool has(Encoding encoding) const { return !representations_[static_cast<size_t>(encoding)].bytes.empty(); }

    Encoding choose(AcceptedEncodings const& accepted) const
    {
        return accepted.best(has(Encoding::Gzip), has(Encoding::Brotli));
    }
    Representation const& representation(Encoding encoding) const { return representations_[static_cast<size_t>(encoding)]; }

    Response response() const;  // as it was given, body and all
    size_t memory() const;

private:
    Response response_;  // without its body, which is in the identity representation
    bool wants_policy_;
    bool is_open_to_all_;
    std::array<Representation, 3> representations_;  // by Encoding
};

// Only the representations that the client would be sent: for answers made for one request. Not on a loop.
PreparedPointer prepare_for(Response const&, AcceptedEncodings const&);

// With no compression: cheap enough for a loop when the body is small.
PreparedPointer prepare_plain(Response const&);

}  // namespace parley::http
