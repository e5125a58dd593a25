#include "actions/import.h"

#include "actions/import_parley.h"
#include "app/commands/commands.h"
#include "app/commands/progress_bar.h"
#include "app/site.h"
#include "archives/page.h"
#include "base/time.h"
#include "storage/read_only_database.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>

namespace parley::app {
namespace {

std::string_view name_of(ImportProgress::Stage stage)
{
    switch (stage) {
    case ImportProgress::Stage::Reading: return "reading";
    case ImportProgress::Stage::Judging: return "judging";
    case ImportProgress::Stage::Applying: return "writing";
    }
    CHECK(false);
}

ImportOptions options_for(Site const& site, ImportRequest const& request)
{
    return { .site = site.id,
        .site_host = request.site_host.empty() ? site.host : request.site_host,
        .zone = request.zone,
        .is_dry_run = request.is_dry_run,
        .accepts_partial = request.accepts_partial,
        .now = system_now() };
}

// A file that breaks off was judged and not taken: the report says so, and so does the exit code.
Result<void> judge_outcome(ImportReport const& report, std::string const& file)
{
    if (report.outcome != ImportReport::Outcome::BrokenOff)
        return {};
    return Error::invalid(fmt::format(
        "{} breaks off: {}. Nothing was imported; --accept-partial takes what is whole.", file, report.broken_at.value_or("")));
}

Result<std::string> read_whole(std::string const& path)
{
    std::unique_ptr<archives::ByteSource> source = TRY(archives::open_file(path));
    std::string bytes;
    char buffer[64 << 10];
    while (size_t count = TRY(source->read(buffer, sizeof buffer))) {
        bytes.append(buffer, count);
        if (bytes.size() > archives::page_bytes_max)
            return Error::invalid(fmt::format("{} is larger than {} MB; a page holds one story and its comments.", path,
                archives::page_bytes_max >> 20));
    }
    return bytes;
}

// {"story": …} and {"report": …} as one object.
std::string joined_json(std::string page, std::string const& report)
{
    CHECK(page.ends_with('}') || page.ends_with("}\n"));
    page.erase(page.rfind('}'));
    return page + ",\"report\":" + report + "}\n";
}

Result<void> import_disqus(Database& database, Site const& site, ImportRequest const& request, std::string const& file)
{
    ProgressBar bar;
    auto on_progress = [&](ImportProgress const& at) { bar.show(name_of(at.stage), at.done, at.total); };
    ImportReport report = TRY(import_file(database, ArchiveFormat::Disqus, file, options_for(site, request), on_progress));
    bar.clear();
    std::cout << (request.output == Output::Json ? to_json(report) + "\n" : to_text(report)) << std::flush;
    return judge_outcome(report, file);
}

Result<void> import_page(Database& database, Site const& site, ImportRequest const& request, std::string const& file)
{
    archives::Page page = TRY(archives::read_page(TRY(read_whole(file))));
    archives::PageOrigin origin { .name = std::filesystem::path(file).stem().string(), .address = request.story_address };
    ImportReport report = TRY(import_archive(
        database, "page", [&](archives::RecordSink& sink) { return archives::send_records(page, origin, sink); }, 0,
        options_for(site, request)));
    if (request.output == Output::Json)
        std::cout << joined_json(archives::to_json(page), to_json(report)) << std::flush;
    else
        std::cout << to_text(report) << archives::review_list(page) << std::flush;
    return judge_outcome(report, file);
}

Result<void> import_parley(Database& database, ImportRequest const& request, std::string const& file)
{
    // A database that has its site takes the records into it; an empty one becomes what the file was made of.
    std::optional<Site> site = TRY(first_site(database));
    ParleyImportOptions options { .site = site ? std::optional(site->id) : std::nullopt, .is_dry_run = request.is_dry_run };
    ProgressBar bar;
    auto on_progress = [&](ParleyImportProgress const& at) {
        bar.show(at.stage == ParleyImportProgress::Stage::Judging ? "judging" : "writing", at.done, at.total);
    };
    ParleyImportReport report = TRY(import_parley_file(database, file, options, on_progress));
    bar.clear();
    std::cout << (request.output == Output::Json ? to_json(report) + "\n" : to_text(report)) << std::flush;
    return {};
}

// A database without anything in it, for as long as a dry run needs one.
class EmptyDatabase {
public:
    EmptyDatabase() = default;
    EmptyDatabase(EmptyDatabase const&) = delete;
    ~EmptyDatabase()
    {
        std::error_code is_gone_already;
        if (!folder_.empty())
            std::filesystem::remove_all(folder_, is_gone_already);
    }

    Result<std::unique_ptr<Database>> open()
    {
        std::string name = (std::filesystem::temp_directory_path() / "parley-dry-run-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            return Error::outside(fmt::format("No folder can be made for the dry run: {} ({}). TMPDIR names another place.", name, std::strerror(errno)));
        folder_ = name;
        return open_database((folder_ / "empty.db").string());
    }

private:
    std::filesystem::path folder_;
};

// A dry run reads the database, beside a Parley that may serve it. Where there is none yet, or nothing in it, an empty
// one stands in, so that nothing is made at the place where it will be.
Result<std::unique_ptr<Database>> open_to_judge(Config const& config, EmptyDatabase& empty)
{
    auto database = open_database_to_read(config.database.address);
    if (database.is_error())
        return database.error().kind == ErrorKind::NotFound ? empty.open() : std::move(database);
    return TRY(first_site(*database.value())) ? std::move(database) : empty.open();
}

Result<Site> settled(Database& database, Config const& config, ImportRequest const& request)
{
    if (std::optional<Site> stored = TRY(first_site(database)); stored && request.is_dry_run)
        return planned_site(*stored, config);
    return settle_site(database, config);
}

}  // namespace

Result<void> import(Config const& config, ImportRequest const& request)
{
    EmptyDatabase empty;
    std::unique_ptr<Database> database = TRY(request.is_dry_run ? open_to_judge(config, empty) : open_database(config.database.address));
    for (std::string const& file : request.files) {
        if (request.files.size() > 1 && request.output == Output::Text)
            std::cout << file << ":\n";
        if (request.format == ImportFormat::Parley) {
            TRY(import_parley(*database, request, file));
            continue;
        }
        Site site = TRY(settled(*database, config, request));
        if (request.format == ImportFormat::Disqus)
            TRY(import_disqus(*database, site, request, file));
        else
            TRY(import_page(*database, site, request, file));
    }
    return {};
}

}  // namespace parley::app
