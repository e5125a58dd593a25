#include "scene.h"

#include "actions/note_judging.h"
#include "actions/ranking.h"
#include "actions/threads.h"
#include "base/html.h"
#include "storage/comment_batches.h"
#include "storage/note_ratings.h"
#include "storage/notes.h"
#include "storage/people.h"
#include "storage/quotes.h"
#include "storage/ranks.h"
#include "storage/sites.h"
#include "storage/stories.h"
#include "storage/storylines.h"
#include "storage/threads.h"
#include "storage/viewpoints.h"
#include "storage/votes.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>

namespace parley {
namespace {

using Words = std::vector<std::string>;

constexpr int whole_thread = 100'000;

// Words divided by blanks; "one in quotes" is one word.
Words words_of(std::string_view line)
{
    Words words;
    while (!line.empty()) {
        if (line.front() == ' ') {
            line.remove_prefix(1);
            continue;
        }
        char end = line.front() == '"' ? '"' : ' ';
        if (end == '"')
            line.remove_prefix(1);
        size_t size = std::min(line.find(end), line.size());
        words.emplace_back(line.substr(0, size));
        line.remove_prefix(std::min(size + 1, line.size()));
    }
    return words;
}

std::string join(Words const& words, std::string_view between) { return fmt::format("{}", fmt::join(words, between)); }

class Stage {
public:
    explicit Stage(Database& database) : database_(database) {}

    Result<void> act(Words const& words);
    Result<Words> look(Words const& words);  // the lines that are seen
    static bool is_look(std::string const& verb)
    {
        return std::set<std::string> { "order", "pages", "context", "quoted", "comments", "thread", "stories", "revisions", "divide", "reception", "notes" }.contains(verb);
    }

private:
    Result<void> act_as(std::string const& person, Words const& words);
    Result<CommentId> post(std::optional<PersonId> author, std::string const& text, std::optional<CommentId> parent = {}, std::vector<Quote> quotes = {});
    Result<void> name(std::string const& name, Result<CommentId> comment);
    Result<CommentId> named(std::string const& name);
    Result<void> open_story(Words const& words);
    Result<void> change(std::string const& verb, CommentId comment);
    Result<void> make_voters(std::string const& side, int count);
    Result<void> vote(PersonId person, std::string const& verb, CommentId comment);
    Result<void> vote_as(std::string const& who, Words const& words);
    Result<Words> show_divide();
    Result<Words> show_reception(CommentId comment);
    Result<Words> show_order(Order order);
    Result<Words> show_pages(Order order, int limit);
    Result<Words> show_context(CommentId comment);
    Result<Words> show_quoted(std::string const& what);
    Result<void> act_on_notes(Words const& words);
    Result<void> take_sides(Words const& words);
    Result<void> note(PersonId author, std::optional<CommentId> about, std::string const& passage, Words const& words);
    Result<Words> show_notes();
    std::string line(Comment const& comment, size_t depth) const;
    Time now() { return { clock_ += 1000 }; }

