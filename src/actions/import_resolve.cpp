#include "actions/import_resolve.h"

#include "actions/import_lookup.h"
#include "domain/comment.h"

#include <unordered_set>

namespace parley {
namespace {

using archives::RecordState;

constexpr size_t chunk_rows = 2048;        // comments looked up in the database at once
constexpr size_t copies_compared_max = 100'000;  // of one source id; a file with more is no archive

bool by_parent(StagedComment const& a, StagedComment const& b)
{
    return a.parent_key != b.parent_key ? a.parent_key < b.parent_key : a.ordinal < b.ordinal;
}
bool by_story(StagedComment const& a, StagedComment const& b)
{
    return a.story != b.story ? a.story < b.story : a.ordinal < b.ordinal;
}
using CommentSorter = RowSorter<StagedComment, bool (*)(StagedComment const&, StagedComment const&)>;

// The first comment of a source id: what a parent's id leads to.
struct Answerable {
    uint64_t id_key;
    uint32_t ordinal;
    uint32_t story;
};

class Resolver {
public:
    Resolver(ImportPlace const& place, Staging& staging, ImportReport& report, ImportRemarks& remarks, ImportPlan& plan,
        RowFile<Answerable> answerable)
        : place_(place), staging_(staging), report_(report), remarks_(remarks), plan_(plan), answerable_(std::move(answerable)),
          by_parent_(place.folder, sorter_bytes, by_parent), by_story_(place.folder, sorter_bytes, by_story)
    {
    }

    Result<void> run()
    {
        plan_.is_person_needed.assign(staging_.person_count(), false);
        plan_.stories = TRY(find_known_stories(place_, staging_));
        has_earlier_comments_ = TRY(has_comment_origins(place_));
        TRY(join_by_id());
        TRY(join_parents());
        TRY(plan_threads());
        for (bool is_needed : plan_.is_person_needed)
            report_.authors += is_needed;
        TRY(plan_.comments.flush());
        TRY(plan_.threads.flush());
        TRY(plan_.authorships.sort());
        return plan_.origins.sort();
    }

private:
    // The words of a remark are made only where it will be kept: an archive may have millions of a kind.
    template <typename Words>
    Result<void> remark(std::string_view rule, StagedComment const& comment, Words words)
    {
        if (!remarks_.wants(rule)) {
            remarks_.leave_out();
            return {};
        }
        remarks_.add(rule, comment.ordinal, TRY(staging_.source_id(comment.id_key, comment.words, comment.copy)), words());
        return {};
    }

    Result<void> join_by_id()
    {
        uint64_t group = 0;
        uint32_t kept_in_group = 0;
        bool is_first = true;
        std::unordered_set<uint64_t> seen;  // digest and story of those kept in the group
        for (;;) {
            StagedComment const* row = TRY(staging_.comments().next());
            if (!row)
                break;
            StagedComment comment = *row;
            if (is_first || comment.id_key != group) {
                is_first = false;
                group = comment.id_key;
                kept_in_group = 0;
                seen.clear();
            }
            comment.story = staging_.story_of(comment.story);
            if (comment.story == no_number) {
                ++report_.no_story;
                TRY(remark("R6", comment, [] { return "its story is not in the file or has no address; it was left out"; }));
                continue;
            }
            uint64_t digest = static_cast<uint64_t>(comment.digest) * 31 + comment.story;
            if (kept_in_group > 0 && seen.contains(digest)) {
                ++report_.duplicates_exact;
                TRY(remark("R3", comment, [] { return "stands in the file twice, word for word; taken once"; }));
                continue;
            }
            if (seen.size() < copies_compared_max)
                seen.insert(digest);
            if (++kept_in_group == 1) {
                TRY(answerable_.append({ comment.id_key, comment.ordinal, comment.story }));
            } else {
                comment.copy = kept_in_group;
                ++report_.id_collisions;
                TRY(remark("R3", comment, [] { return "another comment has the same id; both are kept, replies go to the first"; }));
            }
            chunk_.push_back(comment);
            if (chunk_.size() == chunk_rows)
                TRY(pass_chunk());
        }
        return pass_chunk();
    }

