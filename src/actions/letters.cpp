#include "actions/letters.h"

#include "render/words.h"

namespace parley {

ScopedLanguage speak_to(Account const& account, Site const& site)
{
    return ScopedLanguage(catalogue_for(account.language) ? account.language : site.language);
}

Letter link_letter(Site const& site, std::string_view kind, std::string recipient, std::string_view name, std::string_view path, std::string once_key, Time now)
{
    std::string const key = "mail." + std::string(kind), link = site.address + std::string(path);
    return { .once_key = std::move(once_key),
        .recipient = std::move(recipient),
        .subject = phrase(key + ".subject", { { "site", site.name } }),
        .body = phrase(key + ".body", { { "site", site.name }, { "name", name }, { "link", link } }),
        .created_at = now };
}

}  // namespace parley
