#include "actions/import.h"

#include "actions/import_apply.h"
#include "archives/detect.h"
#include "archives/disqus.h"
#include "storage/sites.h"

#include <cstdlib>

namespace parley {
namespace {

constexpr uint64_t progress_step_bytes = 1 << 20;

std::string temporary_folder(ImportOptions const& options)
{
    if (!options.temporary_folder.empty())
        return options.temporary_folder;
    char const* named = std::getenv("TMPDIR");
    return named && *named ? named : "/tmp";
}

std::string_view name_of(ArchiveFormat format)
{
    switch (format) {
    case ArchiveFormat::Disqus: return "disqus";
    }
    return {};
}

archives::Format expected_bytes(ArchiveFormat format)
{
    switch (format) {
    case ArchiveFormat::Disqus: return archives::Format::Disqus;
    }
    return archives::Format::Empty;
}

Result<archives::ReadSummary> read_as(
    ArchiveFormat format, archives::ByteSource& source, archives::RecordSink& sink, archives::Zone const& zone)
{
    switch (format) {
    case ArchiveFormat::Disqus: return archives::read_disqus(source, sink, zone);
    }
    return Error::invalid("There is no such format.");
}

}  // namespace

Result<ImportReport> import_archive(Database& database, std::string const& system, ReadArchive const& read_archive, uint64_t bytes_total,
    ImportOptions const& options, OnImportProgress const& on_progress)
{
    auto tell = [&](ImportProgress::Stage stage, uint64_t done, uint64_t total) {
        if (on_progress)
            on_progress({ stage, done, total });
    };
    std::string site_host = options.site_host;
    if (site_host.empty())
        site_host = TRY(database.read([&](Reader& reader) { return find_site(reader, options.site); })).host;

    ImportReport report;
    report.format = system;
    ImportRemarks remarks;
    ImportPlace place { database, options.site, system, temporary_folder(options), options.now };
    uint64_t told = 0;
    auto on_bytes = [&](uint64_t bytes_read) {
        if (bytes_read - told < progress_step_bytes && bytes_read != bytes_total)
            return;
        told = bytes_read;
        tell(ImportProgress::Stage::Reading, bytes_read, bytes_total);
    };
    std::unique_ptr<Staging> staging = TRY(Staging::make(place.folder, options, site_host, report, remarks, on_bytes));
    archives::ReadSummary summary = TRY(read_archive(*staging));
    report.broken_at = summary.broken_at;
    report.bytes_replaced = static_cast<int64_t>(summary.bytes_replaced);
    report.chars_dropped = static_cast<int64_t>(summary.chars_dropped);
    report.leading_junk = static_cast<int64_t>(summary.leading_junk);
    TRY(staging->finish());

    tell(ImportProgress::Stage::Judging, 0, static_cast<uint64_t>(report.records));
    ImportPlan plan = TRY(resolve(place, *staging, report, remarks));
    remarks.move_to(report);
    if (summary.broken_at && !options.accepts_partial)
        report.outcome = ImportReport::Outcome::BrokenOff;
    else if (options.is_dry_run)
        report.outcome = ImportReport::Outcome::DryRun;
    else
        report.outcome = ImportReport::Outcome::Imported;
    if (report.outcome != ImportReport::Outcome::Imported)
        return report;

    uint64_t total = plan.comments_to_add;
    TRY(apply(place, *staging, plan, report, [&](uint64_t done) { tell(ImportProgress::Stage::Applying, done, total); }));
    return report;
}

Result<ImportReport> import_file(
    Database& database, ArchiveFormat format, std::string const& path, ImportOptions const& options, OnImportProgress const& on_progress)
{
    archives::Zone zone;
    if (!options.zone.empty())
        zone = TRY(archives::Zone::named(options.zone));
    archives::Format found = TRY(archives::detect_format_of_file(path));
    if (found == archives::Format::Empty)
        return Error::invalid(path + " is empty.");
    if (found != expected_bytes(format))
        return Error::invalid(path + " is " + std::string(archives::description(found)) + ", not "
            + std::string(archives::description(expected_bytes(format))) + "; nothing was imported.");
    std::unique_ptr<archives::ByteSource> source = TRY(archives::open_file(path));
    auto read = [&](archives::RecordSink& sink) { return read_as(format, *source, sink, zone); };
    return import_archive(database, std::string(name_of(format)), read, source->bytes_total(), options, on_progress);
}

}  // namespace parley
