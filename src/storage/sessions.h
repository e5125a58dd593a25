// Rows of sessions: who is signed in. The token itself is never stored, only its SHA-256 (S-20).
#pragma once

#include "domain/viewer.h"
#include "storage/database.h"

#include <vector>

namespace parley {

struct Session {
    std::string token_hash;
    PersonId person;
    Time created_at;
    Time seen_at;
    Time expires_at;
    bool has_second_factor = false;
    std::string agent {};  // what the browser called itself, cut; for the list of sessions
};

Result<void> insert_session(Transaction&, Session const&);

// Who this session belongs to, with their account; nothing when there is no such session, it has expired, or the
// person is of another site. The viewer's role is a reader's: whether it may be the one that is held is for actions/sessions.
// `unread` is left at 0: count_unread (storage/notifications.h).
struct SessionViewer {
    Viewer viewer;
    Time seen_at;
    bool has_app = false;         // that makes codes
    bool has_given_code = false;  // in this session
};
Result<std::optional<SessionViewer>> find_viewer(Reader&, SiteId, std::string_view token_hash, Time now);

Result<std::vector<Session>> sessions_of(Reader&, PersonId);  // newest first
Result<void> mark_session_seen(Transaction&, std::string_view token_hash, Time now);
Result<void> delete_session(Transaction&, std::string_view token_hash);
// All of a person's but the one named (empty: all).
Result<void> delete_sessions_of(Transaction&, PersonId, std::string_view but = {});
Result<int64_t> prune_sessions(Transaction&, Time now, int limit);

}  // namespace parley
