#include "archives/parley.h"

#include "base/log.h"

#include <fmt/format.h>

namespace parley::archives {
namespace {

constexpr std::string_view memberships[] = { "member", "imported", "former" };
constexpr std::string_view story_states[] = { "published", "hidden" };
constexpr std::string_view thread_states[] = { "open", "closed", "hidden" };
constexpr std::string_view comment_states[] = { "visible", "held", "removed", "withdrawn" };
constexpr std::string_view formats[] = { "markdown", "html", "text" };
constexpr std::string_view origin_kinds[] = { "", "story", "person", "comment" };

// One JSON object, field by field. Fields that say nothing (empty text, false, nothing) may be left out.
class ObjectWriter {
public:
    explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }

    ObjectWriter& text(std::string_view name, std::string_view value)
    {
        begin(name);
        append_json_string(out_, value);
        return *this;
    }
    ObjectWriter& text_if_any(std::string_view name, std::string_view value) { return value.empty() ? *this : text(name, value); }
    ObjectWriter& number(std::string_view name, int64_t value)
    {
        begin(name);
        out_ += std::to_string(value);
        return *this;
    }
    ObjectWriter& number(std::string_view name, std::optional<int64_t> value) { return value ? number(name, *value) : *this; }
    ObjectWriter& real(std::string_view name, double value)
    {
        begin(name);
        out_ += fmt::format("{}", value);  // the shortest that reads back as the same number
        return *this;
    }
    ObjectWriter& flag(std::string_view name, bool value)
    {
        if (value) {
            begin(name);
            out_ += "true";
        }
        return *this;
    }
    ObjectWriter& time(std::string_view name, Time value) { return text(name, to_rfc3339(value)); }
    ObjectWriter& time(std::string_view name, std::optional<Time> value) { return value ? time(name, *value) : *this; }
    template <size_t size, typename Enum>
    ObjectWriter& word(std::string_view name, std::string_view const (&words)[size], Enum value)
    {
        return text(name, words[static_cast<size_t>(value)]);
    }
    // `write` is handed a writer for the object.
    template <typename Write>
    ObjectWriter& object(std::string_view name, Write&& write)
    {
        begin(name);
        ObjectWriter inner(out_);
        write(inner);
        inner.end();
        return *this;
    }
    template <typename Items, typename Write>
    ObjectWriter& list(std::string_view name, Items const& items, Write&& write)
    {
        if (items.empty())
            return *this;
        begin(name);
        char divider = '[';
        for (auto const& item : items) {
            out_ += divider;
            divider = ',';
            if constexpr (std::is_same_v<std::decay_t<decltype(item)>, std::string>) {
                append_json_string(out_, item);
            } else {
                ObjectWriter inner(out_);
                write(inner, item);
                inner.end();
            }
        }
        out_ += ']';
        return *this;
    }
    void end() { out_ += '}'; }

private:
    void begin(std::string_view name)
    {
        if (!is_first_)
            out_ += ',';
        is_first_ = false;
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }

    std::string& out_;
    bool is_first_ = true;
};

void write(ObjectWriter& out, ParleyHeader const& header)
{
    out.number("parley", parley_version).time("exported", header.exported_at);
    out.object("site", [&](ObjectWriter& site) {
        site.text("name", header.site_name).text("address", header.site_address).text("host", header.site_host).text("language", header.site_language);
    });
    out.object("counts", [&](ObjectWriter& counts) {
        counts.number("storylines", header.counts.storylines).number("people", header.counts.people).number("stories", header.counts.stories);
        counts.number("comments", header.counts.comments).number("origins", header.counts.origins);
    });
}

void write(ObjectWriter& out, ParleyStoryline const& storyline)
{
    out.text("kind", "storyline").number("id", storyline.id).text("name", storyline.name).text("title", storyline.title);
    out.text_if_any("summary", storyline.summary);
}

void write(ObjectWriter& out, ParleyPerson const& person)
{
    out.text("kind", "person").number("id", person.id).text("handle", person.handle).text("name", person.name);
    out.word("membership", memberships, person.membership).time("joined", person.joined_at);
}

void write(ObjectWriter& out, ParleyStory const& story)
{
    out.text("kind", "story").number("id", story.id).text_if_any("url", story.url);
    out.list("keys", story.keys, [](auto&, auto&) {});
    out.text("headline", story.headline).text_if_any("byline", story.byline).text_if_any("dateline", story.dateline);
    out.text_if_any("section", story.section).text_if_any("body", story.body).text_if_any("credit", story.credit);
    out.text_if_any("rights", story.rights).text_if_any("language", story.language);
    out.time("published", story.published_at).time("updated", story.updated_at);
    out.word("state", story_states, story.state).number("storyline", story.storyline);
    out.list("corrections", story.corrections, [](ObjectWriter& inner, ParleyCorrection const& correction) {
        inner.time("at", correction.at).text("text", correction.text);
    });
    out.word("thread", thread_states, story.thread);
}

void write(ObjectWriter& out, ParleyComment const& comment)
{
    out.text("kind", "comment").number("story", comment.story).number("number", comment.number).number("parent", comment.parent);
    out.flag("parent_inferred", comment.is_parent_inferred);
    if (comment.evidence) {
        out.object("evidence", [&](ObjectWriter& inner) {
            inner.text("method", comment.evidence->method).real("score", comment.evidence->score).text("matched", comment.evidence->matched);
        });
    }
    out.number("author", comment.author).time("created", comment.created_at).flag("date_estimated", comment.is_date_estimated);
    out.time("edited", comment.edited_at).word("state", comment_states, comment.state).text_if_any("reason", comment.state_reason);
    if (comment.replies != 0)
        out.number("replies", comment.replies);
    out.text_if_any("language", comment.language).word("format", formats, comment.source.format).text("source", comment.source.text);
    out.text("html", comment.html);
    out.list("quotes", comment.quotes, [](ObjectWriter& inner, ParleyQuote const& quote) {
        inner.text("exact", quote.exact).text_if_any("prefix", quote.prefix).text_if_any("suffix", quote.suffix);
        inner.number("story", quote.story).number("number", quote.number).number("position", quote.position);
    });
    out.list("revisions", comment.revisions, [](ObjectWriter& inner, ParleyRevision const& revision) {
        inner.number("number", revision.number).time("at", revision.at).word("format", formats, revision.source.format);
        inner.text("source", revision.source.text);
    });
}

void write(ObjectWriter& out, ParleyOrigin const& origin)
{
    out.text("kind", "origin").word("of", origin_kinds, origin.kind).text("system", origin.system).text("source_id", origin.source_id);
    out.number("id", origin.id).number("number", origin.number);
    out.text("digest", fmt::format("{:016x}", static_cast<uint64_t>(origin.digest)));
}

void write(ObjectWriter& out, ParleyEnd const& end) { out.text("kind", "end").number("lines", end.lines); }

}  // namespace

std::string to_line(ParleyRecord const& record)
{
    std::string line;
    ObjectWriter out(line);
    std::visit([&](auto const& one) { write(out, one); }, record);
    out.end();
    line += '\n';
    return line;
}

}  // namespace parley::archives
