#include "render/comment_actions.h"

#include "render/addresses.h"
#include "render/template.h"

namespace parley {

Html comment_actions(ShownComment const& shown, Surroundings const& page)
{
    if (!page.has_actions() || shown.comment.state != CommentState::Visible)
        return {};
    Fields fields;
    fields.text("answer_url", page.is_open() ? write_path(page.story().id, shown.comment.id) : "");
    bool is_own = shown.marks.is_own;
    fields.text("edit_url", shown.marks.may_edit && page.is_open() ? comment_path(shown.comment.id) + "/edit" : "")
        .text("withdraw_url", is_own ? comment_path(shown.comment.id) + "/withdraw" : "");
    return render("comments/actions", fields);
}

}  // namespace parley
