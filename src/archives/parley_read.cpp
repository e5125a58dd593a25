#include "archives/parley.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace parley::archives {
namespace {

namespace json = boost::json;

constexpr size_t json_depth_max = 8;

// Reads the fields of one object. The first thing that is wrong is kept, and reading goes on with empty values;
// finish() tells it. Every field of the object has to be asked for, or it is one we do not know.
class ObjectReader {
public:
    ObjectReader(json::object const& object, std::string place) : object_(object), place_(std::move(place)) {}

    std::string text(std::string_view name) { return read_text(find(name, true), name); }
    std::string text_if_any(std::string_view name) { return read_text(find(name, false), name); }

    int64_t number(std::string_view name, int64_t lowest) { return optional_number(name, lowest, true).value_or(lowest); }
    std::optional<int64_t> optional_number(std::string_view name, int64_t lowest, bool is_needed = false)
    {
        json::value const* value = find(name, is_needed);
        if (!value)
            return {};
        std::optional<int64_t> found;
        if (value->is_int64())
            found = value->get_int64();
        if (!found || *found < lowest)
            complain(name, fmt::format("must be a whole number from {}", lowest));
        return found;
    }
    double real(std::string_view name)
    {
        json::value const* value = find(name, true);
        if (!value || !value->is_number()) {
            complain(name, "must be a number");
            return 0;
        }
        return value->is_double() ? value->get_double() : static_cast<double>(value->is_int64() ? value->get_int64() : 0);
    }
    bool flag(std::string_view name)
    {
        json::value const* value = find(name, false);
        if (value && !value->is_bool())
            complain(name, "must be true or false");
        return value && value->is_bool() && value->get_bool();
    }
    Time time(std::string_view name) { return optional_time(name, true).value_or(Time {}); }
    std::optional<Time> optional_time(std::string_view name, bool is_needed = false)
    {
        json::value const* value = find(name, is_needed);
        if (!value)
            return {};
        std::optional<Time> found = parse_time(read_text(value, name));
        if (!found)
            complain(name, "must be a moment such as 2026-11-23T21:10:46Z");
        return found;
    }
    // The place of the word among `words`, as the enum counts.
    template <typename Enum>
    Enum word(std::string_view name, std::initializer_list<std::string_view> words, int first = 0)
    {
        std::string value = text(name);
        auto place = std::find(words.begin(), words.end(), value);
        if (place == words.end()) {
            complain(name, fmt::format("is '{}', which is none of its words", value.substr(0, 40)));
            place = words.begin();
        }
        return static_cast<Enum>(first + (place - words.begin()));
    }
    std::optional<ObjectReader> object(std::string_view name, bool is_needed)
    {
        json::value const* value = find(name, is_needed);
        if (value && !value->is_object())
            complain(name, "must be an object");
        if (!value || !value->is_object())
            return {};
        return ObjectReader(value->get_object(), fmt::format("{}.", name));
    }
    template <typename Read>
    void list_of_objects(std::string_view name, Read&& read)
    {
        json::array const* items = list(name);
        if (!items)
            return;
        for (json::value const& item : *items) {
            if (!item.is_object())
                return complain(name, "must hold objects");
            ObjectReader inner(item.get_object(), fmt::format("{}.", name));
            read(inner);
            adopt(inner);
        }
    }
    std::vector<std::string> list_of_texts(std::string_view name)
    {
        std::vector<std::string> texts;
        if (json::array const* items = list(name))
            for (json::value const& item : *items)
                texts.push_back(read_text(&item, name));
        return texts;
    }

