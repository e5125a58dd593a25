#include "render/template.h"

#include "base/embedded_files.h"
#include "render/words.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Template, every_template_keeps_the_naming_rule)
{
    size_t templates = 0;
    for (EmbeddedFile const& file : embedded_files()) {
        if (!file.path.starts_with("web/templates/"))
            continue;
        ++templates;
        EXPECT_EQ(find_template_fault(file.content), std::nullopt) << file.path;
    }
    EXPECT_GT(templates, 10u);
}

TEST(Template, no_template_holds_a_script_a_style_or_a_handler_of_its_own)  // S-10
{
    for (EmbeddedFile const& file : embedded_files()) {
        if (!file.path.starts_with("web/templates/"))
            continue;
        for (std::string_view forbidden : { " style=", "<style", " onclick", " onload", "javascript:", "<script>", "://" })
            EXPECT_EQ(file.content.find(forbidden), std::string_view::npos) << file.path << " holds " << forbidden;
    }
}

TEST(Template, every_attribute_with_a_value_stands_in_quotes)  // S-05
{
    for (EmbeddedFile const& file : embedded_files()) {
        if (file.path.starts_with("web/templates/")) {
            EXPECT_EQ(file.content.find("={{"), std::string_view::npos) << file.path;
        }
    }
}

TEST(Template, every_word_a_template_names_is_in_the_catalogue)
{
    for (EmbeddedFile const& file : embedded_files()) {
        if (!file.path.starts_with("web/templates/"))
            continue;
        constexpr std::string_view tag = "{{words.";
        for (size_t at = 0; (at = file.content.find(tag, at)) != std::string_view::npos;) {
            at += tag.size();
            EXPECT_FALSE(word(file.content.substr(at, file.content.find("}}", at) - at)).empty()) << file.path;
        }
    }
}

TEST(Template, the_naming_rule_tells_what_is_wrong)
{
    EXPECT_EQ(find_template_fault("<p>{{#a}}{{name}}{{{body_html}}}{{/a}}{{^body_html}}x{{/body_html}}</p>"), std::nullopt);
    EXPECT_TRUE(find_template_fault("{{{name}}}"));
    EXPECT_TRUE(find_template_fault("{{&name}}"));
    EXPECT_TRUE(find_template_fault("{{& name}}"));
    EXPECT_TRUE(find_template_fault("{{> other}}"));
    EXPECT_TRUE(find_template_fault("{{=<% %>=}}"));
    EXPECT_TRUE(find_template_fault("{{body_html}}"));
    EXPECT_TRUE(find_template_fault("{{ name }}"));
    EXPECT_TRUE(find_template_fault("{{name"));
    EXPECT_TRUE(find_template_fault("{{{body_html}}"));
    EXPECT_TRUE(find_template_fault("<!-- a comment -->"));
}

TEST(Template, text_is_escaped_and_html_is_not)
{
    Fields fields;
    fields.text("url", "/?a=1&b=\"'").text("name", "<b>Ada & Ben</b>");
    EXPECT_EQ(render("comments/link", fields).markup(),
        "<a href=\"/?a=1&amp;b=&quot;&#39;\"><bdi>&lt;b&gt;Ada &amp; Ben&lt;/b&gt;</bdi></a>");
}

TEST(Template, text_that_looks_like_a_place_for_html_stays_text)
{
    Fields fields;
    fields.text("url", "<!--0-->").text("name", "<!--0-->");
    EXPECT_EQ(render("comments/link", fields).markup(), "<a href=\"&lt;!--0--&gt;\"><bdi>&lt;!--0--&gt;</bdi></a>");
    Fields list;
    list.html("items_html", Html::from_trusted("<li><!--0--><!--7--></li>"));
    EXPECT_EQ(render("threads/branch", list).markup(), "<ol class=\"comments\">\n<li><!--0--><!--7--></li>\n</ol>\n");
}

TEST(TemplateDeathTest, fields_keep_the_naming_rule_too)
{
    EXPECT_DEATH(Fields().text("body_html", "x"), "is_html_name");
    EXPECT_DEATH(Fields().html("body", Html()), "is_html_name");
}

TEST(TemplateDeathTest, a_field_that_a_template_names_must_be_given)
{
    Fields fields;
    fields.text("url", "/");
    EXPECT_DEATH(render("comments/link", fields), "name");
}

}  // namespace
}  // namespace parley
