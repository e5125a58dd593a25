#include "actions/threads.h"

#include "actions/bookmark.h"
#include "actions/notes.h"
#include "actions/stories.h"
#include "render/words.h"
#include "storage/origins.h"
#include "storage/quotes.h"
#include "storage/ranks.h"
#include "storage/stories.h"
#include "storage/threads.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace parley {
namespace {

BookmarkList list_of(Order order)
{
    switch (order) {
    case Order::Newest: return BookmarkList::NewestRoots;
    case Order::Oldest: return BookmarkList::OldestRoots;
    case Order::MostReplied: return BookmarkList::MostRepliedRoots;
    case Order::CommonGround: return BookmarkList::CommonGroundRoots;
    case Order::Split: return BookmarkList::SplitRoots;
    }
    CHECK(!"an order that has no list");
}

// The order of the list that a cursor goes on in; Newest for a cursor of none.
Order order_of(std::string_view cursor)
{
    for (Order order : { Order::Oldest, Order::MostReplied, Order::CommonGround, Order::Split })
        if (cursor.starts_with(static_cast<char>(list_of(order))))
            return order;
    return Order::Newest;
}

std::string bookmark_at(Order order, Direction direction, CommentWithAuthor const& root)
{
    RootPlace place = place_in(order, root);
    return write_bookmark({ list_of(order), direction, place.rank, place.id.value });
}

// How many of the roots fit on a page with the beginnings of their branches; at least one.
template <typename Iterator>
size_t roots_that_fit(Iterator begin, Iterator end)
{
    int64_t rows = 0;
    size_t count = 0;
    for (Iterator root = begin; root != end; ++root, ++count) {
        rows += 1 + std::min<int64_t>(replies_under_a_root, root->comment.reply_count);
        if (rows > comments_per_page && count > 0)
            break;
    }
    return count;
}

struct RootsOfPage {
    std::vector<CommentWithAuthor> roots;
    bool has_next = false;
    bool has_previous = false;
};

Result<RootsOfPage> choose_roots(Reader& reader, StoryId story, Order order, std::optional<Bookmark> const& bookmark)
{
    std::optional<RootPlace> place;
    if (bookmark)
        place = RootPlace { bookmark->key, { bookmark->id } };
    Direction direction = bookmark ? bookmark->direction : Direction::Behind;
    RootsOfPage page;
    page.roots = TRY(roots_of_thread(reader, story, order, place, direction, comments_per_page + 1));
    if (direction == Direction::Behind) {
        size_t count = roots_that_fit(page.roots.begin(), page.roots.end());
        page.has_next = count < page.roots.size();
        page.has_previous = place.has_value();
        page.roots.erase(page.roots.begin() + static_cast<ptrdiff_t>(count), page.roots.end());
        return page;
    }
    size_t count = roots_that_fit(page.roots.rbegin(), page.roots.rend());
    if (count == page.roots.size())  // nothing is in front of these: show a whole first page
        return choose_roots(reader, story, order, std::nullopt);
    page.roots.erase(page.roots.begin(), page.roots.end() - static_cast<ptrdiff_t>(count));
    page.has_previous = true;
    page.has_next = true;
    return page;
}

// Each root followed by the beginning of its branch. Where roots have run out, the room left goes to branches.
Result<std::vector<CommentWithAuthor>> with_branches(Reader& reader, StoryId story, RootsOfPage page)
{
    std::vector<CommentPath> paths;
    for (CommentWithAuthor const& root : page.roots)
        paths.push_back(root.comment.path);
    auto branches = TRY(branches_of(reader, story, paths, replies_under_a_root));
    size_t rows = page.roots.size();
    for (auto const& branch : branches)
        rows += branch.size();
    std::vector<CommentWithAuthor> comments;
    for (size_t index = 0; index < page.roots.size(); ++index) {
        comments.push_back(std::move(page.roots[index]));
        std::vector<CommentWithAuthor>& branch = branches[index];
        bool may_go_on = !page.has_next && rows < comments_per_page && branch.size() == replies_under_a_root;
        CommentPath behind = branch.empty() ? paths[index] : branch.back().comment.path;
        std::move(branch.begin(), branch.end(), std::back_inserter(comments));
        if (may_go_on) {
            int room = comments_per_page - static_cast<int>(rows);
            auto more = TRY(branch_behind(reader, story, paths[index], behind, room));
            rows += more.size();
            std::move(more.begin(), more.end(), std::back_inserter(comments));
        }
    }
    return comments;
}

bool is_below(CommentPath const& path, CommentPath const& above)
{
    return path.bytes().size() > above.bytes().size() && path.bytes().starts_with(above.bytes());
}

// Visible comments of each branch less those that stand below it here. On the deepest level answers stand beside
// the comment that they name as their parent.
void count_left_out(std::vector<ShownComment>& comments)
{
    std::unordered_map<CommentId, size_t> deepest;
    std::vector<size_t> above;  // the branch that leads to the comment at hand
    for (size_t index = 0; index < comments.size(); ++index) {
        Comment const& comment = comments[index].comment;
        comments[index].replies_left_out = comment.reply_count;
        while (!above.empty() && !is_below(comment.path, comments[above.back()].comment.path))
            above.pop_back();
        if (comment.state == CommentState::Visible) {
            for (size_t ancestor : above)
                --comments[ancestor].replies_left_out;
            auto answered = comment.parent ? deepest.find(*comment.parent) : deepest.end();
            if (answered != deepest.end())
                --comments[answered->second].replies_left_out;
        }
        if (comment.path.level() == CommentPath::levels_max)
            deepest.emplace(comment.id, index);
        above.push_back(index);
    }
    for (ShownComment& shown : comments)
        shown.replies_left_out = std::max<int64_t>(0, shown.replies_left_out);
}

// What a tombstone may say: that something stood here, and when.
void make_tombstone(ShownComment& shown)
{
    shown.author.reset();
    shown.comment.author.reset();
    shown.comment.html = {};
    shown.comment.language.clear();
    shown.comment.edited_at.reset();
}

// The shown names of who wrote these comments; nothing for those that are not visible, and for nameless ones. Most
// stand on the page already.
Result<std::unordered_map<CommentId, std::string>> names_of_writers(
    Reader& reader, std::vector<ShownComment> const& comments, std::vector<CommentId> const& ids)
{
    std::unordered_map<CommentId, std::string> names;
    std::unordered_set<CommentId> on_page;
    for (ShownComment const& shown : comments) {
        on_page.insert(shown.comment.id);
        if (shown.author)
            names.emplace(shown.comment.id, shown.author->name);
    }
    std::vector<CommentId> elsewhere;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(elsewhere), [&](CommentId id) { return !on_page.contains(id); });
    for (CommentWithAuthor& row : TRY(find_comments(reader, elsewhere))) {
        if (row.author && row.comment.state == CommentState::Visible)
            names.emplace(row.comment.id, std::move(row.author->name));
    }
    return names;
}

