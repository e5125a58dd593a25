// Any bytes as a Disqus export: the reader must end, and what it gives must be fit for the rest of the program.
#include "archives/disqus.h"
#include "base/check.h"
#include "base/utf8.h"

#include <cstddef>
#include <cstdint>

namespace {

using namespace parley;

bool is_fit(std::string const& text)
{
    return is_valid_utf8(text) && text.find('\0') == text.npos;
}

struct Checking final : archives::RecordSink {
    Result<void> take(archives::StoryRecord story) override
    {
        CHECK(is_fit(story.source_id) && is_fit(story.address) && is_fit(story.headline));
        return {};
    }
    Result<void> take(archives::CommentRecord comment) override
    {
        CHECK(is_fit(comment.source_id) && is_fit(comment.text) && is_fit(comment.author.name) && is_fit(comment.author.account));
        return {};
    }
    void progress(uint64_t) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size)
{
    Checking sink;
    (void)archives::read_disqus(*archives::open_text({ reinterpret_cast<char const*>(data), size }), sink);
    return 0;
}
