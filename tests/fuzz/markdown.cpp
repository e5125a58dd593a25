// Markdown to HTML: the answer is in the language of markup.h, small, and passes the sanitiser unchanged (S-96).
#include "../markup_checker.h"
#include "base/check.h"
#include "base/utf8.h"
#include "domain/markup.h"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size)
{
    std::string_view text(reinterpret_cast<char const*>(data), size);
    Result<Html> html = render_markdown(text);
    if (html.is_error()) {
        CHECK(!is_valid_utf8(text) || count_code_points(text) > comment_code_points_max);
        return 0;
    }
    std::string complaint = MarkupChecker::complaint(html.value().markup());
    if (!complaint.empty())
        std::fprintf(stderr, "%s\n", complaint.c_str());
    CHECK(complaint.empty());
    CHECK(html.value().markup().size() <= 20 * size);
    CHECK(sanitize_html(html.value().markup()) == html.value());
    CHECK(is_valid_utf8(plain_text(html.value())));
    return 0;
}