    void complain(std::string_view name, std::string_view what)
    {
        if (complaint_.empty())
            complaint_ = fmt::format("'{}{}' {}", place_, name, what);
    }
    // Takes over what an inner object complains of.
    void adopt(ObjectReader const& inner)
    {
        std::string complaint = inner.finish();
        if (complaint_.empty())
            complaint_ = std::move(complaint);
    }
    std::string finish() const
    {
        if (!complaint_.empty() || asked_for_ == object_.size())
            return complaint_;
        for (auto const& field : object_)
            if (std::find(names_.begin(), names_.end(), std::string_view(field.key())) == names_.end())
                return fmt::format("'{}{}' is no field of it", place_, std::string_view(field.key()).substr(0, 40));
        return {};
    }

private:
    json::value const* find(std::string_view name, bool is_needed)
    {
        json::value const* value = object_.if_contains(name);
        if (value) {
            ++asked_for_;
            names_.push_back(name);
        } else if (is_needed) {
            complain(name, "is missing");
        }
        return value;
    }
    json::array const* list(std::string_view name)
    {
        json::value const* value = find(name, false);
        if (value && !value->is_array())
            complain(name, "must be a list");
        return value && value->is_array() ? &value->get_array() : nullptr;
    }
    std::string read_text(json::value const* value, std::string_view name)
    {
        if (!value)
            return {};
        if (!value->is_string()) {
            complain(name, "must be text");
            return {};
        }
        std::string text(value->get_string());
        if (text.find('\0') != std::string::npos)
            complain(name, "holds the character U+0000");
        return text;
    }

