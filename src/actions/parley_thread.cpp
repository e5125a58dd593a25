#include "actions/parley_thread.h"

#include <fmt/format.h>

namespace parley {
namespace {

// The sequence number on a level of a path, counted from 1.
int64_t number_at(CommentPath const& path, int level)
{
    int64_t number = 0;
    for (size_t i = static_cast<size_t>(level - 1) * 4; i < static_cast<size_t>(level) * 4; ++i)
        number = number << 8 | static_cast<unsigned char>(path.bytes()[i]);
    return number;
}

}  // namespace

ParleyThread::Place const& ParleyThread::place(int64_t number) const
{
    auto found = places_.find(number);
    CHECK(found != places_.end());
    return found->second;
}

Result<void> ParleyThread::add(archives::ParleyComment const& comment)
{
    if (comment.number > comments_per_thread_max)
        return Error::invalid(fmt::format("'number' may be {} at most.", comments_per_thread_max));
    auto parent = places_.end();
    if (comment.parent) {
        parent = places_.find(*comment.parent);
        if (parent == places_.end())
            return Error::invalid(fmt::format("'parent' is {}, but no comment of that number stands before it in the thread.", *comment.parent));
    }
    CommentPath path = comment.parent ? parent->second.path.child(comment.number) : CommentPath::root(comment.number);
    if (places_.contains(comment.number))
        return Error::invalid(fmt::format("The number {} was given to an earlier comment of the thread.", comment.number));
    if (comment.state == archives::ParleyCommentState::Visible) {
        for (int level = 1; level < path.level(); ++level)
            ++places_.find(number_at(path, level))->second.replies;
        bool stands_beside_parent = comment.parent && parent->second.path.level() == path.level();
        if (stands_beside_parent)
            ++parent->second.replies;
    }
    places_.emplace(comment.number, Place { std::move(path) });
    return {};
}

}  // namespace parley
