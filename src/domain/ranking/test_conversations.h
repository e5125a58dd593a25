// The public conversations of tests/data/polis with the values an exact implementation must reproduce, for tests and
// measurements only. Its README says where they come from and what each column means.
#pragma once

#include "base/check.h"
#include "domain/ranking/vote_table.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>
#include <zlib.h>

#ifndef PARLEY_SOURCE_DIR
#define PARLEY_SOURCE_DIR "."  // the build says where
#endif

namespace parley::ranking {

// Numbers under column names; an empty field is nothing ("not scored").
class Columns {
public:
    explicit Columns(std::string const& text)
    {
        std::istringstream lines(text);
        std::string line;
        std::getline(lines, line);
        std::vector<std::string> names = fields(line);
        while (std::getline(lines, line)) {
            std::vector<std::string> values = fields(line);
            for (size_t column = 0; column < names.size(); ++column)
                columns_[names[column]].push_back(column < values.size() && !values[column].empty() ? std::strtod(values[column].c_str(), nullptr) : missing);
        }
    }

    static constexpr double missing = -1e300;
    std::vector<double> const& of(std::string const& name) const { return columns_.at(name); }
    size_t rows() const { return columns_.begin()->second.size(); }

private:
    // No field before the last holds a comma; of the last, which may be text, only the beginning is taken.
    static std::vector<std::string> fields(std::string const& line)
    {
        std::vector<std::string> result;
        std::istringstream rest(line);
        for (std::string field; std::getline(rest, field, ',');)
            result.push_back(field);
        return result;
    }

    std::map<std::string, std::vector<double>> columns_;
};

struct Conversation {
    std::string name;
    VoteTable votes;                    // those on comments that were not rejected
    std::vector<CastVote> cast;         // the same, one by one, in the order of the file
    std::vector<double> bucket, time_pct, timestamp;  // of each in `cast`
    Columns expected_comments, expected_voters;
    std::string expected;               // JSON
};

inline std::string read_plain_or_gzip(std::string const& path)
{
    gzFile file = gzopen(path.c_str(), "rb");
    CHECK(file);
    std::string text;
    char buffer[65536];
    for (int got = 0; (got = gzread(file, buffer, sizeof buffer)) > 0;)
        text.append(buffer, size_t(got));
    gzclose(file);
    return text;
}

inline Conversation conversation(std::string const& name)
{
    std::string const folder = std::string(PARLEY_SOURCE_DIR "/tests/data/polis/") + name + "/";
    Columns votes(read_plain_or_gzip(folder + "votes.csv.gz"));
    Conversation result { name, {}, {}, {}, {}, {}, Columns(read_plain_or_gzip(folder + "expected_comments.csv")),
        Columns(read_plain_or_gzip(folder + "expected_voters.csv")), read_plain_or_gzip(folder + "expected.json") };
    auto numbers = [](std::vector<double> const& ids) {
        std::map<double, uint32_t> result;
        for (size_t at = 0; at < ids.size(); ++at)
            result[ids[at]] = static_cast<uint32_t>(at);
        return result;
    };
    // The expected files list the comments that were not rejected, and the voters with a vote on one.
    std::map<double, uint32_t> const comments = numbers(result.expected_comments.of("comment")), voters = numbers(result.expected_voters.of("voter"));
    for (size_t at = 0; at < votes.rows(); ++at) {
        auto voter = voters.find(votes.of("voter")[at]);
        auto comment = comments.find(votes.of("comment")[at]);
        if (comment == comments.end())
            continue;
        CHECK(voter != voters.end());
        result.cast.push_back({ voter->second, comment->second, static_cast<int8_t>(votes.of("vote")[at]) });
        result.bucket.push_back(votes.of("bucket")[at]);
        result.time_pct.push_back(votes.of("time_pct")[at]);
        result.timestamp.push_back(votes.of("timestamp")[at]);
    }
    result.votes = VoteTable(static_cast<uint32_t>(voters.size()), static_cast<uint32_t>(comments.size()), result.cast);
    return result;
}

// A number in the JSON text under its keys, the first of each after the one before: number_of(json, {"cn", "mu"}).
inline double number_of(std::string const& json, std::initializer_list<std::string> keys)
{
    size_t at = 0;
    for (std::string const& key : keys) {
        at = json.find("\"" + key + "\":", at);
        CHECK(at != std::string::npos);
    }
    return std::strtod(json.c_str() + json.find(':', at) + 1, nullptr);
}

}  // namespace parley::ranking
