// What every page needs beside its content: the site, and where its style sheets and scripts are.
//
// Pages hold no clock, and without a viewer nothing of the reader who asked: the same content gives the same bytes, so
// such a page can be kept in memory until its content changes. Times are written in UTC; web/js/relative_time.js turns them
// into the reader's own.
#pragma once

#include "domain/site.h"
#include "domain/viewer.h"

#include <functional>
#include <string>
#include <string_view>

namespace parley {

struct Chrome {
    Site site;  // its address is the base of canonical links and feeds (S-42)

    // The address of a file under web/ by its name there: "css/base.css" -> "/static/css/base.3f9ac1.css".
    std::function<std::string(std::string_view name)> static_url;

    // Who the page is for; nothing for the page that everybody sees. Must outlive the rendering.
    Viewer const* viewer = nullptr;
};

}  // namespace parley
