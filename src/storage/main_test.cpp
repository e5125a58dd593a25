// These tests need a PostgreSQL. Started by hand, the program starts itself again with one of its own.
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <unistd.h>
#include <vector>

int main(int argc, char** argv)
{
    bool is_listing = false;  // names need no server
    for (int i = 1; i < argc; ++i)
        is_listing |= std::string_view(argv[i]).starts_with("--gtest_list_tests");
    if (!is_listing && !std::getenv("PARLEY_TEST_POSTGRES")) {
        std::string starter = PARLEY_SOURCE_DIR "/tests/postgres/with";
        std::vector<char*> arguments { starter.data() };
        arguments.insert(arguments.end(), argv, argv + argc + 1);
        ::execv(starter.c_str(), arguments.data());
        std::perror(starter.c_str());
        return 1;
    }
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
