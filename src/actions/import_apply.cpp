#include "actions/import_apply.h"

#include "actions/import_threads.h"
#include "domain/person.h"
#include "domain/story.h"
#include "storage/comment_batches.h"
#include "storage/import_claims.h"
#include "storage/people.h"
#include "storage/stories.h"

#include <algorithm>
#include <map>

namespace parley {
namespace {

constexpr size_t stories_in_transaction = 256;
constexpr size_t people_in_transaction = 512;
constexpr size_t origins_in_transaction = 8192;

// What a story is called that the archive gives no headline: the end of its address.
std::string headline_from(std::string_view key)
{
    std::string_view path = key.substr(0, key.find('?'));
    std::string_view last = path.substr(path.rfind('/') == path.npos ? 0 : path.rfind('/') + 1);
    return std::string(last.empty() ? key : last);
}

class StoryWriter {
public:
    StoryWriter(ImportPlace const& place, Staging& staging, ImportPlan& plan, ImportReport& report)
        : place_(place), staging_(staging), plan_(plan), report_(report)
    {
    }

    Result<void> run()
    {
        TRY(staging_.each_story_record([&](uint64_t offset, Staging::StoryRecord const& record) -> Result<void> {
            StagedStory const& staged = staging_.stories()[record.story];
            bool is_wanted = staged.comments > 0 || !staged.is_elsewhere;
            if (offset != staged.record || plan_.stories[record.story].id != 0 || !is_wanted)
                return {};
            records_.push_back(record);
            return records_.size() == stories_in_transaction ? insert() : Result<void>();
        }));
        TRY(insert());
        TRY(staging_.each_story_record([&](uint64_t, Staging::StoryRecord const& record) -> Result<void> {
            if (plan_.stories[record.story].id == 0)
                return {};
            records_.push_back(record);
            return records_.size() == stories_in_transaction ? name() : Result<void>();
        }));
        return name();
    }

private:
    Story story_of(Staging::StoryRecord const& record) const
    {
        StagedStory const& staged = staging_.stories()[record.story];
        archives::StoryRecord const& from = record.record;
        Story story { .site = place_.site, .headline = from.headline, .byline = from.byline, .section = from.section, .body = from.body,
            .rights = from.rights, .language = from.language };
        if (from.address.starts_with("http://") || from.address.starts_with("https://"))
            story.url = from.address;
        else if (!record.key.empty())
            story.url = "https://" + record.key;
        if (story.headline.empty())
            story.headline = headline_from(record.key);
        story.published_at = staged.published_at ? Time { staged.published_at } : place_.now;
        story.state = staged.comments > 0 || staged.is_deleted ? StoryState::Hidden : StoryState::Published;
        return story;
    }

    Result<void> insert()
    {
        std::vector<StoryId> ids;
        TRY(place_.database.write([&](Transaction& transaction) -> Result<void> {
            ids.clear();
            for (Staging::StoryRecord const& record : records_) {
                StagedStory const& staged = staging_.stories()[record.story];
                KnownStory const& known = plan_.stories[record.story];
                bool waits = staged.comments > 0;
                ThreadState state = waits ? ThreadState::Hidden : staged.is_closed ? ThreadState::Closed : ThreadState::Open;
                ids.push_back(TRY(insert_story(transaction, story_of(record), state)));
                // The key goes in at once: were we killed now, the next run would find this story by it.
                if (!record.key.empty())
                    TRY(add_story_key(transaction, place_.site, record.key, ids.back()));
                Origin origin { place_.site, OriginKind::Story, place_.system, record.record.source_id, ids.back().value, 0 };
                TRY(insert_origins(transaction, { &origin, 1 }));
                if (waits)
                    TRY(claim_for_import(transaction, place_.site, place_.system, { ids.back(), known.reserved, known.fingerprint }));
            }
            return {};
        }));
        for (size_t i = 0; i < records_.size(); ++i)
            plan_.stories[records_[i].story].id = ids[i].value;
        report_.stories_added += static_cast<int64_t>(records_.size());
        records_.clear();
        return {};
    }

    // Twins: every address and every source id leads to the one story.
    Result<void> name()
    {
        TRY(place_.database.write([&](Transaction& transaction) -> Result<void> {
            std::vector<std::string_view> source_ids;
            for (Staging::StoryRecord const& record : records_)
                source_ids.push_back(record.record.source_id);
            auto known = TRY(find_origins(transaction, place_.site, OriginKind::Story, place_.system, source_ids));
            std::map<std::string, Origin> missing;  // an archive may name one story twice
            for (size_t i = 0; i < records_.size(); ++i) {
                StoryId id { plan_.stories[records_[i].story].id };
                std::string const& source_id = records_[i].record.source_id;
                if (!known[i])
                    missing.try_emplace(source_id, Origin { place_.site, OriginKind::Story, place_.system, source_id, id.value, 0 });
                if (!records_[i].key.empty())
                    TRY(add_story_key(transaction, place_.site, records_[i].key, id));
                for (std::string const& key : records_[i].other_keys)
                    TRY(add_story_key(transaction, place_.site, key, id));
            }
            std::vector<Origin> origins;
            for (auto& [source_id, origin] : missing)
                origins.push_back(origin);
            return insert_origins(transaction, origins);
        }));
        records_.clear();
        return {};
    }

