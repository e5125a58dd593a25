// The command line: which commands there are, their arguments and their help.
#pragma once

namespace parley::app {

// Runs the program. The exit code: 0 for success, 1 for a failure, 2 for arguments that make no sense. Errors are
// one line on standard error.
int run(int argument_count, char const* const* arguments);

}  // namespace parley::app
