// Copies of an SQLite database, whole and checked. PostgreSQL has its own tools.
#pragma once

#include "base/result.h"

#include <string>

namespace parley {

// Copies the database at `path` to `file` while it may be in use, checks the copy and only then gives it its name: a
// file of that name is a whole backup. Refused: there is such a file already.
Result<void> back_up_sqlite(std::string const& path, std::string const& file);

// The other way round: checks the backup and copies it to `path`, where no database may be yet. A backup of an
// older version is brought up to date by the next start.
Result<void> restore_sqlite(std::string const& file, std::string const& path);

}  // namespace parley
