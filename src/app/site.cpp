#include "app/site.h"

#include "storage/sites.h"

namespace parley::app {
namespace {

// "talk.example.org" of "https://talk.example.org:8443".
std::string host_of(std::string const& address)
{
    size_t begin = address.find("://") + 3;
    size_t end = address[begin] == '[' ? address.find(']', begin) + 1 : address.find(':', begin);
    return address.substr(begin, end == std::string::npos ? end : end - begin);
}

void take(std::string& value, std::string const& wanted)
{
    if (!wanted.empty())
        value = wanted;
}

}  // namespace

Result<std::optional<Site>> first_site(Database& database)
{
    std::vector<Site> sites = TRY(database.read([](Reader& reader) { return list_sites(reader); }));
    return sites.empty() ? std::nullopt : std::optional(sites.front());
}

Site planned_site(Site stored, Config const& config)
{
    take(stored.name, config.site.name);
    take(stored.address, config.site.address);
    take(stored.host, config.site.publication_host);
    take(stored.language, config.site.language);
    return stored;
}

Result<Site> settle_site(Database& database, Config const& config)
{
    std::optional<Site> stored = TRY(first_site(database));
    Site site = planned_site(stored.value_or(Site { {}, "Parley", "", "", "en" }), config);
    if (site.address.empty())
        site.address = config.public_address();
    if (site.host.empty())
        site.host = host_of(site.address);
    if (!stored)
        site.id = TRY(database.write([&](Transaction& transaction) { return insert_site(transaction, site); }));
    else if (*stored != site)
        TRY(database.write([&](Transaction& transaction) { return update_site(transaction, site); }));
    site.address = config.public_address();
    return site;
}

}  // namespace parley::app
