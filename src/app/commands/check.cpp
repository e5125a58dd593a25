#include "app/commands/commands.h"
#include "base/log.h"
#include "storage/integrity.h"

#include <fmt/format.h>
#include <iostream>

namespace parley::app {
namespace {

std::string as_text(IntegrityReport const& report)
{
    std::string text = fmt::format("{} stories, {} comments, {} people.\n", report.stories, report.comments, report.people);
    for (std::string const& damage : report.damage)
        text += fmt::format("damaged: {}\n", damage);
    for (Difference const& difference : report.differences)
        text += fmt::format("differs: {}: {} is kept, {} counted\n", difference.what, difference.kept, difference.counted);
    if (report.differences_left_out > 0)
        text += fmt::format("and {} further differences\n", report.differences_left_out);
    if (report.is_sound())
        text += "Everything is sound, and every derived number is right.\n";
    return text;
}

std::string as_json(IntegrityReport const& report)
{
    std::string json = fmt::format("{{\"sound\":{},\"stories\":{},\"comments\":{},\"people\":{},\"damage\":[", report.is_sound(),
        report.stories, report.comments, report.people);
    for (std::string const& damage : report.damage) {
        json += &damage == &report.damage.front() ? "" : ",";
        append_json_string(json, damage);
    }
    json += "],\"differences\":[";
    for (Difference const& difference : report.differences) {
        json += &difference == &report.differences.front() ? "{\"what\":" : ",{\"what\":";
        append_json_string(json, difference.what);
        json += fmt::format(",\"kept\":{},\"counted\":{}}}", difference.kept, difference.counted);
    }
    return json + fmt::format("],\"differences_left_out\":{}}}\n", report.differences_left_out);
}

}  // namespace

Result<void> check(Config const& config, Output output)
{
    IntegrityReport report = TRY(check_integrity(config.database.address));
    std::cout << (output == Output::Json ? as_json(report) : as_text(report)) << std::flush;
    if (!report.damage.empty())
        return Error::outside("The database is damaged; restore the last backup.");
    if (!report.differences.empty())
        return Error::outside(fmt::format("{} derived numbers are wrong.",
            static_cast<int64_t>(report.differences.size()) + report.differences_left_out));
    return {};
}

}  // namespace parley::app
