#include "render/following.h"

#include "render/addresses.h"
#include "render/comments.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

Html around(Chrome const& chrome, std::string title, Html const& main)
{
    Frame frame;
    frame.title = std::move(title);
    frame.is_indexed = false;
    return page_around(chrome, frame, main);
}

}  // namespace

std::string_view notice_word(NotificationKind kind)
{
    return std::string_view(notice_words_key(kind)).substr(std::string_view("notice.").size());
}

char const* notice_words_key(NotificationKind kind)
{
    switch (kind) {
    case NotificationKind::Answer: return "notice.answer";
    case NotificationKind::Mention: return "notice.mention";
    case NotificationKind::Story: return "notice.story";
    case NotificationKind::Storyline: return "notice.storyline";
    case NotificationKind::Person: return "notice.person";
    case NotificationKind::Quoted: return "notice.quoted";
    case NotificationKind::Desk: return "notice.desk";
    case NotificationKind::Comment: return "notice.comment";
    }
    CHECK(!"a kind without words");
}

std::string notice_path(CommentId about)
{
    StoryId story = story_of(about);
    return about == about_story(story) ? story_path(story) : comment_path(about) + "#" + comment_anchor(about);
}

Html follow_button(Follow const& follow, bool is_on)
{
    Fields fields;
    fields.text("kind", follow_word(follow.kind))
        .text("target", std::to_string(follow.target))
        .text("value", is_on ? "no" : "yes")
        .flag("is_on", is_on)
        .text("name", word(is_on ? "following" : "follow." + std::string(follow_word(follow.kind))));
    return render("account/follow_button", fields);
}

Html mute_button(std::string_view handle, bool is_on)
{
    Fields fields;
    fields.text("handle", handle).text("value", is_on ? "no" : "yes").flag("is_on", is_on).text("name", word(is_on ? "muted" : "mute"));
    return render("account/mute_button", fields);
}

Html bell_page(Chrome const& chrome, std::vector<ShownNotice> const& notices, bool has_unread, std::optional<int64_t> next)
{
    std::vector<Fields> rows;
    for (ShownNotice const& each : notices) {
        Notification const& notification = each.notification;
        bool is_there = !each.excerpt.empty() || (notification.comment == about_story(story_of(notification.comment)) && !each.headline.empty());
        std::string name = each.author.empty() ? word("anonymous") : each.author;
        rows.emplace_back()
            .flag("is_unread", !notification.read_at)
            .text("url", notice_path(notification.comment))
            .text("what", phrase(notice_words_key(notification.kind), { { "name", name } }))
            .text("headline", each.headline)
            .text("excerpt", is_there ? each.excerpt : word("notice.gone"))
            .text("datetime", to_rfc3339(notification.at))
            .text("moment", moment_in_words(notification.at));
    }
    Fields fields;
    fields.flag("is_empty", rows.empty())
        .flag("has_unread", has_unread)
        .list("notices", std::move(rows))
        .text("next_url", next ? "/bell?before=" + std::to_string(*next) : "");
    return around(chrome, word("bell"), render("account/bell", fields));
}

Html following_page(Chrome const& chrome, std::vector<ShownFollowed> const& followed, std::vector<Person> const& muted)
{
    std::vector<Fields> rows, people;
    for (ShownFollowed const& each : followed)
        rows.emplace_back()
            .text("name", each.name.empty() ? word("followed_gone") : each.name)
            .text("url", each.path)
            .html("button_html", follow_button(each.follow, true));
    for (Person const& person : muted)
        people.emplace_back().text("name", shown_name(person)).text("url", person_path(person.handle)).html("button_html", mute_button(person.handle, true));
    Fields fields;
    fields.flag("follows_nothing", rows.empty()).list("followed", std::move(rows)).flag("muted_nobody", people.empty()).list("people", std::move(people));
    return around(chrome, word("following_title"), render("account/following", fields));
}

}  // namespace parley
