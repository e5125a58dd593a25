#include "render/comments.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comment_actions.h"
#include "render/common_ground.h"
#include "render/following.h"
#include "render/notes.h"
#include "render/page.h"
#include "render/template.h"
#include "render/threads.h"
#include "render/words.h"

namespace parley {
namespace {

constexpr int links_to_quoting_max = 5;

std::string method_in_words(std::string const& method)
{
    for (std::string_view known : { "quote", "mention", "phrase", "adjacency" })
        if (method == known)
            return word(std::string("method.").append(known));
    return phrase("method.other", { { "method", method } });
}

// "to Odile", with a link to what is answered; for an inferred parent with the evidence.
Html answers_line(ShownComment const& shown, Surroundings const& page)
{
    if (!shown.comment.parent)
        return {};
    bool is_inferred = shown.comment.parent_link == ParentLink::Inferred;
    std::string name = shown.parent_author.value_or("");
    std::string key = is_inferred ? "probably" : "answers";
    std::string reason, matched;
    if (is_inferred && shown.evidence) {
        std::string method = method_in_words(shown.evidence->method), score = decimal(shown.evidence->score, 2);
        reason = phrase("evidence_score", { { "method", method }, { "score", score } });
        matched = shown.evidence->matched;
    }
    Fields fields;
    fields.flag("is_inferred", is_inferred)
        .text("url", page.link_to(*shown.comment.parent))
        .text("words_to", word(name.empty() ? key + "_unnamed" : key))
        .text("name", name)
        .text("reason", reason)
        .text("matched", matched);
    return render("comments/answers", fields);
}

// A link to the words themselves: their place on this page, or a text fragment
// (https://wicg.github.io/scroll-to-text-fragment/) on the page of the story.
std::string link_to_quoted(ShownQuote const& shown, Surroundings const& page)
{
    Quote const& quote = shown.quote;
    if (quote.comment)
        return page.link_to(*quote.comment);
    if (!shown.passage)
        return {};
    if (auto number = page.passage_number(*shown.passage))
        return "#" + passage_anchor(*number);
    return story_path(quote.story) + "#:~:text=" + percent_encode(quote.exact);
}

std::string source_in_words(ShownQuote const& shown)
{
    if (!shown.quote.comment)
        return word(shown.passage ? "from_story" : "from_story_before");
    if (!shown.writer || shown.writer->empty())
        return word("from_comment_unnamed");
    return phrase("from_comment", { { "name", *shown.writer } });
}

Html quoted_in(ShownComment const& shown, Surroundings const& page)
{
    Html links = links_to_comments(shown.quoted_by, links_to_quoting_max, page);
    if (shown.quoted_by.size() > links_to_quoting_max) {
        links.append(escape(" "));
        links.append(escape(count_phrase("others", int64_t(shown.quoted_by.size()) - links_to_quoting_max)));
    }
    return links;
}

Html notes_beneath(ShownComment const& shown)
{
    Html notes;
    for (SignedNote const& note : shown.notes)
        notes.append(note_box(note, NotePlace::UnderComment));
    return notes;
}

// Where the comment stands, for those who cannot see the indentation.
std::string place_in_words(ShownComment const& shown)
{
    int level = shown.comment.path.level();
    if (level == 1)
        return {};
    return phrase("level", { { "n", std::to_string(level) } });
}

}  // namespace

void Surroundings::add(ShownComment const& comment) { comments_.emplace(comment.comment.id, &comment); }

void Surroundings::add(CommentPage const& page)
{
    for (ShownComment const& comment : page.comments)
        add(comment);
}

ShownComment const* Surroundings::find(CommentId comment) const
{
    auto found = comments_.find(comment);
    return found == comments_.end() ? nullptr : found->second;
}

std::string Surroundings::link_to(CommentId comment) const
{
    return find(comment) ? "#" + comment_anchor(comment) : comment_path(comment);
}

std::string Surroundings::name_of_writer(CommentId comment) const
{
    if (ShownComment const* shown = find(comment); shown && shown->comment.state == CommentState::Visible)
        return shown_name(shown->author);
    std::string number = grouped(sequence_of(comment));
    return phrase("comment_number", { { "n", number } });
}

std::optional<size_t> Surroundings::passage_number(Passage const& passage) const
{
    for (size_t i = 0; i < passages_.size(); ++i)
        if (passages_[i].begin <= passage.begin && passage.begin < passages_[i].end)
            return i + 1;
    return {};
}

Html shown_quotes(std::span<ShownQuote const> quotes, Surroundings const& page)
{
    Html all;
    for (ShownQuote const& each : quotes) {
        Fields fields;
        fields.text("exact", each.quote.exact)
            .text("language", each.quote.comment ? "" : page.story().language)
            .text("url", link_to_quoted(each, page))
            .text("source", source_in_words(each));
        all.append(render("comments/quote", fields));
    }
    return all;
}

std::string shown_name(std::optional<Person> const& person)
{
    if (!person)
        return word("anonymous");
    if (person->membership == Membership::Former)
        return word("former_reader");
    return person->name.empty() ? person->handle : person->name;
}

bool has_page(std::optional<Person> const& person) { return person && person->membership != Membership::Former; }

std::string tombstone_words(Comment const& comment)
{
    switch (comment.state) {
    case CommentState::Visible: return {};
    case CommentState::Held: return word("held");
    case CommentState::Withdrawn: return word("withdrawn");
    case CommentState::Removed: break;
    }
    if (comment.state_reason == "deleted at source")
        return word("deleted_at_source");
    if (comment.state_reason.empty())
        return word("removed");
    std::string reason = comment.state_reason == "spam" ? word("reason.spam") : comment.state_reason;
    return phrase("removed_because", { { "reason", reason } });
}

Html links_to_comments(std::span<CommentId const> comments, size_t links_max, Surroundings const& page)
{
    Html links;
    for (CommentId each : comments.first(std::min(comments.size(), links_max))) {
        if (!links.is_empty())
            links.append(escape(", "));
        Fields fields;
        fields.text("url", page.link_to(each)).text("name", page.name_of_writer(each));
        links.append(render("comments/link", fields));
    }
    return links;
}

Html comment(ShownComment const& shown, Surroundings const& page, Emphasis emphasis)
{
    Comment const& comment = shown.comment;
    bool is_visible = comment.state == CommentState::Visible;
    bool is_named = is_visible && has_page(shown.author);
    std::string edited;
    if (is_visible && comment.edited_at) {
        std::string moment = moment_in_words(*comment.edited_at);
        edited = phrase("edited_at", { { "moment", moment } });
    }
    Fields fields;
    fields.text("anchor", comment_anchor(comment.id))
        .flag("is_gone", !is_visible)
        .flag("is_focus", emphasis == Emphasis::Focus)
        .text("person_url", is_named ? person_path(shown.author->handle) : "")
        .text("writer", is_named ? shown_name(shown.author) : "")
        .text("nobody", is_named ? "" : is_visible ? shown_name(shown.author) : tombstone_words(comment))
        .text("place", place_in_words(shown))
        .html("answers_html", is_visible ? answers_line(shown, page) : Html())
        .text("url", comment_path(comment.id))
        .flag("is_undated", comment.is_date_estimated)
        .text("datetime", comment.is_date_estimated ? "" : to_rfc3339(comment.created_at))
        .text("moment", comment.is_date_estimated ? "" : moment_in_words(comment.created_at))
        .text("edited", edited)
        .text("history_url", edited.empty() || !page.has_actions() ? "" : comment_path(comment.id) + "/history")
        .flag("is_new", is_visible && shown.marks.is_new)
        .text("next_new_url", shown.marks.next_new ? page.link_to(*shown.marks.next_new) : "")
        .html("quotes_html", is_visible ? shown_quotes(shown.quotes, page) : Html())
        .text("language", comment.language.empty() ? page.story().language : comment.language)
        .html("body_html", is_visible ? comment.html : Html())
        .html("notes_html", notes_beneath(shown))
        .html("quoted_in_html", is_visible ? quoted_in(shown, page) : Html())
        .flag("is_common_ground", shown.reception && shown.reception->is_common_ground)
        .text("reception", reception_in_words(shown.reception))
        .html("actions_html", comment_actions(shown, page));
    return render("comments/comment", fields);
}

Html folded_as_muted(Html const& comment)
{
    Fields fields;
    fields.text("muted", word("muted_comment")).html("comment_html", comment);
    return render("comments/muted", fields);
}

Html comment_page(Chrome const& chrome, CommentContext const& context)
{
    Surroundings page(context.story, &context.thread, chrome.viewer);
    for (ShownComment const& ancestor : context.ancestors)
        page.add(ancestor);
    page.add(context.comment);
    page.add(context.replies);

    CommentPage ancestors { Order::Oldest, context.ancestors, {}, {} };
    Comment const& comment = context.comment.comment;
    bool is_visible = comment.state == CommentState::Visible;
    std::string name = is_visible ? shown_name(context.comment.author) : tombstone_words(comment);

    Fields fields;
    fields.text("direction", direction_of(context.story.language))
        .text("story_language", context.story.language)
        .text("story_url", story_path(context.story.id))
        .text("headline", context.story.headline)
        .html("ancestors_html", comment_list(ancestors, page, Branches::Plain))
        .html("comment_html", parley::comment(context.comment, page, Emphasis::Focus))
        .text("replies_title", comment.reply_count ? count_phrase("replies", comment.reply_count) : word("no_replies"))
        .html("follow_html", is_visible ? follow_button({ FollowKind::Comment, comment.id.value }, context.is_followed) : Html())
        .html("replies_html", comment_list(context.replies, page, Branches::Foldable))
        .html("pager_html", pager(context.replies, [&](Cursor const& after) { return comment_path(comment.id, after); }))
        .text("thread_url", story_path(context.story.id) + "#" + std::string(thread_anchor));

    Frame frame;
    frame.title = phrase("comment_title", { { "name", name }, { "headline", context.story.headline } });
    if (comment.state == CommentState::Visible)
        frame.description = excerpt(plain_text(comment.html), description_code_points);
    frame.canonical_path = story_path(context.story.id);
    frame.part = Part::Comment;
    frame.feeds = story_feeds(context.story);
    return page_around(chrome, frame, render("comments/page", fields));
}

}  // namespace parley
