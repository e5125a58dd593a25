#include "base/log.h"

#include "base/check.h"
#include "base/time.h"
#include "base/utf8.h"

#include <atomic>
#include <fmt/format.h>
#include <unistd.h>

namespace parley {
namespace {

std::atomic<LogLevel> lowest_level { LogLevel::Info };

std::string_view name_of(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug: return "debug";
    case LogLevel::Info: return "info";
    case LogLevel::Warning: return "warning";
    case LogLevel::Error: return "error";
    }
    CHECK(false);
}

struct AppendValue {
    std::string& out;
    void operator()(std::string_view text) const { append_json_string(out, text); }
    void operator()(int64_t number) const { out += std::to_string(number); }
    void operator()(double number) const { out += fmt::format("{:.6g}", number); }
    void operator()(bool truth) const { out += truth ? "true" : "false"; }
};

}  // namespace

void append_json_string(std::string& out, std::string_view text)
{
    size_t replaced = 0;
    std::string repaired;
    if (!is_valid_utf8(text)) {
        repaired = replace_ill_formed_utf8(text, replaced);
        text = repaired;
    }
    out += '"';
    for (char character : text) {
        auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (byte < 0x20 || byte == 0x7F) {
            out += fmt::format("\\u{:04x}", byte);
        } else {
            out += character;
        }
    }
    out += '"';
}

void set_log_level(LogLevel lowest_written) { lowest_level = lowest_written; }

void log_event(LogLevel level, std::string_view message, std::initializer_list<LogField> fields)
{
    if (level < lowest_level.load(std::memory_order_relaxed))
        return;
    std::string line = fmt::format(R"({{"time":"{}","level":"{}","message":)", to_rfc3339(system_now()), name_of(level));
    append_json_string(line, message);
    for (LogField const& field : fields) {
        line += ',';
        append_json_string(line, field.name);
        line += ':';
        std::visit(AppendValue { line }, field.value);
    }
    line += "}\n";
    // One write keeps a line whole; there is nowhere to report a log that cannot be written.
    [[maybe_unused]] ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace parley
