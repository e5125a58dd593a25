#include "app/config.h"

#include "app/config_settings.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace parley::app {
namespace {

// Letters to change, add or drop to get from one name to the other (Levenshtein).
size_t edit_distance(std::string_view from, std::string_view to)
{
    std::vector<size_t> row(to.size() + 1);
    for (size_t column = 0; column <= to.size(); ++column)
        row[column] = column;
    for (size_t line = 1; line <= from.size(); ++line) {
        size_t diagonal = row[0];
        row[0] = line;
        for (size_t column = 1; column <= to.size(); ++column) {
            size_t changed = diagonal + (from[line - 1] == to[column - 1] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({ changed, row[column] + 1, row[column - 1] + 1 });
        }
    }
    return row[to.size()];
}

std::string nearest_setting(std::string_view unknown)
{
    std::string nearest;
    size_t least = SIZE_MAX;
    Config config;
    each_setting(config, [&](std::string_view name, auto&, Bounds, std::string_view) {
        // The right word in the wrong table is nearer than any misspelling.
        auto last = [](std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); };
        size_t distance = last(name) == last(unknown) ? 1 : edit_distance(name, unknown);
        if (distance < least) {
            least = distance;
            nearest = name;
        }
    });
    return nearest;
}

Error wrong(std::string_view place, std::string_view name, std::string_view wanted)
{
    return Error::invalid(fmt::format("{}: {} must be {}.", place, name, wanted));
}

Result<void> check_bounds(std::string_view place, std::string_view name, int64_t number, Bounds bounds)
{
    if (number < bounds.lowest || number > bounds.highest)
        return wrong(place, name, fmt::format("between {} and {}, not {}", bounds.lowest, bounds.highest, number));
    return {};
}

// The value of one setting out of the file.
Result<void> take(std::string_view place, std::string_view name, toml::node const& node, std::string& value, Bounds)
{
    auto const* text = node.as_string();
    if (!text)
        return wrong(place, name, "a text in quotes");
    value = text->get();
    return {};
}

Result<void> take(std::string_view place, std::string_view name, toml::node const& node, int64_t& value, Bounds bounds)
{
    auto const* number = node.as_integer();
    if (!number)
        return wrong(place, name, "a whole number");
    value = number->get();
    return check_bounds(place, name, value, bounds);
}

Result<void> take(std::string_view place, std::string_view name, toml::node const& node, bool& value, Bounds)
{
    auto const* truth = node.as_boolean();
    if (!truth)
        return wrong(place, name, "true or false");
    value = truth->get();
    return {};
}

Result<void> take(std::string_view place, std::string_view name, toml::node const& node, std::vector<std::string>& value, Bounds)
{
    auto const* list = node.as_array();
    if (!list)
        return wrong(place, name, "a list of texts in square brackets");
    value.clear();
    for (toml::node const& item : *list) {
        if (!item.is_string())
            return wrong(place, name, "a list of texts in square brackets");
        value.push_back(item.as_string()->get());
    }
    return {};
}

// The value of one setting out of the environment, where everything is text.
Result<void> take(std::string_view place, std::string_view, std::string const& text, std::string& value, Bounds)
{
    (void)place;
    value = text;
    return {};
}

Result<void> take(std::string_view place, std::string_view name, std::string const& text, int64_t& value, Bounds bounds)
{
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc {} || end != text.data() + text.size())
        return wrong(place, name, "a whole number");
    return check_bounds(place, name, value, bounds);
}

Result<void> take(std::string_view place, std::string_view name, std::string const& text, bool& value, Bounds)
{
    if (text != "true" && text != "false")
        return wrong(place, name, "true or false");
    value = text == "true";
    return {};
}

Result<void> take(std::string_view, std::string_view, std::string const& text, std::vector<std::string>& value, Bounds)
{
    value.clear();
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');)
        value.push_back(word);
    return {};
}

std::string variable_name(std::string_view setting)
{
    std::string name = "PARLEY_";
    for (char letter : setting)
        name += letter == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return name;
}

Result<void> take_environment(Config& config, Environment const& environment)
{
    Result<void> outcome;
    each_setting(config, [&](std::string_view name, auto& value, Bounds bounds, std::string_view) {
        std::string variable = variable_name(name);
        std::optional<std::string> text = outcome.is_error() ? std::nullopt : environment(variable);
        if (text)
            outcome = take("environment", variable, *text, value, bounds);
    });
    return outcome;
}

Result<void> take_setting(Config& config, std::string_view place, std::string_view setting, toml::node const& node)
{
    bool is_known = false;
    Result<void> outcome;
    each_setting(config, [&](std::string_view name, auto& value, Bounds bounds, std::string_view) {
        if (name != setting)
            return;
        is_known = true;
        outcome = take(place, name, node, value, bounds);
    });
    if (!is_known)
        return Error::invalid(fmt::format("{}: there is no setting {}; did you mean {}?", place, setting, nearest_setting(setting)));
    return outcome;
}

std::string toml_text(std::string const& value)
{
    return '"' + value + '"';
}

std::string toml_text(int64_t value)
{
    return std::to_string(value);
}

std::string toml_text(bool value)
{
    return value ? "true" : "false";
}

std::string toml_text(std::vector<std::string> const&)
{
    return "[]";  // every default list is empty
}

