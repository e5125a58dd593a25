#include "app/commands/commands.h"
#include "storage/backup.h"

#include <fmt/format.h>
#include <iostream>

namespace parley::app {
namespace {

Result<void> refuse_server(Config const& config, std::string_view tool)
{
    std::string const& address = config.database.address;
    if (address.starts_with("postgresql://") || address.starts_with("postgres://"))
        return Error::refused(fmt::format("The database is PostgreSQL; use {} for it.", tool));
    return {};
}

}  // namespace

Result<void> backup(Config const& config, std::string const& file)
{
    TRY(refuse_server(config, "pg_dump"));
    TRY(back_up_sqlite(config.database.address, file));
    std::cout << fmt::format("{} is a checked copy of {}.\n", file, config.database.address);
    return {};
}

Result<void> restore(Config const& config, std::string const& file)
{
    TRY(refuse_server(config, "pg_restore"));
    TRY(restore_sqlite(file, config.database.address));
    std::cout << fmt::format("{} holds what was in {}.\n", config.database.address, file);
    return {};
}

}  // namespace parley::app