Result<void> add_quotes(Reader& reader, std::vector<ShownComment>& comments, std::span<CommentId const> ids)
{
    auto quotes = TRY(quotes_of(reader, ids));
    auto answers = TRY(quoted_by(reader, ids, answers_named_max));
    std::vector<CommentId> quoted;
    for (size_t index = 0; index < comments.size(); ++index) {
        if (comments[index].comment.state != CommentState::Visible)
            continue;
        comments[index].quoted_by = std::move(answers[index]);
        for (Quote& quote : quotes[index]) {
            if (quote.comment)
                quoted.push_back(*quote.comment);
            comments[index].quotes.push_back({ std::move(quote), std::nullopt, std::nullopt });
        }
    }
    auto names = TRY(names_of_writers(reader, comments, quoted));
    for (ShownComment& shown : comments) {
        for (ShownQuote& quote : shown.quotes) {
            auto name = quote.quote.comment ? names.find(*quote.quote.comment) : names.end();
            if (name != names.end())
                quote.writer = name->second;
        }
    }
    return {};
}

Result<void> add_parents(Reader& reader, std::vector<ShownComment>& comments)
{
    std::vector<CommentId> parents;
    std::vector<CommentId> inferred;
    for (ShownComment const& shown : comments) {
        if (shown.comment.parent)
            parents.push_back(*shown.comment.parent);
        if (shown.comment.parent_link == ParentLink::Inferred && shown.comment.state == CommentState::Visible)
            inferred.push_back(shown.comment.id);
    }
    auto names = TRY(names_of_writers(reader, comments, parents));
    auto evidence = TRY(evidence_of(reader, inferred));
    auto clue = evidence.begin();
    for (ShownComment& shown : comments) {
        auto name = shown.comment.parent ? names.find(*shown.comment.parent) : names.end();
        if (name != names.end())
            shown.parent_author = name->second;
        if (shown.comment.parent_link == ParentLink::Inferred && shown.comment.state == CommentState::Visible)
            shown.evidence = std::move(*clue++);
    }
    return {};
}

