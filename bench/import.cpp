// Import of a Disqus export into an empty SQLite database, against the two bare costs it cannot go below by
// itself: libxml2 reading the file with empty handlers, and SQLite copying the finished rows into an empty file.
//
//     bench_import FILE.xml [ROUNDS]
//
// Each step runs in a process of its own, so CPU time (all threads) and peak memory are its own. Rounds are
// interleaved; medians are printed.
#include "actions/import.h"
#include "storage/database.h"
#include "storage/sites.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <libxml/parser.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace parley;

namespace {

struct Cost {
    double cpu_seconds;
    double wall_seconds;
    double peak_megabytes;
};

double seconds(timeval time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; }

Cost measure(std::function<bool()> const& step)
{
    std::fflush(nullptr);
    int64_t begin = system_now().milliseconds;
    pid_t child = ::fork();
    if (child == 0)
        ::_exit(step() ? 0 : 1);
    int status = 0;
    rusage usage {};
    if (::wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "a step failed\n");
        std::exit(1);
    }
    return { seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(system_now().milliseconds - begin) / 1000,
        static_cast<double>(usage.ru_maxrss) / 1024 };
}

void remove_database(std::string const& path)
{
    for (char const* suffix : { "", "-wal", "-shm" })
        std::filesystem::remove(path + suffix);
}

bool import(std::string const& file, std::string const& path)
{
    auto database = open_database(path);
    if (database.is_error())
        return false;
    Site site { .name = "Harrow Courier", .address = "http://127.0.0.1", .host = "harrow-courier.example", .language = "en" };
    auto id = database.value()->write([&](Transaction& transaction) { return insert_site(transaction, site); });
    if (id.is_error())
        return false;
    auto report = import_file(*database.value(), ArchiveFormat::Disqus, file, { .site = id.value(), .now = system_now() });
    if (report.is_error()) {
        std::fprintf(stderr, "%s %s\n", report.error().message.c_str(), report.error().detail.c_str());
        return false;
    }
    return report.value().comments_added == report.value().imported;
}

bool read_bare(std::string const& file)
{
    xmlSAXHandler handler {};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = [](void*, xmlChar const*, xmlChar const*, xmlChar const*, int, xmlChar const**, int, int, xmlChar const**) {};
    handler.endElementNs = [](void*, xmlChar const*, xmlChar const*, xmlChar const*) {};
    handler.characters = handler.cdataBlock = [](void*, xmlChar const*, int) {};
    return xmlSAXUserParseFile(&handler, nullptr, file.c_str()) == 0;
}

bool copy_bare(std::string const& from, std::string const& to)
{
    {
        auto database = open_database(to);  // the schema
        if (database.is_error())
            return false;
    }
    sqlite3* connection = nullptr;
    if (sqlite3_open(to.c_str(), &connection) != SQLITE_OK)
        return false;
    std::string sql = fmt::format("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -64000;"
                                  "pragma foreign_keys = off; attach '{}' as source;", from);
    for (char const* table : { "site", "story", "thread", "person", "origin", "comment", "comment_source", "comment_of_person" })
        sql += fmt::format("insert into main.{0} select * from source.{0};", table);
    char* problem = nullptr;
    bool is_good = sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &problem) == SQLITE_OK;
    if (!is_good)
        std::fprintf(stderr, "%s\n", problem);
    sqlite3_close(connection);
    return is_good;
}

int64_t count_comments(std::string const& path)
{
    sqlite3* connection = nullptr;
    sqlite3_stmt* statement = nullptr;
    int64_t count = 0;
    sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr);
    if (sqlite3_prepare_v2(connection, "select count(*) from comment_source", -1, &statement, nullptr) == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_ROW)
        count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return count;
}

Cost median(std::vector<Cost> costs)
{
    auto middle = [&](double Cost::* member) {
        std::ranges::nth_element(costs, costs.begin() + static_cast<ptrdiff_t>(costs.size() / 2), {}, member);
        return costs[costs.size() / 2].*member;
    };
    return { middle(&Cost::cpu_seconds), middle(&Cost::wall_seconds), middle(&Cost::peak_megabytes) };
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "bench_import FILE.xml [ROUNDS]\n");
        return 1;
    }
    std::string file = argv[1];
    int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    std::string folder = std::filesystem::temp_directory_path() / fmt::format("parley-bench-{}", ::getpid());
    std::filesystem::create_directory(folder);
    std::string imported = folder + "/imported.db", copied = folder + "/copied.db";
    std::vector<Cost> import_costs, read_costs, copy_costs;
    int64_t comments = 0;
    for (int i = 0; i < rounds; ++i) {
        remove_database(imported);
        import_costs.push_back(measure([&] { return import(file, imported); }));
        comments = count_comments(imported);
        read_costs.push_back(measure([&] { return read_bare(file); }));
        remove_database(copied);
        copy_costs.push_back(measure([&] { return copy_bare(imported, copied); }));
    }
    std::filesystem::remove_all(folder);
    Cost import_cost = median(import_costs), read_cost = median(read_costs), copy_cost = median(copy_costs);
    auto print = [&](char const* name, Cost const& cost) {
        fmt::print("{:<28} {:>8.2f} s CPU {:>8.2f} s wall {:>10.0f} comments/CPU-second {:>7.1f} MB peak\n", name, cost.cpu_seconds,
            cost.wall_seconds, static_cast<double>(comments) / cost.cpu_seconds, cost.peak_megabytes);
    };
    fmt::print("{} comments, {:.0f} MB, medians of {} interleaved rounds\n", comments,
        static_cast<double>(std::filesystem::file_size(file)) / 1e6, rounds);
    print("parley import", import_cost);
    print("bare: libxml2 reads", read_cost);
    print("bare: SQLite copies rows", copy_cost);
    fmt::print("import / (reading + copying): {:.2f} of CPU\n", import_cost.cpu_seconds / (read_cost.cpu_seconds + copy_cost.cpu_seconds));
}
