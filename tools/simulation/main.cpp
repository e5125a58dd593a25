// A newsroom's readers, invented or real, under what Parley does with their votes. Deterministic by seed.
//
//     simulate next-question  [--seed N] [--runs N] [--picture FILE]
#include "next_question.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

using namespace parley::simulation;

int main(int count, char** words)
{
    std::string const what = count > 1 ? words[1] : "";
    std::map<std::string, std::string> given;
    for (int at = 2; at + 1 < count; at += 2)
        given[words[at]] = words[at + 1];
    auto number_of = [&](std::string const& name, long otherwise) { return given.contains(name) ? std::atol(given[name].c_str()) : otherwise; };
    auto const seed = static_cast<uint64_t>(number_of("--seed", 1));
    auto const runs = static_cast<int>(number_of("--runs", 5));
    auto draw = [&](Picture const& picture) {
        if (given.contains("--picture"))
            std::ofstream(given["--picture"]) << picture.svg();
    };
    if (what == "next-question") {
        NextQuestionResult const result = try_next_question({ .seed = seed, .runs = runs });
        std::fputs(result.table.csv().c_str(), stdout);
        draw(result.picture);
        return 0;
    }
    std::fputs("simulate next-question [--seed N] [--runs N] [--picture FILE]\n", stderr);
    return 2;
}
