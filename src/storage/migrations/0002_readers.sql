-- Readers: who they are, how they sign in, how they vote, what they follow, and what they are told.
-- Placeholders in braces are set for each engine by storage/migrate. Times are milliseconds since 1970, UTC.

-- How a person signs in here. People whom an archive brought have no row.
create table account (
    person_id {integer} not null primary key references person (id),
    site_id {integer} not null references site (id),
    role {integer} not null,
    email text,
    email_key text,
    email_confirmed_at {integer},
    password text,
    totp_secret {bytes},
    totp_confirmed_at {integer},
    totp_last_step {integer} not null,
    language text not null,
    mail_pace {integer} not null,
    mail_last_at {integer},
    created_at {integer} not null,
    closing_at {integer},
    closing_words {integer} not null
) {table};
create unique index account_email on account (site_id, email_key) where email_key is not null;
create index account_staff on account (site_id, role, person_id);
create index account_closing on account (closing_at) where closing_at is not null;

-- The same person at a publisher's or another issuer's: (issuer, subject) names one, an e-mail address never does.
create table outside_identity (
    site_id {integer} not null references site (id),
    issuer text not null,
    subject text not null,
    person_id {integer} not null references person (id),
    issued_at {integer} not null,
    primary key (site_id, issuer, subject)
) {clustered};
create index outside_identity_of_person on outside_identity (person_id);

create table session (
    token_hash {bytes} not null primary key,
    person_id {integer} not null references person (id),
    created_at {integer} not null,
    seen_at {integer} not null,
    expires_at {integer} not null,
    second_factor {integer} not null,
    agent text not null
) {clustered};
create index session_of_person on session (person_id, created_at);
create index session_expiry on session (expires_at);

-- Links that work once: to sign in, to confirm an address, to set a password, to unsubscribe.
create table one_time_link (
    token_hash {bytes} not null primary key,
    purpose {integer} not null,
    person_id {integer},
    detail text not null,
    created_at {integer} not null,
    expires_at {integer} not null
) {clustered};
create index one_time_link_expiry on one_time_link (expires_at);
create index one_time_link_of_person on one_time_link (person_id) where person_id is not null;

-- Accounts that became one while comments and votes are still moving, a piece at a time.
create table account_merge (
    from_id {integer} not null primary key,
    into_id {integer} not null,
    at {integer} not null
) {table};

-- Codes for who lost the device that makes them: each opens once, kept as its SHA-256.
create table recovery_code (
    person_id {integer} not null,
    code_hash {bytes} not null,
    primary key (person_id, code_hash)
) {clustered};

-- Ids of publishers' tokens that were taken (RFC 7519 jti) or revoked, kept until the token would have ended.
create table used_token (
    key {bytes} not null primary key,
    expires_at {integer} not null
) {clustered};
create index used_token_expiry on used_token (expires_at);

-- Handles that a person had before: nobody else gets them, and old links lead on.
create table former_handle (
    site_id {integer} not null references site (id),
    handle_key text not null,
    handle text not null,
    person_id {integer} not null references person (id),
    given_up_at {integer} not null,
    primary key (site_id, handle_key)
) {clustered};
create index former_handle_of_person on former_handle (person_id, given_up_at);

-- stance: 1 agree, -1 disagree, 0 pass, null none given. worth: 1 worth reading.
create table vote (
    comment_id {integer} not null,
    person_id {integer} not null,
    stance {integer},
    worth {integer} not null,
    at {integer} not null,
    primary key (comment_id, person_id)
) {clustered};
create index vote_of_person on vote (person_id, comment_id);

create table vote_count (
    comment_id {integer} not null primary key,
    agree {integer} not null,
    disagree {integer} not null,
    pass {integer} not null,
    worth {integer} not null
) {table};

-- kind: 1 story, 2 storyline, 3 person, 4 comment (its answers). target_id is the id of that row.
create table follow (
    person_id {integer} not null,
    kind {integer} not null,
    target_id {integer} not null,
    at {integer} not null,
    primary key (person_id, kind, target_id)
) {clustered};
create index follow_of_target on follow (kind, target_id, person_id);

create table mute (
    person_id {integer} not null,
    muted_id {integer} not null,
    at {integer} not null,
    primary key (person_id, muted_id)
) {clustered};
create index mute_of_person on mute (muted_id);

-- What the bell shows. kind: 1 answer, 2 mention, 3 story followed, 4 storyline followed, 5 person followed,
-- 6 quoted, 7 from the desk. One row for each person, kind and comment, however often the work runs.
create table notification (
    person_id {integer} not null,
    id {integer} not null,
    kind {integer} not null,
    story_id {integer} not null,
    comment_id {integer} not null,
    at {integer} not null,
    read_at {integer},
    mailed_at {integer},
    primary key (person_id, id)
) {clustered};
create unique index notification_once on notification (person_id, comment_id, kind);
create index notification_unread on notification (person_id, id) where read_at is null;
create index notification_unmailed on notification (person_id, id) where mailed_at is null;

-- How far a reader has read: comments behind this moment are new to them.
create table story_visit (
    person_id {integer} not null,
    story_id {integer} not null,
    seen_until {integer} not null,
    at {integer} not null,
    primary key (person_id, story_id)
) {clustered};
create index story_visit_at on story_visit (at);

-- Mail that waits to leave, written in the transaction of what it tells of.
create table outgoing_mail (
    id {integer} not null primary key,
    once_key text not null unique,
    recipient text not null,
    subject text not null,
    body text not null,
    unsubscribe text not null,
    created_at {integer} not null,
    next_try_at {integer},
    tries {integer} not null,
    sent_at {integer},
    failure text not null
) {table};
create index outgoing_mail_waiting on outgoing_mail (next_try_at, id) where next_try_at is not null;
create index outgoing_mail_created on outgoing_mail (created_at);

-- A publication's own name for a story, given by its editorial system.
create table external_story (
    site_id {integer} not null references site (id),
    external_id text not null,
    story_id {integer} not null references story (id),
    primary key (site_id, external_id)
) {clustered};
create index external_story_of_story on external_story (story_id);
