// The page of a person: name, since when, and what they wrote, newest first. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/discussion.h"
#include "render/chrome.h"

namespace parley {

Html person_page(Chrome const&, PersonPage const&);

}  // namespace parley
