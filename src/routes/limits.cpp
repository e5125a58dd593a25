#include "routes/limits.h"

#include "render/words.h"

#include <algorithm>
#include <fmt/format.h>
#include <string>

namespace parley::routes {

void Allowance::note(Limit const& limit, RateLimit::Answer const& answer)
{
    if (limit.counts == Counts::WhoAsks || !answer.is_allowed)
        taken_.push_back({ &limit, answer });
}

void Allowance::tell(http::Response& response) const
{
    if (taken_.empty())
        return;
    std::string policies, left;
    for (auto const& [limit, answer] : taken_) {
        char const* comma = policies.empty() ? "" : ", ";
        policies += fmt::format("{}\"{}\";q={};w={}", comma, limit->name, limit->burst(), limit->window_s());
        left += fmt::format("{}\"{}\";r={};t={}", comma, limit->name, answer.remaining, answer.full_in_s);
    }
    Taken const& tightest = *std::ranges::min_element(taken_, {}, [](Taken const& taken) { return taken.answer.remaining; });
    response.fields.emplace_back("RateLimit-Policy", std::move(policies));
    response.fields.emplace_back("RateLimit", std::move(left));
    response.fields.emplace_back("X-RateLimit-Limit", std::to_string(tightest.limit->burst()));
    response.fields.emplace_back("X-RateLimit-Remaining", std::to_string(tightest.answer.remaining));
    response.fields.emplace_back("X-RateLimit-Reset", std::to_string(tightest.answer.full_in_s));
}

Result<void> take(Allowance& allowance, std::initializer_list<Limited> wanted)
{
    for (Limited const& one : wanted) {
        RateLimit::Answer answer = one.limit.take(one.key);
        allowance.note(one.limit, answer);
        if (!answer.is_allowed)
            return Error::too_many(count_phrase("refusal.too-many", answer.retry_after_s), answer.retry_after_s);
    }
    return {};
}

}  // namespace parley::routes
