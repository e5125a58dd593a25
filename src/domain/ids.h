// The names of our rows. A comment's id holds its story's: story << 24 | sequence number in the thread, so
// comments of one thread are neighbours in every index (16 million comments a thread at most). A note's likewise.
#pragma once

#include "base/id.h"

namespace parley {

using SiteId = Id<struct SiteKind>;
using StoryId = Id<struct StoryKind>;
using StorylineId = Id<struct StorylineKind>;
using PersonId = Id<struct PersonKind>;
using CommentId = Id<struct CommentKind>;
using NoteId = Id<struct NoteRow>;

constexpr int comment_sequence_bits = 24;
constexpr int64_t comments_per_thread_max = (int64_t { 1 } << comment_sequence_bits) - 1;

constexpr CommentId comment_id(StoryId story, int64_t sequence) { return { story.value << comment_sequence_bits | sequence }; }
constexpr StoryId story_of(CommentId comment) { return { comment.value >> comment_sequence_bits }; }
// No comment has number 0: where what is told is about a story itself, its place is this one.
constexpr CommentId about_story(StoryId story) { return comment_id(story, 0); }
constexpr int64_t sequence_of(CommentId comment) { return comment.value & comments_per_thread_max; }

constexpr NoteId note_id(StoryId story, int64_t sequence) { return { story.value << comment_sequence_bits | sequence }; }
constexpr StoryId story_of(NoteId note) { return { note.value >> comment_sequence_bits }; }
constexpr int64_t sequence_of(NoteId note) { return note.value & comments_per_thread_max; }

}  // namespace parley
