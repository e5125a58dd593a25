// Writes everything a site holds in Parley's own format (docs/export-format.md): what a publisher leaves with, or
// moves to another database. parley import parley FILE reads it again (import_parley.h).
//
//     Result<ExportReport> report = export_site_to_file(database, site, system_now(), "courier.jsonl.gz", progress);
//
// One snapshot of the database, so a server may go on writing meanwhile (SQLite keeps its log until the export is
// done). Memory does not grow with the site. Exporting twice gives the same bytes but for the moment in the header.
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"
#include "storage/site_counts.h"

#include <functional>
#include <string>
#include <string_view>

namespace parley {

struct ExportReport {
    SiteCounts counts;
    uint64_t lines = 0;
    uint64_t bytes = 0;  // before packing
};

struct ExportProgress {
    int64_t done;   // comments
    int64_t total;
};
using OnExportProgress = std::function<void(ExportProgress const&)>;

// Takes the bytes in order; pieces of some 100 KB. An error ends the export and is passed on.
using ExportSink = std::function<Result<void>(std::string_view)>;

// NotFound: no such site.
Result<ExportReport> export_site(Database&, SiteId, Time now, ExportSink const&, OnExportProgress const& = {});

// Into a file, packed with gzip when its name ends in ".gz". The file appears under its name only when it is whole
// and on disk; one that is there already is replaced. Readable by its owner alone: it holds unpublished comments.
Result<ExportReport> export_site_to_file(
    Database&, SiteId, Time now, std::string const& path, OnExportProgress const& = {});

// A line for a person at a terminal, and one JSON object for a program.
std::string to_text(ExportReport const&);
std::string to_json(ExportReport const&);

}  // namespace parley
