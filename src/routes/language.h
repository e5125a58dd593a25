// In which language a request is answered.
//
// A reader who signed in: as their account says, else as the site. Others: as the site, whose pages are kept for everybody.
// Where Parley has no words in the site's language, an answer that is for one browser alone follows its Accept-Language.
#pragma once

#include "domain/viewer.h"
#include "http/request.h"
#include "render/language.h"
#include "routes/context.h"

namespace parley::routes {

// For answers that are kept, here or by a cache in between: nothing of the request counts.
ScopedLanguage speak_to_everybody(Context const&);

// For answers to this request alone. No viewer: whoever is not signed in.
ScopedLanguage speak_to_one(Context const&, http::Request const&, Viewer const*);

// Whether what is spoken now is what everybody hears, so that an answer may be kept for others.
bool speaks_to_everybody(Context const&);

}  // namespace parley::routes
