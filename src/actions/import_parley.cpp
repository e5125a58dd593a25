#include "actions/import_parley.h"

#include "actions/parley_apply.h"
#include "actions/parley_judge.h"
#include "archives/lines.h"
#include "archives/parley.h"

#include <fmt/format.h>

namespace parley {
namespace {

using namespace archives;

using OpenSource = std::function<Result<std::unique_ptr<ByteSource>>()>;
using TakeRecord = std::function<Result<void>(ParleyRecord, std::string_view line, int64_t line_number)>;

Error in_line(Error error, int64_t line_number, ParleyImportProgress::Stage stage)
{
    bool is_judging = stage == ParleyImportProgress::Stage::Judging;
    if (error.kind == ErrorKind::Invalid)
        error.message = fmt::format("Line {}: {} {}", line_number, error.message,
            is_judging ? "Nothing was imported." : "The file was changed while it was read: mend it and import it again.");
    return error;
}

// Hands every record of the file on; the number of its lines.
Result<int64_t> read_records(OpenSource const& open, ParleyImportProgress::Stage stage, OnParleyImportProgress const& progress, TakeRecord const& take)
{
    std::unique_ptr<ByteSource> source = TRY(open());
    LineReader lines(*source, parley_line_bytes_max);
    std::string_view line;
    while (TRY(lines.next(line))) {
        Result<ParleyRecord> record = read_parley_line(line);
        if (record.is_error())
            return in_line(record.release_error(), lines.line_number(), stage);
        Result<void> taken = take(record.release_value(), line, lines.line_number());
        if (taken.is_error())
            return in_line(taken.release_error(), lines.line_number(), stage);
        constexpr int64_t lines_between_reports = 1000;
        if (progress && lines.line_number() % lines_between_reports == 0)
            progress({ stage, source->bytes_read(), source->bytes_total() });
    }
    if (std::optional<std::string> broken = source->broken())
        return Error::invalid(fmt::format("The file breaks off behind line {}: {}. Nothing was imported.", lines.line_number(), *broken));
    if (progress)
        progress({ stage, source->bytes_total(), source->bytes_total() });
    return lines.line_number();
}

Result<ParleyImportReport> import_source(
    Database& database, OpenSource const& open, ParleyImportOptions const& options, OnParleyImportProgress const& progress)
{
    using Stage = ParleyImportProgress::Stage;
    ParleyJudge judge;
    int64_t lines = TRY(read_records(open, Stage::Judging, progress,
        [&](ParleyRecord const& record, std::string_view, int64_t line_number) { return judge.take(record, line_number); }));
    if (Result<void> whole = judge.finish(lines); whole.is_error()) {
        Error error = whole.release_error();
        error.message += " Nothing was imported.";
        return error;
    }
    ParleyApplier applier(database, options, judge);
    if (options.is_dry_run) {
        ParleyCounts const& counts = judge.header().counts;
        return ParleyImportReport { .is_dry_run = true, .site = {}, .in_file = { counts.storylines, counts.people, counts.stories, counts.comments, counts.origins }, .added = {} };
    }
    TRY(applier.begin());
    ParleyJudge again;  // the file may have been changed meanwhile
    TRY(read_records(open, Stage::Applying, progress, [&](ParleyRecord record, std::string_view line, int64_t line_number) -> Result<void> {
        TRY(again.take(record, line_number));
        return applier.take(std::move(record), line);
    }));
    return applier.finish();
}

}  // namespace

Result<ParleyImportReport> import_parley_file(
    Database& database, std::string const& path, ParleyImportOptions const& options, OnParleyImportProgress const& progress)
{
    return import_source(database, [&] { return open_file(path); }, options, progress);
}

Result<ParleyImportReport> import_parley_text(Database& database, std::string_view text, ParleyImportOptions const& options)
{
    return import_source(database, [&]() -> Result<std::unique_ptr<ByteSource>> { return open_text(text); }, options, {});
}

std::string to_text(ParleyImportReport const& report)
{
    auto counted = [](SiteCounts const& counts) {
        return fmt::format("{} stories, {} comments, {} people, {} storylines, {} origins", counts.stories, counts.comments, counts.people,
            counts.storylines, counts.origins);
    };
    std::string out = fmt::format("In the file: {}.\n", counted(report.in_file));
    if (report.is_dry_run)
        return out + "The file is whole and could be imported. Nothing was written, as wished.\n";
    out += fmt::format("Added: {}. What was there already was left as it is.\n", counted(report.added));
    if (report.html_renewed > 0)
        out += fmt::format("{} comments were rendered anew from their source.\n", report.html_renewed);
    if (report.handles_changed > 0)
        out += fmt::format("{} people got another handle, because theirs was taken.\n", report.handles_changed);
    if (report.quotes_left_out > 0)
        out += fmt::format("{} quotes of other stories were left out.\n", report.quotes_left_out);
    return out;
}

std::string to_json(ParleyImportReport const& report)
{
    auto counted = [](SiteCounts const& counts) {
        return fmt::format(R"({{"storylines":{},"people":{},"stories":{},"comments":{},"origins":{}}})", counts.storylines, counts.people,
            counts.stories, counts.comments, counts.origins);
    };
    return fmt::format(R"({{"dry_run":{},"in_file":{},"added":{},"html_renewed":{},"handles_changed":{},"quotes_left_out":{}}})" "\n", report.is_dry_run,
        counted(report.in_file), counted(report.added), report.html_renewed, report.handles_changed, report.quotes_left_out);
}

}  // namespace parley
