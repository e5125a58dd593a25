#include "actions/sessions.h"

#include "base/digest.h"
#include "base/log.h"
#include "base/random.h"
#include "base/utf8.h"
#include "storage/accounts.h"
#include "storage/notifications.h"
#include "storage/sessions.h"

namespace parley {
namespace {

constexpr size_t token_bytes = 16;
constexpr size_t agent_bytes_max = 200;

bool is_seen_anew(SessionViewer const& found, Time now) { return now.milliseconds - found.seen_at.milliseconds > session_seen_every_ms; }

std::optional<Viewer> viewer_of(std::optional<SessionViewer> found, SecondFactorRule rule)
{
    if (!found)
        return {};
    Viewer& viewer = found->viewer;
    viewer.second_factor = second_factor_of(viewer.held_role, found->has_app, found->has_given_code, rule);
    bool owes_it = viewer.second_factor == SecondFactor::Awaited || viewer.second_factor == SecondFactor::Missing;
    viewer.role = owes_it ? Role::Reader : viewer.held_role;
    return std::move(viewer);
}

}  // namespace

Result<SessionGrant> begin_session(Transaction& transaction, PersonId person, std::string_view agent, bool has_given_code, Time now, int64_t life_ms)
{
    SessionGrant grant { random_hex(token_bytes), { now.milliseconds + life_ms } };
    if (std::optional<Account> account = TRY(find_account(transaction, person)); account && account->closing_at) {
        account->closing_at.reset();
        TRY(update_account(transaction, *account));
        grant.has_kept_account = true;
    }
    std::string kept(agent.substr(0, agent_bytes_max));
    TRY(insert_session(transaction, { .token_hash = sha256(grant.token), .person = person, .created_at = now, .seen_at = now,
                                        .expires_at = grant.expires_at, .has_second_factor = has_given_code,
                                        .agent = is_valid_utf8(kept) ? kept : std::string() }));
    return grant;
}

Result<SessionGrant> begin_embedded_session(Database& database, Viewer const& viewer, std::string_view origin, Time now)
{
    return database.write([&](Transaction& transaction) {
        return begin_session(transaction, viewer.person.id, origin, viewer.second_factor == SecondFactor::Given, now, embedded_session_life_ms);
    });
}

Result<std::optional<Viewer>> viewer_with_token(Database& database, SiteId site, std::string_view token, Time now, SecondFactorRule rule)
{
    if (token.size() != 2 * token_bytes)
        return std::optional<Viewer>();
    std::string hash = sha256(token);
    auto found = TRY(database.read([&](Reader& reader) -> Result<std::optional<SessionViewer>> {
        auto holder = TRY(find_viewer(reader, site, hash, now));
        if (holder)
            holder->viewer.unread = TRY(count_unread(reader, holder->viewer.person.id));
        return holder;
    }));
    if (found && is_seen_anew(*found, now))
        database.write_later([hash, now](Transaction& transaction) { return mark_session_seen(transaction, hash, now); },
            [](Result<void> outcome) {
                if (outcome.is_error())  // the next request tries again
                    log_event(LogLevel::Warning, "last seen was not kept", { { "detail", outcome.error().detail } });
            });
    return viewer_of(std::move(found), rule);
}

Result<std::optional<Viewer>> viewer_with_token(Transaction& transaction, SiteId site, std::string_view token, Time now, SecondFactorRule rule)
{
    if (token.size() != 2 * token_bytes)
        return std::optional<Viewer>();
    std::string hash = sha256(token);
    auto found = TRY(find_viewer(transaction, site, hash, now));
    if (found && is_seen_anew(*found, now))
        TRY(mark_session_seen(transaction, hash, now));
    return viewer_of(std::move(found), rule);
}

}  // namespace parley
