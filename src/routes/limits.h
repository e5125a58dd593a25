// How often what costs or can be guessed may be asked for (S-26, S-70). Kept in memory, one for the program.
#pragma once

#include "base/rate_limit.h"
#include "base/result.h"
#include "http/request.h"

#include <string_view>

namespace parley::routes {

struct Limits {
    // Attempts to sign in: by address of the client, and by the account that is tried, wherever it is tried from.
    RateLimit sign_in_by_address { 20, std::chrono::seconds(15) };
    RateLimit sign_in_by_account { 8, std::chrono::seconds(60) };
    RateLimit links_by_address { 60, std::chrono::seconds(5) };  // from letters; they cannot be guessed, and an office shares one address
    RateLimit tokens_by_address { 120, std::chrono::seconds(1) };  // a publisher's readers may share one
    RateLimit openid_by_address { 60, std::chrono::seconds(5) };  // an office shares one
    // What sends mail: by address of the client, by recipient, and in all.
    RateLimit mail_by_address { 30, std::chrono::seconds(60) };
    RateLimit mail_by_recipient { 3, std::chrono::seconds(300) };
    RateLimit mail_in_all { 300, std::chrono::milliseconds(500) };
    RateLimit stories_by_address { 20, std::chrono::seconds(30) };  // opened by their first view
    // By person.
    RateLimit codes { 5, std::chrono::seconds(60) };  // of the second factor; one in 300,000 is right
    RateLimit comments { 10, std::chrono::seconds(20) };
    RateLimit previews { 60, std::chrono::seconds(1) };
    RateLimit votes { 120, std::chrono::milliseconds(500) };
    RateLimit exports { 3, std::chrono::minutes(10) };
};

// TooMany with words for the reader when one of these has none left; takes one of each otherwise.
struct Limited {
    RateLimit& limit;
    std::string_view key;
};
Result<void> take(std::initializer_list<Limited>);

}  // namespace parley::routes
