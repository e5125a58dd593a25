// The schema and its versions. Migrations are the numbered files of storage/migrations, compiled into the
// program; each runs in one transaction, so a kill in the middle leaves the version before it (S-87).
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class Engine { SQLite, PostgreSQL };

struct Migration {
    int number;        // 1, 2, … without a gap
    std::string name;  // "0001_start"
    std::string sql;   // for one engine: words in braces are replaced
};

// Every migration of this program, by number.
std::vector<Migration> migrations_for(Engine);

// The version a database has after migrate().
int newest_schema_version();

// A connection as migrate() needs it. Each call is one or more statements without parameters.
struct MigrationTarget {
    Engine engine;
    std::function<Result<void>(std::string_view sql)> execute;
    std::function<Result<int>()> version;  // 0: an empty database
};

// Brings the database to newest_schema_version(). Refused with both versions in the message when it is newer
// than this program; then nothing was touched.
Result<void> migrate(MigrationTarget const&);
Result<void> migrate(MigrationTarget const&, std::vector<Migration> const&);

}  // namespace parley
