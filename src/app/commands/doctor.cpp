#include "app/commands/commands.h"
#include "app/port.h"
#include "app/version.h"
#include "base/log.h"
#include "storage/migrate.h"
#include "storage/sqlite_connection.h"

#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::app {
namespace {

struct Finding {
    enum class Verdict { Good, Warning, Bad };
    std::string subject;
    Verdict verdict;
    std::string words;  // what is, and for all but Good what to do
};
using Verdict = Finding::Verdict;

bool is_server(std::string const& address)
{
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::filesystem::path folder_of(std::string const& file)
{
    return std::filesystem::absolute(file).parent_path();
}

Finding look_at_folder(std::string const& database)
{
    std::filesystem::path folder = folder_of(database);
    struct stat status;
    if (::stat(folder.c_str(), &status) != 0)
        return { "data folder", Verdict::Warning, fmt::format("{} does not exist; the first start makes it.", folder.string()) };
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0)
        return { "data folder", Verdict::Bad,
            fmt::format("{} cannot be written by user {}: give it to that user (chown).", folder.string(), ::geteuid()) };
    if ((status.st_mode & 077) != 0)
        return { "data folder", Verdict::Warning,
            fmt::format("{} is open to other users of this machine: chmod 0700 {}", folder.string(), folder.string()) };
    return { "data folder", Verdict::Good, fmt::format("{} is yours alone.", folder.string()) };
}

Finding look_at_disk(std::string const& database)
{
    constexpr uintmax_t least = 512u << 20;
    std::filesystem::path folder = folder_of(database);
    std::error_code problem;
    while (!std::filesystem::exists(folder, problem) && folder.has_relative_path())
        folder = folder.parent_path();
    std::filesystem::space_info space = std::filesystem::space(folder, problem);
    if (problem)
        return { "disk", Verdict::Warning, fmt::format("Free space of {} is not known: {}.", folder.string(), problem.message()) };
    std::string words = fmt::format("{} MiB are free for {}", space.available >> 20, folder.string());
    if (space.available < least)
        return { "disk", Verdict::Bad, words + ": make room; without it nothing can be written." };
    return { "disk", Verdict::Good, words + '.' };
}

Finding look_at_sqlite(std::string const& path)
{
    if (!std::filesystem::exists(path))
        return { "database", Verdict::Warning, fmt::format("{} does not exist; the first start makes it.", path) };
    auto connection = SQLiteConnection::open(path, SQLiteConnection::Mode::ReadOnly);
    if (connection.is_error())
        return { "database", Verdict::Bad, connection.error().message + " " + connection.error().detail };
    Result<int64_t> version = connection.value()->number("select max(version) from schema_version");
    if (version.is_error())
        return { "database", Verdict::Bad, fmt::format("{} is no database of Parley, or is damaged: {}", path, version.error().message) };
    if (version.value() > newest_schema_version())
        return { "database", Verdict::Bad,
            fmt::format("{} has schema {}, made by a newer Parley; this one knows {}: use the newer program.", path, version.value(),
                newest_schema_version()) };
    if (version.value() < newest_schema_version())
        return { "database", Verdict::Warning,
            fmt::format("{} has schema {}; the next start brings it to {}.", path, version.value(), newest_schema_version()) };
    return { "database", Verdict::Good, fmt::format("SQLite {} at {}, schema {}.", sqlite3_libversion(), path, version.value()) };
}

Finding look_at_server(std::string const& address)
{
    Result<std::unique_ptr<Database>> database = open_database(address);
    Result<void> answer = database.is_error() ? Result<void>(database.error()) : database.value()->ping();
    if (answer.is_error())
        return { "database", Verdict::Bad, answer.error().message + " " + answer.error().detail };
    return { "database", Verdict::Good, database.value()->description() + " answers." };
}

Finding look_at_port(std::string const& subject, std::string const& listen, int64_t port)
{
    int code = port_problem(listen, port);
    if (code == EINVAL)
        return { subject, Verdict::Bad, fmt::format("{} is no IP address: write one like 127.0.0.1 or 0.0.0.0.", listen) };
    if (code == EADDRINUSE)
        return { subject, Verdict::Warning,
            fmt::format("{} port {} is in use: by a Parley that runs, or by another program (ss -ltnp shows it).", listen, port) };
    if (code == EACCES)
        return { subject, Verdict::Bad,
            fmt::format("{} port {} is not allowed to this user: take one above 1023 and put a proxy in front.", listen, port) };
    if (code != 0)
        return { subject, Verdict::Bad, fmt::format("{} port {}: {}.", listen, port, std::strerror(code)) };
    return { subject, Verdict::Good, fmt::format("{} port {} is free.", listen, port) };
}

Finding look_at_address(Config const& config)
{
    bool is_local = config.server.listen == "127.0.0.1" || config.server.listen == "::1";
    if (config.site.address.empty() && !is_local)
        return { "address", Verdict::Warning,
            fmt::format("site.address is not set: links and feeds will say {}.", config.public_address()) };
    if (config.site.address.starts_with("http://") && !is_local)
        return { "address", Verdict::Warning, "site.address is http: put a proxy with TLS in front and make it https." };
    return { "address", Verdict::Good, fmt::format("Readers come to {}.", config.public_address()) };
}

void print(std::vector<Finding> const& findings, Output output)
{
    constexpr char const* words[] { "good", "warning", "bad" };
    std::string text = output == Output::Json ? "[" : "";
    for (Finding const& finding : findings) {
        char const* verdict = words[static_cast<int>(finding.verdict)];
        if (output == Output::Text) {
            text += fmt::format("{:8} {}: {}\n", verdict, finding.subject, finding.words);
            continue;
        }
        text += fmt::format("{}{{\"subject\":\"{}\",\"verdict\":\"{}\",\"words\":", text.size() > 1 ? "," : "", finding.subject, verdict);
        append_json_string(text, finding.words);
        text += '}';
    }
    std::cout << text << (output == Output::Json ? "]\n" : "") << std::flush;
}

}  // namespace

Result<void> doctor(Result<Config> const& read, Output output)
{
    std::vector<Finding> findings { { "program", Verdict::Good, fmt::format("parley {}.", version) } };
    if (read.is_error()) {
        findings.push_back({ "settings", Verdict::Bad, read.error().message });
    } else {
        Config const& config = read.value();
        findings.push_back({ "settings", Verdict::Good, "They can be read and fit together." });
        std::string const& database = config.database.address;
        if (is_server(database)) {
            findings.push_back(look_at_server(database));
        } else {
            findings.push_back(look_at_folder(database));
            findings.push_back(look_at_disk(database));
            findings.push_back(look_at_sqlite(database));
        }
        findings.push_back(look_at_address(config));
        findings.push_back(look_at_port("port", config.server.listen, config.server.port));
        if (!config.metrics.listen.empty())
            findings.push_back(look_at_port("metrics port", config.metrics.listen, config.metrics.port));
    }
    print(findings, output);
    auto bad = std::count_if(findings.begin(), findings.end(), [](Finding const& finding) { return finding.verdict == Verdict::Bad; });
    if (bad > 0)
        return Error::invalid(fmt::format("{} of {} checks found something to repair.", bad, findings.size()));
    return {};
}

}  // namespace parley::app
