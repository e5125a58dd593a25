#include "actions/newsroom_script.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace parley {
namespace {

constexpr int64_t minute = 60'000;
constexpr int64_t hour = 60 * minute;
constexpr int64_t day = 24 * hour;

std::string_view trim(std::string_view text)
{
    size_t const begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

// Cuts at the first `mark`: what stands before it, trimmed. Without a mark: everything.
std::string_view take_until(std::string_view& rest, std::string_view mark)
{
    size_t const end = rest.find(mark);
    std::string_view const taken = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view {} : rest.substr(end + mark.size());
    return trim(taken);
}

class ScriptReader {
public:
    ScriptReader(std::string_view file, std::string_view text, Time now) : file_(file), rest_(text), now_(now) {}

    Result<ScriptedStory> read()
    {
        TRY(read_head());
        TRY(read_body());
        while (!rest_.empty())
            TRY(rest_.starts_with("=== sides |") ? read_sides() : rest_.starts_with("=== note |") ? read_note() : read_comment());
        return std::move(script_);
    }

private:
    Error wrong(std::string_view what) const { return Error::invalid(fmt::format("{}:{}: {}", file_, line_, what)); }

    std::string_view next_line()
    {
        size_t const end = rest_.find('\n');
        std::string_view const line = rest_.substr(0, end);
        rest_ = end == std::string_view::npos ? std::string_view {} : rest_.substr(end + 1);
        ++line_;
        return line;
    }

    bool at_comment() const { return rest_.starts_with("=== "); }

    Result<Time> moment_before_now(std::string_view span) const
    {
        std::optional<int64_t> const before = parse_span(span);
        if (!before)
            return wrong(fmt::format("'{}' is no span of time like 2d3h15m", span));
        return now_.plus_milliseconds(-*before);
    }

    Result<int64_t> moment_after_publication(std::string_view span) const
    {
        std::optional<int64_t> const after = parse_span(span);
        if (!after)
            return wrong(fmt::format("'{}' is no span of time like 2d3h15m", span));
        if (script_.story.published_at.plus_milliseconds(*after) > now_)
            return wrong(fmt::format("{} after the publication is still to come", span));
        return *after;
    }

    Result<size_t> earlier_comment(std::string_view name) const
    {
        auto const found = names_.find(name);
        if (found == names_.end())
            return wrong(fmt::format("there is no comment '{}' above", name));
        return found->second;
    }

    Result<void> read_head()
    {
        Story& story = script_.story;
        std::map<std::string_view, std::string*> const texts {
            { "headline", &story.headline }, { "url", &story.url }, { "section", &story.section },
            { "byline", &story.byline }, { "dateline", &story.dateline }, { "credit", &story.credit },
            { "rights", &story.rights }, { "language", &story.language }, { "storyline", &script_.storyline },
        };
        bool has_publication = false;
        for (std::string_view line = next_line(); !line.empty(); line = next_line()) {
            std::string_view value = line;
            std::string_view key = take_until(value, ":");
            value = trim(value);
            if (auto const text = texts.find(key); text != texts.end()) {
                *text->second = value;
            } else if (key == "published") {
                story.published_at = TRY(moment_before_now(value));
                has_publication = true;
            } else if (key == "updated") {
                story.updated_at = TRY(moment_before_now(value));
            } else if (key.starts_with("correction ")) {
                story.corrections.push_back({ TRY(moment_before_now(key.substr(11))), std::string(value) });
            } else if (key == "thread" && value == "closed") {
                script_.thread_state = ThreadState::Closed;
            } else {
                return wrong(fmt::format("'{}' is no line of a story's head", line));
            }
        }
        if (story.headline.empty() || story.url.empty() || !has_publication)
            return wrong("a story needs headline, url and published");
        return {};
    }

    Result<void> read_body()
    {
        while (!rest_.empty() && !at_comment()) {
            script_.story.body += next_line();
            script_.story.body += '\n';
        }
        script_.story.body = trim(script_.story.body);
        if (script_.story.body.empty())
            return wrong("a story needs a body");
        return {};
    }

    // === name | author | 12m | answers x | …
    Result<void> read_comment_line(ScriptedComment& comment, std::string_view& name)
    {
        std::string_view line = next_line();
        comment.line = line_;
        take_until(line, "=== ");
        name = take_until(line, "|");
        comment.name = name;
        comment.author = take_until(line, "|");
        comment.after_publication = TRY(moment_after_publication(take_until(line, "|")));
        while (!line.empty()) {
            std::string_view value = take_until(line, "|");
            std::string_view const word = take_until(value, " ");
            if (word == "answers")
                comment.parent = TRY(earlier_comment(trim(value)));
            else if (word == "edited")
                comment.edited_after_publication = TRY(moment_after_publication(trim(value)));
            else if (word == "language")
                comment.language = trim(value);
            else if (word == "held")
                comment.state = CommentState::Held;
            else if (word == "withdrawn")
                comment.state = CommentState::Withdrawn;
            else if (word == "removed" && !trim(value).empty())
                comment.state = CommentState::Removed, comment.state_reason = trim(value);
            else
                return wrong(fmt::format("'{}' says nothing about a comment", word));
        }
        if (name.empty() || comment.author.empty())
            return wrong("a comment needs a name, an author and a moment");
        return {};
    }

    Result<void> read_comment()
    {
        if (!at_comment())
            return wrong("a comment begins with ===");
        ScriptedComment comment;
        std::string_view name;
        TRY(read_comment_line(comment, name));
        while (rest_.starts_with("quote ")) {
            std::string_view line = next_line();
            line.remove_prefix(6);
            std::string_view const target = take_until(line, ":");
            ScriptedQuote quote { std::nullopt, std::string(trim(line)) };
            if (target != "story")
                quote.comment = TRY(earlier_comment(target));
            comment.quotes.push_back(std::move(quote));
        }
        while (!rest_.empty() && !at_comment()) {
            comment.markdown += next_line();
            comment.markdown += '\n';
        }
        comment.markdown = trim(comment.markdown);
        if (comment.markdown.empty())
            return wrong("a comment needs words");
        if (!names_.emplace(name, script_.comments.size()).second)
            return wrong(fmt::format("there are two comments '{}'", name));
        script_.comments.push_back(std::move(comment));
        return {};
    }

    void skip_empty_lines()
    {
        while (rest_.starts_with('\n'))
            next_line();
    }

    // === sides | h2 h4 | h5 h7
    Result<void> read_sides()
    {
        std::string_view line = next_line();
        take_until(line, "|");
        for (std::vector<size_t>& side : script_.sides)
            for (std::string_view names = take_until(line, "|"); !names.empty();)
                side.push_back(TRY(earlier_comment(take_until(names, " "))));
        skip_empty_lines();
        return {};
    }

    // 14/16
    static std::optional<ScriptedRatings> side_in(std::string_view text)
    {
        ScriptedRatings side;
        auto const [slash, wrong] = std::from_chars(text.data(), text.data() + text.size(), side.helpful);
        if (wrong != std::errc() || slash == text.data() + text.size() || *slash != '/')
            return {};
        auto const [end, also_wrong] = std::from_chars(slash + 1, text.data() + text.size(), side.all);
        return also_wrong == std::errc() && end == text.data() + text.size() && side.helpful <= side.all ? std::optional(side) : std::nullopt;
    }

    // === note | author | 5d23h | on x | correction | helpful 14/16 9/11
    Result<void> read_note_line(ScriptedNote& note)
    {
        std::string_view line = next_line();
        note.line = line_;
        take_until(line, "|");
        note.author = take_until(line, "|");
        note.after_publication = TRY(moment_after_publication(take_until(line, "|")));
        std::string_view about = take_until(line, "|");
        if (take_until(about, " ") != "on")
            return wrong("a note is on something");
        if (about != "story")
            note.comment = TRY(earlier_comment(about));
        std::optional<NoteKind> const kind = note_kind_from_word(take_until(line, "|"));
        std::string_view rated = trim(line);
        bool const is_rated = take_until(rated, " ") == "helpful";
        for (ScriptedRatings& side : note.sides) {
            std::optional<ScriptedRatings> const read = side_in(take_until(rated, " "));
            if (!kind || !is_rated || !read)
                return wrong("a note is `on NAME | KIND | helpful N/N N/N`");
            side = *read;
        }
        note.kind = *kind;
        return {};
    }

    Result<void> read_note()
    {
        ScriptedNote note;
        TRY(read_note_line(note));
        for (bool is_head = true; is_head;) {
            std::string_view line = rest_.substr(0, rest_.find('\n'));
            std::string_view const key = take_until(line, ": ");
            is_head = key == "source" || key == "words" || key.starts_with("answer ");
            if (!is_head)
                break;
            next_line();
            if (key == "source")
                note.sources.emplace_back(trim(line));
            else if (key == "words")
                note.words = trim(line);
            else
                note.answerer = key.substr(7), note.answer = trim(line);
        }
        while (!rest_.empty() && !at_comment())
            note.text.append(next_line()).push_back('\n');
        note.text = trim(note.text);
        if (note.author.empty() || note.text.empty() || note.sources.empty() || note.comment.has_value() == !note.words.empty())
            return wrong("a note needs an author, sources, words of its own, and what it is about");
        script_.notes.push_back(std::move(note));
        return {};
    }

    std::string_view file_;
    std::string_view rest_;
    Time now_;
    int line_ = 0;
    ScriptedStory script_;
    std::map<std::string, size_t, std::less<>> names_;
};

}  // namespace

Result<ScriptedStory> read_newsroom_story(std::string_view file, std::string_view text, Time now)
{
    return ScriptReader(file, text, now).read();
}

Result<std::vector<Storyline>> read_newsroom_storylines(std::string_view file, std::string_view text)
{
    std::vector<Storyline> storylines;
    for (int line_number = 1; !text.empty(); ++line_number) {
        std::string_view line = take_until(text, "\n");
        if (line.empty())
            continue;
        Storyline storyline;
        storyline.name = take_until(line, "|");
        storyline.title = take_until(line, "|");
        storyline.summary = trim(line);
        if (storyline.summary.empty())
            return Error::invalid(fmt::format("{}:{}: a storyline is `name | title | summary`", file, line_number));
        storylines.push_back(std::move(storyline));
    }
    return storylines;
}

std::optional<int64_t> parse_span(std::string_view text)
{
    int64_t total = 0;
    int64_t smallest_unit = day + 1;
    while (!text.empty()) {
        int64_t count = 0;
        size_t digits = 0;
        for (; digits < text.size() && digits < 5 && text[digits] >= '0' && text[digits] <= '9'; ++digits)
            count = count * 10 + (text[digits] - '0');
        if (digits == 0 || digits == text.size())
            return std::nullopt;
        char const letter = text[digits];
        int64_t const unit = letter == 'd' ? day : letter == 'h' ? hour : letter == 'm' ? minute : 0;
        if (unit == 0 || unit >= smallest_unit)
            return std::nullopt;
        smallest_unit = unit;
        total += count * unit;
        text.remove_prefix(digits + 1);
    }
    if (smallest_unit > day)
        return std::nullopt;
    return total;
}

}  // namespace parley
