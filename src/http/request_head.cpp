// The file that wraps Boost: Beast finds the parts of the head, the checks behind it are ours, because Beast 1.81
// passes much that S-50 and S-51 refuse (unknown transfer codings, folded lines, doubled hosts, …).
#include "http/request_head.h"

#include "base/check.h"
#include "http/host.h"
#include "http/negotiation.h"
#include "http/percent.h"

#include <boost/beast/http/basic_parser.hpp>

namespace parley::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;

std::string_view view(boost::beast::string_view text) { return { text.data(), text.size() }; }

class HeadParser final : public beast_http::basic_parser<true> {
public:
    HeadParser(Request& request, size_t fields_max)
        : request_(request)
        , fields_max_(fields_max)
    {
        // Sizes are ours to check, with other statuses for other parts.
        header_limit(std::numeric_limits<std::uint32_t>::max());
        body_limit(boost::none);
        request_.fields.clear();
    }

    std::string_view method() const { return method_; }
    bool is_http_11() const { return is_http_11_; }
    bool has_too_many_fields() const { return has_too_many_fields_; }

private:
    void on_request_impl(beast_http::verb, boost::beast::string_view method, boost::beast::string_view target, int version,
        error_code&) override
    {
        method_ = view(method);
        request_.target = view(target);
        is_http_11_ = version == 11;
    }

    void on_field_impl(beast_http::field, boost::beast::string_view name, boost::beast::string_view value, error_code& error) override
    {
        if (request_.fields.size() == fields_max_) {
            has_too_many_fields_ = true;
            error = beast_http::error::header_limit;
            return;
        }
        request_.fields.emplace_back(view(name), view(value));
    }

    void on_response_impl(int, boost::beast::string_view, int, error_code&) override { CHECK(false); }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(boost::beast::string_view text, error_code&) override { return text.size(); }
    void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view text, error_code&) override { return text.size(); }
    void on_finish_impl(error_code&) override {}

    Request& request_;
    size_t fields_max_;
    std::string_view method_;
    bool is_http_11_ = false;
    bool has_too_many_fields_ = false;
};

HeadResult refused(Refusal refusal) { return { HeadResult::State::Refused, refusal, 0 }; }

// Walks over whole lines and says where the head ends. Refuses what no later reader could take back: a bare LF, a
// folded field, a first byte that starts no method, lines that are too long.
HeadResult find_end(std::string_view bytes, Limits const& limits, HeadProgress& progress)
{
    while (true) {
        size_t feed = bytes.find('\n', progress.scanned);
        bool is_whole = feed != std::string_view::npos;
        size_t line_end = is_whole ? feed + 1 : bytes.size();
        size_t content = line_end - progress.line_start;
        if (progress.is_first_line && content > limits.request_line_bytes_max + (is_whole ? 2 : 1))
            return refused(Refusal::LineTooLong);
        if (line_end > limits.header_bytes_max + (is_whole ? 0 : 1))
            return refused(Refusal::HeaderTooLarge);
        if (!is_whole) {
            progress.scanned = bytes.size();
            return {};
        }
        if (content < 2 || bytes[feed - 1] != '\r')
            return refused(Refusal::MalformedHead);
        if (content == 2 && !progress.is_first_line)
            return { HeadResult::State::Complete, {}, line_end };
        char first = bytes[progress.line_start];
        if (!progress.is_first_line && (first == ' ' || first == '\t'))
            return refused(Refusal::MalformedHead);
        progress.is_first_line = false;
        progress.scanned = progress.line_start = line_end;
    }
}

bool is_clean_value(std::string_view value)
{
    return std::none_of(value.begin(), value.end(),
        [](char character) { return (static_cast<unsigned char>(character) < 0x20 && character != '\t') || character == 0x7F; });
}

// "http://host/path" is as good as "/path" with that Host (RFC 9112 section 3.2.2), but the two must agree.
std::optional<Refusal> split_target(Request& request, HeadFacts& facts)
{
    std::string_view target = request.target;
    if (target == "*" && request.method == Method::Options) {
        facts.is_for_server = true;
        request.path = target;
        request.query = {};
        return {};
    }
    for (std::string_view scheme : { "http://", "https://" }) {
        if (target.size() < scheme.size() || !equals_ignoring_case(target.substr(0, scheme.size()), scheme))
            continue;
        std::string_view rest = target.substr(scheme.size());
        size_t end = std::min(rest.find_first_of("/?"), rest.size());
        if (!equals_ignoring_case(rest.substr(0, end), request.host))
            return Refusal::MalformedHost;
        target = end < rest.size() ? rest.substr(end) : "/";
    }
    size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    request.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    if (!is_acceptable_path(request.path) || !is_acceptable_query(request.query))
        return Refusal::MalformedTarget;
    return {};
}

