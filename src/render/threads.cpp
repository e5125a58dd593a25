#include "render/threads.h"

#include "render/common_ground.h"
#include "render/following.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

constexpr int level_classes_max = 5;  // the style sheet indents no further: a page has to fit 320 pixels (WCAG 1.4.10)

using Comments = std::span<ShownComment const>;

// The number of comments from the first on that stand in its branch.
size_t branch_size(Comments comments)
{
    int level = comments[0].comment.path.level();
    size_t size = 1;
    while (size < comments.size() && comments[size].comment.path.level() > level)
        ++size;
    return size;
}

// `top_level` is where this page begins to indent. Recurses once a level, of which there are at most CommentPath::levels_max.
Html nested_list(Comments comments, int top_level, Surroundings const& page, Branches branches)
{
    Html items;
    while (!comments.empty()) {
        ShownComment const& first = comments[0];
        size_t size = branch_size(comments);
        Html replies = size > 1 ? nested_list(comments.subspan(1, size - 1), top_level, page, branches) : Html();
        bool is_foldable = branches == Branches::Foldable && !replies.is_empty();
        bool has_more = first.replies_left_out > 0 && branches == Branches::Foldable;
        Fields item;
        int level = std::clamp(first.comment.path.level() - top_level + 1, 1, level_classes_max);
        item.text("muted", first.marks.is_muted ? word("muted_comment") : "").text("level", std::to_string(level))
            .html("comment_html", comment(first, page))
            .html("replies_html", is_foldable ? replies : Html())
            .html("plain_replies_html", is_foldable ? Html() : replies)
            .text("fold", is_foldable ? comment_path(first.comment.id) : "")
            .text("replies", is_foldable ? count_phrase("replies", first.comment.reply_count) : "")
            .text("more_url", has_more ? comment_path(first.comment.id) : "")
            .text("more", has_more ? count_phrase("more_replies", first.replies_left_out) : "")
            .text("more_to", has_more && first.comment.state == CommentState::Visible && first.author ? shown_name(first.author) : "");
        items.append(render("threads/item", item));
        comments = comments.subspan(size);
    }
    Fields list;
    list.html("items_html", items);
    return render("threads/branch", list);
}

std::vector<Fields> order_links(StoryPage const& page)
{
    std::vector<Fields> rows;
    bool is_divided = page.divide.divide == Divide::Real;
    Order standard = is_divided ? Order::CommonGround : Order::Newest;
    for (Order order : { Order::CommonGround, Order::Split, Order::Newest, Order::Oldest, Order::MostReplied }) {
        if (is_by_votes(order) && !is_divided)
            continue;
        Fields& row = rows.emplace_back();
        row.text("url", story_path(page.story.id, order == standard ? std::nullopt : std::optional(order)) + "#" + std::string(thread_anchor))
            .text("name", word(std::string("order.").append(order_word(order))))
            .flag("is_current", order == page.comments.order);
    }
    return rows;
}

}  // namespace

Html comment_list(CommentPage const& comments, Surroundings const& page, Branches branches)
{
    if (comments.comments.empty())
        return {};
    return nested_list(comments.comments, comments.comments[0].comment.path.level(), page, branches);
}

Html pager(CommentPage const& comments, std::function<std::string(Cursor const&)> const& address)
{
    if (!comments.previous_cursor && !comments.next_cursor)
        return {};
    Fields fields;
    fields.text("label", word("comment_pages"))
        .text("previous_url", comments.previous_cursor ? address(comments.previous_cursor) : "")
        .text("previous", word("newer_page"))
        .text("next_url", comments.next_cursor ? address(comments.next_cursor) : "")
        .text("next", word("older_page"));
    return render("threads/pager", fields);
}

Html thread_section(StoryPage const& page, Viewer const* viewer)
{
    Surroundings surroundings(page.story, &page.thread, viewer, page.passages);
    surroundings.add(page.comments);
    Thread const& thread = page.thread;
    std::string people;
    if (thread.people > 1) {
        std::string number = count_phrase("people", thread.people);
        people = phrase("thread_people", { { "people", number } });
    }
    std::vector<CommentId> const& unread = page.unread.comments;
    std::string unread_words = static_cast<int>(unread.size()) < unread_max ? count_phrase("unread", static_cast<int64_t>(unread.size())) : word("unread_many");
    Fields fields;
    fields.text("direction", direction_of(page.story.language))
        .text("seen_url", viewer && page.unread.read_at.milliseconds ? story_path(page.story.id) + "/seen" : "")
        .text("seen_until", std::to_string(page.unread.read_at.milliseconds))
        .text("unread_url", unread.empty() ? "" : surroundings.link_to(unread.front()))
        .text("unread", unread_words)
        .text("title", thread.comments_shown ? count_phrase("comments", thread.comments_shown) : word("no_comments"))
        .text("people", people)
        .flag("has_orders", thread.comments_shown > 1)
        .list("orders", order_links(page))
        .text("why", order_in_words(page))
        .text("common_ground_url", page.divide.divide == Divide::Real ? common_ground_path(page.story.id) : "")
        .html("question_html", page.question ? question_form(page.story.id, page.question) : Html())
        .text("write_url", surroundings.is_open() ? write_path(page.story.id) : "")
        .text("note_write_url", write_note_path(page.story.id))
        .text("live_url", surroundings.is_open() ? fmt::format("/api/v1/stories/{}/events?after={}", page.story.id.value, page.newest_event) : "")
        .text("new_forms", plural_forms("new_comments"))
        .html("follow_html", follow_button({ FollowKind::Story, page.story.id.value }, page.is_followed))
        .flag("is_closed", thread.state == ThreadState::Closed)
        .flag("is_empty", page.comments.comments.empty() && thread.state == ThreadState::Open)
        .html("comments_html", comment_list(page.comments, surroundings, Branches::Foldable))
        .html("pager_html", pager(page.comments, [&](Cursor const& after) {
            std::optional<Order> order = page.asked_order ? std::optional(page.comments.order) : std::nullopt;
            return story_path(page.story.id, order, after) + "#" + std::string(thread_anchor);
        }));
    return render("threads/thread", fields);
}

}  // namespace parley
