#include "actions/export.h"

#include "app/commands/commands.h"
#include "app/commands/progress_bar.h"
#include "app/site.h"
#include "base/time.h"
#include "storage/read_only_database.h"

#include <fmt/format.h>
#include <iostream>

namespace parley::app {

Result<void> export_site(Config const& config, ExportOptions const& options)
{
    std::unique_ptr<Database> database = TRY(open_database_to_read(config.database.address));
    std::optional<Site> site = TRY(first_site(*database));
    if (!site)
        return Error::not_found(fmt::format("{} holds no site yet; there is nothing to export.", config.database.address));
    ProgressBar bar;
    auto on_progress
        = [&](ExportProgress const& at) { bar.show("writing", static_cast<uint64_t>(at.done), static_cast<uint64_t>(at.total)); };
    if (options.file == "-") {
        auto sink = [](std::string_view bytes) -> Result<void> {
            if (!std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
                return Error::outside("Standard output could not be written; the export is not whole.");
            return {};
        };
        TRY(parley::export_site(*database, site->id, system_now(), sink, on_progress));
        return {};
    }
    ExportReport report = TRY(export_site_to_file(*database, site->id, system_now(), options.file, on_progress));
    bar.clear();
    std::cout << (options.output == Output::Json ? to_json(report) + "\n" : to_text(report)) << std::flush;
    return {};
}

}  // namespace parley::app
