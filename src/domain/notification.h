// What a person is told on their bell, and by mail if they want.
#pragma once

#include "base/time.h"
#include "domain/ids.h"

#include <optional>
#include <string>

namespace parley {

enum class NotificationKind { Answer = 1, Mention = 2, Story = 3, Storyline = 4, Person = 5, Quoted = 6, Desk = 7, Comment = 8 };

struct Notification {
    int64_t id = 0;  // grows with each of one person's
    NotificationKind kind;
    CommentId comment;  // what it is about; about_story() where it is the story itself
    Time at;
    std::optional<Time> read_at {};
};

}  // namespace parley