    ImportPlace const& place_;
    Staging& staging_;
    ImportPlan& plan_;
    ImportReport& report_;
    std::vector<Staging::StoryRecord> records_;
};

// Accounts are good handles where people chose them; ids that machines made are none.
bool is_chosen(std::string_view account)
{
    bool has_letter = false, is_hexadecimal = true;
    for (unsigned char c : account) {
        has_letter |= c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        is_hexadecimal &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
    }
    return has_letter && account.size() <= 40 && !(is_hexadecimal && account.size() >= 16) && account.find('@') == account.npos;
}

class PersonWriter {
public:
    PersonWriter(ImportPlace const& place, Staging const& staging, ImportPlan const& plan, ImportReport& report)
        : place_(place), staging_(staging), plan_(plan), report_(report), ids_(staging.person_count())
    {
    }

    // Ids of people by number; unset where nobody needs them.
    Result<std::vector<PersonId>> run()
    {
        TRY(staging_.each_person([&](uint32_t number, StagedPerson const& person) -> Result<void> {
            if (!plan_.is_person_needed[number])
                return {};
            numbers_.push_back(number);
            people_.push_back(person);
            return people_.size() == people_in_transaction ? insert() : Result<void>();
        }));
        TRY(insert());
        return std::move(ids_);
    }

private:
    Person person_of(size_t i) const
    {
        StagedPerson const& staged = people_[i];
        Person person { .site = place_.site, .membership = Membership::Imported };
        person.name = presentable_name(staged.name.empty() ? staged.account : staged.name);
        person.handle = handle_from_name(is_chosen(staged.account) ? staged.account : person.name);
        if (person.name.empty())
            person.name = person.handle;
        person.joined_at = staging_.first_seen(numbers_[i]).value_or(place_.now);
        return person;
    }

    Result<void> insert()
    {
        std::vector<PersonId> ids;
        int64_t added = 0;
        TRY(place_.database.write([&](Transaction& transaction) -> Result<void> {
            ids.clear();
            added = 0;
            std::vector<std::string_view> source_ids;
            for (StagedPerson const& person : people_)
                source_ids.push_back(person.source_id);
            auto known = TRY(find_origins(transaction, place_.site, OriginKind::Person, place_.system, source_ids));
            std::vector<Origin> origins;
            for (size_t i = 0; i < people_.size(); ++i) {
                if (known[i]) {
                    ids.push_back({ known[i]->local_id });
                    continue;
                }
                ids.push_back(TRY(insert_person(transaction, person_of(i), HandleTaken::AddNumber)).id);
                origins.push_back({ place_.site, OriginKind::Person, place_.system, people_[i].source_id, ids.back().value, 0 });
                ++added;
            }
            std::ranges::sort(origins, {}, &Origin::source_id);
            return insert_origins(transaction, origins);
        }));
        for (size_t i = 0; i < ids.size(); ++i)
            ids_[numbers_[i]] = ids[i];
        report_.people_added += added;
        numbers_.clear();
        people_.clear();
        return {};
    }

    ImportPlace const& place_;
    Staging const& staging_;
    ImportPlan const& plan_;
    ImportReport& report_;
    std::vector<PersonId> ids_;
    std::vector<uint32_t> numbers_;
    std::vector<StagedPerson> people_;
};

Result<void> write_origins(ImportPlace const& place, Staging const& staging, ImportPlan& plan)
{
    std::vector<Origin> origins;
    auto insert = [&]() -> Result<void> {
        if (!origins.empty())
            TRY(place.database.write([&](Transaction& transaction) { return insert_origins(transaction, origins); }));
        origins.clear();
        return {};
    };
    for (;;) {
        PlannedOrigin const* planned = TRY(plan.origins.next());
        if (!planned)
            return insert();
        CommentId id = comment_id({ plan.stories[planned->story].id }, planned->rank);
        origins.push_back({ place.site, OriginKind::Comment, place.system,
            TRY(staging.source_id(planned->id_key, planned->words, planned->copy)), id.value, planned->digest });
        if (origins.size() == origins_in_transaction)
            TRY(insert());
    }
}

// Comes before the comments themselves: their rows would land all over this index, in the order of threads.
Result<void> write_authorships(ImportPlace const& place, ImportPlan& plan, std::span<PersonId const> people)
{
    std::vector<Authorship> authorships;
    auto insert = [&]() -> Result<void> {
        if (!authorships.empty())
            TRY(place.database.write([&](Transaction& transaction) { return insert_authorships(transaction, authorships); }));
        authorships.clear();
        return {};
    };
    for (;;) {
        PlannedAuthorship const* planned = TRY(plan.authorships.next());
        if (!planned)
            return insert();
        authorships.push_back({ people[planned->person], comment_state(planned->state), { planned->created_at },
            comment_id({ plan.stories[planned->story].id }, planned->rank) });
        if (authorships.size() == origins_in_transaction)
            TRY(insert());
    }
}

// Always, also when no comment was missing: an earlier run may have been killed just before.
Result<void> recount(ImportPlace const& place, std::span<PersonId const> people)
{
    std::vector<PersonId> needed;
    auto count = [&]() -> Result<void> {
        TRY(place.database.write([&](Transaction& transaction) { return recount_people(transaction, needed); }));
        needed.clear();
        return {};
    };
    for (PersonId person : people) {
        if (person.is_set())
            needed.push_back(person);
        if (needed.size() == people_in_transaction)
            TRY(count());
    }
    return needed.empty() ? Result<void>() : count();
}

}  // namespace

Result<void> apply(ImportPlace const& place, Staging& staging, ImportPlan& plan, ImportReport& report,
    std::function<void(uint64_t)> const& on_progress)
{
    TRY(StoryWriter(place, staging, plan, report).run());
    std::vector<PersonId> people = TRY(PersonWriter(place, staging, plan, report).run());
    TRY(write_origins(place, staging, plan));
    TRY(write_authorships(place, plan, people));
    TRY(write_threads(place, staging, plan, people, report, on_progress));
    return recount(place, people);
}

}  // namespace parley
