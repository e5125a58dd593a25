// Heads and bodies of requests, fed whole and in two pieces: both must be read alike (S-96).
#include "base/check.h"
#include "http/body_reader.h"
#include "http/host.h"
#include "http/percent.h"
#include "http/request_head.h"

#include <cstdint>
#include <string>

using namespace parley;
using namespace parley::http;

namespace {

struct Outcome {
    HeadResult::State state;
    int status = 0;
    std::string path;
    std::string body;
    bool is_done = false;
    bool operator==(Outcome const&) const = default;
};

bool lies_in(std::string_view part, std::string const& whole)
{
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

Outcome read(std::string input, size_t cut)
{
    Limits limits;
    Request request;
    HeadFacts facts;
    HeadProgress progress;
    HeadResult result = read_head({ input.data(), std::min(cut, input.size()) }, limits, progress, request, facts);
    if (result.state == HeadResult::State::Incomplete)
        result = read_head(input, limits, progress, request, facts);
    Outcome outcome { result.state };
    if (result.state == HeadResult::State::Refused)
        outcome.status = status_of(result.refusal);
    if (result.state != HeadResult::State::Complete)
        return outcome;
    CHECK(result.size <= input.size() && result.size <= limits.header_bytes_max);
    CHECK(request.fields.size() <= limits.header_fields_max && is_well_formed_host(request.host));
    for (auto [name, value] : request.fields)
        CHECK(lies_in(name, input) && lies_in(value, input));
    CHECK(facts.is_for_server || (is_acceptable_path(request.path) && is_acceptable_query(request.query)));
    outcome.path = request.path;

    std::string_view rest = std::string_view(input).substr(result.size);
    BodyReader reader(facts, limits.body_bytes_max);
    std::string_view first = rest.substr(0, cut > result.size ? cut - result.size : 0);
    std::optional<Refusal> refusal = reader.read(first, outcome.body);
    if (!refusal && first.empty()) {
        std::string_view second = rest.substr(std::min(rest.size(), cut > result.size ? cut - result.size : 0));
        refusal = reader.read(second, outcome.body);
    }
    if (refusal)
        outcome.status = status_of(*refusal);
    CHECK(facts.framing != Framing::Chunked || outcome.body.size() <= limits.body_bytes_max);
    outcome.is_done = !refusal && reader.is_done();
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size)
{
    std::string input(reinterpret_cast<char const*>(data), size);
    size_t cut = size == 0 ? 0 : (data[size - 1] * 257u + data[size / 2]) % (size + 1);
    CHECK(read(input, size) == read(input, cut));
    return 0;
}
