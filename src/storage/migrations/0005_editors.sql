-- What the desk decided about votes that were held back. A log: rows are added and never changed. kind: 1 the voter's votes
-- count whatever the guard says, 2 that is taken back. comment_id: where the votes were seen that led to it.
create table clearing (
    story_id {integer} not null,
    at {integer} not null,
    comment_id {integer} not null,
    person_id {integer} not null,
    kind {integer} not null,
    decided_by {integer} not null,
    primary key (story_id, at, comment_id, person_id, kind)
) {clustered};
