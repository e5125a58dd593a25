#include "render/api.h"

#include "render/addresses.h"
#include "render/words.h"
#include "render/comments.h"
#include "render/notes.h"
#include "render/page.h"

#include <boost/json.hpp>

namespace parley {
namespace {

namespace json = boost::json;

json::value text_or_null(std::string const& text) { return text.empty() ? json::value() : json::value(text); }
json::value time_or_null(std::optional<Time> time) { return time ? json::value(to_rfc3339(*time)) : json::value(); }
json::value cursor_or_null(std::optional<std::string> const& cursor) { return cursor ? json::value(*cursor) : json::value(); }

json::object person_object(Chrome const& chrome, Person const& person)
{
    return { { "handle", person.handle }, { "name", shown_name(person) }, { "url", absolute(chrome, person_path(person.handle)) } };
}

json::object story_object(Chrome const& chrome, Story const& story, Thread const& thread)
{
    char const* state = thread.state == ThreadState::Open ? "open" : thread.state == ThreadState::Closed ? "closed" : "hidden";
    return { { "id", story.id.value }, { "url", absolute(chrome, story_path(story.id)) }, { "source_url", text_or_null(story.url) },
        { "headline", story.headline }, { "section", text_or_null(story.section) }, { "language", text_or_null(story.language) },
        { "published_at", to_rfc3339(story.published_at) }, { "updated_at", time_or_null(story.updated_at) }, { "discussion", state },
        { "comments", thread.comments_shown }, { "people", thread.people }, { "last_comment_at", time_or_null(thread.last_comment_at) } };
}

json::object quote_object(ShownQuote const& shown)
{
    json::value of = shown.quote.comment ? json::value(sequence_of(*shown.quote.comment)) : json::value();
    bool is_found = shown.quote.comment || shown.passage;
    return { { "exact", shown.quote.exact }, { "prefix", shown.quote.prefix }, { "suffix", shown.quote.suffix }, { "comment", of }, { "is_found", is_found } };
}

json::value reception_or_null(std::optional<Reception> const& reception)
{
    if (!reception)
        return {};
    json::array sides;
    for (SideCount const& side : reception->sides)
        sides.push_back(json::object { { "worth_reading", side.worth }, { "disagree", side.against }, { "voted", side.voted } });
    return json::object { { "sides", std::move(sides) }, { "is_common_ground", reception->is_common_ground } };
}

json::object divide_object(DivideSeen const& seen)
{
    char const* divide = seen.divide == Divide::Real ? "real" : seen.divide == Divide::None ? "none" : "not-enough-votes";
    return { { "divide", divide }, { "comments_with_enough_votes", seen.comments_with_enough }, { "comments_needed", comments_with_enough_min } };
}

json::object vote_object(Vote const& vote)
{
    return { { "stance", vote.stance ? json::value(stance_word(*vote.stance)) : json::value() }, { "worth_reading", vote.is_worth_reading } };
}

json::object count_object(ranking::RatingCount const& count)
{
    return { { "helpful", count.helpful }, { "somewhat", count.somewhat }, { "not_helpful", count.not_helpful } };
}

char const* status_word(ranking::NoteStatus status)
{
    switch (status) {
    case ranking::NoteStatus::NeedsRatings: return "needs-ratings";
    case ranking::NoteStatus::Waiting: return "waiting";
    case ranking::NoteStatus::Shown: return "shown";
    case ranking::NoteStatus::NotHelpful: return "not-helpful";
    }
    CHECK(!"a status without a word");
}

json::array sources_array(std::vector<std::string> const& sources)
{
    json::array out;
    for (std::string const& source : sources)
        out.push_back(json::string(source));
    return out;
}

json::object rating_object(NoteRating const& rating)
{
    json::array reasons;
    for (NoteReason reason : rating.reasons)
        reasons.push_back(json::string(note_reason_word(reason)));
    return { { "rating", helpfulness_word(rating.helpfulness) }, { "reasons", std::move(reasons) } };
}

json::object note_object(Chrome const& chrome, SignedNote const& signed_note)
{
    Note const& note = signed_note.note;
    ranking::NoteEvidence const& evidence = note.verdict.evidence;
    json::value words, answer;
    if (note.passage)
        words = json::object { { "exact", note.passage->exact }, { "prefix", note.passage->prefix }, { "suffix", note.passage->suffix } };
    if (signed_note.answer)
        answer = json::object { { "author", has_page(signed_note.answerer) ? json::value(person_object(chrome, *signed_note.answerer)) : json::value() },
            { "text", signed_note.answer->text }, { "at", to_rfc3339(signed_note.answer->at) } };
    return { { "story", note.story.value }, { "number", sequence_of(note.id) }, { "url", absolute(chrome, note_path(note.id)) },
        { "comment", note.comment ? json::value(sequence_of(*note.comment)) : json::value() }, { "words", std::move(words) },
        { "author", has_page(signed_note.author) ? json::value(person_object(chrome, signed_note.author)) : json::value() },
        { "kind", note_kind_word(note.kind) }, { "text", note.text }, { "sources", sources_array(note.sources) }, { "version", note.version },
        { "created_at", to_rfc3339(note.created_at) }, { "edited_at", time_or_null(note.edited_at) }, { "answer", std::move(answer) },
        { "status", status_word(note.verdict.status) }, { "status_words", note_status_words(note) },
        { "evidence", json::object { { "sides", json::array { count_object(evidence.sides[0]), count_object(evidence.sides[1]) } },
                          { "without_side", count_object(evidence.without_side) }, { "intercept", evidence.intercept }, { "factor", evidence.factor } } } };
}

json::object note_about_object(Chrome const& chrome, NoteAbout const& about)
{
    json::object out = note_object(chrome, about.note);
    if (chrome.viewer)
        out["mine"] = json::object { { "is_own", about.is_own }, { "rating", about.rating ? json::value(rating_object(*about.rating)) : json::value() } };
    return out;
}

json::object comment_object(Chrome const& chrome, ShownComment const& shown)
{
    Comment const& comment = shown.comment;
    bool is_visible = comment.state == CommentState::Visible;
    json::array quotes;
    for (ShownQuote const& quote : shown.quotes)
        quotes.push_back(quote_object(quote));
    json::array notes;
    for (SignedNote const& note : shown.notes)
        notes.push_back(note_object(chrome, note));
    json::object out { { "story", story_of(comment.id).value }, { "number", sequence_of(comment.id) },
        { "url", absolute(chrome, comment_path(comment.id)) }, { "parent", comment.parent ? json::value(sequence_of(*comment.parent)) : json::value() },
        { "level", comment.path.level() }, { "author", is_visible && has_page(shown.author) ? json::value(person_object(chrome, *shown.author)) : json::value() },
        { "created_at", comment.is_date_estimated ? json::value() : json::value(to_rfc3339(comment.created_at)) },
        { "edited_at", is_visible ? time_or_null(comment.edited_at) : json::value() },
        { "state", is_visible ? "visible" : comment.state == CommentState::Withdrawn ? "withdrawn" : "removed" },
        { "language", text_or_null(comment.language) }, { "html", is_visible ? json::value(comment.html.markup()) : json::value() },
        { "quotes", std::move(quotes) }, { "notes", std::move(notes) }, { "replies", comment.reply_count }, { "replies_left_out", shown.replies_left_out },
        { "reception", reception_or_null(shown.reception) } };
    if (chrome.viewer) {
        json::object mine = vote_object(shown.marks.vote);
        mine["is_own"] = shown.marks.is_own;
        mine["may_edit"] = shown.marks.may_edit;
        mine["is_muted"] = shown.marks.is_muted;
        out["mine"] = std::move(mine);
    }
    return out;
}

}  // namespace

std::string stories_json(Chrome const& chrome, FrontPage const& front)
{
    json::array stories;
    for (StorySummary const& each : front.stories)
        stories.push_back(story_object(chrome, each.story, each.thread));
    return json::serialize(json::object { { "stories", std::move(stories) }, { "next", cursor_or_null(front.next_cursor) } });
}

std::string story_json(Chrome const& chrome, Story const& story, Thread const& thread) { return json::serialize(story_object(chrome, story, thread)); }

std::string comments_json(Chrome const& chrome, CommentPage const& page, DivideSeen const& seen)
{
    json::array comments;
    for (ShownComment const& each : page.comments)
        comments.push_back(comment_object(chrome, each));
    return json::serialize(json::object { { "order", order_word(page.order) }, { "common_ground", divide_object(seen) }, { "comments", std::move(comments) },
        { "previous", cursor_or_null(page.previous_cursor) }, { "next", cursor_or_null(page.next_cursor) } });
}

std::string comment_json(Chrome const& chrome, ShownComment const& shown) { return json::serialize(comment_object(chrome, shown)); }

std::string person_json(Chrome const& chrome, PersonPage const& page)
{
    json::object out = person_object(chrome, page.person);
    out["joined_at"] = to_rfc3339(page.person.joined_at);
    out["comments"] = page.comment_count;
    return json::serialize(out);
}

std::string viewer_json(Viewer const& viewer)
{
    return json::serialize(json::object { { "handle", viewer.person.handle }, { "name", shown_name(viewer.person) },
        { "role", role_word(viewer.role) }, { "unread", viewer.unread } });
}

std::string session_json(std::string_view token, Time expires_at)
{
    return json::serialize(json::object { { "token", token }, { "expires_at", to_rfc3339(expires_at) } });
}

std::string vote_json(Vote const& vote) { return json::serialize(vote_object(vote)); }

std::string following_json(Chrome const& chrome, std::vector<ShownFollowed> const& followed, std::vector<Person> const& muted)
{
    json::array things, people;
    for (ShownFollowed const& each : followed)
        things.push_back(json::object { { "kind", follow_word(each.follow.kind) }, { "name", text_or_null(each.name) },
            { "url", each.path.empty() ? json::value() : json::value(absolute(chrome, each.path)) } });
    for (Person const& each : muted)
        people.push_back(person_object(chrome, each));
    return json::serialize(json::object { { "following", std::move(things) }, { "muted", std::move(people) } });
}

std::string notifications_json(Chrome const& chrome, std::vector<ShownNotice> const& notices, std::optional<int64_t> next)
{
    json::array out;
    for (ShownNotice const& each : notices) {
        std::string name = each.author.empty() ? word("anonymous") : each.author;
        out.push_back(json::object { { "kind", notice_word(each.notification.kind) }, { "words", phrase(notice_words_key(each.notification.kind), { { "name", name } }) },
            { "url", absolute(chrome, notice_path(each.notification.comment)) }, { "headline", text_or_null(each.headline) },
            { "excerpt", text_or_null(each.excerpt) }, { "at", to_rfc3339(each.notification.at) }, { "is_read", each.notification.read_at.has_value() } });
    }
    return json::serialize(json::object { { "notifications", std::move(out) }, { "next", next ? json::value(std::to_string(*next)) : json::value() } });
}

std::string notes_json(Chrome const& chrome, NoteListPage const& page)
{
    json::array notes;
    for (NoteAbout const& each : page.notes)
        notes.push_back(note_about_object(chrome, each));
    return json::serialize(json::object { { "list", note_list_word(page.list) }, { "notes", std::move(notes) },
        { "next", page.next ? json::value(sequence_of(*page.next)) : json::value() } });
}

std::string note_json(Chrome const& chrome, NotePage const& page) { return json::serialize(note_about_object(chrome, page.about)); }

std::string note_details_json(Chrome const& chrome, NotePage const& page)
{
    json::array earlier, history, reasons;
    for (NoteWording const& each : page.earlier)
        earlier.push_back(json::object { { "version", each.version }, { "kind", note_kind_word(each.kind) }, { "text", each.text },
            { "sources", sources_array(each.sources) }, { "at", to_rfc3339(each.at) } });
    for (NoteStatusChange const& each : page.changes) {
        json::array sides;
        for (NoteStatusChange::Side const& side : each.sides)
            sides.push_back(json::object { { "helpful", side.helpful }, { "all", side.all } });
        history.push_back(json::object { { "version", each.version }, { "status", status_word(each.status) }, { "at", to_rfc3339(each.at) }, { "sides", std::move(sides) } });
    }
    for (NoteReason reason : note_reasons)
        reasons.push_back(json::object { { "reason", note_reason_word(reason) }, { "count", page.reasons[static_cast<size_t>(reason)] } });
    return json::serialize(json::object { { "note", note_about_object(chrome, page.about) }, { "earlier", std::move(earlier) },
        { "history", std::move(history) }, { "reasons", std::move(reasons) } });
}

std::string rating_json(NoteRating const& rating) { return json::serialize(rating_object(rating)); }

std::string counts_json(std::vector<CommentCount> const& counts)
{
    json::array out;
    for (CommentCount const& each : counts)
        out.push_back(json::object { { "story", each.story.value }, { "comments", each.comments } });
    return json::serialize(json::object { { "counts", std::move(out) } });
}

std::string counts_json(std::vector<AddressCount> const& counts)
{
    json::array out;
    for (AddressCount const& each : counts)
        out.push_back(json::object { { "url", each.address }, { "comments", each.comments },
            { "words", each.comments ? count_phrase("comments", each.comments) : word("no_comments") } });
    return json::serialize(json::object { { "counts", std::move(out) } });
}

std::string problem_json(int status, std::string_view title, std::string_view detail)
{
    return json::serialize(json::object { { "type", "about:blank" }, { "title", title }, { "status", status }, { "detail", detail } });
}

}  // namespace parley
