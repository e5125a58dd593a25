// How often what costs or can be guessed may be asked for (S-26, S-70). Kept in memory, one for the program. Every
// answer that took of a limit says so, allowed or refused, in the fields of the IETF's draft
// (draft-ietf-httpapi-ratelimit-headers) and in those that programs have known for longer:
//
//     RateLimit-Policy: "comments";q=10;w=200      ten at once; a used up quota is whole again after 200 s
//     RateLimit: "comments";r=9;t=20               nine are left; whole again in 20 s
//     X-RateLimit-Limit: 10, X-RateLimit-Remaining: 9, X-RateLimit-Reset: 20     of the limit with the fewest left
//     Retry-After: 20                              with 429: one more is allowed then
#pragma once

#include "base/rate_limit.h"
#include "base/result.h"
#include "http/request.h"
#include "http/response.h"

#include <string_view>
#include <vector>

namespace parley::routes {

// Whose requests a limit counts. What others used up is told only to whom it refuses: nobody reads from an answer how
// busy someone else's account is.
enum class Counts { WhoAsks, Anybody };

struct Limit : RateLimit {
    Limit(std::string_view name, Counts counts, int burst, Clock::duration refill) : RateLimit(burst, refill), name(name), counts(counts) {}

    std::string_view const name;  // in the fields
    Counts const counts;
};

struct Limits {
    // Attempts to sign in: by address of the client, and by the account that is tried, wherever it is tried from.
    Limit sign_in_by_address { "sign-in-by-address", Counts::WhoAsks, 20, std::chrono::seconds(15) };
    Limit sign_in_by_account { "sign-in-by-account", Counts::Anybody, 8, std::chrono::seconds(60) };
    Limit links_by_address { "links-by-address", Counts::WhoAsks, 60, std::chrono::seconds(5) };  // from letters; they cannot be guessed, and an office shares one address
    Limit tokens_by_address { "tokens-by-address", Counts::WhoAsks, 120, std::chrono::seconds(1) };  // a publisher's readers may share one
    Limit openid_by_address { "openid-by-address", Counts::WhoAsks, 60, std::chrono::seconds(5) };  // an office shares one
    // What sends mail: by address of the client, by recipient, and in all.
    Limit mail_by_address { "mail-by-address", Counts::WhoAsks, 30, std::chrono::seconds(60) };
    Limit mail_by_recipient { "mail-by-recipient", Counts::Anybody, 3, std::chrono::seconds(300) };
    Limit mail_in_all { "mail-in-all", Counts::Anybody, 300, std::chrono::milliseconds(500) };
    Limit stories_by_address { "stories-by-address", Counts::WhoAsks, 20, std::chrono::seconds(30) };  // opened by their first view
    // By person.
    Limit codes { "codes", Counts::Anybody, 5, std::chrono::seconds(60) };  // of the second factor; one in 300,000 is right
    Limit comments { "comments", Counts::WhoAsks, 10, std::chrono::seconds(20) };
    Limit previews { "previews", Counts::WhoAsks, 60, std::chrono::seconds(1) };
    Limit votes { "votes", Counts::WhoAsks, 120, std::chrono::milliseconds(500) };
    Limit notes { "notes", Counts::WhoAsks, 5, std::chrono::minutes(2) };  // a note asks many readers for their judgement
    Limit visits { "visits", Counts::WhoAsks, 120, std::chrono::milliseconds(500) };
    Limit exports { "exports", Counts::WhoAsks, 3, std::chrono::minutes(10) };
};

// What one request took of its limits.
class Allowance {
public:
    void note(Limit const&, RateLimit::Answer const&);

    // Adds the fields; none when nothing was taken.
    void tell(http::Response&) const;

private:
    struct Taken {
        Limit const* limit;
        RateLimit::Answer answer;
    };
    std::vector<Taken> taken_;
};

// Takes one of each and notes it. TooMany with words for the reader when one of these has none left.
struct Limited {
    Limit& limit;
    std::string_view key;
};
Result<void> take(Allowance&, std::initializer_list<Limited>);

}  // namespace parley::routes
