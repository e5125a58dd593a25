// What handlers are handed: the keepers and the settings they answer from. Made once at start by app/ and only read
// afterwards; it must outlive the router.
#pragma once

#include "actions/json_web_token.h"
#include "domain/site.h"
#include "render/chrome.h"
#include "render/language.h"
#include "storage/database.h"

#include <string>
#include <vector>

namespace parley {
class OpenIdProvider;
}

namespace parley::routes {

class BuildTimes;
struct Limits;
class PageShelf;

// Whose pages may embed threads and send readers here, and who may write stories.
struct Publication {
    std::vector<std::string> origins {};  // "https://www.example.org"
    std::string key {};                   // of the editorial system (PUT /api/v1/stories/…); empty: nobody
    bool opens_stories = true;            // on the first view of a page of these origins
};

struct Context {
    Database& database;
    PageShelf& pages;
    BuildTimes& build_times;
    Limits& limits;
    Chrome chrome;                 // with the site that is served
    std::string security_contact;  // empty: none
    TokenRules tokens {};          // of the publisher's single sign-on
    Publication publication {};
    bool shows_outgoing_mail = false;  // `parley demo`: letters go to a page and nowhere else
    OpenIdProvider* openid = nullptr;  // none: no such button
    SecondFactorRule second_factor = SecondFactorRule::Offered;  // to staff
    int64_t closing_days = 14;         // in which who closes an account can take it back
    OwnWords own_words {};             // of the publication, for some words of its site's language

    Site const& site() const { return chrome.site; }
};

}  // namespace parley::routes
