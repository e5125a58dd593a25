#include "app/commands/rank.h"

#include "app/commands/progress_bar.h"

#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iostream>
#include <thread>

namespace parley::app {
namespace {

using namespace ranking;

Result<std::unique_ptr<archives::ByteSource>> open(std::string const& file)
{
    return file == "-" ? archives::open_standard_input() : archives::open_file(file);
}

// What is wrong in a file, with the file's name.
Error in_file(std::string const& file, Error error)
{
    if (error.kind == ErrorKind::Invalid)
        error.message = fmt::format("{}: {}", file == "-" ? "standard input" : file, error.message);
    return error;
}

Result<archives::VotesFile> read_votes(RankOptions const& options)
{
    std::unique_ptr<archives::ByteSource> source = TRY(open(options.votes_file));
    ProgressBar bar;
    auto on_progress = [&](uint64_t bytes) { bar.show("reading", bytes, source->bytes_total()); };
    auto file = archives::read_votes_csv(*source, { options.agree, on_progress });
    return file.is_error() ? Result<archives::VotesFile>(in_file(options.votes_file, file.release_error())) : std::move(file);
}

// Voters and comments that pairs name and votes do not get numbers behind the others: nobody voted there, which a method
// may still have an expectation for.
void add_unknown(archives::VotesFile& file, std::vector<archives::VoterAndCommentNames>& pairs)
{
    auto add = [](std::vector<std::string>& names, auto const& name_of, auto const& number_of, auto& pairs) {
        std::vector<std::string> unknown;
        for (auto& pair : pairs)
            if (!number_of(pair))
                unknown.push_back(name_of(pair));
        std::sort(unknown.begin(), unknown.end());
        unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
        for (auto& pair : pairs)
            if (!number_of(pair))
                number_of(pair) = static_cast<uint32_t>(names.size() + size_t(std::lower_bound(unknown.begin(), unknown.end(), name_of(pair)) - unknown.begin()));
        names.insert(names.end(), unknown.begin(), unknown.end());
    };
    add(file.voters, [](auto& pair) -> std::string const& { return pair.voter; }, [](auto& pair) -> auto& { return pair.voter_number; }, pairs);
    add(file.comments, [](auto& pair) -> std::string const& { return pair.comment; }, [](auto& pair) -> auto& { return pair.comment_number; }, pairs);
}

RankedVotes counted(archives::VotesFile file)
{
    RankedVotes ranked { std::move(file), {}, {}, {}, {} };
    std::vector<CastVote> cast;
    cast.reserve(ranked.file.votes.size());
    for (archives::VoteRecord const& vote : ranked.file.votes)
        cast.push_back({ vote.voter, vote.comment, vote.value });
    ranked.table = VoteTable(static_cast<uint32_t>(ranked.file.voters.size()), static_cast<uint32_t>(ranked.file.comments.size()), cast);
    if (ranked.file.cast_at.empty())
        return ranked;
    ranked.first_vote_at.assign(ranked.file.voters.size(), std::numeric_limits<int64_t>::max());
    ranked.times.reserve(cast.size());
    for (size_t at = 0; at < cast.size(); ++at) {
        int64_t& first = ranked.first_vote_at[cast[at].voter];
        first = std::min(first, ranked.file.cast_at[at]);
        ranked.times.push_back({ cast[at].voter, cast[at].comment, ranked.file.cast_at[at] });
    }
    return ranked;
}

Result<std::vector<Method>> methods_of(RankOptions const& options)
{
    std::vector<Method> methods;
    for (std::string const& name : options.methods) {
        if (name == "all") {
            std::array const all = all_methods();
            methods.insert(methods.end(), all.begin(), all.end());
            continue;
        }
        std::optional<Method> const method = method_named(name);
        if (!method) {
            std::string known;
            for (Method one : all_methods())
                (known += ", ") += name_of(one);
            return Error::invalid(fmt::format("There is no method \"{}\"; there are all{}.", name, known));
        }
        methods.push_back(*method);
    }
    return methods;
}

Result<void> write_file(std::string const& path, std::string const& text)
{
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    if (!out || !out.write(text.data(), static_cast<std::streamsize>(text.size())) || !out.flush())
        return Error::outside(fmt::format("{} could not be written.", path), std::strerror(errno));
    return {};
}

}  // namespace

Result<void> rank(RankOptions const& options)
{
    std::vector<Method> const methods = TRY(methods_of(options));
    if (options.votes_file == "-" && options.pairs_file == "-")
        return Error::invalid("Votes and pairs cannot both come on standard input; name a file for one of them.");
    if (!options.pairs_file.empty() && methods.size() > 1)
        return Error::invalid("--predict takes one --method.");
    archives::VotesFile file = TRY(read_votes(options));
    std::vector<archives::VoterAndCommentNames> pairs;
    if (!options.pairs_file.empty()) {
        std::unique_ptr<archives::ByteSource> source = TRY(open(options.pairs_file));
        auto read = archives::read_pairs_csv(*source, file);
        if (read.is_error())
            return in_file(options.pairs_file, read.release_error());
        pairs = read.release_value();
        add_unknown(file, pairs);
    }
    RankedVotes ranked = counted(std::move(file));
    Crew crew(options.threads > 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency()));

    std::optional<uint32_t> explained;
    if (!options.explain.empty()) {
        explained = archives::number_of_name(ranked.file.comments, options.explain);
        if (!explained)
            return Error::not_found(fmt::format("Nobody voted on a comment \"{}\".", options.explain));
    }
    bool const needs_common_ground = (methods.empty() && pairs.empty()) || explained || options.is_summary || !options.voters_file.empty() || !options.map_file.empty();
    if (needs_common_ground)
        ranked.found = find_common_ground(ranked.votes(), { .seed = options.seed }, &crew);
    if (!options.voters_file.empty())
        TRY(write_file(options.voters_file, voters_table(ranked, options.form)));
    if (!options.map_file.empty())
        TRY(write_file(options.map_file, map_of(ranked)));
    if (!options.pairs_file.empty())
        std::cout << TRY(predictions_table(ranked, pairs, methods.empty() ? Method::Parley : methods.front(), options.form, crew));
    else if (explained)
        std::cout << explanation(ranked, *explained);
    else if (options.is_summary)
        std::cout << summary(ranked);
    else if (!methods.empty())
        std::cout << methods_table(ranked, methods, options.seed, options.form, crew);
    else
        std::cout << comments_table(ranked, options.form, crew);
    return {};
}

}  // namespace parley::app
