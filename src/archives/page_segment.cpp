#include "archives/page_segment.h"

#include "base/utf8.h"

#include <array>
#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace parley::archives {
namespace {

constexpr double never = -1e9;
constexpr size_t no_line = static_cast<size_t>(-1);

// What is known of the page as a whole before any line is judged.
struct PageFacts {
    std::unordered_map<std::string_view, uint32_t> occurrences;        // of each short line
    std::unordered_map<std::string_view, uint32_t> before_text;        // … followed by a line that reads like text
    std::unordered_set<std::string> mentioned;                         // words behind an @, one to four of them
    std::vector<size_t> next;                                          // the next line that is no known furniture
    std::vector<Furniture> between;                                    // furniture directly behind a line
    bool has_final_stops = false;  // most long lines end with a full stop (Thai pages have none)
    bool has_blanks = false;       // some lines are divided by empty ones and some are not
    bool has_furniture = false;    // buttons or times recur
};

bool is_short(PageLine const& line)
{
    return line.code_points <= 40 && line.words <= 6 && !line.starts_quoted && !line.starts_list && line.has_letter;
}

// Reads like text and not like a handle: long, or a sentence, or quoted words.
bool reads_like_text(PageLine const& line)
{
    return line.starts_quoted || line.ends_sentence || line.code_points > 40 || line.words > 6
        || (line.is_scriptio_continua && line.code_points > 20);
}

void collect_mentions(std::string const& text, std::unordered_set<std::string>& mentioned)
{
    for (size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
        size_t end = at + 1;
        for (int words = 0; words < 4 && end < text.size(); ++words) {
            end = std::min(text.find_first_of(" ,:;!?", end), text.size());
            std::string name = text.substr(at + 1, end - at - 1);
            mentioned.insert(name);
            while (!name.empty() && name.back() == '.')
                name.pop_back();
            mentioned.insert(name);
            if (end < text.size() && text[end] != ' ')
                break;
            ++end;
        }
    }
}

PageFacts gather_facts(std::vector<PageLine> const& lines)
{
    PageFacts facts;
    size_t count = lines.size();
    facts.next.assign(count, no_line);
    facts.between.assign(count, Furniture::None);
    size_t long_lines = 0, stopped = 0, blanks = 0, furniture = 0;
    size_t behind = no_line;
    for (size_t i = count; i-- > 0;) {
        facts.next[i] = behind;
        if (lines[i].furniture == Furniture::None)
            behind = i;
    }
    for (size_t i = 0; i < count; ++i) {
        PageLine const& line = lines[i];
        if (i + 1 < count)
            facts.between[i] = lines[i + 1].furniture;
        furniture += line.furniture != Furniture::None;
        blanks += line.is_after_blank;
        if (line.code_points > 40) {
            ++long_lines;
            stopped += line.ends_sentence;
        }
        if (line.text.find('@') != std::string::npos)
            collect_mentions(line.text, facts.mentioned);
        if (!is_short(line))
            continue;
        ++facts.occurrences[line.text];
        if (facts.next[i] != no_line && reads_like_text(lines[facts.next[i]]))
            ++facts.before_text[line.text];
    }
    facts.has_final_stops = stopped * 2 > long_lines;
    facts.has_blanks = blanks * 8 > count && blanks * 4 < count * 3;
    facts.has_furniture = furniture >= 4;
    return facts;
}

bool seen_once(PageFacts const& facts, PageLine const& line)
{
    auto found = facts.occurrences.find(line.text);
    return found == facts.occurrences.end() || found->second == 1;
}

// A sub-head names what the paragraph below it is about ("Helicopter": "In urgent cases the helicopter comes…"); people
// seldom write their own handle.
bool names_its_section(std::vector<PageLine> const& lines, PageFacts const& facts, size_t i)
{
    if (facts.next[i] == no_line)
        return false;
    std::string const& head = lines[i].folded;
    std::string_view longest;
    for (size_t begin = 0; begin < head.size();) {
        size_t end = std::min(head.find(' ', begin), head.size());
        if (end - begin > longest.size())
            longest = std::string_view(head).substr(begin, end - begin);
        begin = end + 1;
    }
    return longest.size() >= 3 && (" " + lines[facts.next[i]].folded + " ").find(" " + std::string(longest) + " ") != std::string::npos;
}

// Lists and verses begin alike line after line; handles that follow each other do not.
bool begins_like_a_neighbour(std::vector<PageLine> const& lines, size_t i)
{
    auto first_word = [](std::string const& folded) { return std::string_view(folded).substr(0, folded.find(' ')); };
    std::string_view word = first_word(lines[i].folded);
    if (word.size() < 3 || lines[i].words < 2)
        return false;
    auto is_like = [&](PageLine const& other) {
        return other.words >= 2 && other.words <= 6 && !other.ends_sentence && other.text != lines[i].text && first_word(other.folded) == word;
    };
    return (i > 0 && is_like(lines[i - 1])) || (i + 1 < lines.size() && is_like(lines[i + 1]));
}

// How much a line looks like a handle that stands alone, against text.
double handle_score(std::vector<PageLine> const& lines, PageFacts const& facts, size_t i)
{
    PageLine const& line = lines[i];
    if (line.starts_quoted || line.starts_list || line.code_points > 48 || line.is_rights)
        return -8;
    if (line.furniture == Furniture::Badge || line.furniture == Furniture::Marker)
        return facts.occurrences.contains(line.text) && facts.occurrences.at(line.text) > 1 ? -6 : -2;  // somebody may be called Guest
    if (line.furniture != Furniture::None)
        return -8;
    if (!line.has_letter && !line.has_key_sign)
        return -6;
    double score = -0.6;  // most short lines of the story's part are sub-heads
    if (line.words == 1)
        score += 1.0;
    else if (line.words == 2)
        score += 0.6;
    else if (line.words == 3)
        score += 0.2;
    else
        score -= 0.3 * (line.words - 3.0) + (line.words > 5 ? 1.0 : 0);
    if (line.is_scriptio_continua)  // one "word" may be a whole sentence there
        score += line.code_points <= 10 ? -0.3 : line.code_points <= 16 ? -0.8 : -4;
    if (line.code_points > 32)
        score -= 2;
    if (line.has_key_sign && line.words <= 3)
        score += 1.5;
    if (line.has_case && line.words == 1 && line.words_capitalised == 0)
        score += 0.7;  // a sub-head begins with a capital
    if (line.has_case && line.words > 1 && line.words_capitalised == line.words)
        score += 0.4;
    if (line.has_case && line.words > 1 && line.words_capitalised == 1 && !line.has_key_sign && seen_once(facts, line))
        score -= 0.6;  // "What the court said": so sub-heads are written
    if (seen_once(facts, line) && !line.has_key_sign && names_its_section(lines, facts, i))
        score -= 1.5;
    if (seen_once(facts, line) && begins_like_a_neighbour(lines, i))
        score -= 2;
    if (line.has_comma)
        score -= 1;
    if (line.ends_sentence)
        score -= 4;
    if (line.ends_clause)
        score -= 4;

    uint32_t seen = 1, seen_before_text = 0;
    if (auto found = facts.occurrences.find(line.text); found != facts.occurrences.end())
        seen = found->second;
    if (auto found = facts.before_text.find(line.text); found != facts.before_text.end())
        seen_before_text = found->second;
    if (seen > 1 && seen_before_text * 2 >= seen)
        score += std::min(3.0, 1.7 + 0.3 * seen);  // sub-heads and sentences do not recur before new text
    if (facts.mentioned.contains(line.text))
        score += 2.5;

    size_t next = facts.next[i];
    if (next == no_line) {
        score -= 0.5;
    } else {
        PageLine const& following = lines[next];
        if (following.starts_quoted)
            score += 1.5;
        else if (reads_like_text(following))
            score += 0.5;
        else
            score -= 0.5;
    }
    if (facts.has_furniture) {
        if (facts.between[i] == Furniture::Time)
            score += 2.5;
        if (i > 0 && (lines[i - 1].furniture == Furniture::Button || lines[i - 1].furniture == Furniture::Count || lines[i - 1].furniture == Furniture::Avatar))
            score += 1;
        if (i > 0 && lines[i - 1].furniture == Furniture::Avatar && lines[i - 1].text.find(line.text) != std::string::npos)
            score += 3;
    }
    if (facts.has_final_stops && i > 0 && lines[i - 1].furniture == Furniture::None && !lines[i - 1].ends_sentence
        && !lines[i - 1].is_rights && lines[i - 1].code_points > 20)
        score -= 0.7;  // the text before it goes on
    if (facts.has_blanks && line.is_after_blank)
        score += next != no_line && !lines[next].is_after_blank ? 0.6 : 0.3;
    return score;
}

// What it costs to take a line as a paragraph of text (of a story or a comment).
double text_score(PageLine const& line)
{
    switch (line.furniture) {
    case Furniture::None: return 0;
    case Furniture::Button: return -4;
    case Furniture::Badge: return -4;
    case Furniture::Marker: return -4.5;
    case Furniture::Count: return -6;
    case Furniture::Time: return -6;
    case Furniture::Avatar: return -7;
    }
    return 0;
}

// A line that is in no list but behaves like a button: it recurs, and what follows it is hardly ever text.
bool behaves_like_furniture(PageFacts const& facts, PageLine const& line)
{
    auto seen = facts.occurrences.find(line.text);
    if (seen == facts.occurrences.end() || seen->second < 4 || line.ends_sentence)
        return false;
    auto before_text = facts.before_text.find(line.text);
    return before_text == facts.before_text.end() || before_text->second * 5 <= seen->second;
}

enum State : uint8_t {
    InStory,      // nothing but story so far
    Announced,    // furniture that announces comments was seen
    AfterRights,  // on or behind the rights line: a handle must come
    AtHandle,     // text must come
    InText,
    AfterButtons,  // buttons closed the comment; more text of it is unlikely
    state_count
};

struct Step {
    double score = never;
    uint8_t from = 0;
    LineRole role = LineRole::Story;
};

}  // namespace

