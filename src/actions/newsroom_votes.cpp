#include "actions/newsroom_votes.h"

#include <charconv>
#include <fmt/format.h>

namespace parley {
namespace {

constexpr int64_t day_ms = int64_t { 24 } * 3600 * 1000;

// FNV-1a and the finisher of splitmix64 (Steele, Lea & Flood 2014): a number in [0, 1) of a voter, a comment and a purpose.
double drawn(int voter, std::string_view name, char purpose)
{
    uint64_t mixed = 14695981039346656037u ^ static_cast<uint64_t>(purpose);
    for (char letter : name)
        mixed = (mixed ^ static_cast<unsigned char>(letter)) * 1099511628211u;
    mixed += static_cast<uint64_t>(voter) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53;
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view between)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        size_t end = std::min(text.find(between), text.size());
        std::string_view part = text.substr(0, end);
        while (part.starts_with(' '))
            part.remove_prefix(1);
        while (part.ends_with(' '))
            part.remove_suffix(1);
        if (!part.empty())
            parts.push_back(part);
        text.remove_prefix(std::min(end + between.size(), text.size()));
    }
    return parts;
}

std::optional<int> number_in(std::string_view text)
{
    int number = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc {} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// Of those who see it: how many agree, and how many find it worth reading.
struct Appeal {
    double agree, worth;
};

Appeal appeal_to(ScriptedVoters const& script, bool is_of_one_side, std::string_view comment, std::string_view author)
{
    bool is_ones = script.one.contains(author), is_others = script.other.contains(author), has_sides = script.of_one_side > 0;
    bool is_own = is_of_one_side ? is_ones : is_others;
    Appeal appeal { .agree = 0.35 + 0.4 * drawn(0, author, 'n'), .worth = 0.1 + 0.25 * drawn(0, comment, 'q') };
    if (has_sides && (is_ones || is_others))
        appeal = is_own ? Appeal { 0.9, 0.4 + 0.3 * drawn(0, comment, 'o') } : Appeal { 0.1, 0.07 };
    if (script.valued.contains(comment))
        appeal.worth = is_own || !(is_ones || is_others) ? 0.88 : 0.78;
    return appeal;
}

}  // namespace

Result<std::vector<ScriptedVoters>> read_newsroom_voters(std::string_view file, std::string_view text)
{
    std::vector<ScriptedVoters> all;
    int number = 0;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        ++number;
        auto wrong = [&] { return Error::invalid(fmt::format("{}:{}: '{}' is no line of votes", file, number, line)); };
        if (line.empty() || line.starts_with('#'))
            continue;
        size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return wrong();
        std::string_view key = line.substr(0, colon);
        std::vector<std::string_view> values = parts_of(line.substr(colon + 1), ";");
        if (key == "story" && values.size() == 4) {
            auto voters = number_in(values[1]), one = number_in(values[2]), each = number_in(values[3]);
            if (!voters || !one || !each)
                return wrong();
            all.push_back({ .story = std::string(values[0]), .voters = *voters, .of_one_side = *one, .votes_each = *each });
            continue;
        }
        bool is_known = key == "one" || key == "other" || key == "valued";
        if (!is_known || all.empty())
            return wrong();
        auto& names = key == "one" ? all.back().one : key == "other" ? all.back().other : all.back().valued;
        names.insert(values.begin(), values.end());
    }
    return all;
}

std::optional<Vote> invented_vote(ScriptedVoters const& script, int voter, std::string_view comment, std::string_view author, size_t comments)
{
    // What is worth reading is passed on and seen by more.
    double seen = double(script.votes_each) / double(std::max<size_t>(1, comments)) * (script.valued.contains(comment) ? 2.5 : 1);
    if (drawn(voter, comment, 's') >= seen)
        return {};
    Appeal const appeal = appeal_to(script, voter < script.of_one_side, comment, author);
    double agrees = drawn(voter, comment, 'a');
    Stance stance = agrees < 0.06 ? Stance::Pass : agrees < 0.06 + 0.94 * appeal.agree ? Stance::Agree : Stance::Disagree;
    return Vote { stance, drawn(voter, comment, 'w') < appeal.worth };
}

int64_t invented_delay(int voter, std::string_view comment) { return static_cast<int64_t>(drawn(voter, comment, 't') * double(day_ms)); }

}  // namespace parley
