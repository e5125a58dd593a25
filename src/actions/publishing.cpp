#include "actions/publishing.h"

#include "base/utf8.h"
#include "domain/address.h"
#include "storage/external_stories.h"
#include "storage/following.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/threads.h"

#include <algorithm>
#include <fmt/format.h>

namespace parley {
namespace {

constexpr size_t storyline_name_letters_max = 100;
constexpr size_t storyline_summary_letters_max = 1'000;
constexpr size_t line_letters_max = 300;  // byline, section and their like

Error not_of_publication()
{
    return Error::refused("This address is not under one of the publication's origins (site.origins).");
}

// "https://www.example.org" of "https://www.example.org/news?p=4".
std::string_view origin_of(std::string_view address)
{
    size_t host = address.find("://");
    size_t end = host == address.npos ? 0 : address.find_first_of("/?#", host + 3);
    return address.substr(0, end);
}

std::string lower_case(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

// "Harbour vote tonight" of "…/2026/harbour-vote-tonight.html"; the whole key when its end has no words.
std::string headline_of_key(std::string_view key)
{
    std::string_view path = key.substr(0, key.find('?'));
    std::string_view last = path.substr(path.rfind('/') + 1);
    std::string headline(last.substr(0, last.find('.')));
    std::ranges::replace_if(headline, [](char c) { return c == '-' || c == '_' || c == '+'; }, ' ');
    bool has_words = headline.find(' ') != headline.npos;
    if (has_words && headline[0] >= 'a' && headline[0] <= 'z')
        headline[0] = static_cast<char>(headline[0] - 32);
    return has_words ? headline : std::string(key);
}

// One line of plain text, without control characters.
Result<std::string> line(std::string_view name, std::string_view text, size_t letters_max)
{
    std::string clean = plain_text_of_body(text);
    std::erase_if(clean, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (count_code_points(clean) > letters_max)
        return Error::invalid(fmt::format("{} has more than {} letters.", name, letters_max));
    return clean;
}

Result<void> set_line(std::string& kept, std::string_view name, std::optional<std::string> const& told, size_t letters_max = line_letters_max)
{
    if (told)
        kept = TRY(line(name, *told, letters_max));
    return {};
}

// The story that has the key afterwards.
struct Opened {
    StoryId id;
    bool was_there;
};
Result<Opened> story_with_key(Transaction& transaction, Site const& site, std::string const& key, Story const& offered, ThreadState thread)
{
    if (std::optional<StoryId> known = TRY(find_story_by_key(transaction, site.id, key)))
        return Opened { *known, true };
    StoryId id = TRY(insert_story(transaction, offered, thread));
    StoryId holder = TRY(add_story_key(transaction, site.id, key, id));
    if (holder != id)  // two at once: this one is undone
        return Error::busy("This story is being opened by somebody else. Try again.");
    return Opened { id, false };
}

Result<void> take_over(Story& story, ToldStory const& told)
{
    TRY(set_line(story.headline, "headline", told.headline, headline_letters_max));
    TRY(set_line(story.byline, "byline", told.byline));
    TRY(set_line(story.dateline, "dateline", told.dateline));
    TRY(set_line(story.section, "section", told.section));
    TRY(set_line(story.credit, "credit", told.credit));
    TRY(set_line(story.rights, "rights", told.rights));
    TRY(set_line(story.language, "language", told.language, 35));  // BCP 47, section 4.4.1
    if (told.body && told.body->size() > story_bytes_max)
        return Error::invalid(fmt::format("body has more than {} bytes.", story_bytes_max));
    story.body = told.body.value_or(std::move(story.body));
    story.published_at = told.published_at.value_or(story.published_at);
    if (told.updated_at)
        story.updated_at = told.updated_at;
    if (story.headline.empty())
        return Error::invalid("A story needs a headline.");
    return {};
}

Result<void> take_correction(Story& story, ToldStory const& told, Time now)
{
    if (!told.correction)
        return {};
    std::string text = TRY(line("correction", *told.correction, 2000));
    bool is_new = !text.empty() && (story.corrections.empty() || story.corrections.back().text != text);
    if (is_new)
        story.corrections.push_back({ told.updated_at.value_or(now), text });
    return {};
}

Result<StorylineId> storyline_named(Transaction& transaction, Site const& site, ToldStoryline const& told)
{
    std::string name = TRY(line("storyline.name", told.name, storyline_name_letters_max));
    if (name.empty())
        return Error::invalid("A storyline needs its name.");
    Result<Storyline> found = find_storyline_by_name(transaction, site.id, name);
    bool is_new = found.is_error() && found.error().kind == ErrorKind::NotFound;
    if (found.is_error() && !is_new)
        return found.release_error();
    Storyline storyline = is_new ? Storyline { .site = site.id, .name = name } : found.release_value();
    Storyline const before = storyline;
    TRY(set_line(storyline.title, "storyline.title", told.title, headline_letters_max));
    TRY(set_line(storyline.summary, "storyline.summary", told.summary, storyline_summary_letters_max));
    if (storyline.title.empty())
        return Error::invalid("A storyline needs its title.");
    if (is_new)
        return insert_storyline(transaction, storyline);
    if (storyline.title != before.title || storyline.summary != before.summary)
        TRY(update_storyline(transaction, storyline));
    return storyline.id;
}

// Nothing said: it stays in the storyline it is in.
Result<void> join_storyline(Transaction& transaction, Site const& site, Story& story, ToldStory const& told)
{
    if (told.storyline)
        story.storyline = TRY(storyline_named(transaction, site, *told.storyline));
    return {};
}

}  // namespace

bool is_address_of_publication(Site const& site, std::span<std::string const> origins, std::string_view address)
{
    if (!is_linkable(address) || address.find('\\') != address.npos)
        return false;
    std::string origin = lower_case(origin_of(address));
    if (origin.find('@') != origin.npos)
        return false;
    if (std::ranges::any_of(origins, [&](std::string const& ours) { return lower_case(ours) == origin; }))
        return true;
    std::string host = lower_case(site.host);
    return !host.empty() && (origin == "https://" + host || origin == "http://" + host);
}

Result<StoryId> open_story(Database& database, Site const& site, std::span<std::string const> origins, StoryOffer const& offer, Time now)
{
    if (!is_address_of_publication(site, origins, offer.address))
        return not_of_publication();
    std::optional<std::string> key = story_key(offer.address, site.host);
    if (!key)
        return not_of_publication();
    Story story { .site = site.id, .url = offer.address, .headline = TRY(line("headline", offer.headline, headline_letters_max)),
        .language = TRY(line("language", offer.language, 35)), .published_at = now };
    if (story.headline.empty())
        story.headline = headline_of_key(*key);
    Opened opened = TRY(database.write([&](Transaction& transaction) { return story_with_key(transaction, site, *key, story, ThreadState::Open); }));
    return opened.id;
}

Result<PutStory> put_story(
    Database& database, Site const& site, std::span<std::string const> origins, std::string_view external_id, ToldStory const& told, Time now)
{
    if (external_id.empty() || external_id.size() > external_id_bytes_max)
        return Error::invalid(fmt::format("The story's name has 1 to {} bytes.", external_id_bytes_max));
    std::optional<std::string> key;
    if (told.address) {
        if (!is_address_of_publication(site, origins, *told.address))
            return not_of_publication();
        key = story_key(*told.address, site.host);
        if (!key)
            return not_of_publication();
    }
    return database.write([&](Transaction& transaction) -> Result<PutStory> {
        std::optional<StoryId> known = TRY(find_external_story(transaction, site.id, external_id));
        if (!known && !key)
            return Error::invalid("A new story needs its url.");
        if (!known) {
            Story story { .site = site.id, .url = *told.address, .published_at = now };
            TRY(take_over(story, told));
            TRY(take_correction(story, told, now));
            TRY(join_storyline(transaction, site, story, told));
            Opened opened = TRY(story_with_key(transaction, site, *key, story, told.thread.value_or(ThreadState::Open)));
            if (TRY(add_external_story(transaction, site.id, external_id, opened.id)) != opened.id)
                return Error::busy("This story is being told twice at once. Try again.");
            if (!opened.was_there) {
                if (story.storyline)
                    TRY(notify_followers(transaction, *story.storyline, opened.id, now));
                return PutStory { opened.id, false };
            }
            known = opened.id;  // opened by a reader's view before
        }
        Story story = TRY(find_story(transaction, *known));
        if (key && TRY(add_story_key(transaction, site.id, *key, *known)) != *known)
            return Error::refused("This address belongs to another story.");
        story.url = told.address.value_or(std::move(story.url));
        TRY(take_over(story, told));
        TRY(take_correction(story, told, now));
        std::optional<StorylineId> const storyline_before = story.storyline;
        TRY(join_storyline(transaction, site, story, told));
        TRY(update_story(transaction, story, now));
        if (story.storyline && story.storyline != storyline_before)
            TRY(notify_followers(transaction, *story.storyline, *known, now));
        if (told.thread)
            TRY(change_thread_state(transaction, *known, *told.thread, now));
        return PutStory { *known, true };
    });
}

}  // namespace parley
