// Puts the judged records of an export into a database (see import_parley.h for what is promised).
#pragma once

#include "actions/import_parley.h"
#include "actions/line_store.h"
#include "actions/parley_judge.h"
#include "archives/parley.h"
#include "domain/comment.h"
#include "domain/story.h"
#include "storage/comments.h"
#include "storage/database.h"
#include "storage/origins.h"

#include <unordered_map>
#include <vector>

namespace parley {

class ParleyApplier {
public:
    ParleyApplier(Database&, ParleyImportOptions const&, ParleyJudge const&);

    Result<void> begin();                                                         // finds or makes the site
    Result<void> take(archives::ParleyRecord record, std::string_view line);      // in the order of the file
    Result<ParleyImportReport> finish();

private:
    // Ids of the file that are others here; what is not in the map kept its id. Where ids are not kept, all are in it.
    using Renamed = std::unordered_map<int64_t, int64_t>;

    struct StoryUnit {
        archives::ParleyStory story;
        ParleyThread thread {};
        LineStore comments {};
    };
    // What a transaction did. It may run twice, so nothing is kept of it before its commit.
    struct Outcome {
        ParleyImportReport report;
        Renamed storylines {}, people {}, stories {};
        void merge_into(ParleyApplier&);
    };

    Result<void> flush_storylines();
    Result<void> flush_people();
    Result<void> flush_stories();
    Result<void> flush_origins();
    Result<void> write(std::function<Result<void>(Transaction&, Outcome&)> const&);

    Result<void> put_storyline(Transaction&, archives::ParleyStoryline const&, Outcome&) const;
    Result<void> put_person(Transaction&, archives::ParleyPerson const&, Outcome&) const;
    Result<void> put_story(Transaction&, StoryUnit const&, Outcome&) const;
    Result<void> put_origin(Transaction&, archives::ParleyOrigin const&, Outcome&) const;
    Result<std::optional<StoryId>> find_here(Reader&, archives::ParleyStory const&) const;
    Result<StoryId> insert_new_story(Transaction&, archives::ParleyStory const&, Outcome&) const;
    Result<void> fill_new_thread(Transaction&, StoryUnit const&, StoryId, Outcome&) const;
    Result<void> add_to_thread(Transaction&, StoryUnit const&, StoryId, Outcome&) const;
    NewComment comment_of(archives::ParleyComment, StoryId, Outcome&) const;
    std::optional<StoryId> quoted_story(int64_t id, Outcome const&) const;
    Result<void> keep_origin(Transaction&, OriginKind, std::string const& source_id, int64_t local_id) const;

    static int64_t here(Renamed const& committed, Renamed const& now, int64_t id);

    Database& database_;
    ParleyImportOptions const& options_;
    ParleyJudge const& judge_;
    std::string system_;        // under which our own origins are kept: "parley:" and the address of the site
    SiteId site_ {};
    bool was_empty_ = false;    // when this run began: then nothing has to be looked for
    bool keeps_ids_ = false;    // the file is an earlier or other state of this very site
    ParleyImportReport report_ {};
    Renamed storylines_ {}, people_ {}, stories_ {};
    std::vector<archives::ParleyStoryline> storylines_waiting_ {};
    std::vector<archives::ParleyPerson> people_waiting_ {};
    std::vector<StoryUnit> stories_waiting_ {};
    std::vector<archives::ParleyOrigin> origins_waiting_ {};
    size_t bytes_waiting_ = 0;
    std::vector<PersonId> people_of_file_ {};  // here; counted anew at the end
};

}  // namespace parley
