#include "domain/markup.h"

#include "../../tests/markup_checker.h"
#include "base/utf8.h"

#include <gtest/gtest.h>

#include <random>

namespace parley {
namespace {

// What becomes of `markup`; every answer is also looked at by the strict checker, and cleaned once more.
std::string clean(std::string_view markup)
{
    Html once = sanitize_html(markup);
    EXPECT_EQ(MarkupChecker::complaint(once.markup()), "") << "of: " << markup;
    EXPECT_EQ(sanitize_html(once.markup()), once) << "of: " << markup;
    return once.markup();
}

constexpr char const* rel = "\" rel=\"nofollow ugc noopener\">";

}  // namespace

TEST(SanitizeTest, plain_comments_pass_as_they_are)
{
    EXPECT_EQ(clean("<p>Good, but the ramp is missing.</p>"), "<p>Good, but the ramp is missing.</p>");
    EXPECT_EQ(clean("<p>One<br>two</p><p>three</p>"), "<p>One<br>two</p><p>three</p>");
    EXPECT_EQ(clean("Just text"), "<p>Just text</p>");
    EXPECT_EQ(clean(""), "");
    EXPECT_EQ(clean(" \n "), "");
    EXPECT_EQ(clean("<p>1 &lt; 2 &amp; 3 > 2 \"said\" 'he'</p>"), "<p>1 &lt; 2 &amp; 3 &gt; 2 \"said\" 'he'</p>");
    EXPECT_EQ(clean("<p>港は危ない。</p><p>مرحبا</p>"), "<p>港は危ない。</p><p>مرحبا</p>");
}

// S-01, R14
TEST(SanitizeTest, scripts_styles_and_frames_go_with_their_content)
{
    EXPECT_EQ(clean("<p>a<script>alert('<p>x')</script>b</p>"), "<p>ab</p>");
    EXPECT_EQ(clean("a<STYLE type='x'>p{}</STYLE >b<iframe src=//x>c</iframe><svg><circle/></svg>d"), "<p>abd</p>");
    EXPECT_EQ(clean("a<script>x</scripty>y</script>b"), "<p>ab</p>");
    EXPECT_EQ(clean("I like <script> tags"), "<p>I like tags</p>") << "nothing is lost for want of an end tag";
    EXPECT_EQ(clean("a<!-- <b>x</b> -->b<!DOCTYPE html>c<?php d ?>e"), "<p>abce</p>");
    EXPECT_EQ(clean("a<object data=x><embed src=y>kept</object>"), "<p>akept</p>");
}

// S-02
TEST(SanitizeTest, only_known_attributes_are_written)
{
    EXPECT_EQ(clean("<p id=x class=y style='color:red' onclick=\"alert(1)\" data-z>t</p>"), "<p>t</p>");
    EXPECT_EQ(clean("<a href='https://a.example/?x=1&amp;y=\"2\"' target=_blank onclick=x name=y>t</a>"),
        std::string("<p><a href=\"https://a.example/?x=1&amp;y=&quot;2&quot;") + rel + "t</a></p>");
    EXPECT_EQ(clean("<ol start=7 reversed><li>a</ol>"), "<ol start=\"7\"><li>a</li></ol>");
    EXPECT_EQ(clean("<ol start=-7><li>a</ol><ol start=9999999999><li>b</ol>"), "<ol><li>a</li></ol><ol><li>b</li></ol>");
    EXPECT_EQ(clean("<pre><code class='x language-c++ y'>a\n  b</code></pre>"), "<pre><code class=\"language-c++\">a\n  b</code></pre>");
    EXPECT_EQ(clean("<code class='language-\"onload'>a</code>"), "<p><code>a</code></p>");
    EXPECT_EQ(clean("<table><tr><th align=RIGHT>a<td align=justify>b</table>"),
        "<table><tbody><tr><th align=\"right\">a</th><td>b</td></tr></tbody></table>");
}

// S-03
TEST(SanitizeTest, only_http_https_and_mailto_are_linked)
{
    for (char const* href : { "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#10;script:alert(1)", "&#106;avascript:alert(1)", "jav&Tab;ascript:x",
             "&#x1;javascript:x", " javascript:x", "data:text/html;base64,x", "vbscript:x", "//x.example", "/x", "#x", "", "http:x", "ftp://x" })
        EXPECT_EQ(clean(std::string("<a href=\"") + href + "\">words</a>"), "<p>words</p>") << href;
    EXPECT_EQ(clean("<a href=mailto:desk@a.example>w</a>"), std::string("<p><a href=\"mailto:desk@a.example") + rel + "w</a></p>");
    EXPECT_EQ(clean("<a href=https://a.example/x/>w</a>"), std::string("<p><a href=\"https://a.example/x/") + rel + "w</a></p>");
    EXPECT_EQ(clean("<a x=1 href = 'http://a.example' href='http://b.example'>w</a>"), std::string("<p><a href=\"http://a.example") + rel + "w</a></p>");
}

// S-04
TEST(SanitizeTest, pictures_become_links)
{
    EXPECT_EQ(clean("<img src='https://a.example/x.png' onerror=x alt='A rat'>"), std::string("<p><a href=\"https://a.example/x.png") + rel + "A rat</a></p>");
    EXPECT_EQ(clean("<img src=http://a.example/x.png>"), std::string("<p><a href=\"http://a.example/x.png") + rel + "http://a.example/x.png</a></p>");
    EXPECT_EQ(clean("<a href=http://a.example><img src=http://b.example alt=x></a>"), std::string("<p><a href=\"http://a.example") + rel + "x</a></p>");
    EXPECT_EQ(clean("<img src='data:x' alt='A rat'><img src=x>"), "<p>A rat</p>");
}

TEST(SanitizeTest, other_names_of_our_elements_are_translated)
{
    EXPECT_EQ(clean("<b>a</b> <I>b</I> <s>c</s> <strike>d</strike> <tt>e</tt> <u>f</u> <span>g</span> <blink>h</blink>"),
        "<p><strong>a</strong> <em>b</em> <del>c</del> <del>d</del> <code>e</code> f g h</p>");
    EXPECT_EQ(clean("<h2>Head</h2>text<hr>more<div>in</div>out"), "<p><strong>Head</strong></p><p>text</p><p>more</p><p>in</p><p>out</p>");
}

TEST(SanitizeTest, tags_need_not_match)
{
    EXPECT_EQ(clean("<b>a<i>b</b>c</i>d"), "<p><strong>a<em>b</em></strong><em>c</em>d</p>");
    EXPECT_EQ(clean("<p>a<p>b</b></i></p></p>c"), "<p>a</p><p>b</p><p>c</p>");
    EXPECT_EQ(clean("<b>a<p>b</p>c</b>d"), "<p><strong>a</strong></p><p><strong>b</strong></p><p><strong>c</strong>d</p>");
    EXPECT_EQ(clean("<a href=http://a.example>x<a href=http://b.example>y"),
        std::string("<p><a href=\"http://a.example") + rel + "x</a><a href=\"http://b.example" + rel + "y</a></p>");
    EXPECT_EQ(clean("<li>a<li>b</li></ul>c"), "<ul><li>a</li><li>b</li></ul><p>c</p>");
    EXPECT_EQ(clean("<ul>x<ul><li>y</ul></ul>z"), "<ul><li>x<ul><li>y</li></ul></li></ul><p>z</p>") << "text in a list is an item";
    EXPECT_EQ(clean("<blockquote>a<blockquote>b</blockquote>c"), "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>");
    EXPECT_EQ(clean("<em></em><p> <b> </b></p><ul><li></li></ul><blockquote></blockquote>"), "") << "empty elements are left out";
    EXPECT_EQ(clean("<b>a </b>b <i> c</i>"), "<p><strong>a</strong> b <em>c</em></p>");
}

TEST(SanitizeTest, breaks_divide_paragraphs)
{
    EXPECT_EQ(clean("a<br/><BR />b<br>c<br>"), "<p>a</p><p>b<br>c</p>");
    EXPECT_EQ(clean("<br><br>a<br> <br> <br>b"), "<p>a</p><p>b</p>");
    EXPECT_EQ(clean("<b>a<br><br>b</b>"), "<p><strong>a</strong></p><p><strong>b</strong></p>");
    EXPECT_EQ(clean("<li>a<br><br><br>b"), "<ul><li>a<br><br>b</li></ul>");
    EXPECT_EQ(clean("a \n\t  b&nbsp; c"), "<p>a b\u00A0 c</p>");
}

TEST(SanitizeTest, tables_hold_cells_and_cells_hold_words)
{
    EXPECT_EQ(clean("<table><thead><tr><th>a</th><th></th></tr></thead><tr><td>b<td><p>c</p><p>d</p></table>e"),
        "<table><thead><tr><th>a</th><th></th></tr></thead><tbody><tr><td>b</td><td>c<br><br>d</td></tr></tbody></table><p>e</p>");
    EXPECT_EQ(clean("<table>x<tr>y<ul><li>z</table>"), "<table><tbody><tr><td>x</td></tr><tr><td>y<br><br>z</td></tr></tbody></table>");
    EXPECT_EQ(clean("<td>a</td><tr>b"), "<p>a</p><p>b</p>");
}

TEST(SanitizeTest, preformatted_text_keeps_its_white_space)
{
    EXPECT_EQ(clean("<pre>\n\n  a\n\tb \r\nc\n\n</pre>d"), "<pre>  a\n\tb \nc</pre><p>d</p>");
    EXPECT_EQ(clean("<pre>a<br>b<p>c</p><i>d</i></pre>"), "<pre>a\nb\nc\nd</pre>");
}

TEST(SanitizeTest, what_only_looks_like_a_tag_is_text)
{
    EXPECT_EQ(clean("if x <y then <b>bold</b>"), "<p>if x &lt;y then <strong>bold</strong></p>");
    EXPECT_EQ(clean("I <3 you, </3 you, a<b"), "<p>I &lt;3 you, &lt;/3 you, a&lt;b</p>");
    EXPECT_EQ(clean("<anna@a.example> <http://a.example/x>"), "<p>&lt;anna@a.example&gt; &lt;http://a.example/x&gt;</p>");
    EXPECT_EQ(clean("a <b title=\"x>y\">b</b>"), "<p>a <strong>b</strong></p>");
    EXPECT_EQ(clean("a <!-- b"), "<p>a &lt;!-- b</p>");
    EXPECT_EQ(clean("<![CDATA[a <b>]]>c"), "<p>a &lt;b&gt;c</p>");
    EXPECT_EQ(clean("a <b title='x"), "<p>a &lt;b title='x</p>");
    EXPECT_EQ(clean("&lt;script&gt;alert(1)&lt;/script&gt;"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
}

TEST(SanitizeTest, references_are_read)
{
    EXPECT_EQ(clean("&eacute;&#233;&#xE9;&hellip;&rsquo;&nbsp;&amp;amp;"), "<p>ééé…’\u00A0&amp;amp;</p>");
    EXPECT_EQ(clean("&#128;&#0;&#xD800;&#99999999;&#;&bogus;&ampx;&amp"), "<p>€\uFFFD\uFFFD\uFFFD&amp;#;&amp;bogus;&amp;ampx;&amp;</p>");
}

// S-08, S-09
TEST(SanitizeTest, controls_go_and_heaps_of_marks_are_cut)
{
    EXPECT_EQ(clean(std::string_view("a\0b\x01" "c\x7F\u0085\uFFFE&#7;d", 16)), "<p>abcd</p>");
    std::string heap = "x";
    for (int i = 0; i < 30; ++i)
        heap += i % 5 ? "\u0301" : "<b></b>\u0301";
    EXPECT_EQ(count_code_points(clean(heap)), 3 + 1 + 8 + 4u);
    EXPECT_EQ(clean("x\u0301\u0301 y\u0301"), "<p>x\u0301\u0301 y\u0301</p>");
}

TEST(SanitizeTest, ill_formed_utf8_is_replaced)
{
    EXPECT_EQ(clean("a\xFF<b>\xC3</b>"), "<p>a\uFFFD<strong>\uFFFD</strong></p>");
}

// S-12
TEST(SanitizeTest, nesting_is_capped_and_the_text_stays)
{
    std::string deep;
    for (int i = 0; i < 5000; ++i)
        deep += "<blockquote><ul><li><b><i>" + std::to_string(i);
    std::string cleaned = clean(deep);
    EXPECT_NE(cleaned.find("4999"), std::string::npos);
    std::string closed;
    for (int i = 0; i < 50; ++i)
        closed += "<blockquote>";
    closed += "in";
    for (int i = 0; i < 50; ++i)
        closed += "</blockquote>";
    EXPECT_TRUE(clean(closed + "out").ends_with("</blockquote><p>out</p>")) << "ignored elements are counted";
}

// Work that grows with the square of the length would take minutes here.
TEST(SanitizeTest, hostile_markup_costs_no_more_than_its_length)
{
    for (std::string_view piece : { "<", "<a", "<a b=\"", "<a x=\"<a y='\" x=", "<script>", "<!--", "<![CDATA[", "<b>", "<b><p>", "</", "&", "&#", "<svg", "<td>",
             "<table>", "<a href=\"http://a.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"><p>x", "<li>", "<ul><li>x", "\u0301", "<br>", "<pre>\n", "<a =", "<!x" }) {
        std::string markup;
        while (markup.size() < 300'000)
            markup += piece;
        Html html = sanitize_html(markup);
        EXPECT_EQ(MarkupChecker::complaint(html.markup()), "") << piece;
        EXPECT_LT(html.markup().size(), 20 * markup.size()) << piece;
    }
    std::string link = "<a href=\"http://a.example/" + std::string(4000, 'x') + "\">";
    for (int i = 0; i < 20'000; ++i)
        link += "<p>x";
    EXPECT_LT(sanitize_html(link).markup().size(), 20 * link.size()) << "a long link is not written again in every paragraph";
}

// Any soup of pieces comes out in the language of markup.h, and cleaning it twice changes nothing.
TEST(SanitizeTest, any_soup_of_tags_comes_out_valid)
{
    constexpr std::string_view pieces[] = { "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=http://a.example>", "</a>", "<br>", "<ul>", "</ul>", "<ol start=3>", "</ol>",
        "<li>", "</li>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<code>", "<code class=language-x>", "</code>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th align=left>",
        "<thead>", "</thead>", "<tbody>", "<h1>", "</h1>", "<div>", "</div>", "<img src=http://a.example alt=x>", "<script>", "</script>", "text", " ", "\n", "&amp;", "&lt;b>", "<", ">", "\"", "'",
        "&nbsp;", "<!--", "-->", "x\u0301", "日本", "<s>", "</s>", "<a href='", "=", "a b" };
    std::mt19937 random(1);
    for (int round = 0; round < 4000; ++round) {
        std::string soup;
        for (size_t count = random() % 60; count > 0; --count)
            soup += pieces[random() % std::size(pieces)];
        clean(soup);
        if (HasFailure())
            return;
    }
}

}  // namespace parley
