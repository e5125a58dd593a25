// Brings an archive into a site: the records of any format, repaired by the rules R1 to R14 (docs/imports.md).
//
//     Result<ImportReport> report = import_file(database, ArchiveFormat::Disqus, "export.xml.gz", options, progress);
//
// The whole file is read into a private temporary folder and judged before the first row is written, so bad
// input leaves the database as it was. Then it is applied in transactions of bounded size. An import that was
// killed is finished by giving the same command again; a second import of the same file adds nothing. A story
// that an import brings can be read only once its whole thread is there.
//
// Memory does not grow with the file: about 100 MB, plus 40 bytes for each person, 60 for each story of the archive
// and 90 for each comment of the largest thread. The temporary folder needs about the (unpacked) size of the file.
//
// One import of a site at a time. The calling thread does the work and waits for the database.
#pragma once

#include "actions/import_report.h"
#include "archives/input.h"
#include "archives/record.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "storage/database.h"

#include <cstdint>
#include <functional>
#include <string>

namespace parley {

constexpr size_t import_text_bytes_max = 256 << 10;  // of one comment; what is longer is cut and reported

struct ImportOptions {
    SiteId site;
    std::string site_host {};         // an address that is only a path belongs to it; empty: the site's own host
    std::string zone {};              // of dates that name none: "+02:00" or "Europe/Zurich"; empty: UTC (R12)
    std::string temporary_folder {};  // empty: $TMPDIR, or /tmp
    bool is_dry_run = false;          // the full report, nothing written
    bool accepts_partial = false;     // take what is whole of a file that breaks off (R11)
    Time now {};                      // dates behind it are impossible (R8)
};

struct ImportProgress {
    enum class Stage { Reading, Judging, Applying };
    Stage stage;
    uint64_t done;   // bytes of the file while reading, comments while applying
    uint64_t total;
};
using OnImportProgress = std::function<void(ImportProgress const&)>;

enum class ArchiveFormat { Disqus };

// The report, also where `outcome` is BrokenOff. Invalid for a file of another format (and the sentence says of
// which), NotFound when there is no such file, Outside or Busy when disk or database fail: then the same command
// continues the work.
Result<ImportReport> import_file(Database&, ArchiveFormat, std::string const& path, ImportOptions const&, OnImportProgress const& = {});

// The same for the records of any reader. `system` is what source ids are unique in ("disqus"); it is kept with
// every comment, so one archive must come under one name each time.
using ReadArchive = std::function<Result<archives::ReadSummary>(archives::RecordSink&)>;
Result<ImportReport> import_archive(Database&, std::string const& system, ReadArchive const& read_archive, uint64_t bytes_total,
    ImportOptions const&, OnImportProgress const& = {});

}  // namespace parley
