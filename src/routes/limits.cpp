#include "routes/limits.h"

#include "render/words.h"

#include <string>

namespace parley::routes {

Result<void> take(std::initializer_list<Limited> wanted)
{
    for (Limited const& one : wanted) {
        RateLimit::Answer answer = one.limit.take(one.key);
        if (!answer.is_allowed)
            return Error::too_many(count_phrase("refusal.too-many", answer.retry_after_s), answer.retry_after_s);
    }
    return {};
}

}  // namespace parley::routes
