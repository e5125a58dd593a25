// Archive pages from strangers (S-88, S-96): every line has one role, parents are earlier comments, and quoted words
// stand in what they quote.
#include "archives/page.h"
#include "base/check.h"
#include "base/utf8.h"

#include <set>

using namespace parley;
using namespace parley::archives;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size)
{
    Result<Page> read = read_page({ reinterpret_cast<char const*>(data), size });
    if (read.is_error()) {
        CHECK(read.error().kind == ErrorKind::Invalid && !read.error().message.empty());
        return 0;
    }
    Page const& page = read.value();
    std::set<size_t> lines;
    auto take_line = [&](size_t line) { CHECK(lines.insert(line).second); };
    for (size_t line : page.story_lines)
        take_line(line);
    for (size_t line : page.furniture_lines)
        take_line(line);
    for (size_t i = 0; i < page.comments.size(); ++i) {
        PageComment const& comment = page.comments[i];
        take_line(comment.line);
        CHECK(!comment.handle.empty() && comment.paragraphs.size() == comment.paragraph_lines.size());
        for (size_t line : comment.paragraph_lines)
            take_line(line);
        if (comment.parent)
            CHECK(comment.parent->comment < i && comment.parent->score > 0 && comment.parent->score <= 1);
        for (PageQuote const& quote : comment.quotes) {
            bool stands = quote.exact.empty();
            for (std::string const& paragraph : quote.comment ? page.comments[*quote.comment].paragraphs : page.story)
                stands = stands || paragraph.find(quote.exact) != std::string::npos;
            CHECK(stands);
            CHECK(!quote.comment || *quote.comment < i);
        }
    }
    CHECK(is_valid_utf8(to_json(page)) && is_valid_utf8(review_list(page)));
    return 0;
}
