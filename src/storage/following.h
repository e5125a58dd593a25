// Rows of what people follow and whom they muted.
#pragma once

#include "domain/comment.h"
#include "domain/following.h"
#include "domain/person.h"
#include "storage/database.h"

#include <vector>

namespace parley {

Result<void> put_follow(Transaction&, PersonId, Follow const&, Time now);  // twice is once
Result<void> delete_follow(Transaction&, PersonId, Follow const&);
Result<bool> is_followed(Reader&, PersonId, Follow const&);
Result<std::vector<Follow>> follows_of(Reader&, PersonId, int limit);  // newest first

Result<void> put_mute(Transaction&, PersonId, PersonId muted, Time now);
Result<void> delete_mute(Transaction&, PersonId, PersonId muted);
Result<std::vector<PersonId>> muted_by(Reader&, PersonId);  // newest first

// Puts a new comment on the bells of those who follow its writer, a comment above it, or its story: at most
// followers_told_max of each. Not of its writer, of those who muted them or were told already.
constexpr int followers_told_max = 2'000;
Result<void> notify_followers(Transaction&, Comment const&, Time now);
// Likewise of those who follow the storyline that the story became part of.
Result<void> notify_followers(Transaction&, StorylineId, StoryId, Time now);

}  // namespace parley
