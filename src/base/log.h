// The log: one JSON object a line on standard error. Values are escaped; secrets, tokens and bodies of
// comments never go in. Any thread; a line is written whole.
//
//     log_event(LogLevel::Info, "server started", { { "address", "127.0.0.1:8080" } });
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace parley {

enum class LogLevel { Debug, Info, Warning, Error };

struct LogField {
    std::string_view name;
    std::variant<std::string_view, int64_t, double, bool> value;
};

void set_log_level(LogLevel lowest_written);
void log_event(LogLevel, std::string_view message, std::initializer_list<LogField> fields = {});

// Appends `text` as a JSON string with its quotes; control characters and ill-formed bytes as escapes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace parley
