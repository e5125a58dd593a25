// scenes --postgres ADDRESS FILE…: plays each scene on SQLite and on PostgreSQL, and ends with `N passed, N failed`.
#include "scene.h"

#include "storage/postgres_connection.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace {

using namespace parley;

Result<void> play_at(std::string const& address, std::string const& scene)
{
    auto database = TRY(open_database(address));
    return play_scene(*database, scene);
}

// A name space of its own for each scene.
Result<std::string> postgres_address(std::string const& server, size_t number)
{
    std::string name = fmt::format("scene_{}_{}", getpid(), number);
    auto connection = TRY(PostgresConnection::open(server, PostgresConnection::Mode::Write));
    TRY(connection->run("create schema " + name));
    return fmt::format("{}?options=-csearch_path%3D{}", server, name);
}

}  // namespace

int main(int argc, char** argv)
{
    std::string server;
    std::vector<std::string> files;
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--postgres" && i + 1 < argc)
            server = argv[++i];
        else
            files.emplace_back(argv[i]);
    }
    if (server.empty() || files.empty()) {
        fmt::print(stderr, "usage: scenes --postgres ADDRESS FILE...\nEvery scene is played on both engines: start a server with tests/postgres/with.\n");
        return 2;
    }
    auto folder = std::filesystem::temp_directory_path() / fmt::format("parley-scenes-{}", getpid());
    std::filesystem::create_directories(folder);
    int passed = 0;
    int failed = 0;
    for (size_t i = 0; i < files.size(); ++i) {
        std::ifstream in(files[i], std::ios::binary);
        std::string scene { std::istreambuf_iterator<char>(in), {} };
        Result<std::string> addresses[] = { (folder / fmt::format("{}.db", i)).string(), postgres_address(server, i) };
        for (Result<std::string>& address : addresses) {
            Result<void> outcome = scene.empty() ? Result<void>(Error::invalid("The file is empty or cannot be read."))
                : address.is_error()             ? Result<void>(address.error())
                                                 : play_at(address.value(), scene);
            outcome.is_error() ? ++failed : ++passed;
            if (outcome.is_error()) {
                fmt::print("{} on {}: {} {}\n", files[i], &address == addresses ? "SQLite" : "PostgreSQL", outcome.error().message,
                    outcome.error().detail);
            }
        }
    }
    std::filesystem::remove_all(folder);
    fmt::print("{} passed, {} failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