    Result<void> pass_chunk()
    {
        if (has_earlier_comments_)
            TRY(find_known_comments(place_, staging_, chunk_));
        for (StagedComment const& comment : chunk_)
            TRY(comment.has_parent ? by_parent_.push(comment) : by_story_.push(comment));
        chunk_.clear();
        return {};
    }

    Result<void> join_parents()
    {
        TRY(answerable_.flush());
        TRY(by_parent_.sort());
        RowWalk<Answerable> parents(answerable_, 0, answerable_.count(), 4096);
        Answerable const* parent = TRY(parents.next());
        for (;;) {
            StagedComment const* row = TRY(by_parent_.next());
            if (!row)
                return by_story_.sort();
            StagedComment comment = *row;
            while (parent && parent->id_key < comment.parent_key)
                parent = TRY(parents.next());
            if (!parent || parent->id_key != comment.parent_key) {
                ++report_.orphan_parents;
                TRY(remark("R4", comment, [] { return "the comment it answers is not in the file; it stands at the top level"; }));
            } else if (parent->story != comment.story) {
                ++report_.cross_story_parents;
                TRY(remark("R4", comment, [] { return "the comment it answers is under another story; it stands at the top level"; }));
            } else {
                comment.parent = parent->ordinal;
            }
            TRY(by_story_.push(comment));
        }
    }

    Result<void> plan_threads()
    {
        std::vector<StagedComment> thread;
        StagedComment const* row = TRY(by_story_.next());
        while (row) {
            thread.clear();
            for (uint32_t story = row->story; row && row->story == story; row = TRY(by_story_.next()))
                thread.push_back(*row);
            TRY(plan_thread(thread));
        }
        return {};
    }

    Result<void> plan_thread(std::vector<StagedComment>& comments)
    {
        StagedStory& story = staging_.stories()[comments.front().story];
        story.comments = static_cast<uint32_t>(comments.size());
        if (story.comments > comments_per_thread_max)
            return Error::refused("A story of the archive has more than 16,777,215 comments, more than a thread can hold.");
        ThreadTree tree = grow_tree(comments, story.published_at, place_.now.milliseconds);
        for (uint32_t index : tree.rings_broken_at)
            TRY(remark("R4", comments[index], [] { return "it answers itself, straight or through others; it stands at the top level"; }));
        TRY(count(comments, tree));

        KnownStory& known = plan_.stories[comments.front().story];
        PlannedThread thread { .story = comments.front().story, .count = story.comments, .first = plan_.comments.count(),
            .fingerprint = fingerprint(comments, tree) };
        uint32_t missing = 0;
        for (StagedComment const& comment : comments)
            missing += comment.existing == 0;
        bool is_same_import = known.is_claimed && known.fingerprint == thread.fingerprint;
        thread.plan = known.id == 0 ? ThreadPlan::New : is_same_import ? ThreadPlan::Claimed : ThreadPlan::Live;
        if (thread.plan == ThreadPlan::New) {  // the claim it will get
            known.fingerprint = thread.fingerprint;
            known.reserved = story.comments;
        }
        report_.already_there += known.is_claimed ? 0 : story.comments - missing;
        if (thread.plan == ThreadPlan::Live && !known.is_claimed && missing == 0)
            return {};  // all there
        plan_.comments_to_add += known.is_claimed ? story.comments : missing;

        for (uint32_t index : thread.plan == ThreadPlan::Live ? tree.by_rank : tree.by_path)
            TRY(plan_comment(thread, comments[index], tree.places[index], tree));
        return plan_.threads.append(thread);
    }

