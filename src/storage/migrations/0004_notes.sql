-- Readers' notes: sourced remarks on comments and on passages of stories, what other readers think of them, and since when
-- each is shown. Times are milliseconds since 1970, UTC.

-- id is story << 24 | sequence. comment_id: what it is about; null: the passage of the story in exact, prefix, suffix and
-- position. sources: addresses, a line each. status to b_bound are derived from the ratings at judged_at
-- (domain/ranking/note_status.h); a_ and b_ are the two sides, u_ who has none. judge_at: when a worker looks again.
create table note (
    id {integer} not null primary key,
    story_id {integer} not null references thread (story_id),
    comment_id {integer},
    person_id {integer} not null references person (id),
    kind {integer} not null,
    state {integer} not null,
    version {integer} not null,
    created_at {integer} not null,
    edited_at {integer},
    status {integer} not null,
    lack {integer} not null,
    met_at {integer},
    judged_at {integer},
    judge_at {integer},
    a_helpful {integer} not null,
    a_somewhat {integer} not null,
    a_not {integer} not null,
    b_helpful {integer} not null,
    b_somewhat {integer} not null,
    b_not {integer} not null,
    u_helpful {integer} not null,
    u_somewhat {integer} not null,
    u_not {integer} not null,
    intercept {real} not null,
    factor {real} not null,
    a_bound {real} not null,
    b_bound {real} not null,
    exact text not null,
    prefix text not null,
    suffix text not null,
    position {integer} not null,
    sources text not null,
    text text not null
) {table};
create index note_of_story on note (story_id, status, id) where state = 0;
create index note_of_comment on note (comment_id, id) where comment_id is not null and state = 0 and status = 2;
create index note_of_passage on note (story_id, id) where comment_id is null and state = 0 and status = 2;
create index note_of_person on note (person_id, id);
create index note_due on note (judge_at) where judge_at is not null;

-- Earlier wordings; the present one stands in note.
create table note_wording (
    note_id {integer} not null,
    version {integer} not null,
    kind {integer} not null,
    text text not null,
    sources text not null,
    at {integer} not null,
    primary key (note_id, version)
) {clustered};

-- Of the present wording. helpfulness: 2 helpful, 1 somewhat, 0 not. reasons: a bit for each (domain/note.h).
create table note_rating (
    note_id {integer} not null,
    person_id {integer} not null,
    helpfulness {integer} not null,
    reasons {integer} not null,
    at {integer} not null,
    primary key (note_id, person_id)
) {clustered};
create index note_rating_of_person on note_rating (person_id, at);

-- Derived: how many ratings a reader has given.
create table note_rater (
    person_id {integer} not null primary key,
    ratings {integer} not null
) {table};
create index note_rater_most on note_rater (ratings) where ratings > 0;

-- What became of a note and by which counts; public.
create table note_status (
    note_id {integer} not null,
    number {integer} not null,
    version {integer} not null,
    status {integer} not null,
    at {integer} not null,
    a_helpful {integer} not null,
    a_all {integer} not null,
    b_helpful {integer} not null,
    b_all {integer} not null,
    primary key (note_id, number)
) {clustered};

-- What an editor says to a note.
create table note_answer (
    note_id {integer} not null primary key,
    person_id {integer} not null references person (id),
    text text not null,
    at {integer} not null
) {table};
create index note_answer_of_person on note_answer (person_id);
