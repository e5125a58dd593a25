// The bell, what is followed and who is muted, and the buttons for it. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/following.h"
#include "domain/notification.h"
#include "domain/person.h"
#include "render/chrome.h"

#include <optional>
#include <string>
#include <vector>

namespace parley {

// The key of the words for a kind of notice, in which {name} stands.
char const* notice_words_key(NotificationKind);
std::string_view notice_word(NotificationKind);  // "answer", "mention", "story", …: what programs are told

// Where a notice leads: "/s/4/c/17#c-17", or "/s/4" when it is about the story itself.
std::string notice_path(CommentId about);

Html follow_button(Follow const&, bool is_on);
Html mute_button(std::string_view handle, bool is_on);

struct ShownNotice {
    Notification notification;
    std::string author;
    std::string headline;
    std::string excerpt;
};
Html bell_page(Chrome const&, std::vector<ShownNotice> const&, bool has_unread, std::optional<int64_t> next);

struct ShownFollowed {
    Follow follow;
    std::string name;
    std::string path;
};
Html following_page(Chrome const&, std::vector<ShownFollowed> const&, std::vector<Person> const& muted);

}  // namespace parley