    json::object const& object_;
    std::string place_;
    std::string complaint_ {};
    size_t asked_for_ = 0;
    std::vector<std::string_view> names_ {};
};

ParleyFormat format(ObjectReader& in) { return in.word<ParleyFormat>("format", { "markdown", "html", "text" }); }

ParleyHeader header(ObjectReader& in)
{
    ParleyHeader header;
    if (in.number("parley", 1) > parley_version)
        in.complain("parley", fmt::format("names a version of the format that this Parley does not know (it knows {}): use a newer Parley", parley_version));
    header.exported_at = in.time("exported");
    if (auto site = in.object("site", true)) {
        header.site_name = site->text("name");
        header.site_address = site->text("address");
        header.site_host = site->text("host");
        header.site_language = site->text("language");
        in.adopt(*site);
    }
    if (auto counts = in.object("counts", true)) {
        header.counts = { counts->number("storylines", 0), counts->number("people", 0), counts->number("stories", 0),
            counts->number("comments", 0), counts->number("origins", 0) };
        in.adopt(*counts);
    }
    return header;
}

ParleyStory story(ObjectReader& in)
{
    ParleyStory story;
    story.id = in.number("id", 1);
    story.url = in.text_if_any("url");
    story.keys = in.list_of_texts("keys");
    story.headline = in.text("headline");
    story.byline = in.text_if_any("byline");
    story.dateline = in.text_if_any("dateline");
    story.section = in.text_if_any("section");
    story.body = in.text_if_any("body");
    story.credit = in.text_if_any("credit");
    story.rights = in.text_if_any("rights");
    story.language = in.text_if_any("language");
    story.published_at = in.time("published");
    story.updated_at = in.optional_time("updated");
    story.state = in.word<ParleyStoryState>("state", { "published", "hidden" });
    story.storyline = in.optional_number("storyline", 1);
    in.list_of_objects("corrections", [&](ObjectReader& inner) {
        Time at = inner.time("at");
        story.corrections.push_back({ at, inner.text("text") });
    });
    story.thread = in.word<ParleyThreadState>("thread", { "open", "closed", "hidden" });
    return story;
}

ParleyComment comment(ObjectReader& in)
{
    ParleyComment comment;
    comment.story = in.number("story", 1);
    comment.number = in.number("number", 1);
    comment.parent = in.optional_number("parent", 1);
    comment.is_parent_inferred = in.flag("parent_inferred");
    if (auto evidence = in.object("evidence", false)) {
        comment.evidence = { evidence->text("method"), evidence->real("score"), evidence->text("matched") };
        in.adopt(*evidence);
    }
    comment.author = in.optional_number("author", 1);
    comment.created_at = in.time("created");
    comment.is_date_estimated = in.flag("date_estimated");
    comment.edited_at = in.optional_time("edited");
    comment.state = in.word<ParleyCommentState>("state", { "visible", "held", "removed", "withdrawn" });
    comment.state_reason = in.text_if_any("reason");
    comment.replies = in.optional_number("replies", 1).value_or(0);
    comment.language = in.text_if_any("language");
    comment.source.format = format(in);
    comment.source.text = in.text("source");
    comment.html = in.text("html");
    in.list_of_objects("quotes", [&](ObjectReader& inner) {
        ParleyQuote quote;
        quote.exact = inner.text("exact");
        quote.prefix = inner.text_if_any("prefix");
        quote.suffix = inner.text_if_any("suffix");
        quote.story = inner.number("story", 1);
        quote.number = inner.optional_number("number", 1);
        quote.position = inner.number("position", 0);
        comment.quotes.push_back(std::move(quote));
    });
    in.list_of_objects("revisions", [&](ObjectReader& inner) {
        ParleyRevision revision;
        revision.number = inner.number("number", 1);
        revision.at = inner.time("at");
        revision.source.format = format(inner);
        revision.source.text = inner.text("source");
        comment.revisions.push_back(std::move(revision));
    });
    return comment;
}

ParleyOrigin origin(ObjectReader& in)
{
    ParleyOrigin origin;
    origin.kind = in.word<ParleyOriginKind>("of", { "story", "person", "comment" }, 1);
    origin.system = in.text("system");
    origin.source_id = in.text("source_id");
    origin.id = in.number("id", 1);
    origin.number = in.optional_number("number", 1);
    if (origin.number.has_value() != (origin.kind == ParleyOriginKind::Comment))
        in.complain("number", "stands with origins of comments, and with no others");
    std::string digest = in.text("digest");
    uint64_t bits = 0;
    auto end = std::from_chars(digest.data(), digest.data() + digest.size(), bits, 16);
    if (digest.size() != 16 || end.ec != std::errc {} || end.ptr != digest.data() + digest.size())
        in.complain("digest", "must be 16 hexadecimal digits");
    origin.digest = static_cast<int64_t>(bits);
    return origin;
}

ParleyRecord record(ObjectReader& in, bool is_header)
{
    if (is_header)
        return header(in);
    std::string kind = in.text("kind");
    if (kind == "comment")
        return comment(in);
    if (kind == "story")
        return story(in);
    if (kind == "person") {
        ParleyPerson person;
        person.id = in.number("id", 1);
        person.handle = in.text("handle");
        person.name = in.text("name");
        person.membership = in.word<ParleyMembership>("membership", { "member", "imported", "former" });
        person.joined_at = in.time("joined");
        return person;
    }
    if (kind == "storyline") {
        ParleyStoryline storyline;
        storyline.id = in.number("id", 1);
        storyline.name = in.text("name");
        storyline.title = in.text("title");
        storyline.summary = in.text_if_any("summary");
        return storyline;
    }
    if (kind == "origin")
        return origin(in);
    if (kind != "end")
        in.complain("kind", fmt::format("is '{}', a kind of record that this Parley does not know", kind.substr(0, 40)));
    return ParleyEnd { in.number("lines", 2) };
}

}  // namespace

Result<ParleyRecord> read_parley_line(std::string_view line)
{
    if (line.size() > parley_line_bytes_max)
        return Error::invalid("The record is too long.");
    json::parse_options options;
    options.max_depth = json_depth_max;
    boost::system::error_code error;
    json::monotonic_resource memory;
    json::value value = json::parse(json::string_view(line.data(), line.size()), error, &memory, options);
    if (error)
        return Error::invalid(fmt::format("It is no JSON: {}.", error.message()));
    if (!value.is_object())
        return Error::invalid("It is no JSON object.");
    ObjectReader in(value.get_object(), "");
    ParleyRecord read = record(in, value.get_object().contains("parley"));
    if (std::string complaint = in.finish(); !complaint.empty())
        return Error::invalid(complaint + ".");
    return read;
}

}  // namespace parley::archives
