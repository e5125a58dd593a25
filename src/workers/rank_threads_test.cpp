#include "workers/rank_threads.h"

#include "actions/page_tags.h"
#include "storage/ranks.h"
#include "storage/test_database.h"
#include "storage/votes.h"
#include "workers/refresh_pages.h"
#include "workers/worker.h"

#include <gmock/gmock.h>
#include <set>
#include <thread>

namespace parley::workers {
namespace {

using testing::HasSubstr;

// Two camps of voters over twenty comments: the first half of each votes one way, the second the other.
class Ranking : public OnBothEngines {
protected:
    static constexpr int voters_of_each = 24, comments_of_each = 10;
    std::vector<CommentId> comments;
    std::vector<PersonId> voters;
    RankThreads ranking { database() };

    void SetUp() override
    {
        for (int i = 0; i < 2 * comments_of_each; ++i)
            comments.push_back(test.post("Words."));
        succeed(database().write([&](Transaction& transaction) -> Result<void> {
            for (int i = 0; i < 2 * voters_of_each; ++i)
                voters.push_back(TRY(insert_person(transaction, test.new_person("voter" + std::to_string(i)))).id);
            std::vector<CastVote> votes;
            for (int voter = 0; voter < 2 * voters_of_each; ++voter)
                for (int comment = 0; comment < 2 * comments_of_each; ++comment) {
                    bool is_own = (voter < voters_of_each) == (comment < comments_of_each);
                    bool is_odd = (voter * 7 + comment * 3) % 11 == 0;  // nobody is quite of one mind
                    votes.push_back({ comments[size_t(comment)], voters[size_t(voter)],
                        { is_own != is_odd ? Stance::Agree : Stance::Disagree, (voter + comment) % 3 != 0 && is_own }, { test.clock + voter * 60'000 } });
                }
            return insert_votes(transaction, votes);
        }));
    }
    Time later(int64_t minutes) const { return { test.clock + minutes * 60'000 }; }
    Discussion discussion()
    {
        return value_of(database().read([&](Reader& reader) { return find_discussion(reader, test.story); })).value_or(Discussion {});
    }
    std::vector<CommentRank> ranks()
    {
        return value_of(database().read([&](Reader& reader) { return ranks_of_story(reader, test.story); }));
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Ranking);

TEST_P(Ranking, ranks_what_is_stale_and_drops_the_page_of_the_story_alone)
{
    std::set<std::string> tags;
    RefreshPages refresh(database(), [&](std::string const& tag) { tags.insert(tag); });
    succeed(refresh.run());
    succeed(ranking.run(later(100)));
    EXPECT_TRUE(discussion().is_divided);
    EXPECT_EQ(discussion().voters, 2 * voters_of_each);
    EXPECT_EQ(ranks().size(), comments.size());
    succeed(refresh.run());
    EXPECT_EQ(tags, (std::set { story_tag(test.story) }));
    EXPECT_THAT(ranking.metrics(later(100)), HasSubstr("parley_ranking_stale_discussions 0\n"));
    EXPECT_THAT(ranking.metrics(later(100)), HasSubstr("parley_ranking_fits_total 1\n"));
    int64_t version = discussion().version;
    succeed(ranking.run(later(101)));  // nothing came
    EXPECT_EQ(discussion().version, version);
}

TEST_P(Ranking, a_cold_fit_once_a_day_finds_the_same_order)
{
    succeed(ranking.run(later(100)));
    // As if the last fit from nothing had been long ago.
    succeed(database().write([&](Transaction& transaction) -> Result<void> {
        Pool pool = TRY(find_pool(transaction, discussion().pool)).value();
        pool.fitted_cold_at = { 0 };
        TRY(put_pool(transaction, pool));
        return {};
    }));
    auto scores = [&] {
        std::vector<std::tuple<CommentId, double, std::optional<int64_t>, std::optional<int64_t>>> all;
        for (CommentRank const& rank : ranks())
            all.emplace_back(rank.comment, rank.score, rank.place, rank.split_place);
        return all;
    };
    auto before = scores();
    succeed(ranking.refit_one(later(200)));
    EXPECT_EQ(scores(), before);
    EXPECT_THAT(ranking.metrics(later(200)), HasSubstr("parley_ranking_drift_correlation 1.0000\n"));
    EXPECT_THAT(ranking.metrics(later(200)), HasSubstr("parley_ranking_drift_alarms_total 0\n"));
}

TEST_P(Ranking, ranks_that_were_deleted_come_back_in_the_same_order)
{
    succeed(ranking.run(later(100)));
    auto before = ranks();
    value_of(rebuild_ranks(database(), later(100)));
    EXPECT_EQ(ranks(), before);
    EXPECT_TRUE(std::ranges::any_of(before, [](CommentRank const& rank) { return rank.place.has_value(); }));
}

// For ThreadSanitizer: votes and metrics come while it works.
TEST_P(Ranking, works_beside_readers_who_vote)
{
    using namespace std::chrono_literals;
    std::atomic<int> runs = 0;
    {
        Worker worker("rank", 1ms, [&]() -> Result<void> {
            TRY(ranking.run(later(100)));
            ++runs;
            return {};
        });
        for (int round = 0; round < 20; ++round) {
            succeed(database().write([&](Transaction& transaction) {
                return put_vote(transaction, comments[0], voters[size_t(round)], { Stance::Pass, round % 2 == 0 }, later(50));
            }));
            EXPECT_FALSE(ranking.metrics(later(100)).empty());
        }
        while (runs < 3)
            std::this_thread::sleep_for(1ms);
    }
    succeed(ranking.run(later(100)));
    EXPECT_EQ(value_of(database().read([&](Reader& reader) { return staleness(reader, later(100)); })).discussions, 0);
}

}  // namespace
}  // namespace parley::workers