std::vector<LineRole> segment(std::vector<PageLine> const& lines)
{
    PageFacts facts = gather_facts(lines);
    std::vector<std::array<Step, state_count>> table(lines.size());
    std::array<double, state_count> before;
    before.fill(never);
    before[InStory] = 0;

    for (size_t i = 0; i < lines.size(); ++i) {
        PageLine const& line = lines[i];
        std::array<Step, state_count>& row = table[i];
        auto offer = [&](State from, State to, LineRole role, double score) {
            if (before[from] <= never / 2)
                return;
            double total = before[from] + score;
            if (total > row[to].score)
                row[to] = { total, from, role };
        };
        double as_handle = handle_score(lines, facts, i);
        double as_text = text_score(line);
        bool looks_like_handle = as_handle > -1.5 && !reads_like_text(line);
        size_t next = facts.next[i];
        bool handle_follows = next != no_line && handle_score(lines, facts, next) > -1.5 && !lines[next].starts_quoted;

        // Story. A rights line with a handle behind it is no photo credit.
        double as_story = as_text + (looks_like_handle ? -0.3 : 0) + (line.is_rights && handle_follows ? -4 : 0);
        if (looks_like_handle && as_handle > 1.5)
            as_story -= 0.5;
        offer(InStory, InStory, LineRole::Story, as_story);
        offer(Announced, InStory, LineRole::Story, as_story - 3);
        if (line.is_rights) {
            double as_rights = handle_follows ? 3 : -3;
            offer(InStory, AfterRights, LineRole::Rights, as_rights);
            offer(Announced, AfterRights, LineRole::Rights, as_rights);
            offer(AfterRights, AfterRights, LineRole::Rights, 0);
        }

        // Handles. Without a rights line or furniture between, the comments begin where handles do.
        offer(AfterRights, AtHandle, LineRole::Handle, as_handle + 1);
        offer(Announced, AtHandle, LineRole::Handle, as_handle + 1.5);
        offer(InStory, AtHandle, LineRole::Handle, i == 0 ? never : as_handle - 1.5);
        offer(InText, AtHandle, LineRole::Handle, as_handle);
        offer(AfterButtons, AtHandle, LineRole::Handle, as_handle + 1);

        // Text. A paragraph that looks like a handle is rare, and more so where a handle would be right.
        double alike = looks_like_handle ? -0.9 - 0.5 * std::max(0.0, as_handle) : 0;
        offer(AtHandle, InText, LineRole::Text, as_text + alike * 0.5);
        offer(InText, InText, LineRole::Text, as_text + alike - 0.25);
        offer(AfterButtons, InText, LineRole::Text, as_text + alike - 3);

        // Furniture: by its words, or because it behaves like it.
        double as_furniture = never;
        if (line.furniture != Furniture::None)
            as_furniture = 0;
        else if (behaves_like_furniture(facts, line))
            as_furniture = -0.5;
        else if (i + 1 < lines.size() && lines[i + 1].text == line.text && is_short(line))
            as_furniture = -0.3;  // the alternative text of a picture is the name below it
        if (as_furniture > never) {
            bool announces = line.furniture == Furniture::Marker;
            bool closes = line.furniture != Furniture::Badge && line.furniture != Furniture::Time;
            offer(InStory, announces ? Announced : InStory, LineRole::Furniture, as_furniture);
            offer(Announced, Announced, LineRole::Furniture, as_furniture);
            offer(AfterRights, AfterRights, LineRole::Furniture, as_furniture);
            offer(AtHandle, AtHandle, LineRole::Furniture, as_furniture - (closes ? 0.5 : 0));
            offer(InText, closes ? AfterButtons : InText, LineRole::Furniture, as_furniture);
            offer(AfterButtons, AfterButtons, LineRole::Furniture, as_furniture);
        }
        for (size_t state = 0; state < state_count; ++state)
            before[state] = row[state].score;
    }

    // A page may end in its story (no comments), in a text or behind one; a handle without text only when the page
    // breaks off there.
    before[AtHandle] -= 3;
    before[AfterRights] -= 0.5;
    size_t best = InStory;
    for (size_t state = 0; state < state_count; ++state)
        if (before[state] > before[best])
            best = state;
    std::vector<LineRole> roles(lines.size());
    for (size_t i = lines.size(); i-- > 0;) {
        roles[i] = table[i][best].role;
        best = table[i][best].from;
    }
    return roles;
}

}  // namespace parley::archives
