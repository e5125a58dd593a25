-- What readers' votes say: who votes alike, and what speaks for each comment on either side. Everything here but
-- cleared_voter and skipped_question is derived from the votes: it can be deleted, and `parley ranks rebuild` makes it again.
-- Times are milliseconds since 1970, UTC.

-- Votes that are looked at together. scope: 1 one discussion (story_id), 2 a section, 3 the whole site. active: voters with
-- seven stances or more; voters: those placed in a camp. drift: rank correlation of the last fit from nothing with what
-- stood before it; null before the first.
create table pool (
    id {integer} not null primary key,
    site_id {integer} not null references site (id),
    scope {integer} not null,
    story_id {integer} not null,
    section text not null,
    version {integer} not null,
    fitted_at {integer} not null,
    fitted_cold_at {integer} not null,
    votes {integer} not null,
    active {integer} not null,
    voters {integer} not null,
    split_half {real} not null,
    mean {real} not null,
    drift {real},
    unique (site_id, scope, story_id, section)
) {table};

-- Where a person stands among the voters of a pool. Never shown to anybody but this person. doubts: how many fits in a row
-- saw them in doubted_for instead of in camp.
create table viewpoint (
    pool_id {integer} not null,
    person_id {integer} not null,
    camp {integer},
    doubted_for {integer},
    doubts {integer} not null,
    intercept {real} not null,
    factor {real} not null,
    x {real} not null,
    y {real} not null,
    votes {integer} not null,
    primary key (pool_id, person_id)
) {clustered};
create index viewpoint_of_person on viewpoint (person_id);

-- One for each story whose votes were looked at. enough: comments with enough votes from both camps. map: how many voters
-- stand where, in cells that hold several (domain/ranking/map.h).
create table discussion (
    story_id {integer} not null primary key references thread (story_id),
    pool_id {integer} not null,
    version {integer} not null,
    ranked_at {integer} not null,
    split_half {real} not null,
    is_divided {integer} not null,
    voters {integer} not null,
    enough {integer} not null,
    map {bytes} not null
) {table};

-- Counts are of voters in the two camps: a_… of one, b_… of the other. place and split_place: of roots, from 1; null: not
-- in that order. badge_differs_since: since when the rule for the badge has said otherwise than what is shown.
create table comment_rank (
    comment_id {integer} not null primary key,
    story_id {integer} not null,
    a_agree {integer} not null,
    a_disagree {integer} not null,
    a_seen {integer} not null,
    b_agree {integer} not null,
    b_disagree {integer} not null,
    b_seen {integer} not null,
    consensus {real} not null,
    score {real} not null,
    bound {real} not null,
    split {real} not null,
    intercept {real} not null,
    factor {real} not null,
    x {real} not null,
    y {real} not null,
    place {integer},
    split_place {integer},
    is_badged {integer} not null,
    badge_differs_since {integer}
) {table};
create index comment_rank_place on comment_rank (story_id, place) where place is not null;
create index comment_rank_split on comment_rank (story_id, split_place) where split_place is not null;

-- Stories whose ranks are older than their votes, or have to be looked at again when `since` comes. taken_at: a worker is
-- at it; a vote that comes meanwhile sets it back to null.
create table stale_discussion (
    story_id {integer} not null primary key,
    since {integer} not null,
    taken_at {integer}
) {table};
create index stale_discussion_since on stale_discussion (since);

-- Votes of newcomers that were not counted, with what told them from the rest of their camp.
create table held_cell (
    pool_id {integer} not null,
    comment_id {integer} not null,
    camp {integer} not null,
    newcomers_agree {integer} not null,
    newcomers_seen {integer} not null,
    others_agree {integer} not null,
    others_seen {integer} not null,
    z {real} not null,
    primary key (pool_id, comment_id, camp)
) {clustered};
create index held_cell_of_comment on held_cell (comment_id);
create table held_vote (
    pool_id {integer} not null,
    comment_id {integer} not null,
    person_id {integer} not null,
    primary key (pool_id, comment_id, person_id)
) {clustered};
create index held_vote_of_person on held_vote (person_id);

-- Voters whose held votes the desk has let through.
create table cleared_voter (
    person_id {integer} not null primary key,
    cleared_by {integer} not null,
    at {integer} not null
) {table};

-- Comments that a reader was asked about and did not want to judge.
create table skipped_question (
    person_id {integer} not null,
    comment_id {integer} not null,
    at {integer} not null,
    primary key (person_id, comment_id)
) {clustered};
create index skipped_question_at on skipped_question (at);
