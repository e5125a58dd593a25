#include "actions/voting.h"

#include "render/words.h"
#include "storage/votes.h"

namespace parley {
Result<Vote> vote(Transaction& transaction, Site const& site, Viewer const& viewer, CommentId id, VoteChange const& change, Time now)
{
    std::optional<VotePlace> place = TRY(find_vote_place(transaction, id, viewer.person.id));
    if (!place || place->site != site.id || !place->is_readable)
        return Error::not_found(word("refusal.no-comment"));
    if (place->author == viewer.person.id)
        return Error::refused(word("refusal.vote-own"));
    if (!place->is_open)
        return Error::refused(word("refusal.vote-closed"));
    Vote now_thinks = place->before;
    if (change.stance)
        now_thinks.stance = *change.stance;
    if (change.is_worth_reading)
        now_thinks.is_worth_reading = *change.is_worth_reading;
    TRY(put_vote(transaction, id, viewer.person.id, now_thinks, now));
    return now_thinks;
}

}  // namespace parley
