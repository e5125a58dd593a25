// The files compiled into the program under web/ that browsers load: style sheets, scripts, pictures. Each lives at an
// address with a hash of its content, /static/HASH/css/base.css, so browsers may keep it for ever. Built once at start;
// any thread.
#pragma once

#include "base/embedded_files.h"
#include "http/router.h"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace parley::http {

class StaticFiles {
public:
    // Takes the files below `folder` ("web/"), without templates and other files whose ending browsers have no use for.
    explicit StaticFiles(std::span<EmbeddedFile const> files = embedded_files(), std::string_view folder = "web/");

    // "/static/3f2a…/css/base.css" for "css/base.css". CHECKs that there is such a file.
    std::string const& address_of(std::string_view path) const;
    bool has(std::string_view path) const { return addresses_.contains(path); }

    // The file at this request path, or nothing; for Route::from_memory.
    PreparedPointer find(std::string_view request_path) const;

    // Answers every address: add to the router. Refers to this object.
    Route route() const;

private:
    std::map<std::string, std::string, std::less<>> addresses_;       // by path below the folder
    std::map<std::string, PreparedPointer, std::less<>> by_address_;
};

// By the ending of the name; nothing for endings that are not served.
std::string_view content_type_of(std::string_view path);

}  // namespace parley::http
