// What can be done with one comment: answer it, vote on it, change it when it is one's own. The forms are the same for
// everybody, so that they stand in the page that is kept in memory: whoever is not signed in is asked to sign in first.
#pragma once

#include "render/comments.h"

namespace parley {

// Empty for a comment that is only read.
Html comment_actions(ShownComment const&, Surroundings const&);

// The buttons for voting, with the viewer's own vote pressed; pressing that again takes it back.
Html vote_form(CommentId, Vote const&);

}  // namespace parley