bool is_shown(Comment const& comment)
{
    return comment.state == CommentState::Visible || (comment.state != CommentState::Held && comment.reply_count > 0);
}

// The replies of a comment on the deepest level stand behind it among its siblings, each naming whom it answers.
Result<std::vector<CommentWithAuthor>> replies_beside(Reader& reader, StoryId story, Comment const& comment, CommentPath const& behind,
    int limit)
{
    constexpr int siblings_looked_at_max = 400;
    Result<CommentPath> above = CommentPath::from_bytes(comment.path.bytes().substr(0, comment.path.bytes().size() - 4));
    auto siblings = TRY(branch_behind(reader, story, TRY(std::move(above)), comment.path, siblings_looked_at_max));
    std::vector<CommentId> branch { comment.id };
    std::vector<CommentWithAuthor> replies;
    for (CommentWithAuthor& sibling : siblings) {
        bool is_in_branch = sibling.comment.parent && std::find(branch.begin(), branch.end(), *sibling.comment.parent) != branch.end();
        if (!is_in_branch)
            continue;
        branch.push_back(sibling.comment.id);
        if (sibling.comment.path > behind && static_cast<int>(replies.size()) < limit)
            replies.push_back(std::move(sibling));
    }
    return replies;
}

Result<CommentPage> branch_page(Reader& reader, StoryId story, Comment const& comment, CursorView cursor)
{
    CommentPath behind = comment.path;
    if (cursor) {
        behind = TRY(CommentPath::from_bytes(TRY(read_path_bookmark(*cursor))));
        bool is_beside = comment.path.level() == CommentPath::levels_max && behind.level() == CommentPath::levels_max;
        if (!is_below(behind, comment.path) && !is_beside)
            return Error::invalid(word("missing.replies_page"));
    }
    auto replies = comment.path.level() == CommentPath::levels_max
        ? TRY(replies_beside(reader, story, comment, behind, comments_per_page + 1))
        : TRY(branch_behind(reader, story, comment.path, behind, comments_per_page + 1));
    CommentPage page;
    page.order = Order::Oldest;
    bool has_next = static_cast<int>(replies.size()) > comments_per_page;
    if (has_next)
        replies.pop_back();
    if (has_next)
        page.next_cursor = write_path_bookmark(replies.back().comment.path.bytes());
    page.comments = TRY(dress(reader, std::move(replies)));
    return page;
}

}  // namespace

Result<CommentId> find_comment_from(Database& database, SiteId site, std::string_view system, std::string_view source_id)
{
    return database.read([&](Reader& reader) -> Result<CommentId> {
        std::optional<OriginMatch> origin = TRY(find_origin(reader, site, OriginKind::Comment, system, source_id));
        if (!origin)
            return Error::not_found(word("missing.source"));
        return CommentId { origin->local_id };
    });
}

