// Foreign HTML and plain text to ours: the answer is in the language of markup.h, bounded, and cleaning it again
// changes nothing (S-96).
#include "../markup_checker.h"
#include "base/check.h"
#include "base/utf8.h"
#include "domain/markup.h"

using namespace parley;

namespace {

void judge(Html const& html, size_t input_bytes)
{
    std::string complaint = MarkupChecker::complaint(html.markup());
    if (!complaint.empty())
        std::fprintf(stderr, "%s\n", complaint.c_str());
    CHECK(complaint.empty());
    CHECK(html.markup().size() <= 20 * input_bytes + 512);
    CHECK(sanitize_html(html.markup()) == html);
    std::string words = plain_text(html);
    CHECK(is_valid_utf8(words));
    CHECK(count_code_points(excerpt(words, 40)) <= 40);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size)
{
    std::string_view text(reinterpret_cast<char const*>(data), size);
    judge(sanitize_html(text), size);
    judge(render_text(text), size);
    return 0;
}