Result<void> check_origins(std::string_view setting, std::vector<std::string> const& origins)
{
    for (std::string const& origin : origins) {
        size_t host = origin.starts_with("https://") ? 8 : origin.starts_with("http://") ? 7 : origin.size();
        if (host == origin.size() || origin.find_first_of("/ ;,'\"\r\n", host) != std::string::npos)
            return Error::invalid(fmt::format("{}: \"{}\" is no origin; write \"https://www.example.org\".", setting, origin));
    }
    return {};
}

}  // namespace

std::string Config::public_address() const
{
    if (!site.address.empty())
        return site.address;
    std::string host = server.listen == "0.0.0.0" || server.listen == "::" ? "localhost" : server.listen;
    if (host.find(':') != std::string::npos)
        host = '[' + host + ']';
    return server.port == 80 ? "http://" + host : fmt::format("http://{}:{}", host, server.port);
}

Environment system_environment()
{
    return [](std::string const& name) -> std::optional<std::string> {
        char const* value = std::getenv(name.c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
}

Result<Config> parse_config(std::string_view text, std::string_view name, Environment const& environment)
{
    toml::parse_result parsed = toml::parse(text, name);
    if (!parsed)
        return Error::invalid(fmt::format("{}:{}: {}", name, parsed.error().source().begin.line, parsed.error().description()));
    Config config;
    auto place = [&](toml::node const& node) { return fmt::format("{}:{}", name, node.source().begin.line); };
    for (auto const& [section, table] : parsed.table()) {
        if (!table.is_table()) {
            TRY(take_setting(config, place(table), section.str(), table));
            continue;
        }
        for (auto const& [key, node] : *table.as_table())
            TRY(take_setting(config, place(node), fmt::format("{}.{}", section.str(), key.str()), node));
    }
    TRY(take_environment(config, environment));
    return config;
}

Result<Config> read_config(std::string const& path, Environment const& environment)
{
    if (path.empty())
        return parse_config("", "defaults", environment);
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf() || file.eof()))
        return Error::invalid(fmt::format("{}: cannot be read: {}.", path, std::strerror(errno)));
    return parse_config(text.str(), path, environment);
}

Result<void> check_config(Config const& config)
{
    std::string const& address = config.site.address;
    if (!address.empty()) {
        size_t scheme = address.starts_with("https://") ? 8 : address.starts_with("http://") ? 7 : 0;
        if (scheme == 0 || address.size() == scheme || address.find_first_of("/?# \\\"<>", scheme) != std::string::npos)
            return Error::invalid("site.address must be http:// or https:// and a host, with nothing behind it: \"https://talk.example.org\".");
    }
    TRY(check_origins("pages.frame_ancestors", config.pages.frame_ancestors));
    TRY(check_origins("site.origins", config.site.origins));
    if (!config.site.publisher_key.empty() && config.site.publisher_key.size() < 32)
        return Error::invalid("site.publisher_key has fewer than 32 characters; make one: openssl rand -hex 24.");
    std::string const& level = config.log.level;
    if (level != "debug" && level != "info" && level != "warning" && level != "error")
        return Error::invalid(fmt::format("log.level must be debug, info, warning or error, not \"{}\".", level));
    if (!config.mail.server.empty()) {
        if (!config.mail.server.starts_with("smtp://") && !config.mail.server.starts_with("smtps://"))
            return Error::invalid("mail.server must begin with smtp:// or smtps://: \"smtp://mail.example.org:587\".");
        size_t at = config.mail.sender.find('@');
        if (at == std::string::npos || at == 0 || at + 1 == config.mail.sender.size() || config.mail.sender.find_first_of(" <>\r\n") != std::string::npos)
            return Error::invalid("mail.sender must be an address when mail.server is set: \"discussion@example.org\".");
    }
    if (config.database.address.empty())
        return Error::invalid("database.address is empty; give a path or \"postgresql://…\".");
    if (config.pages.strict_transport_security && !address.starts_with("https://"))
        return Error::invalid("pages.strict_transport_security needs a site.address that is https.");
    if (config.retention.access_log_days > 0 && (config.log.access.empty() || config.log.access == "-"))
        return Error::invalid("retention.access_log_days needs log.access to name a file; set it to 0, or log.access to a path.");
    if (config.metrics.listen == config.server.listen && config.metrics.port == config.server.port)
        return Error::invalid("metrics.port must not be server.port: metrics have a listener of their own.");
    return {};
}

std::string example_config()
{
    std::string text = "# Settings of Parley, each with its default. Every line may be left out.\n"
                       "# A setting is found in the environment, too: server.port as PARLEY_SERVER_PORT.\n";
    std::string section;
    Config config;
    each_setting(config, [&](std::string_view name, auto& value, Bounds, std::string_view meaning) {
        std::string_view own_section = name.substr(0, name.find('.'));
        if (own_section != section) {
            section = own_section;
            text += fmt::format("\n[{}]\n", section);
        }
        std::istringstream lines { std::string(meaning) };
        for (std::string line; std::getline(lines, line);)
            text += fmt::format("# {}\n", line);
        text += fmt::format("{} = {}\n", name.substr(name.find('.') + 1), toml_text(value));
    });
    return text;
}

}  // namespace parley::app