Result<std::vector<ShownComment>> dress(Reader& reader, std::vector<CommentWithAuthor> comments)
{
    std::vector<ShownComment> shown;
    std::vector<CommentId> ids;
    for (CommentWithAuthor& row : comments) {
        ids.push_back(row.comment.id);
        shown.push_back({ std::move(row.comment), std::move(row.author) });
        if (shown.back().comment.state != CommentState::Visible)
            make_tombstone(shown.back());
    }
    count_left_out(shown);
    TRY(add_quotes(reader, shown, ids));
    TRY(add_parents(reader, shown));
    auto receptions = TRY(receptions_of(reader, ids));
    for (size_t index = 0; index < shown.size(); ++index)
        if (shown[index].comment.state == CommentState::Visible)
            shown[index].reception = receptions[index];
    TRY(add_notes(reader, shown));
    return shown;
}

Result<DivideSeen> divide_of(Reader& reader, StoryId story)
{
    std::optional<Discussion> discussion = TRY(find_discussion(reader, story));
    if (!discussion)
        return DivideSeen {};
    return DivideSeen { judge_divide(discussion->split_half, discussion->is_divided, discussion->voters, discussion->enough), discussion->enough };
}

Order order_shown(std::optional<Order> asked, CursorView cursor, DivideSeen const& seen)
{
    if (cursor)
        return asked.value_or(order_of(*cursor));
    Order order = asked.value_or(Order::CommonGround);
    return is_by_votes(order) && seen.divide != Divide::Real ? Order::Newest : order;
}

Result<CommentPage> comments_of_thread(Reader& reader, StoryId story, Order order, CursorView cursor)
{
    std::optional<Bookmark> bookmark;
    if (cursor)
        bookmark = TRY(read_bookmark(*cursor, list_of(order)));
    RootsOfPage roots = TRY(choose_roots(reader, story, order, bookmark));
    CommentPage page;
    page.order = order;
    if (!roots.roots.empty() && roots.has_next)
        page.next_cursor = bookmark_at(order, Direction::Behind, roots.roots.back());
    if (!roots.roots.empty() && roots.has_previous)
        page.previous_cursor = bookmark_at(order, Direction::Before, roots.roots.front());
    page.comments = TRY(dress(reader, TRY(with_branches(reader, story, std::move(roots)))));
    return page;
}

Result<CommentContext> comment_context(Database& database, SiteId site, CommentId id, CursorView cursor)
{
    CommentContext context = TRY(database.read([&](Reader& reader) -> Result<CommentContext> {
        Error missing = Error::not_found(word("missing.comment"));
        Story story = TRY(find_readable_story(reader, site, story_of(id)));
        Thread thread = TRY(find_thread(reader, story.id));
        Result<CommentWithAuthor> found = find_comment(reader, id);
        if (found.is_error() && found.error().kind != ErrorKind::NotFound)
            return found.release_error();
        if (found.is_error() || thread.state == ThreadState::Hidden || !is_shown(found.value().comment))
            return missing;
        Comment const comment = found.value().comment;
        std::vector<CommentWithAuthor> branch = TRY(ancestors_of(reader, comment));
        branch.push_back(found.release_value());
        std::vector<ShownComment> dressed = TRY(dress(reader, std::move(branch)));
        ShownComment shown = std::move(dressed.back());
        dressed.pop_back();
        CommentPage replies = TRY(branch_page(reader, story.id, comment, cursor));
        return CommentContext { std::move(story), std::move(thread), std::move(dressed), std::move(shown), std::move(replies) };
    }));
    std::string plain_text = plain_text_of_body(context.story.body);
    for (ShownComment& ancestor : context.ancestors)
        find_quoted_passages(context.story.id, plain_text, ancestor.quotes);
    find_quoted_passages(context.story.id, plain_text, context.comment.quotes);
    for (ShownComment& reply : context.replies.comments)
        find_quoted_passages(context.story.id, plain_text, reply.quotes);
    context.comment.replies_left_out = 0;
    return context;
}

}  // namespace parley
