// The letters that actions write: their words, in the language of who gets them, with addresses of the site.
#pragma once

#include "domain/account.h"
#include "domain/site.h"
#include "render/language.h"
#include "storage/outgoing_mail.h"

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// Speaks to the account's owner in their language, else in the site's.
ScopedLanguage speak_to(Account const&, Site const&);

// A letter with a link that works once. `kind` names its words: "mail.{kind}.subject" and "mail.{kind}.body", in the
// language that is spoken; {site}, {link} and {name} stand for what they say. `path`: "/sign-in/link/…".
Letter link_letter(Site const&, std::string_view kind, std::string recipient, std::string_view name, std::string_view path, std::string once_key, Time now);

// The same with a day in it, {date}.
Letter dated_letter(Site const&, std::string_view kind, std::string recipient, std::string_view name, std::string_view path, std::string once_key, std::optional<Time> day, Time now);

}  // namespace parley
