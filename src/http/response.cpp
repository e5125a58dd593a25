#include "http/response.h"

#include "http/compress.h"
#include "http/prepared.h"

#include <fmt/format.h>
#include <sodium.h>

namespace parley::http {
namespace {

// Below this, header and framing outweigh what compression saves.
constexpr size_t compressible_bytes_min = 256;

std::string_view field_value(Response const& response, std::string_view lower_case_name)
{
    for (auto const& [name, value] : response.fields) {
        if (equals_ignoring_case(name, lower_case_name))
            return value;
    }
    return {};
}

// A line end in a value would start a field of its own, so controls become blanks (S-05).
void append_field(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    for (char character : value)
        out += static_cast<unsigned char>(character) < 0x20 || character == 0x7F ? ' ' : character;
    out += "\r\n";
}

// 128 bits of BLAKE2b: readers cannot make two pages of one tag.
std::string hash_tag(std::string_view body)
{
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<unsigned char const*>(body.data()), body.size(), nullptr, 0);
    std::string tag = "\"";
    for (unsigned char byte : hash)
        tag += fmt::format("{:02x}", byte);
    return tag + '"';
}

// Each encoding is its own representation and has its own strong tag: "…", "…-gz", "…-br". A page compressed anew
// keeps its tags: the decoded content is the same, and as no ranges are served nobody can join two encodings of it.
std::string tag_for(std::string const& tag, Encoding encoding)
{
    if (encoding == Encoding::Identity || tag.size() < 2 || tag.starts_with("W/"))
        return tag;
    return tag.substr(0, tag.size() - 1) + (encoding == Encoding::Gzip ? "-gz\"" : "-br\"");
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

bool worth_compressing(Response const& response)
{
    return response.body.size() >= compressible_bytes_min && is_compressible(response.content_type)
        && field_value(response, "content-encoding").empty();
}

PreparedPointer build(Response const& response, Effort effort, bool with_gzip, bool with_brotli)
{
    std::array<std::string, 3> bodies;
    if (with_gzip)
        bodies[static_cast<size_t>(Encoding::Gzip)] = compress_gzip(response.body, effort);
    if (with_brotli)
        bodies[static_cast<size_t>(Encoding::Brotli)] = compress_brotli(response.body, effort);
    for (std::string& body : bodies) {
        if (body.size() >= response.body.size())
            body.clear();
    }
    return std::make_shared<Prepared const>(response, bodies);
}

}  // namespace

Response Response::redirect(int status, std::string location)
{
    Response response { .status = status, .content_type = "text/plain; charset=utf-8" };
    response.fields.emplace_back("Location", std::move(location));
    return response;
}

Prepared::Prepared(Response const& response, std::array<std::string, 3> const& compressed_bodies)
    : response_ { response.status, response.content_type, response.fields, {} }
    , wants_policy_(response.content_type.starts_with("text/html") && field_value(response, "content-security-policy").empty())
    , is_open_to_all_(!field_value(response, "access-control-allow-origin").empty())
{
    std::string tag(field_value(response, "etag"));
    bool may_be_kept = field_value(response, "cache-control").find("no-store") == std::string_view::npos;
    if (tag.empty() && response.status == 200 && may_be_kept)
        tag = hash_tag(response.body);
    bool varies = worth_compressing(response);
    for (Encoding encoding : { Encoding::Identity, Encoding::Gzip, Encoding::Brotli }) {
        std::string const& compressed = compressed_bodies[static_cast<size_t>(encoding)];
        if (encoding != Encoding::Identity && compressed.empty())
            continue;
        std::string const& body = encoding == Encoding::Identity ? response.body : compressed;
        Representation& made = representations_[static_cast<size_t>(encoding)];
        made.etag = tag_for(tag, encoding);
        std::string& head = made.bytes;
        if (may_have_body(response.status)) {
            append_field(head, "Content-Type", response.content_type);
            if (encoding != Encoding::Identity)
                append_field(head, "Content-Encoding", name_of(encoding));
            append_field(head, "Content-Length", std::to_string(body.size()));
        }
        for (auto const& [name, value] : response.fields) {
            if (equals_ignoring_case(name, "etag"))
                continue;
            append_field(head, name, value);
            // What a 304 repeats (RFC 9110 section 15.4.5).
            for (std::string_view repeated : { "cache-control", "content-location", "expires", "vary" }) {
                if (equals_ignoring_case(name, repeated))
                    append_field(made.not_modified, name, value);
            }
        }
        for (std::string* fields : { &head, &made.not_modified }) {
            if (!made.etag.empty())
                append_field(*fields, "ETag", made.etag);
            if (varies)
                append_field(*fields, "Vary", "Accept-Encoding");
            *fields += "\r\n";
            fields->shrink_to_fit();
        }
        made.head_size = head.size();
        if (may_have_body(response.status))
            head += body;
        head.shrink_to_fit();
    }
}

std::string body_of(Prepared const& prepared) { return std::string(prepared.representation(Encoding::Identity).body()); }

Response Prepared::response() const
{
    Response response = response_;
    response.body = representation(Encoding::Identity).body();
    return response;
}

size_t Prepared::memory() const
{
    size_t bytes = sizeof *this + response_.content_type.capacity();
    for (auto const& [name, value] : response_.fields)
        bytes += name.capacity() + value.capacity() + sizeof(std::pair<std::string, std::string>);
    for (Representation const& made : representations_)
        bytes += made.bytes.capacity() + made.etag.capacity() + made.not_modified.capacity();
    return bytes;
}

PreparedPointer prepare(Response const& response, Effort effort)
{
    if (response.prepared)
        return response.prepared;
    bool compress = worth_compressing(response);
    return build(response, effort, compress, compress);
}

PreparedPointer prepare_thoroughly(Prepared const& prepared) { return prepare(prepared.response(), Effort::Thorough); }

PreparedPointer prepare_for(Response const& response, AcceptedEncodings const& accepted)
{
    if (response.prepared)
        return response.prepared;
    bool compress = worth_compressing(response);
    Encoding encoding = accepted.best(compress, compress);
    return build(response, Effort::AtOnce, encoding == Encoding::Gzip, encoding == Encoding::Brotli);
}

PreparedPointer prepare_plain(Response const& response)
{
    if (response.prepared)
        return response.prepared;
    return std::make_shared<Prepared const>(response, std::array<std::string, 3> {});
}

size_t memory_of(Prepared const& prepared) { return prepared.memory(); }

}  // namespace parley::http
