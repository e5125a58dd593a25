#include "domain/markup.h"

#include "../../tests/markup_checker.h"
#include "base/utf8.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

std::string shown(std::string_view text)
{
    Html html = render_text(text);
    EXPECT_EQ(MarkupChecker::complaint(html.markup()), "") << "of: " << text;
    EXPECT_EQ(sanitize_html(html.markup()), html);
    return html.markup();
}

std::string words(std::string_view markup) { return plain_text(Html::from_trusted(std::string(markup))); }

constexpr char const* rel = "\" rel=\"nofollow ugc noopener\">";

}  // namespace

TEST(TextTest, lines_and_paragraphs_stay)
{
    EXPECT_EQ(shown("One\r\ntwo\n\n \nthree\n"), "<p>One<br>two</p><p>three</p>");
    EXPECT_EQ(shown("a <b> & *c*"), "<p>a &lt;b&gt; &amp; *c*</p>");
    EXPECT_EQ(shown(""), "");
    EXPECT_EQ(shown("\xFF"), "<p>\uFFFD</p>");
}

// S-03
TEST(TextTest, bare_addresses_become_links)
{
    EXPECT_EQ(shown("See (https://a.example/x_(y)), or http://b.example."), std::string("<p>See (<a href=\"https://a.example/x_(y)") + rel + "https://a.example/x_(y)</a>), or <a href=\"http://b.example"
            + rel + "http://b.example</a>.</p>");
    EXPECT_EQ(shown("javascript:alert(1) ftp://x xhttp://y http:// https"), "<p>javascript:alert(1) ftp://x xhttp://y http:// https</p>");
    EXPECT_EQ(shown("“http://a.example/x”。"), std::string("<p>“<a href=\"http://a.example/x") + rel + "http://a.example/x</a>”。</p>");
    EXPECT_EQ(shown("http://a.example/\"><script>"), std::string("<p><a href=\"http://a.example/") + rel + "http://a.example/</a>\"&gt;&lt;script&gt;</p>");
}

// S-06
TEST(RenderTest, one_renderer_serves_every_format)
{
    EXPECT_EQ(render({ SourceFormat::Markdown, "*a* <b>" }).markup(), "<p><em>a</em> &lt;b&gt;</p>");
    EXPECT_EQ(render({ SourceFormat::Html, "*a* <b>c" }).markup(), "<p>*a* <strong>c</strong></p>");
    EXPECT_EQ(render({ SourceFormat::Text, "*a* <b>" }).markup(), "<p>*a* &lt;b&gt;</p>");
    std::string too_long(comment_code_points_max + 1, '*');
    EXPECT_EQ(render({ SourceFormat::Markdown, too_long }), render_text(too_long)) << "an archive may hold it: shown as text";
    EXPECT_EQ(render({ SourceFormat::Markdown, "\xFF*a*" }).markup(), "<p>\uFFFD*a*</p>");
}

TEST(PlainTextTest, is_what_a_reader_sees)
{
    EXPECT_EQ(words("<p>One <em>two</em><br>three</p><p>x &amp; y&lt;z\u00A0é</p>"), "One two three\n\nx & y<z\u00A0é");
    EXPECT_EQ(words("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"), "a\n\nb\n\nc");
    EXPECT_EQ(words("<pre><code>a\n  b</code></pre>"), "a b");
    EXPECT_EQ(words("<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"), "a b\n\nc");
    EXPECT_EQ(words("<p>a<a href=\"http://b.example\">c</a>d</p>"), "acd");
    EXPECT_EQ(words(" <p> a \n b </p> "), "a b");
    EXPECT_EQ(words(""), "");
    EXPECT_EQ(plain_text(render_text("One\ntwo\n\nthree")), "One two\n\nthree");
}

TEST(PlainTextTest, what_was_written_as_text_is_read_back)
{
    for (std::string_view text : { "a < b && c > d", "\"x\" 'y'", "&amp; &lt;p&gt;", "港\n\nهذا", "a\n\nb\n\nc d" })
        EXPECT_EQ(plain_text(render_text(text)), text);
}

TEST(ExcerptTest, short_texts_stay_and_long_ones_are_cut_between_words)
{
    EXPECT_EQ(excerpt("One two", 7), "One two");
    EXPECT_EQ(excerpt("One two three", 12), "One two…");
    EXPECT_EQ(excerpt("One two three", 8), "One two…");
    EXPECT_EQ(excerpt("One\n\ntwo  ", 7), "One two");
    EXPECT_EQ(excerpt("", 5), "");
    EXPECT_EQ(excerpt("Donaudampfschifffahrtsgesellschaft", 10), "Donaudamp…") << "a word longer than the place is cut";
    EXPECT_EQ(excerpt("the ramp", 0), "…");
    EXPECT_EQ(excerpt("港は危ないと市長は言った。", 8), "港は危ないと市…");
    for (size_t limit = 1; limit < 30; ++limit)
        EXPECT_LE(count_code_points(excerpt("مرحبا بكم في المرفأ القديم الجميل", limit)), limit);
}

}  // namespace parley
