// A site is one publication: its own stories, people, settings and allowed origins.
#pragma once

#include "domain/ids.h"

#include <string>

namespace parley {

struct Site {
    SiteId id;
    std::string name;      // "Harrow Courier", plain text
    std::string address;   // where readers reach Parley, no slash at the end: "https://talk.harrow-courier.example"
    std::string host;      // host of the publication's own pages; a story address that is only a path belongs to it
    std::string language;  // BCP 47, of the interface: "en"

    bool operator==(Site const&) const = default;
};

}  // namespace parley
