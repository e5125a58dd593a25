-- The first schema, for both engines. Words in braces are the engine's own:
--   {integer}    integer (a 64-bit one, and as a lone primary key the row's own number) / bigint
--   {bytes}      blob / bytea
--   {real}       real / double precision
--   {table}      strict / nothing
--   {clustered}  strict, without rowid / nothing: rows lie in the order of the primary key
-- Times are milliseconds since 1970 UTC. A comment's id is story << 24 | sequence.

-- The next id of each kind that has no other source (counters.h).
create table counter (
    kind {integer} not null primary key,
    next {integer} not null
) {table};

create table site (
    id {integer} not null primary key,
    name text not null,
    address text not null,
    host text not null,
    language text not null
) {table};

-- newest_story_at is derived: published_at of its newest published story, 0 without one.
create table storyline (
    id {integer} not null primary key,
    site_id {integer} not null references site (id),
    name text not null,
    title text not null,
    summary text not null,
    newest_story_at {integer} not null,
    unique (site_id, name)
) {table};
create index storyline_newest on storyline (site_id, newest_story_at, id) where newest_story_at > 0;

-- The body comes last: lists that do not read it do not fetch its pages.
create table story (
    id {integer} not null primary key,
    site_id {integer} not null references site (id),
    url text not null,
    headline text not null,
    byline text not null,
    dateline text not null,
    section text not null,
    credit text not null,
    rights text not null,
    language text not null,
    published_at {integer} not null,
    updated_at {integer},
    state {integer} not null,
    storyline_id {integer} references storyline (id),
    body text not null
) {table};
create index story_newest on story (site_id, published_at, id) where state = 0;
create index story_of_section on story (site_id, section, published_at, id) where state = 0;
create index story_of_storyline on story (storyline_id, published_at, id) where storyline_id is not null and state = 0;
create index story_of_site on story (site_id, id);

-- Every address under which a story is known, its own included, by story_key().
create table story_address (
    site_id {integer} not null references site (id),
    key text not null,
    story_id {integer} not null references story (id),
    primary key (site_id, key)
) {clustered};
create index story_address_of_story on story_address (story_id);

create table story_correction (
    story_id {integer} not null references story (id),
    number {integer} not null,
    at {integer} not null,
    text text not null,
    primary key (story_id, number)
) {clustered};

-- comments_shown, people and last_comment_at are derived.
create table thread (
    story_id {integer} not null primary key references story (id),
    state {integer} not null,
    next_sequence {integer} not null,
    comments_shown {integer} not null,
    people {integer} not null,
    revision {integer} not null,
    last_comment_at {integer}
) {table};

-- comments_shown is derived.
create table person (
    id {integer} not null primary key,
    site_id {integer} not null references site (id),
    handle text not null,
    handle_key text not null,
    name text not null,
    membership {integer} not null,
    joined_at {integer} not null,
    comments_shown {integer} not null,
    unique (site_id, handle_key)
) {table};
create index person_of_site on person (site_id, id);

-- Lies in the order in which a thread is read. Roots have parent_id null. reply_count is derived.
create table comment (
    story_id {integer} not null references thread (story_id),
    path {bytes} not null,
    id {integer} not null,
    parent_id {integer},
    parent_link {integer} not null,
    person_id {integer} references person (id),
    created_at {integer} not null,
    date_estimated {integer} not null,
    edited_at {integer},
    state {integer} not null,
    state_reason text not null,
    reply_count {integer} not null,
    language text not null,
    html_version {integer} not null,
    html text not null,
    primary key (story_id, path)
) {clustered};
create unique index comment_by_id on comment (id);
-- Shown roots only: a flood of removed ones costs the reader of a list nothing.
create index comment_newest on comment (story_id, created_at, id)
    where parent_id is null and (state = 0 or (state > 1 and reply_count > 0));
create index comment_most_replied on comment (story_id, reply_count, id)
    where parent_id is null and (state = 0 or (state > 1 and reply_count > 0));
-- Shown replies only, in reading order: a flood of held ones in a branch is not walked past. The sum keeps planners
-- from taking the primary key instead, which gives the same order and all states.
create index comment_shown_reply on comment ((story_id + 0), path)
    where parent_id is not null and (state = 0 or (state > 1 and reply_count > 0));
create index comment_held on comment (state, id) where state = 1;

-- Never read to show a page.
create table comment_source (
    comment_id {integer} not null primary key,
    format {integer} not null,
    text text not null
) {table};

create table comment_revision (
    comment_id {integer} not null,
    number {integer} not null,
    format {integer} not null,
    text text not null,
    at {integer} not null,
    primary key (comment_id, number)
) {clustered};

-- Who wrote what. state is the comment's, so that the visible ones stand together, by time.
create table comment_of_person (
    person_id {integer} not null,
    state {integer} not null,
    created_at {integer} not null,
    comment_id {integer} not null,
    primary key (person_id, state, created_at, comment_id)
) {clustered};

-- Derived: who has how many visible comments in a thread.
create table thread_person (
    story_id {integer} not null,
    person_id {integer} not null,
    comments_shown {integer} not null,
    primary key (story_id, person_id)
) {clustered};

create table parent_evidence (
    comment_id {integer} not null primary key,
    method text not null,
    score {real} not null,
    matched text not null
) {table};

-- passage tells the quoted words from others in the same target (storage/quotes.cpp).
create table quote (
    comment_id {integer} not null,
    number {integer} not null,
    story_id {integer} not null,
    quoted_comment_id {integer},
    passage {integer} not null,
    exact text not null,
    prefix text not null,
    suffix text not null,
    position {integer} not null,
    primary key (comment_id, number)
) {clustered};
create index quote_of_comment on quote (quoted_comment_id, comment_id) where quoted_comment_id is not null;
create index quote_of_story on quote (story_id, passage, comment_id) where quoted_comment_id is null;

-- Derived: the passages of a story that visible comments quote, and how many quotes there are of each.
create table quoted_passage (
    story_id {integer} not null,
    passage {integer} not null,
    exact text not null,
    prefix text not null,
    suffix text not null,
    position {integer} not null,
    quotes {integer} not null,
    primary key (story_id, passage)
) {clustered};
create index quoted_passage_most on quoted_passage (story_id, quotes, passage) where quotes > 0;

-- Where an imported row came from: the same record again changes nothing, and old permalinks can be redirected.
-- kind: 1 story, 2 person, 3 comment. digest tells an exact duplicate from another record under the same id.
create table origin (
    site_id {integer} not null,
    kind {integer} not null,
    system text not null,
    source_id text not null,
    local_id {integer} not null,
    digest {integer} not null,
    primary key (site_id, kind, system, source_id)
) {clustered};

-- What changed, in order: page cache, live updates and indexers read it.
create table event (
    id {integer} not null primary key,
    kind {integer} not null,
    story_id {integer} not null,
    comment_id {integer},
    at {integer} not null
) {table};

-- One row for each answered Idempotency-Key.
create table idempotency (
    key {bytes} not null primary key,
    answer {bytes} not null,
    at {integer} not null
) {clustered};
create index idempotency_at on idempotency (at);
