// Reads what export.h wrote. Into an empty database it gives the same database, ids included. Into another one it
// adds what is not there yet, under new ids where the old ones are taken; where each record came from is kept in
// the table of origins, so importing a file again adds nothing.
//
//     Result<ParleyImportReport> report = import_parley_file(database, "courier.jsonl.gz", {}, progress);
//
// The file is read twice: first it is judged as a whole, every line, so a bad one leaves the database as it was and
// the error names its line. Then it is applied, one transaction for some stories or for one large thread. An import
// that was killed is finished by giving the same command again.
//
// What is there already is left as it is: a story, person or comment that differs is not changed. HTML of the file
// is taken only if our own sanitiser would not change it (S-01); otherwise it is rendered from the source.
#pragma once

#include "base/result.h"
#include "domain/ids.h"
#include "storage/database.h"
#include "storage/site_counts.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace parley {

struct ParleyImportOptions {
    // The site that takes the records. Nothing: the one with the address that the file names, made if there is none.
    std::optional<SiteId> site {};
    bool is_dry_run = false;  // judge the file, write nothing
};

struct ParleyImportReport {
    bool is_dry_run = false;
    SiteId site;               // not set for a dry run
    SiteCounts in_file;
    SiteCounts added;          // all zero for the second import of a file
    int64_t html_renewed = 0;  // comments whose HTML was rendered anew
    int64_t handles_changed = 0;  // people whose handle was taken: they got a number behind it
    int64_t quotes_left_out = 0;  // of a story that the file does not hold, or only further down
};

struct ParleyImportProgress {
    enum class Stage { Judging, Applying };
    Stage stage;
    uint64_t done;   // bytes of the file as it lies on the disk
    uint64_t total;
};
using OnParleyImportProgress = std::function<void(ParleyImportProgress const&)>;

// Invalid, with the number of the line, for a file that is not whole or not ours. NotFound: no such file or site.
Result<ParleyImportReport> import_parley_file(
    Database&, std::string const& path, ParleyImportOptions const&, OnParleyImportProgress const& = {});

// The same for a text in memory.
Result<ParleyImportReport> import_parley_text(Database&, std::string_view text, ParleyImportOptions const&);

std::string to_text(ParleyImportReport const&);
std::string to_json(ParleyImportReport const&);

}  // namespace parley
