// What handlers are handed: the keepers and the settings they answer from. Made once at start by app/ and only read
// afterwards; it must outlive the router.
#pragma once

#include "actions/json_web_token.h"
#include "domain/site.h"
#include "render/chrome.h"
#include "render/language.h"
#include "storage/database.h"

#include <string>

namespace parley::routes {

class BuildTimes;
struct Limits;
class PageShelf;

struct Context {
    Database& database;
    PageShelf& pages;
    BuildTimes& build_times;
    Limits& limits;
    Chrome chrome;                 // with the site that is served
    std::string security_contact;  // empty: none
    TokenRules tokens {};          // of the publisher's single sign-on
    bool shows_outgoing_mail = false;  // `parley demo`: letters go to a page and nowhere else
    OwnWords own_words {};             // of the publication, for some words of its site's language

    Site const& site() const { return chrome.site; }
};

}  // namespace parley::routes
