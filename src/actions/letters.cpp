#include "actions/letters.h"

#include "render/words.h"

namespace parley {

ScopedLanguage speak_to(Account const& account, Site const& site)
{
    return ScopedLanguage(catalogue_for(account.language) ? account.language : site.language);
}

Letter dated_letter(Site const& site, std::string_view kind, std::string recipient, std::string_view name, std::string_view path, std::string once_key, std::optional<Time> day, Time now)
{
    std::string const key = "mail." + std::string(kind), link = site.address + std::string(path), date = day ? date_in_words(*day) : std::string();
    return { .once_key = std::move(once_key),
        .recipient = std::move(recipient),
        .subject = phrase(key + ".subject", { { "site", site.name } }),
        .body = phrase(key + ".body", { { "site", site.name }, { "name", name }, { "link", link }, { "date", date } }),
        .created_at = now };
}

Letter link_letter(Site const& site, std::string_view kind, std::string recipient, std::string_view name, std::string_view path, std::string once_key, Time now)
{
    return dated_letter(site, kind, std::move(recipient), name, path, std::move(once_key), {}, now);
}

}  // namespace parley
