// A newsroom's readers, invented or real, under what Parley does with their votes. Deterministic by seed.
//
//     simulate next-question  [--seed N] [--runs N] [--picture FILE]
//     simulate position-bias  [--seed N] [--runs N] [--eta 1] [--herding 0] [--votes 30]
//     simulate week           [--seed N] [--runs N]
#include "next_question.h"
#include "position_bias.h"
#include "week.h"

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
    auto fraction_of = [&](std::string const& name, double otherwise) { return given.contains(name) ? std::atof(given[name].c_str()) : otherwise; };
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
    if (what == "position-bias") {
        PositionBiasOptions options { .seed = seed, .runs = runs };
        options.eta = fraction_of("--eta", options.eta);
        options.herding = fraction_of("--herding", options.herding);
        options.votes_per_comment = fraction_of("--votes", options.votes_per_comment);
        std::fputs(table_of(try_position_bias(options), options).csv().c_str(), stdout);
        return 0;
    }
    if (what == "week") {
        WeekOptions const options { .seed = seed, .runs = runs };
        std::fputs((quiet_week(options).csv() + "\n" + brigade_table(options).csv()).c_str(), stdout);
        return 0;
    }
    std::fputs("simulate next-question | position-bias | week [--seed N] [--runs N] …; see the top of tools/simulation/main.cpp\n", stderr);
    return 2;
}
