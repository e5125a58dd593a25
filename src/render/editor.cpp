#include "render/editor.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

std::string title_of(EditorForm const& form)
{
    return word(form.edited ? "edit_comment" : form.answered ? "write_answer" : "write_comment");
}

Html frame_of(Chrome const& chrome, std::string title, Html const& main)
{
    Frame frame;
    frame.title = std::move(title);
    frame.part = Part::Comment;
    frame.is_indexed = false;
    return page_around(chrome, frame, main);
}

}  // namespace

Html editor(EditorForm const& form, std::optional<ShownPreview> const& preview)
{
    Story story;
    story.id = form.story;
    Surroundings nowhere(story);
    Fields fields;
    fields.text("action", form.edited ? comment_path(*form.edited) + "/edit" : story_path(form.story) + "/comments")
        .text("preview_action", story_path(form.story) + "/preview")
        .text("title", title_of(form))
        .text("refusal", form.refusal)
        .text("answered", form.answered ? std::to_string(sequence_of(*form.answered)) : "")
        .text("edited", form.edited ? std::to_string(sequence_of(*form.edited)) : "")
        .text("text", form.text)
        .text("quote", form.quote)
        .text("quote_prefix", form.quote_prefix)
        .text("quote_suffix", form.quote_suffix)
        .text("quoted", form.quoted ? std::to_string(sequence_of(*form.quoted)) : "")
        .text("key", form.key)
        .text("longest", std::to_string(comment_code_points_max))
        .text("draft", "parley " + story_path(form.story) + (form.edited ? " edit " + std::to_string(sequence_of(*form.edited)) : form.answered ? " to " + std::to_string(sequence_of(*form.answered)) : ""))
        .text("post", word(form.edited ? "save_change" : "post_comment"))
        .text("cancel_url", form.edited ? comment_path(*form.edited) : form.answered ? comment_path(*form.answered) : story_path(form.story))
        .flag("has_preview", preview.has_value())
        .html("preview_quotes_html", preview ? shown_quotes(preview->quotes, nowhere) : Html())
        .html("preview_html", preview ? preview->html : Html());
    return render("threads/editor", fields);
}

Html editor_page(Chrome const& chrome, Story const& story, ShownComment const* answered, EditorForm const& form, std::optional<ShownPreview> const& preview)
{
    Surroundings page(story);
    if (answered)
        page.add(*answered);
    Fields fields;
    fields.text("direction", direction_of(story.language))
        .text("story_language", story.language)
        .text("story_url", story_path(story.id))
        .text("headline", story.headline)
        .text("title", title_of(form))
        .text("above", answered ? word(form.edited ? "the_comment" : "in_reply_to") : "")
        .html("answered_html", answered ? comment(*answered, page) : Html())
        .html("editor_html", editor(form, preview));
    return frame_of(chrome, title_of(form), render("threads/write", fields));
}

Html history_page(Chrome const& chrome, Story const& story, ShownComment const& shown, std::vector<ShownWording> const& wordings)
{
    std::vector<Fields> rows;
    for (ShownWording const& each : wordings)
        rows.emplace_back()
            .text("datetime", to_rfc3339(each.at))
            .text("moment", moment_in_words(each.at))
            .flag("is_present", &each == &wordings.back())
            .text("language", shown.comment.language.empty() ? story.language : shown.comment.language)
            .html("body_html", each.html);
    std::string name = shown_name(shown.author), title = phrase("history_of", { { "name", name } });
    Fields fields;
    fields.text("direction", direction_of(story.language))
        .text("story_language", story.language)
        .text("story_url", story_path(story.id))
        .text("headline", story.headline)
        .text("title", title)
        .text("comment_url", comment_path(shown.comment.id))
        .list("wordings", std::move(rows));
    return frame_of(chrome, title, render("comments/history", fields));
}

}  // namespace parley
