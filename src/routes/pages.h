// Pages that everyone sees alike: built once per change, kept on the shelf, sent from memory.
#pragma once

#include "http/router.h"
#include "routes/build_times.h"
#include "routes/context.h"
#include "routes/target.h"

#include <functional>
#include <string>
#include <vector>

namespace parley::routes {

// What a builder answers. `target` is the one address of this page: a request that spelled it otherwise is sent there.
// `tags` name everything that the page shows (actions/page_tags.h); when one of them changes the page is built anew.
struct Page {
    std::string target;
    std::string body;
    std::vector<std::string> tags;
    std::string content_type = "text/html; charset=utf-8";
};

struct PageRequest {
    Context const& context;
    http::Request const& request;
    Choice const& choice;
    BuildWatch& watch;  // builders call begin(BuildStage::Render) when they have read what they need
};

using BuildPage = std::function<Result<Page>(PageRequest const&)>;

// The route of such a page. Parameters that choose nothing make no second copy; errors are not kept.
http::Route page_route(Context const&, std::string pattern, BuildPage);

}  // namespace parley::routes
