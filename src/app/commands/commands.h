// What each command of the program does once its arguments are understood. An error is one sentence that says what
// to do; `run` (command_line.h) writes it and exits with 1.
#pragma once

#include "app/config.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace parley::app {

enum class Output { Text, Json };

// Opens the database and answers requests until SIGTERM or SIGINT; then ends what runs and returns.
Result<void> serve(Config const&);

struct DemoOptions {
    std::string folder = "data/demo";
    bool is_fresh = false;  // make the newsroom anew
};
// Makes the invented newsroom where it is missing and serves it.
Result<void> demo(Config, DemoOptions const&);

enum class ImportFormat { Disqus, Page, Parley };
struct ImportRequest {
    ImportFormat format = ImportFormat::Disqus;
    std::vector<std::string> files;
    bool is_dry_run = false;
    bool accepts_partial = false;   // take what stands before the place where the file breaks off
    std::string zone {};            // of dates that name none: "+02:00" or "Europe/Zurich"; empty: UTC
    std::string site_host {};       // an address that is only a path belongs to it; empty: the site's own
    std::string story_address {};   // of the story of an archive page, where it is known
    Output output = Output::Text;
};
Result<void> import(Config const&, ImportRequest const&);

struct ExportOptions {
    std::string file;  // "-": standard output
    Output output = Output::Text;
};
Result<void> export_site(Config const&, ExportOptions const&);

// Recounts every derived number (S-82). Differences are reported and end in an error.
Result<void> check(Config const&, Output);

// Forgets all that is derived from readers' votes (ranks, camps, viewpoints) and derives it again: the same order comes back.
Result<void> rebuild(Config const&, Output);

// Looks at settings, folder, port, database and disk, and says what is wrong and what to do. Takes the settings
// as they were read, because reading them may be what fails.
Result<void> doctor(Result<Config> const&, Output);

Result<void> backup(Config const&, std::string const& file);
Result<void> restore(Config const&, std::string const& file);

}  // namespace parley::app