// Decides where the body ends, and gathers what the fields say about the connection.
std::optional<Refusal> read_fields(Request& request, HeadFacts& facts)
{
    size_t hosts = 0, lengths = 0, codings = 0;
    for (auto [name, value] : request.fields) {
        if (!is_clean_value(value))
            return Refusal::MalformedHead;
        if (name == "host") {
            if (++hosts > 1 || !is_well_formed_host(value))
                return Refusal::MalformedHost;
            request.host = value;
        } else if (name == "content-length") {
            if (++lengths > 1 || value.empty() || value.size() > 18)
                return Refusal::MalformedFraming;
            facts.content_length = 0;
            for (char digit : value) {
                if (digit < '0' || digit > '9')
                    return Refusal::MalformedFraming;
                facts.content_length = facts.content_length * 10 + static_cast<uint64_t>(digit - '0');
            }
        } else if (name == "transfer-encoding") {
            if (++codings > 1 || !equals_ignoring_case(value, "chunked"))
                return Refusal::MalformedFraming;
        } else if (name == "content-encoding") {
            if (!equals_ignoring_case(value, "identity"))
                return Refusal::BodyEncoded;
        } else if (name == "expect") {
            if (!equals_ignoring_case(value, "100-continue"))
                return Refusal::ExpectationFailed;
            facts.expects_continue = true;
        } else if (name == "connection") {
            if (list_has_token(value, "close"))
                facts.keeps_alive = false;
        }
    }
    if (hosts == 0)
        return Refusal::MalformedHost;
    if (lengths != 0 && codings != 0)
        return Refusal::MalformedFraming;
    facts.framing = codings != 0 ? Framing::Chunked : facts.content_length != 0 ? Framing::Length : Framing::NoBody;
    return {};
}

Refusal refusal_of(error_code error)
{
    switch (static_cast<beast_http::error>(error.value())) {
    case beast_http::error::bad_content_length:
    case beast_http::error::multiple_content_length:
    case beast_http::error::bad_transfer_encoding: return Refusal::MalformedFraming;
    default: return Refusal::MalformedHead;
    }
}

}  // namespace

HeadResult read_head(std::span<char> bytes, Limits const& limits, HeadProgress& progress, Request& request, HeadFacts& facts)
{
    std::string_view text(bytes.data(), bytes.size());
    size_t blank = 0;
    while (text.substr(blank).starts_with("\r\n"))
        blank += 2;
    if (blank > 8)
        return refused(Refusal::MalformedHead);
    // A byte that can start no method (a TLS greeting, say) is not worth the wait for a line end.
    if (blank < text.size() && text[blank] != '\r' && !(text[blank] >= 'A' && text[blank] <= 'Z'))
        return refused(Refusal::MalformedHead);
    if (progress.scanned < blank)
        progress = { blank, blank, true };
    HeadResult result = find_end(text, limits, progress);
    if (result.state != HeadResult::State::Complete)
        return result;

    HeadParser parser(request, limits.header_fields_max);
    error_code error;
    size_t taken = parser.put({ bytes.data() + blank, result.size - blank }, error);
    if (parser.has_too_many_fields())
        return refused(Refusal::HeaderTooLarge);
    if (error == beast_http::error::bad_version)
        return refused(Refusal::VersionUnknown);
    if (error)
        return refused(refusal_of(error));
    if (!parser.is_header_done() || taken != result.size - blank)
        return refused(Refusal::MalformedHead);

    for (auto [name, value] : request.fields) {
        char* name_bytes = bytes.data() + (name.data() - bytes.data());
        for (size_t i = 0; i < name.size(); ++i)
            name_bytes[i] = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] | 0x20) : name[i];
    }
    std::optional<Method> method = method_named(parser.method());
    if (!method)
        return refused(Refusal::MethodUnknown);
    request.method = *method;
    facts = { .keeps_alive = parser.is_http_11() };
    if (std::optional<Refusal> refusal = read_fields(request, facts))
        return refused(*refusal);
    if (facts.framing == Framing::Chunked && !parser.is_http_11())
        return refused(Refusal::MalformedFraming);
    if (std::optional<Refusal> refusal = split_target(request, facts))
        return refused(*refusal);
    if (!request.query.empty() && count_query_fields(request.query) > limits.query_fields_max)
        return refused(Refusal::TooManyQueryFields);
    return result;
}

}  // namespace parley::http
