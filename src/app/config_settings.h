// The table of all settings: name, place, bounds, meaning. Reading, the environment and the example file all come
// from this one list, so they cannot disagree.
#pragma once

#include "app/config.h"

namespace parley::app {

struct Bounds {
    int64_t lowest;
    int64_t highest;
};

// Calls `visit(name, value, bounds, meaning)`; `bounds` matters for numbers only.
template <typename ConfigType, typename Visit>
void each_setting(ConfigType& config, Visit&& visit)
{
    constexpr Bounds none { 0, 0 };
    visit("site.name", config.site.name, none, "Name of the publication, as pages and feeds show it. Empty: as the database has it, at first \"Parley\".");
    visit("site.address", config.site.address, none,
        "Where readers reach Parley, with scheme and without a slash at the end: \"https://talk.example.org\".\n"
        "Canonical links, feeds and redirects are made of it. Empty: the address that is listened on.");
    visit("site.publication_host", config.site.publication_host, none,
        "Host of the publication's own pages; a story address that is only a path belongs to it. Empty: the host of site.address.");
    visit("site.language", config.site.language, none,
        "Language of the pages around the comments (BCP 47): ar, de, en, es, fr, ja or ko; any other is answered in\n"
        "English. Readers may choose another for themselves. Empty: as the database has it, at first \"en\".");
    visit("site.worth_reading", config.site.worth_reading, none,
        "What the vote for quality is called here, in site.language: \"Well argued\". Empty: \"Worth reading\", in any language.");
    visit("site.security_contact", config.site.security_contact, none,
        "Whom to tell about a security fault: \"mailto:security@example.org\" or an https address. With it\n"
        "/.well-known/security.txt is answered. Empty: 404.");
    visit("site.origins", config.site.origins, none,
        "Origins of the publication's own pages: [\"https://www.example.org\"]. They may embed threads, read the API from scripts\n"
        "and send their readers here with a form; stories lie under them. Empty: none.");
    visit("site.publisher_key", config.site.publisher_key, none,
        "Key of the editorial system, 32 characters or more, with which it writes stories (PUT /api/v1/stories/ID with\n"
        "Authorization: Bearer KEY). It belongs into the environment (PARLEY_SITE_PUBLISHER_KEY). Empty: nobody may.");
    visit("site.opens_stories", config.site.opens_stories, none,
        "Whether the first view of a page under site.origins with a thread in it opens its story. false: only the editorial system does.");
    visit("database.address", config.database.address, none,
        "A path of an SQLite file, made when it is missing, or \"postgresql://user@host:port/name\". A password\n"
        "belongs into the environment (PARLEY_DATABASE_ADDRESS) or a .pgpass file.");
    visit("server.listen", config.server.listen, none, "Address to listen on; \"0.0.0.0\" or \"::\" for all.");
    visit("server.port", config.server.port, Bounds { 1, 65535 }, "Port to listen on.");
    visit("server.hosts", config.server.hosts, none,
        "Further names, without port, under which requests are answered, beside the host of site.address and this\n"
        "machine's own (localhost, 127.0.0.1). Any other Host gets 421. With neither these nor site.address set,\n"
        "every plain IP address is answered, too.");
    visit("server.trusted_proxies", config.server.trusted_proxies, none,
        "Proxies whose X-Forwarded-For counts, read from the right: [\"127.0.0.1\", \"10.0.0.0/8\"].");
    visit("server.loops", config.server.loops, Bounds { 0, 256 }, "Event loops, each on a core of its own. 0: one for each core.");
    visit("server.workers", config.server.workers, Bounds { 1, 256 }, "Threads that build pages which are not in memory and wait for the disk when readers write.");
    visit("server.waiting_requests_max", config.server.waiting_requests_max, Bounds { 1, 100'000 },
        "Requests that may wait for a worker; more get 503.");
    visit("server.connections_max", config.server.connections_max, Bounds { 1, 1'000'000 }, "Connections at a time; more get 503.");
    visit("server.connections_per_address_max", config.server.connections_per_address_max, Bounds { 1, 1'000'000 },
        "Connections at a time from one address. Trusted proxies are not counted.");
    visit("server.drain_seconds", config.server.drain_seconds, Bounds { 0, 600 },
        "Seconds that running requests have to end after SIGTERM.");
    visit("pages.cache_megabytes", config.pages.cache_megabytes, Bounds { 1, 1'000'000 },
        "Most memory for finished pages, in MiB. Only what is used is taken.");
    visit("pages.frame_ancestors", config.pages.frame_ancestors, none,
        "Origins whose pages may show Parley in a frame: [\"https://www.example.org\"]. Empty: none.");
    visit("pages.strict_transport_security", config.pages.strict_transport_security, none,
        "Whether to tell browsers to use https only. Turn on when site.address is https and stays so.");
    visit("metrics.listen", config.metrics.listen, none,
        "Address of the listener for /metrics (Prometheus), apart from the readers' one: \"127.0.0.1\". Empty: off.");
    visit("metrics.port", config.metrics.port, Bounds { 1, 65535 }, "Port of that listener.");
    visit("single_sign_on.keys", config.single_sign_on.keys, none,
        "Keys that sign the publisher's tokens, each \"ALGORITHM NAME VALUE\": \"HS256 2026a SECRET\" (32 bytes or more),\n"
        "\"EdDSA main /etc/parley/key.pem\" or \"RS256 main /etc/parley/key.pem\" (public keys). Two while one replaces the\n"
        "other. NAME is the token's kid; \"-\": none. Secrets belong into the environment (PARLEY_SINGLE_SIGN_ON_KEYS).");
    visit("single_sign_on.issuer", config.single_sign_on.issuer, none, "What the tokens' iss must be. Empty: anything.");
    visit("single_sign_on.audience", config.single_sign_on.audience, none, "What the tokens' aud must hold. Empty: anything.");
    visit("openid.issuer", config.openid.issuer, none,
        "A sign-in provider that speaks OpenID Connect, as its tokens name it: \"https://id.example.org/realms/news\".\n"
        "Register SITE.ADDRESS/sign-in/openid/callback with it. Empty: none.");
    visit("openid.client_id", config.openid.client_id, none, "Name under which the provider knows Parley.");
    visit("openid.client_secret", config.openid.client_secret, none,
        "Its secret; it belongs into the environment (PARLEY_OPENID_CLIENT_SECRET). Empty: a public client, with PKCE alone.");
    visit("openid.scopes", config.openid.scopes, none, "What is asked for, with blanks between; \"openid\" must be among them.");
    visit("openid.label", config.openid.label, none, "Words of the button, in site.language.");
    visit("openid.role_claim", config.openid.role_claim, none,
        "Claim that holds roles or groups: \"groups\". Each sign-in sets the role by it. Empty: the provider says nothing of roles.");
    visit("openid.roles", config.openid.roles, none,
        "What its values mean, each \"VALUE ROLE\": [\"community-desk moderator\", \"newsroom author\"]. Who has none is a reader.");
    visit("staff.second_factor_required", config.staff.second_factor_required, none,
        "Whether authors, moderators, editors and owners must have an authenticator app. Until they have set one up they are\n"
        "readers here. false: they may have one.");
    visit("retention.closing_days", config.retention.closing_days, Bounds { 0, 365 },
        "Days in which who closes an account can take it back by signing in. Then it is erased.");
    visit("retention.letters_days", config.retention.letters_days, Bounds { 1, 3650 },
        "Days that letters are kept, with the addresses they went to, after they were sent or given up.");
    visit("retention.notices_days", config.retention.notices_days, Bounds { 1, 3650 }, "Days that the bell remembers.");
    visit("retention.access_log_days", config.retention.access_log_days, Bounds { 0, 3650 },
        "Days that lines of log.access are kept, which hold readers' network addresses: Parley begins a new file each day (UTC)\n"
        "and removes the older ones. Needs log.access to be a file. 0: another program turns the log, or nobody does.");
    visit("mail.server", config.mail.server, none,
        "Mail server that takes our letters (links to sign in, digests): \"smtp://mail.example.org:587\" or \"smtps://…:465\".\n"
        "Empty: letters wait, and nobody can sign up by mail.");
    visit("mail.user", config.mail.user, none, "Name to sign in there with. Empty: without.");
    visit("mail.password", config.mail.password, none, "Its password; it belongs into the environment (PARLEY_MAIL_PASSWORD).");
    visit("mail.sender", config.mail.sender, none, "Address that letters come from: \"discussion@example.org\".");
    visit("mail.requires_tls", config.mail.requires_tls, none, "Whether smtp:// must go over to TLS. Only for a relay on this machine: false.");
    visit("log.level", config.log.level, none, "Lowest level that is written: \"debug\", \"info\", \"warning\" or \"error\".");
    visit("log.access", config.log.access, none,
        "Where each request gets a line of JSON: a file (opened anew on SIGHUP), \"-\" for standard output, empty for nowhere.");
}

}  // namespace parley::app
