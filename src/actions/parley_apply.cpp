#include "actions/parley_apply.h"

#include "domain/address.h"
#include "domain/markup.h"
#include "domain/person.h"
#include "storage/comment_batches.h"
#include "storage/counters.h"
#include "storage/origins.h"
#include "storage/people.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/threads.h"

#include <fmt/format.h>

namespace parley {

using namespace archives;

namespace {

constexpr size_t rows_at_once = 1000;
constexpr size_t stories_at_once = 200;
constexpr size_t bytes_at_once = 8 << 20;   // of the lines of stories and comments in one transaction

// Says of a site that its rows came from an export with their ids, in the table of origins.
constexpr OriginKind lineage_kind = static_cast<OriginKind>(5);

bool stands_in_addresses(std::string_view handle)
{
    if (handle_from_name(handle) == handle)
        return true;
    // A number behind a name of full length, as is put there for namesakes.
    size_t dash = handle.find_last_not_of("0123456789");
    return dash != std::string_view::npos && dash > 0 && handle[dash] == '-' && dash + 1 < handle.size()
        && handle_from_name(handle.substr(0, dash)) == handle.substr(0, dash);
}

Person person_of(ParleyPerson const& record, SiteId site)
{
    std::string handle = stands_in_addresses(record.handle) ? record.handle : handle_from_name(record.handle);
    return { .site = site, .handle = std::move(handle), .name = presentable_name(record.name),
        .membership = static_cast<Membership>(record.membership), .joined_at = record.joined_at };
}

std::string number_text(int64_t number) { return std::to_string(number); }
std::string comment_text(int64_t story, int64_t number) { return fmt::format("{}-{}", story, number); }

}  // namespace

ParleyApplier::ParleyApplier(Database& database, ParleyImportOptions const& options, ParleyJudge const& judge)
    : database_(database)
    , options_(options)
    , judge_(judge)
    , system_("parley:" + judge.header().site_address)
{
    ParleyCounts const& counts = judge.header().counts;
    report_.in_file = { counts.storylines, counts.people, counts.stories, counts.comments, counts.origins };
}

int64_t ParleyApplier::here(Renamed const& committed, Renamed const& now, int64_t id)
{
    for (Renamed const* names : { &now, &committed })
        if (auto found = names->find(id); found != names->end())
            return found->second;
    return id;
}

void ParleyApplier::Outcome::merge_into(ParleyApplier& applier)
{
    SiteCounts& added = applier.report_.added;
    added.storylines += report.added.storylines;
    added.people += report.added.people;
    added.stories += report.added.stories;
    added.comments += report.added.comments;
    added.origins += report.added.origins;
    applier.report_.html_renewed += report.html_renewed;
    applier.report_.handles_changed += report.handles_changed;
    applier.report_.quotes_left_out += report.quotes_left_out;
    applier.storylines_.merge(storylines);
    applier.people_.merge(people);
    applier.stories_.merge(stories);
}

Result<void> ParleyApplier::write(std::function<Result<void>(Transaction&, Outcome&)> const& work)
{
    Outcome outcome = TRY(database_.write([&](Transaction& tx) -> Result<Outcome> {
        Outcome fresh;
        TRY(work(tx, fresh));
        return fresh;
    }));
    outcome.merge_into(*this);
    return {};
}

Result<void> ParleyApplier::begin()
{
    struct Found {
        SiteId site;
        bool was_empty, keeps_ids;
    };
    ParleyHeader const& header = judge_.header();
    Found found = TRY(database_.write([&](Transaction& tx) -> Result<Found> {
        Site const described { {}, header.site_name, header.site_address, header.site_host, header.site_language };
        bool const was_empty = TRY(holds_nothing(tx));
        std::optional<Site> site;
        if (options_.site) {
            site = TRY(find_site(tx, *options_.site));
        } else {
            for (Site& one : TRY(list_sites(tx)))
                if (one.address == header.site_address)
                    site = std::move(one);
            if (!site) {
                site = described;
                site->id = TRY(insert_site(tx, described));
            } else if (was_empty) {
                Site renewed = described;
                renewed.id = site->id;
                TRY(update_site(tx, renewed));
            }
        }
        bool keeps_ids = was_empty || site->address == header.site_address;
        if (site->address != header.site_address) {
            bool is_marked = TRY(find_origin(tx, site->id, lineage_kind, system_, "site")).has_value();
            if (was_empty && !is_marked) {
                Origin const mark { site->id, lineage_kind, system_, "site", site->id.value, 0 };
                TRY(insert_origins(tx, std::span(&mark, 1)));
            }
            keeps_ids = keeps_ids || is_marked;
        }
        if (keeps_ids) {
            TRY(mark_id_used(tx, Counter::Storyline, judge_.last_storyline()));
            TRY(mark_id_used(tx, Counter::Person, judge_.last_person()));
            TRY(mark_id_used(tx, Counter::Story, judge_.last_story()));
        }
        return Found { site->id, was_empty, keeps_ids };
    }));
    site_ = report_.site = found.site;
    was_empty_ = found.was_empty;
    keeps_ids_ = found.keeps_ids;
    return {};
}

Result<void> ParleyApplier::take(ParleyRecord record, std::string_view line)
{
    if (auto* storyline = std::get_if<ParleyStoryline>(&record)) {
        storylines_waiting_.push_back(std::move(*storyline));
        return storylines_waiting_.size() >= rows_at_once ? flush_storylines() : Result<void> {};
    }
    if (auto* person = std::get_if<ParleyPerson>(&record)) {
        TRY(flush_storylines());
        people_waiting_.push_back(std::move(*person));
        return people_waiting_.size() >= rows_at_once ? flush_people() : Result<void> {};
    }
    if (auto* story = std::get_if<ParleyStory>(&record)) {
        TRY(flush_storylines());
        TRY(flush_people());
        if (stories_waiting_.size() >= stories_at_once || bytes_waiting_ >= bytes_at_once)
            TRY(flush_stories());
        stories_waiting_.push_back({ std::move(*story) });
        bytes_waiting_ += line.size();
        return {};
    }
    if (auto* comment = std::get_if<ParleyComment>(&record)) {
        CHECK(!stories_waiting_.empty());
        bytes_waiting_ += line.size();
        TRY(stories_waiting_.back().thread.add(*comment));
        return stories_waiting_.back().comments.append(line);
    }
    if (auto* origin = std::get_if<ParleyOrigin>(&record)) {
        TRY(flush_storylines());
        TRY(flush_people());
        TRY(flush_stories());
        origins_waiting_.push_back(std::move(*origin));
        return origins_waiting_.size() >= rows_at_once ? flush_origins() : Result<void> {};
    }
    return {};  // header and end
}

Result<ParleyImportReport> ParleyApplier::finish()
{
    TRY(flush_storylines());
    TRY(flush_people());
    TRY(flush_stories());
    TRY(flush_origins());
    // Always, though a second import finds nothing to change: an earlier run may have been killed before.
    std::span<PersonId const> rest = people_of_file_;
    while (!rest.empty()) {
        size_t count = std::min(rest.size(), rows_at_once);
        TRY(database_.write([&](Transaction& tx) { return recount_people(tx, rest.first(count)); }));
        rest = rest.subspan(count);
    }
    return report_;
}

// ---- storylines and people

Result<void> ParleyApplier::flush_storylines()
{
    if (storylines_waiting_.empty())
        return {};
    TRY(write([&](Transaction& tx, Outcome& outcome) -> Result<void> {
        for (ParleyStoryline const& one : storylines_waiting_)
            TRY(put_storyline(tx, one, outcome));
        return {};
    }));
    storylines_waiting_.clear();
    return {};
}

Result<void> ParleyApplier::put_storyline(Transaction& tx, ParleyStoryline const& record, Outcome& outcome) const
{
    Storyline storyline { {}, site_, record.name, record.title, record.summary };
    if (!was_empty_) {
        Result<Storyline> found = find_storyline_by_name(tx, site_, record.name);
        if (found.has_value()) {
            if (found.value().id.value != record.id)
                outcome.storylines[record.id] = found.value().id.value;
            return {};
        }
        if (found.error().kind != ErrorKind::NotFound)
            return found.release_error();
    }
    if (keeps_ids_ && (was_empty_ || find_storyline(tx, { record.id }).is_error()))
        storyline.id = { record.id };
    StorylineId id = TRY(insert_storyline(tx, storyline));
    if (id.value != record.id)
        outcome.storylines[record.id] = id.value;
    ++outcome.report.added.storylines;
    return {};
}

Result<void> ParleyApplier::flush_people()
{
    if (people_waiting_.empty())
        return {};
    TRY(write([&](Transaction& tx, Outcome& outcome) -> Result<void> {
        for (ParleyPerson const& one : people_waiting_)
            TRY(put_person(tx, one, outcome));
        return {};
    }));
    for (ParleyPerson const& one : people_waiting_)
        people_of_file_.push_back({ here(people_, {}, one.id) });
    people_waiting_.clear();
    return {};
}

Result<void> ParleyApplier::put_person(Transaction& tx, ParleyPerson const& record, Outcome& outcome) const
{
    Person person = person_of(record, site_);
    bool is_free = keeps_ids_;
    if (!was_empty_) {
        // An origin first: it is only there where the id is another one.
        if (auto origin = TRY(find_origin(tx, site_, OriginKind::Person, system_, number_text(record.id)))) {
            outcome.people[record.id] = origin->local_id;
            return {};
        }
        if (keeps_ids_) {
            Result<Person> found = find_person(tx, { record.id });
            if (found.has_value()) {
                Person const& there = found.value();
                if (there.site == site_ && (there.joined_at == record.joined_at || handle_key(there.handle) == handle_key(person.handle)))
                    return {};
            } else if (found.error().kind != ErrorKind::NotFound) {
                return found.release_error();
            }
            is_free = found.is_error();
        }
    }
    if (is_free)
        person.id = { record.id };
    Person stored = TRY(insert_person(tx, person, HandleTaken::AddNumber));
    ++outcome.report.added.people;
    if (stored.handle != record.handle)
        ++outcome.report.handles_changed;
    if (stored.id.value == record.id && keeps_ids_)
        return {};
    outcome.people[record.id] = stored.id.value;
    return keep_origin(tx, OriginKind::Person, number_text(record.id), stored.id.value);
}

Result<void> ParleyApplier::keep_origin(Transaction& tx, OriginKind kind, std::string const& source_id, int64_t local_id) const
{
    Origin const origin { site_, kind, system_, source_id, local_id, 0 };
    return insert_origins(tx, std::span(&origin, 1));
}

// ---- stories

Result<void> ParleyApplier::flush_stories()
{
    if (stories_waiting_.empty())
        return {};
    TRY(write([&](Transaction& tx, Outcome& outcome) -> Result<void> {
        for (StoryUnit const& unit : stories_waiting_)
            TRY(put_story(tx, unit, outcome));
        return {};
    }));
    stories_waiting_.clear();
    bytes_waiting_ = 0;
    return {};
}

Result<void> ParleyApplier::put_story(Transaction& tx, StoryUnit const& unit, Outcome& outcome) const
{
    std::optional<StoryId> there;
    if (!was_empty_)
        there = TRY(find_here(tx, unit.story));
    StoryId id = there ? *there : TRY(insert_new_story(tx, unit.story, outcome));
    if (!keeps_ids_ || id.value != unit.story.id)
        outcome.stories[unit.story.id] = id.value;
    return there ? add_to_thread(tx, unit, id, outcome) : fill_new_thread(tx, unit, id, outcome);
}

// The story of the record, where an earlier import or another archive brought it already.
Result<std::optional<StoryId>> ParleyApplier::find_here(Reader& reader, ParleyStory const& record) const
{
    if (auto origin = TRY(find_origin(reader, site_, OriginKind::Story, system_, number_text(record.id))))
        return std::optional(StoryId { origin->local_id });
    if (keeps_ids_) {
        Result<Story> found = find_story(reader, { record.id });
        if (found.has_value()) {
            Story const& there = found.value();
            if (there.site == site_ && there.published_at == record.published_at && (there.url == record.url || there.headline == record.headline))
                return std::optional(there.id);
        } else if (found.error().kind != ErrorKind::NotFound) {
            return found.release_error();
        }
    }
    for (std::string const& key : record.keys)
        if (auto found = TRY(find_story_by_key(reader, site_, key)))
            return found;
    return std::optional<StoryId> {};
}

Result<StoryId> ParleyApplier::insert_new_story(Transaction& tx, ParleyStory const& record, Outcome& outcome) const
{
    Story story { .id = {}, .site = site_, .url = record.url, .headline = record.headline, .byline = record.byline, .dateline = record.dateline,
        .section = record.section, .body = record.body, .credit = record.credit, .rights = record.rights, .language = record.language,
        .published_at = record.published_at, .updated_at = record.updated_at, .state = static_cast<StoryState>(record.state), .storyline = {} };
    if (record.storyline)
        story.storyline = { here(storylines_, outcome.storylines, *record.storyline) };
    for (ParleyCorrection const& one : record.corrections)
        story.corrections.push_back({ one.at, one.text });
    if (keeps_ids_ && (was_empty_ || find_story(tx, { record.id }).is_error()))
        story.id = { record.id };
    StoryId id = TRY(insert_story(tx, story, static_cast<ThreadState>(record.thread)));
    for (std::string const& key : record.keys)
        TRY(add_story_key(tx, site_, key, id));
    if (!keeps_ids_ || id.value != record.id)
        TRY(keep_origin(tx, OriginKind::Story, number_text(record.id), id.value));
    ++outcome.report.added.stories;
    return id;
}

Result<void> ParleyApplier::flush_origins()
{
    if (origins_waiting_.empty())
        return {};
    TRY(write([&](Transaction& tx, Outcome& outcome) -> Result<void> {
        for (ParleyOrigin const& one : origins_waiting_)
            TRY(put_origin(tx, one, outcome));
        return {};
    }));
    origins_waiting_.clear();
    return {};
}

Result<void> ParleyApplier::put_origin(Transaction& tx, ParleyOrigin const& record, Outcome& outcome) const
{
    OriginKind const kind = static_cast<OriginKind>(record.kind);
    if (!was_empty_ && TRY(find_origin(tx, site_, kind, record.system, record.source_id)))
        return {};
    int64_t local_id = record.id;
    if (kind == OriginKind::Person) {
        local_id = here(people_, {}, record.id);
    } else {
        local_id = here(stories_, {}, record.id);
        if (record.number) {
            auto renumbered = was_empty_ ? std::optional<OriginMatch> {}
                                         : TRY(find_origin(tx, site_, OriginKind::Comment, system_, comment_text(record.id, *record.number)));
            local_id = renumbered ? renumbered->local_id : comment_id({ local_id }, *record.number).value;
        }
    }
    Origin const origin { site_, kind, record.system, record.source_id, local_id, record.digest };
    TRY(insert_origins(tx, std::span(&origin, 1)));
    ++outcome.report.added.origins;
    return {};
}

}  // namespace parley