    Result<void> plan_comment(PlannedThread const& thread, StagedComment const& comment, TreePlace const& place, ThreadTree const& tree)
    {
        PlannedComment planned { .words = comment.words, .id_key = comment.id_key, .created_at = comment.created_at,
            .existing = comment.existing, .digest = comment.digest, .rank = place.rank,
            .parent_rank = place.parent == no_number ? 0 : tree.places[place.parent].rank, .person = comment.person,
            .reply_count = place.reply_count, .copy = comment.copy, .level = place.level, .state = comment.state, .format = comment.format,
            .is_date_estimated = comment.has_bad_date || comment.is_estimated, .has_extras = comment.has_extras };
        if (thread.plan != ThreadPlan::Live && comment.person != no_number)
            TRY(plan_.authorships.push({ comment.person, comment.state, comment.created_at, comment.story, place.rank }));
        if (thread.plan != ThreadPlan::Live && comment.existing == 0) {
            PlannedOrigin origin { .text = {}, .words = comment.words, .id_key = comment.id_key, .digest = comment.digest,
                .story = comment.story, .rank = place.rank, .copy = comment.copy };
            std::string id = TRY(staging_.source_id(comment.id_key, comment.words, comment.copy));
            std::memcpy(origin.text.data(), id.data(), std::min(id.size(), origin.text.size()));
            TRY(plan_.origins.push(origin));
        }
        return plan_.comments.append(planned);
    }

    Result<void> count(std::span<StagedComment const> comments, ThreadTree const& tree)
    {
        ++report_.stories_with_comments;
        report_.imported += static_cast<int64_t>(comments.size());
        report_.roots += tree.roots;
        report_.max_depth = std::max<int64_t>(report_.max_depth, tree.depth_max);
        report_.parent_after_child += tree.parents_behind;
        report_.cycles_broken += static_cast<int64_t>(tree.rings_broken_at.size());
        for (StagedComment const& comment : comments) {
            switch (comment.state) {
            case RecordState::Visible: ++report_.visible; break;
            case RecordState::Pending: ++report_.pending; break;
            case RecordState::Spam: ++report_.spam; break;
            case RecordState::Deleted: ++report_.deleted; break;
            }
            if (comment.person != no_number)
                plan_.is_person_needed[comment.person] = true;
            if (comment.has_bad_date) {
                ++report_.bad_dates;
                TRY(remark("R8", comment, [&] { return "its date is missing or impossible; it stands at " + to_rfc3339({ comment.created_at }); }));
            }
            if (comment.is_emptied) {
                ++report_.emptied;
                TRY(remark("R1b", comment, [] { return "it has no text; it is kept as a deleted comment"; }));
            }
        }
        return {};
    }

    // What decides the numbers in a thread: two imports with the same one number alike.
    static int64_t fingerprint(std::span<StagedComment const> comments, ThreadTree const& tree)
    {
        uint64_t sum = comments.size();
        for (uint32_t index : tree.by_rank) {
            TreePlace const& place = tree.places[index];
            uint32_t parent = place.parent == no_number ? 0 : tree.places[place.parent].rank;
            sum = (sum ^ static_cast<uint64_t>(comments[index].digest) ^ uint64_t { parent } << 32) * 0x9E3779B97F4A7C15ull;
            sum ^= sum >> 29;
        }
        return static_cast<int64_t>(sum);
    }

    ImportPlace const& place_;
    Staging& staging_;
    ImportReport& report_;
    ImportRemarks& remarks_;
    ImportPlan& plan_;
    RowFile<Answerable> answerable_;  // sorted by key
    CommentSorter by_parent_, by_story_;
    std::vector<StagedComment> chunk_;
    bool has_earlier_comments_ = false;
};

}  // namespace

bool operator<(PlannedOrigin const& a, PlannedOrigin const& b)
{
    int order = std::memcmp(a.text.data(), b.text.data(), a.text.size());
    return order != 0 ? order < 0 : std::pair(a.story, a.rank) < std::pair(b.story, b.rank);
}

Result<ImportPlan> resolve(ImportPlace const& place, Staging& staging, ImportReport& report, ImportRemarks& remarks)
{
    ImportPlan plan { TRY(RowFile<PlannedComment>::make(place.folder)), TRY(RowFile<PlannedThread>::make(place.folder)),
        RowSorter<PlannedOrigin, std::less<>>(place.folder, sorter_bytes),
        RowSorter<PlannedAuthorship, std::less<>>(place.folder, sorter_bytes) };
    auto resolver = std::make_unique<Resolver>(place, staging, report, remarks, plan, TRY(RowFile<Answerable>::make(place.folder)));
    TRY(resolver->run());
    return plan;
}

}  // namespace parley
