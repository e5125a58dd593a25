#include "render/comment_actions.h"

#include "render/addresses.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {

Html vote_form(CommentId id, Vote const& vote)
{
    std::vector<Fields> stances;
    for (Stance stance : { Stance::Agree, Stance::Disagree, Stance::Pass }) {
        std::string_view name = stance_word(stance);
        bool is_given = vote.stance == stance;
        stances.emplace_back().text("value", is_given ? "none" : name).text("name", word("stance." + std::string(name))).flag("is_given", is_given);
    }
    Fields fields;
    fields.text("action", comment_path(id) + "/vote")
        .list("stances", std::move(stances))
        .text("worth", vote.is_worth_reading ? "no" : "yes")
        .flag("is_worth", vote.is_worth_reading);
    return render("comments/votes", fields);
}

Html comment_actions(ShownComment const& shown, Surroundings const& page)
{
    if (!page.has_actions() || shown.comment.state != CommentState::Visible)
        return {};
    Fields fields;
    fields.text("answer_url", page.is_open() ? write_path(page.story().id, shown.comment.id) : "");
    fields.text("note_url", page.is_open() ? write_note_path(page.story().id, shown.comment.id) : "");
    bool is_own = shown.marks.is_own;
    fields.text("edit_url", shown.marks.may_edit && page.is_open() ? comment_path(shown.comment.id) + "/edit" : "")
        .text("withdraw_url", is_own ? comment_path(shown.comment.id) + "/withdraw" : "")
        .html("votes_html", page.is_open() && !is_own ? vote_form(shown.comment.id, shown.marks.vote) : Html());
    return render("comments/actions", fields);
}

}  // namespace parley
