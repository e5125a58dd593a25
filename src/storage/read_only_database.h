// A database for commands that only read, such as an export: it may be open beside a Parley that serves it.
#pragma once

#include "storage/database.h"

namespace parley {

// `address` as open_database takes it. Writing is Refused. NotFound: there is no such SQLite file, or it has not the
// schema of this program (it is not brought up to date: that is for whoever may write).
Result<std::unique_ptr<Database>> open_database_to_read(std::string const& address);

}  // namespace parley
