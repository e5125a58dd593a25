#include "actions/newsroom.h"
#include "app/commands/commands.h"
#include "app/port.h"
#include "base/password.h"
#include "base/random.h"
#include "render/addresses.h"
#include "storage/accounts.h"
#include "storage/people.h"
#include "storage/sites.h"
#include "storage/stories.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>

namespace parley::app {
namespace {

constexpr size_t stories_named = 5;

// Where to look first: the stories that were discussed most, a line each.
Result<std::string> stories_to_look_at(Reader& reader, std::string const& address)
{
    std::vector<Site> const sites = TRY(list_sites(reader));
    if (sites.empty())
        return std::string {};
    std::vector<StorySummary> stories = TRY(newest_stories(reader, sites.front().id, std::nullopt, 100));
    std::ranges::stable_sort(stories, std::greater {}, [](StorySummary const& one) { return one.thread.comments_shown; });
    std::string lines;
    for (size_t i = 0; i < std::min(stories.size(), stories_named); ++i)
        lines += fmt::format("  {}{:<12} {:>3} comments: {}\n", address, story_path(stories[i].story.id),
            stories[i].thread.comments_shown, stories[i].story.headline);
    return lines;
}

// The desk's account, with a new password at each start: nothing in a demo is worth keeping one for.
struct Staff {
    std::string email = "desk@avel-mercury.example";
    std::string password = random_hex(8);
};
Result<Staff> make_staff(Database& database, SiteId site)
{
    Staff staff;
    std::string kept = hash_password(staff.password);
    TRY(database.write([&](Transaction& transaction) -> Result<void> {
        if (auto account = TRY(find_account_by_email(transaction, site, staff.email))) {
            account->password = kept;
            return update_account(transaction, *account);
        }
        Time now = system_now();
        Person person = TRY(insert_person(transaction, { .site = site, .handle = "desk", .name = "The desk", .joined_at = now }, HandleTaken::AddNumber));
        return insert_account(transaction, { .person = person.id, .site = site, .role = Role::Owner, .email = staff.email, .email_confirmed_at = now,
                                               .password = kept, .created_at = now });
    }));
    return staff;
}

}  // namespace

Result<void> demo(Config config, DemoOptions const& options)
{
    std::filesystem::path file = std::filesystem::path(options.folder) / "parley.db";
    if (options.is_fresh) {
        std::error_code problem;
        for (char const* ending : { "", "-wal", "-shm" })
            std::filesystem::remove(file.string() + ending, problem);
        if (problem)
            return Error::outside(fmt::format("{} cannot be removed: {}.", file.string(), problem.message()));
    }
    config.database.address = file.string();
    // The site is the newsroom's own (but for who may embed it), the terminal is for people, and the numbers are there to look at.
    auto const configured = std::exchange(config.site, {});
    config.site.origins = configured.origins;
    config.site.publisher_key = configured.publisher_key;
    config.is_demo = true;
    config.log.access.clear();
    if (config.metrics.listen.empty()) {
        // Beside the pages' port, so that two demos on two ports do not meet here; nothing where another program is.
        config.metrics.port = config.server.port < 65535 ? config.server.port + 1 : config.server.port - 1;
        config.metrics.listen = port_problem("127.0.0.1", config.metrics.port) == 0 ? "127.0.0.1" : "";
    }
    std::string stories;
    Staff staff;
    {
        std::unique_ptr<Database> database = TRY(open_database(config.database.address));
        NewsroomReport newsroom = TRY(open_newsroom(*database, config.public_address(), system_now(), InventedVotes::Cast));
        staff = TRY(make_staff(*database, newsroom.site));
        stories = TRY(database->read([&](Reader& reader) { return stories_to_look_at(reader, config.public_address()); }));
    }
    std::string metrics_line = config.metrics.listen.empty()
        ? ""
        : fmt::format("  http://{}:{}/metrics     what the server counts\n", config.metrics.listen, config.metrics.port);
    std::cout << fmt::format("The Avel Mercury, an invented newsroom:\n"
                             "  {0}/             the front page\n"
                             "{1}"
                             "  {0}/feed.atom    what a feed reader sees\n"
                             "  {0}/outgoing-mail   the letters it would send\n"
                             "{2}"
                             "Staff sign in at {0}/sign-in as {4} with {5}\n"
                             "Its database is {3}. Ctrl-C ends it.\n",
        config.public_address(), stories, metrics_line, file.string(), staff.email, staff.password)
              << std::flush;
    return serve(config);
}

}  // namespace parley::app
