// Files that claim to be Parley's own export: each line is a record that is written again as the same line, or is
// refused; the whole is judged, and what passes forms proper threads (S-96).
#include "actions/parley_judge.h"
#include "archives/lines.h"
#include "archives/parley.h"
#include "base/check.h"

using namespace parley;
using namespace parley::archives;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size)
{
    auto source = open_text({ reinterpret_cast<char const*>(data), size });
    LineReader lines(*source, parley_line_bytes_max);
    ParleyJudge judge;
    std::string_view line;
    bool is_good = true;
    while (lines.next(line).value()) {
        Result<ParleyRecord> record = read_parley_line(line);
        if (record.is_error()) {
            CHECK(!record.error().message.empty());
            is_good = false;
            continue;
        }
        std::string written = to_line(record.value());
        Result<ParleyRecord> again = read_parley_line(written);
        CHECK(again.has_value() && to_line(again.value()) == written);
        if (is_good)
            is_good = judge.take(record.value(), lines.line_number()).has_value();
    }
    if (is_good)
        static_cast<void>(judge.finish(lines.line_number()).is_error());
    return 0;
}
