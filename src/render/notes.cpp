#include "render/notes.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

#include <algorithm>
#include <cmath>

namespace parley {
namespace {

using ranking::NoteLack;
using ranking::NoteStatus;
using ranking::RatingCount;

constexpr size_t about_code_points = 220;
constexpr size_t passage_code_points = 120;
constexpr size_t address_rest_code_points = 48;

std::string key(std::string_view group, std::string_view name) { return std::string(group).append(".").append(name); }

std::string share_in_words(int64_t some, int64_t all)
{
    std::string n = grouped(some), of = grouped(all);
    return phrase("n_of_m", { { "n", n }, { "m", of } });
}

std::string shares_in_words(std::string_view words_key, int64_t a, int64_t all_a, int64_t b, int64_t all_b)
{
    std::string first = share_in_words(a, all_a), second = share_in_words(b, all_b);
    return phrase(words_key, { { "a", first }, { "b", second } });
}

// What stands behind the host in an address, cut.
std::string rest_of(std::string_view address)
{
    size_t host = address.find("//") + 2, rest = address.find_first_of("/?#", host);
    std::string_view shown = rest == address.npos ? std::string_view() : address.substr(rest);
    return shown == "/" ? std::string() : excerpt(shown, address_rest_code_points);
}

std::vector<Fields> sources_of(Note const& note)
{
    std::vector<Fields> rows;
    for (std::string const& source : note.sources)
        rows.emplace_back().text("source_url", source).text("host", shown_host(source)).text("rest", rest_of(source));
    return rows;
}

}  // namespace

Html note_box(SignedNote const& signed_note, NotePlace place)
{
    Note const& note = signed_note.note;
    auto const& [a, b] = note.verdict.evidence.sides;
    std::string answerer = signed_note.answer ? shown_name(signed_note.answerer) : "";
    Fields fields;
    fields.text("anchor", note_anchor(note.id))
        .text("kind", word(key(is_shown(note) ? "note_shown" : "note_kind", note_kind_word(note.kind))))
        .text("about", place == NotePlace::UnderStory && note.passage ? excerpt(note.passage->exact, passage_code_points) : "")
        .text("text", note.text)
        .list("sources", sources_of(note))
        .text("answer", signed_note.answer ? signed_note.answer->text : "")
        .text("answerer", signed_note.answer ? phrase("note_answered_by", { { "name", answerer } }) : "")
        .text("url", place == NotePlace::OwnPage ? "" : note_path(note.id))
        .text("evidence", is_shown(note) ? shares_in_words("note_rated_helpful", a.helpful, a.all(), b.helpful, b.all()) : note_status_words(note));
    return render("notes/note", fields);
}

namespace {

Html frame_of(Chrome const& chrome, std::string title, Html const& main, bool is_indexed = false)
{
    Frame frame;
    frame.title = std::move(title);
    frame.is_indexed = is_indexed;
    frame.part = Part::Comment;
    return page_around(chrome, frame, main);
}

std::string title_of(NoteForm const& form) { return word(form.edited ? "note_edit" : form.about ? "note_add" : "note_on_story"); }

Html note_form(NoteForm const& form)
{
    std::vector<Fields> kinds;
    for (NoteKind kind : { NoteKind::Correction, NoteKind::Context, NoteKind::MissingSource })
        kinds.emplace_back().text("value", note_kind_word(kind)).text("name", word(key("note_kind", note_kind_word(kind)))).flag("is_chosen", form.kind == note_kind_word(kind));
    std::string most = grouped(note_code_points_max), sources_most = grouped(note_sources_max);
    Fields fields;
    fields.text("action", form.edited ? note_path(*form.edited) + "/edit" : story_path(form.story) + "/notes")
        .text("title", title_of(form))
        .text("refusal", form.refusal)
        .list("kinds", std::move(kinds))
        .flag("has_words", !form.about && !form.edited)
        .text("quote", form.words)
        .text("quote_prefix", form.prefix)
        .text("quote_suffix", form.suffix)
        .text("text", form.text)
        .text("text_hint", phrase("note_text_hint", { { "max", most } }))
        .text("sources", form.sources)
        .text("sources_hint", phrase("note_sources_hint", { { "max", sources_most } }))
        .text("on", form.about ? std::to_string(sequence_of(*form.about)) : "")
        .text("key", form.key)
        .flag("is_edited", form.edited.has_value())
        .text("button", word(form.edited ? "save_change" : "note_post"))
        .text("back", form.edited ? note_path(*form.edited) : form.about ? comment_path(*form.about) : story_path(form.story));
    return render("notes/form", fields);
}

Html rating_form(NoteAbout const& about, NotePageForm const& form)
{
    std::optional<NoteRating> const& rating = form.rating ? form.rating : about.rating;
    std::vector<Fields> answers, reasons;
    for (Helpfulness each : { Helpfulness::Helpful, Helpfulness::Somewhat, Helpfulness::NotHelpful })
        answers.emplace_back().text("value", helpfulness_word(each)).text("name", word(key("helpfulness", helpfulness_word(each)))).flag("is_chosen", rating && rating->helpfulness == each);
    for (NoteReason each : note_reasons)
        reasons.emplace_back().text("value", note_reason_word(each)).text("name", word(key("note_reason", note_reason_word(each))))
            .flag("is_chosen", rating && std::ranges::find(rating->reasons, each) != rating->reasons.end());
    Fields fields;
    fields.text("action", note_path(about.note.note.id) + "/rate")
        .text("refusal", form.rating_refusal)
        .list("answers", std::move(answers))
        .list("reasons", std::move(reasons))
        .flag("is_rated", about.rating.has_value());
    return render("notes/rating", fields);
}

Html answer_form(SignedNote const& note, NotePageForm const& form)
{
    Fields fields;
    fields.text("action", note_path(note.note.id) + "/answer")
        .text("refusal", form.answer_refusal)
        .text("text", form.answer ? *form.answer : note.answer ? note.answer->text : "");
    return render("notes/answer", fields);
}

std::vector<Fields> side_rows(ranking::NoteEvidence const& evidence)
{
    std::vector<Fields> rows;
    auto add = [&](char const* name, RatingCount const& side) {
        rows.emplace_back().text("side", word(name)).text("helpful", grouped(side.helpful)).text("somewhat", grouped(side.somewhat)).text("not", grouped(side.not_helpful));
    };
    add("note_one_side", evidence.sides[0]);
    add("note_other_side", evidence.sides[1]);
    if (evidence.without_side.all() > 0)
        add("note_no_side", evidence.without_side);
    return rows;
}

std::vector<Fields> reason_rows(std::vector<int64_t> const& counts)
{
    std::vector<Fields> rows;
    for (NoteReason reason : note_reasons)
        if (int64_t count = counts[static_cast<size_t>(reason)]; count > 0)
            rows.emplace_back().text("reason", word(key("note_reason", note_reason_word(reason)))).text("count", grouped(count));
    return rows;
}

std::string_view status_key(NoteStatus status)
{
    switch (status) {
    case NoteStatus::NeedsRatings: return "note_became.needs-ratings";
    case NoteStatus::Waiting: return "note_became.waiting";
    case NoteStatus::Shown: return "note_became.shown";
    case NoteStatus::NotHelpful: return "note_became.not-helpful";
    }
    CHECK(!"a status without words");
}

std::vector<Fields> change_rows(std::vector<NoteStatusChange> const& changes)
{
    std::vector<Fields> rows;
    for (NoteStatusChange const& each : changes) {
        auto const& [a, b] = each.sides;
        rows.emplace_back().text("change_datetime", to_rfc3339(each.at)).text("change_moment", moment_in_words(each.at))
            .text("change", shares_in_words(status_key(each.status), a.helpful, a.all, b.helpful, b.all));
    }
    return rows;
}

std::vector<Fields> wording_rows(std::vector<NoteWording> const& wordings)
{
    std::vector<Fields> rows;
    for (NoteWording const& each : wordings)
        rows.emplace_back().text("wording_datetime", to_rfc3339(each.at)).text("wording_moment", moment_in_words(each.at)).text("wording", each.text);
    return rows;
}

std::string rule_in_words(ranking::NoteEvidence const& evidence)
{
    std::string support = decimal(evidence.intercept, 2), support_min = decimal(ranking::note_intercept_min, 2);
    std::string slant = decimal(std::abs(evidence.factor), 2), slant_max = decimal(ranking::note_factor_max, 2);
    std::string need = grouped(ranking::note_side_ratings_min);
    return phrase("note_rule", { { "need", need }, { "support", support }, { "support_min", support_min }, { "slant", slant }, { "slant_max", slant_max } });
}

}  // namespace

std::string note_status_words(Note const& note)
{
    ranking::NoteVerdict const& verdict = note.verdict;
    switch (verdict.status) {
    case NoteStatus::Shown: return word("note_status.shown");
    case NoteStatus::NotHelpful: return word("note_status.not-helpful");
    case NoteStatus::Waiting: {
        std::string moment = moment_in_words(*ranking::next_change(verdict));
        return phrase("note_status.waiting", { { "moment", moment } });
    }
    case NoteStatus::NeedsRatings: break;
    }
    switch (verdict.lack) {
    case NoteLack::OneSide: return word("note_status.one-side");
    case NoteLack::Agreement: return word("note_status.agreement");
    case NoteLack::Slant: return word("note_status.slant");
    case NoteLack::Independence: return word("note_status.independence");
    default: break;
    }
    auto const& [a, b] = verdict.evidence.sides;
    std::string n = grouped(std::min({ a.all(), b.all(), ranking::note_side_ratings_min })), need = grouped(ranking::note_side_ratings_min);
    return phrase("note_status.ratings", { { "n", n }, { "need", need } });
}

Html notes_page(Chrome const& chrome, NoteListPage const& page, bool may_write)
{
    std::vector<Fields> lists, notes;
    for (NoteList list : { NoteList::NeedRatings, NoteList::Shown, NoteList::NotHelpful })
        lists.emplace_back().text("list_url", notes_path(page.story.id, list)).text("list", word(key("note_list", note_list_word(list)))).flag("is_current", list == page.list);
    for (NoteAbout const& each : page.notes) {
        Note const& note = each.note.note;
        std::string name = each.comment ? shown_name(each.comment->author) : "";
        char const* rate = each.is_own ? "note_own" : each.rating ? "note_rated" : "note_rate_it";
        notes.emplace_back()
            .text("about_url", each.comment ? comment_path(each.comment->comment.id) : story_path(page.story.id))
            .text("about", each.comment ? phrase("note_on_comment_of", { { "name", name } }) : word("note_on_words"))
            .text("passage", each.comment ? excerpt(plain_text(each.comment->comment.html), about_code_points) : note.passage->exact)
            .text("language", each.comment && !each.comment->comment.language.empty() ? each.comment->comment.language : page.story.language)
            .html("note_html", note_box(each.note, NotePlace::List))
            .text("rate_url", note_path(note.id) + "#rating")
            .text("rate", word(rate));
    }
    Fields fields;
    fields.text("direction", direction_of(page.story.language))
        .text("story_language", page.story.language)
        .text("story_url", story_path(page.story.id))
        .text("headline", page.story.headline)
        .list("lists", std::move(lists))
        .flag("is_empty", page.notes.empty())
        .list("notes", std::move(notes))
        .text("more_url", page.next ? notes_path(page.story.id, page.list, page.next) : "")
        .text("write_url", may_write && !page.story.body.empty() ? write_note_path(page.story.id) : "");
    std::string title = phrase("notes_of", { { "headline", page.story.headline } });
    return frame_of(chrome, title, render("notes/list", fields));
}

Html note_form_page(Chrome const& chrome, Story const& story, ShownComment const* about, NoteForm const& form)
{
    Surroundings page(story);
    if (about)
        page.add(*about);
    Fields fields;
    fields.text("direction", direction_of(story.language))
        .text("story_language", story.language)
        .text("story_url", story_path(story.id))
        .text("headline", story.headline)
        .text("title", title_of(form))
        .html("about_html", about ? comment(*about, page) : Html())
        .html("form_html", note_form(form));
    return frame_of(chrome, title_of(form), render("notes/write", fields));
}

Html note_page(Chrome const& chrome, NotePage const& page, bool may_answer, NotePageForm const& form)
{
    Note const& note = page.about.note.note;
    Surroundings surroundings(page.story);
    if (page.about.comment)
        surroundings.add(*page.about.comment);
    std::string author = shown_name(page.about.note.author), edited_at = note.edited_at ? moment_in_words(*note.edited_at) : "";
    std::string title = word(page.about.comment ? "note_on_comment" : "note_on_words");
    std::vector<Fields> reasons = reason_rows(page.reasons);
    bool may_rate = !may_answer && !page.about.is_own;
    Fields fields;
    fields.text("direction", direction_of(page.story.language))
        .text("story_language", page.story.language)
        .text("story_url", story_path(page.story.id))
        .text("headline", page.story.headline)
        .text("title", title)
        .text("about_title", word(page.about.comment ? "note_about_comment" : "note_about_words"))
        .html("about_html", page.about.comment ? comment(*page.about.comment, surroundings) : Html())
        .text("passage", note.passage ? note.passage->exact : "")
        .html("note_html", note_box(page.about.note, NotePlace::OwnPage))
        .text("by", phrase("note_by", { { "name", author } }))
        .text("datetime", to_rfc3339(note.created_at))
        .text("moment", moment_in_words(note.created_at))
        .text("edited", edited_at.empty() ? "" : phrase("edited_at", { { "moment", edited_at } }))
        .flag("is_own", page.about.is_own)
        .text("edit_url", note_path(note.id) + "/edit")
        .text("withdraw_url", note_path(note.id) + "/withdraw")
        .html("rating_html", may_rate ? rating_form(page.about, form) : Html())
        .html("answer_html", may_answer ? answer_form(page.about.note, form) : Html())
        .text("status", note_status_words(note))
        .text("helpful_words", word("helpfulness.helpful"))
        .text("somewhat_words", word("helpfulness.somewhat"))
        .text("not_words", word("helpfulness.not-helpful"))
        .list("sides", side_rows(note.verdict.evidence))
        .text("rule", rule_in_words(note.verdict.evidence))
        .flag("has_reasons", !reasons.empty())
        .list("reasons", std::move(reasons))
        .flag("has_changes", !page.changes.empty())
        .list("changes", change_rows(page.changes))
        .flag("has_earlier", !page.earlier.empty())
        .list("earlier", wording_rows(page.earlier))
        .text("notes_url", notes_path(page.story.id));
    std::string page_title = phrase("note_title", { { "title", title }, { "headline", page.story.headline } });
    return frame_of(chrome, page_title, render("notes/page", fields));
}

}  // namespace parley