    Database& database_;
    int64_t clock_ = 1'700'000'000'000;
    SiteId site_ {};
    Story story_ {};
    std::map<std::string, PersonId> people_;
    std::map<std::string, std::vector<PersonId>> voters_;
    std::map<std::string, StorylineId> storylines_;
    std::map<std::string, CommentId> comments_;
    std::map<CommentId, std::string> names_;
    std::map<std::string, NoteId> notes_;
};

Result<Order> order_named(std::string const& name)
{
    if (name == "newest")
        return Order::Newest;
    if (name == "oldest")
        return Order::Oldest;
    if (name == "most-replied")
        return Order::MostReplied;
    if (name == "common-ground")
        return Order::CommonGround;
    if (name == "split")
        return Order::Split;
    return Error::invalid("An order is newest, oldest, most-replied, common-ground or split.");
}

Result<void> Stage::name(std::string const& name, Result<CommentId> comment)
{
    CommentId id = TRY(std::move(comment));
    comments_[name] = id;
    names_[id] = name;
    return {};
}

Result<CommentId> Stage::named(std::string const& name)
{
    auto found = comments_.find(name);
    if (found == comments_.end())
        return Error::invalid(fmt::format("Nobody posted '{}'.", name));
    return found->second;
}

Result<CommentId> Stage::post(
    std::optional<PersonId> author, std::string const& text, std::optional<CommentId> parent, std::vector<Quote> quotes)
{
    Html html = Html::from_trusted("<p>");
    html.append(escape(text));
    html.append(Html::from_trusted("</p>"));
    NewComment draft { .comment = { .parent = parent, .path = CommentPath::root(1), .author = author, .created_at = now(), .html = html },
        .source = { SourceFormat::Text, text }, .quotes = std::move(quotes) };
    return TRY(database_.write([&](Transaction& tx) { return insert_comment(tx, story_.id, draft); })).id;
}

Result<void> Stage::open_story(Words const& words)
{
    if (!site_.is_set()) {
        site_ = TRY(database_.write([](Transaction& tx) {
            return insert_site(tx, { .name = "Courier", .address = "http://localhost", .host = "courier.example", .language = "en" });
        }));
    }
    story_ = { .site = site_, .headline = words.at(1), .section = "local", .language = "en", .published_at = now() };
    if (words.size() == 4)
        story_.storyline = storylines_.at(words[3]);
    story_.id = TRY(database_.write([&](Transaction& tx) { return insert_story(tx, story_); }));
    return {};
}

Result<void> Stage::change(std::string const& verb, CommentId comment)
{
    CommentState state = verb == "hold" ? CommentState::Held
        : verb == "remove"              ? CommentState::Removed
        : verb == "withdraw"            ? CommentState::Withdrawn
                                        : CommentState::Visible;
    return database_.write([&](Transaction& tx) { return change_comment_state(tx, comment, state, "", now()); });
}

Result<void> Stage::make_voters(std::string const& side, int count)
{
    for (int i = 1; i <= count; ++i) {
        std::string name = fmt::format("{}{}", side, i);
        people_[name] = TRY(database_.write([&](Transaction& tx) {
            return insert_person(tx, { .site = site_, .handle = name, .name = name, .joined_at = now() });
        })).id;
        voters_[side].push_back(people_[name]);
    }
    return {};
}

Result<void> Stage::vote(PersonId person, std::string const& verb, CommentId comment)
{
    return database_.write([&](Transaction& tx) -> Result<void> {
        Vote vote = TRY(find_vote(tx, comment, person));
        if (verb == "values")
            vote.is_worth_reading = true;
        else
            vote.stance = verb == "agrees" ? Stance::Agree : verb == "disagrees" ? Stance::Disagree : Stance::Pass;
        return put_vote(tx, comment, person, vote, now());
    });
}

// ada values NAME; or of voters: SIDE values 25 with NAME
Result<void> Stage::vote_as(std::string const& who, Words const& words)
{
    if (words.size() == 3)
        return vote(people_.at(who), words[1], TRY(named(words[2])));
    if (words.size() != 5 || !voters_.contains(who))
        return Error::invalid("Who votes, how many of them, with what?");
    size_t count = static_cast<size_t>(std::atoi(words[2].c_str()));
    std::vector<CommentId> comments;
    if (size_t dots = words[4].find(".."); dots == std::string::npos) {
        comments.push_back(TRY(named(words[4])));
    } else {
        size_t digits = words[4].find_first_of("0123456789"), behind = words[4].find_last_not_of("0123456789") + 1;
        std::string prefix = words[4].substr(0, digits);
        for (int number = std::atoi(words[4].c_str() + digits); number <= std::atoi(words[4].c_str() + behind); ++number)
            comments.push_back(TRY(named(fmt::format("{}{}", prefix, number))));
    }
    for (PersonId person : std::span(voters_.at(who)).first(std::min(count, voters_.at(who).size())))
        for (CommentId comment : comments)
            TRY(vote(person, words[1], comment));
    return {};
}

Result<Words> Stage::show_divide()
{
    DivideSeen seen = TRY(database_.read([&](Reader& reader) { return divide_of(reader, story_.id); }));
    if (seen.divide == Divide::NotEnoughVotes)
        return Words { fmt::format("not enough: {} of {}", seen.comments_with_enough, comments_with_enough_min) };
    return Words { seen.divide == Divide::Real ? "real" : "none" };
}

Result<Words> Stage::show_reception(CommentId comment)
{
    auto reception = TRY(database_.read([&](Reader& reader) { return receptions_of(reader, std::span(&comment, 1)); })).front().value_or(Reception {});
    auto const& [one, other] = reception.sides;
    return Words { fmt::format("{} of {} | {} of {}{}", one.worth, one.voted, other.worth, other.voted, reception.is_common_ground ? " (common ground)" : "") };
}

Result<void> Stage::act(Words const& words)
{
    std::string const& verb = words.front();
    if (verb == "rank") {
        if (words.size() == 4)  // after N minutes
            clock_ += int64_t { 60'000 } * std::atoi(words[2].c_str());
        TRY(rank_stale(database_, now()));
        return {};
    }
    if (words.size() < 2)
        return Error::invalid("This line says too little.");
    if (verb == "site" || (verb == "people" && !site_.is_set()) || (verb == "storyline" && !site_.is_set())) {
        std::string site_name = verb == "site" ? words[1] : "Courier";
        site_ = TRY(database_.write([&](Transaction& tx) {
            return insert_site(tx, { .name = site_name, .address = "http://localhost", .host = "courier.example", .language = "en" });
        }));
        if (verb == "site")
            return {};
    }
    if (verb == "people") {
        for (size_t i = 1; i < words.size(); ++i) {
            people_[words[i]] = TRY(database_.write([&](Transaction& tx) {
                return insert_person(tx, { .site = site_, .handle = words[i], .name = words[i], .joined_at = now() });
            })).id;
        }
        return {};
    }
    if (verb == "storyline") {
        storylines_[words[1]] = TRY(database_.write([&](Transaction& tx) {
            return insert_storyline(tx, { .site = site_, .name = words[1], .title = words.at(2) });
        }));
        return {};
    }
    if (verb == "voters" && words.size() == 3)
        return make_voters(words[1], std::atoi(words[2].c_str()));
    if (verb == "forget")
        return database_.write([&](Transaction& tx) { return forget_ranks(tx, now()); });
    if (words[1] == "agrees" || words[1] == "disagrees" || words[1] == "passes" || words[1] == "values")
        return vote_as(verb, words);
    if (verb == "story")
        return open_story(words);
    if (verb == "body") {
        story_.body = words[1];
        return database_.write([&](Transaction& tx) { return update_story(tx, story_, now()); });
    }
    if (verb == "open" || verb == "close" || verb == "hide") {
        ThreadState state = verb == "open" ? ThreadState::Open : verb == "close" ? ThreadState::Closed : ThreadState::Hidden;
        return database_.write([&](Transaction& tx) { return change_thread_state(tx, story_.id, state, now()); });
    }
    if (verb == "hold" || verb == "remove" || verb == "withdraw" || verb == "show")
        return change(verb, TRY(named(words[1])));
    if (verb == "edit" && words.size() == 3) {
        CommentId id = TRY(named(words[1]));
        return database_.write([&](Transaction& tx) {
            return edit_comment(tx, id, { SourceFormat::Text, words[2] }, escape(words[2]), {}, now());
        });
    }
    if (verb == "sides" || verb == "rate" || verb == "reword" || verb == "minutes")
        return act_on_notes(words);
    return act_as(verb, words);
}

// NAMES | NAMES: where the ranking would place them by their votes.
Result<void> Stage::take_sides(Words const& words)
{
    std::vector<Standing> standings;
    int side = 0;
    for (size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "|") {
            side = 1;
            continue;
        }
        standings.push_back({ .person = people_.at(words[i]), .camp = side, .factor = side ? 0.4 : -0.4, .votes = 10 });
    }
    return database_.write([&](Transaction& tx) -> Result<void> {
        PoolId pool = TRY(put_pool(tx, { .site = site_, .scope = PoolScope::Discussion, .story = story_.id, .version = 1 }));
        TRY(put_standings(tx, pool, standings));
        return put_discussion(tx, { .story = story_.id, .pool = pool, .version = 1 });
    });
}

Result<void> Stage::act_on_notes(Words const& words)
{
    std::string const& verb = words.front();
    if (verb == "sides")
        return take_sides(words);
    if (verb == "minutes") {
        clock_ += std::stoll(words[1]) * 60'000;
        while (TRY(judge_due_notes(database_, now())) > 0) { }
        return {};
    }
    NoteId id = notes_.at(words[1]);
    if (verb == "reword") {
        return database_.write([&](Transaction& tx) -> Result<void> {
            Note before = TRY(find_note(tx, id)).note;
            return reword_note(tx, before, before.kind, words.at(2), before.sources, now());
        });
    }
    std::optional<Helpfulness> helpfulness = helpfulness_from_word(words.at(2));
    for (size_t i = 3; i < words.size(); ++i) {
        std::optional<NoteRating> rating = helpfulness ? std::optional(rating_of(*helpfulness, {})) : std::nullopt;
        clock_ += 21 * 60'000;  // nobody rates in the same minutes: that would be a clique
        TRY(database_.write([&](Transaction& tx) { return put_rating(tx, id, people_.at(words[i]), rating, now()); }));
    }
    return {};
}

// … as NAME "text" from ADDRESS
Result<void> Stage::note(PersonId author, std::optional<CommentId> about, std::string const& passage, Words const& words)
{
    size_t as = words.size() - 5;
    Note fresh { .id = {}, .story = story_.id, .comment = about, .author = author, .text = words.at(as + 2), .sources = { words.at(as + 4) }, .created_at = now() };
    if (!about)
        fresh.passage = Quote { .exact = passage, .story = story_.id, .position = static_cast<int64_t>(std::min(story_.body.find(passage), story_.body.size())) };
    notes_[words.at(as + 1)] = TRY(database_.write([&](Transaction& tx) { return insert_note(tx, fresh); }));
    return {};
}

Result<Words> Stage::show_notes()
{
    constexpr char const* statuses[] = { "needs ratings", "waiting", "shown", "not helpful" };
    constexpr char const* lacks[] = { "", ": too few from one side", ": one side is not sure", ": too little support", ": slanted", ": not independent", "" };
    return database_.read([&](Reader& reader) -> Result<Words> {
        Words lines;
        for (auto const& [name, id] : notes_) {
            SignedNote found = TRY(find_note(reader, id));
            ranking::NoteVerdict const& verdict = found.note.verdict;
            auto const& [a, b] = verdict.evidence.sides;
            std::string_view lack = found.note.state == NoteState::Standing && verdict.status == ranking::NoteStatus::NeedsRatings ? lacks[static_cast<size_t>(verdict.lack)] : "";
            std::string_view state = found.note.state == NoteState::Withdrawn ? "withdrawn" : statuses[static_cast<size_t>(verdict.status)];
            lines.push_back(fmt::format("{} ({} of {}, {} of {}) {}{}", name, a.helpful, a.all(), b.helpful, b.all(), state, lack));
            if (found.answer)
                lines.push_back(fmt::format("  {}: {}", found.answerer->name, found.answer->text));
        }
        return lines;
    });
}

Result<void> Stage::act_as(std::string const& person, Words const& words)
{
    std::optional<PersonId> author;
    if (person != "anonymous") {
        if (!people_.contains(person))
            return Error::invalid(fmt::format("'{}' is no verb and nobody's name.", person));
        author = people_.at(person);
    }
    std::string const& verb = words[1];
    if (verb == "posts" && words.size() == 4)
        return name(words[2], post(author, words[3]));
    if (verb == "fills" && words.size() == 4) {
        for (int i = 1; i <= std::atoi(words[3].c_str()); ++i)
            TRY(name(fmt::format("{}{}", words[2], i), post(author, "and so on")));
        return {};
    }
    if (verb == "replies" && words.size() == 7)  // to NAME as NAME "text"
        return name(words[5], post(author, words[6], TRY(named(words[3]))));
    if (verb == "quotes" && words.size() == 8) {  // "words" of TARGET as NAME "text"
        Quote quote { .exact = words[2], .story = story_.id };
        if (words[4] == "story")
            quote.position = static_cast<int64_t>(std::min(story_.body.find(words[2]), story_.body.size()));
        else
            quote.comment = TRY(named(words[4]));
        return name(words[6], post(author, words[7], {}, { quote }));
    }
    if (verb == "notes" && words.size() == 8)  // NAME as NAME "text" from ADDRESS
        return note(*author, TRY(named(words[2])), {}, words);
    if (verb == "notes" && words.size() == 10)  // "words" of story as NAME "text" from ADDRESS
        return note(*author, {}, words[2], words);
    if (verb == "answers" && words.size() == 4)
        return database_.write([&](Transaction& tx) { return put_note_answer(tx, notes_.at(words[2]), { *author, words[3], now() }); });
    if (verb == "withdraws" && words.size() == 3)
        return database_.write([&](Transaction& tx) { return withdraw_note(tx, notes_.at(words[2])); });
    if (verb == "chains" && words.size() == 7) {  // COUNT below NAME as NAME
        int count = std::atoi(words[2].c_str());
        CommentId above = TRY(named(words[4]));
        for (int i = 1; i <= count; ++i) {
            TRY(name(fmt::format("{}{}", words[6], i), post(author, "and so on", above)));
            above = comments_.at(fmt::format("{}{}", words[6], i));
        }
        return {};
    }
    return Error::invalid("This line is none that scenes know.");
}

std::string Stage::line(Comment const& comment, size_t depth) const
{
    std::string_view mark = comment.state == CommentState::Visible ? ""
        : comment.state == CommentState::Removed                   ? " (removed)"
        : comment.state == CommentState::Withdrawn                 ? " (withdrawn)"
                                                                   : " (held)";
    return fmt::format("{:{}}{}{}", "", depth * 2, names_.at(comment.id), mark);
}

Result<Words> Stage::show_order(Order order)
{
    return database_.read([&](Reader& reader) -> Result<Words> {
        Words lines;
        std::vector<CommentPath> paths;
        auto roots = TRY(roots_of_thread(reader, story_.id, order, {}, Direction::Behind, whole_thread));
        for (auto const& root : roots)
            paths.push_back(root.comment.path);
        auto branches = TRY(branches_of(reader, story_.id, paths, whole_thread));
        for (size_t i = 0; i < roots.size(); ++i) {
            lines.push_back(line(roots[i].comment, 0));
            for (auto const& below : branches[i])
                lines.push_back(line(below.comment, static_cast<size_t>(below.comment.path.level()) - 1));
        }
        return lines;
    });
}

Result<Words> Stage::show_pages(Order order, int limit)
{
    Words pages;
    for (Direction direction : { Direction::Behind, Direction::Before }) {
        std::optional<RootPlace> place;
        for (;;) {
            auto page = TRY(database_.read([&](Reader& reader) {
                return roots_of_thread(reader, story_.id, order, place, direction, limit);
            }));
            if (page.empty())
                break;
            place = place_in(order, direction == Direction::Behind ? page.back() : page.front());
            Words names;
            for (auto const& one : page)
                names.push_back(line(one.comment, 0));
            pages.push_back(join(names, " "));
        }
    }
    return pages;
}

Result<Words> Stage::show_context(CommentId id)
{
    return database_.read([&](Reader& reader) -> Result<Words> {
        Words lines;
        Comment comment = TRY(find_comment(reader, id)).comment;
        for (auto const& above : TRY(ancestors_of(reader, comment)))
            lines.push_back("above " + line(above.comment, 0));
        lines.push_back(line(comment, 0));
        for (auto const& below : TRY(branch_behind(reader, story_.id, comment.path, comment.path, whole_thread)))
            lines.push_back("below " + line(below.comment, 0));
        return lines;
    });
}

Result<Words> Stage::show_quoted(std::string const& what)
{
    auto names = [&](std::vector<CommentId> const& ids) {
        Words words;
        for (CommentId id : ids)
            words.push_back(names_.at(id));
        return join(words, " ");
    };
    if (what == "story") {
        auto passages = TRY(database_.read([&](Reader& reader) { return quoted_words_of_story(reader, story_.id, 100, 100); }));
        Words lines;
        for (auto const& passage : passages)
            lines.push_back(fmt::format("{} ({}): {}", passage.quote.exact, passage.quoted_by_count, names(passage.quoted_by)));
        return lines;
    }
    CommentId id = TRY(named(what));
    auto quoting = TRY(database_.read([&](Reader& reader) { return quoted_by(reader, std::span(&id, 1), 100); }));
    return quoting.front().empty() ? Words {} : Words { names(quoting.front()) };
}

Result<Words> Stage::look(Words const& words)
{
    std::string const& verb = words.front();
    if (verb == "thread") {
        Thread thread = TRY(database_.read([&](Reader& reader) { return find_thread(reader, story_.id); }));
        constexpr char const* states[] = { "open", "closed", "hidden" };
        return Words { fmt::format("{} comments by {} people, {}", thread.comments_shown, thread.people,
            states[static_cast<size_t>(thread.state)]) };
    }
    if (verb == "divide")
        return show_divide();
    if (verb == "notes")
        return show_notes();
    if (words.size() < 2)
        return Error::invalid("This line says too little.");
    if (verb == "reception")
        return show_reception(TRY(named(words[1])));
    if (verb == "order")
        return show_order(TRY(order_named(words[1])));
    if (verb == "pages")
        return show_pages(TRY(order_named(words[1])), std::atoi(words.at(3).c_str()));
    if (verb == "context")
        return show_context(TRY(named(words[1])));
    if (verb == "quoted")
        return show_quoted(words[1]);
    Words lines;
    if (verb == "comments") {
        auto found = TRY(database_.read([&](Reader& reader) { return comments_of_person(reader, people_.at(words.at(2)), {}, 100); }));
        for (auto const& one : found)
            lines.push_back(line(one.comment, 0));
    } else if (verb == "stories") {
        auto found = TRY(database_.read([&](Reader& reader) { return stories_of_storyline(reader, storylines_.at(words.at(2)), {}, 100); }));
        for (auto const& one : found)
            lines.push_back(one.story.headline);
    } else {
        CommentId id = TRY(named(words.at(2)));
        for (Revision const& one : TRY(database_.read([&](Reader& reader) { return revisions_of(reader, id); })))
            lines.push_back(one.source.text);
    }
    return lines;
}

std::string_view take_line(std::string_view& text)
{
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    while (line.ends_with(' '))
        line.remove_suffix(1);
    return line;
}

}  // namespace

Result<void> play_scene(Database& database, std::string_view scene)
{
    Stage stage(database);
    int number = 0;
    while (!scene.empty()) {
        std::string_view text = take_line(scene);
        int at = ++number;
        Words words = words_of(text);
        if (words.empty() || words.front().starts_with('#'))
            continue;
        auto failed = [&](std::string_view why) { return Error::invalid(fmt::format("line {}: {}: {}", at, text, why)); };
        if (!Stage::is_look(words.front())) {
            if (Result<void> done = stage.act(words); done.is_error())
                return failed(done.error().message);
            continue;
        }
        ++number;
        if (take_line(scene) != "----")
            return failed("---- must follow, and what is to be seen.");
        Words expected;
        while (!scene.empty()) {
            std::string_view line = take_line(scene);
            ++number;
            if (line.empty())
                break;
            expected.emplace_back(line);
        }
        Result<Words> seen = stage.look(words);
        if (seen.is_error())
            return failed(seen.error().message);
        if (seen.value() != expected)
            return failed("\n" + join(seen.value(), "\n"));
    }
    return {};
}

}  // namespace parley
