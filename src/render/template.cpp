#include "render/template.h"

#include "base/check.h"
#include "base/embedded_files.h"
#include "render/words.h"

#include <kainjow/mustache.hpp>

namespace parley {
namespace {

namespace mustache = kainjow::mustache;

bool is_html_name(std::string_view name) { return name.ends_with("_html"); }

// Blanks at the ends of lines are for whoever reads the template, not for the reader of the page.
std::string without_indentation(std::string_view source)
{
    std::string out;
    bool is_line_start = true;
    for (char c : source) {
        if (is_line_start && (c == ' ' || c == '\n'))
            continue;
        is_line_start = c == '\n';
        out += c;
    }
    return out;
}

using Templates = std::unordered_map<std::string_view, std::unique_ptr<mustache::mustache>>;

Templates parse_all()
{
    constexpr std::string_view folder = "web/templates/", ending = ".html";
    Templates templates;
    for (EmbeddedFile const& file : embedded_files()) {
        if (!file.path.starts_with(folder))
            continue;
        std::optional<std::string> fault = find_template_fault(file.content);
        if (fault)
            std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(file.path.size()), file.path.data(), fault->c_str());
        CHECK(!fault);
        auto parsed = std::make_unique<mustache::mustache>(without_indentation(file.content));
        CHECK(parsed->is_valid());
        parsed->set_custom_escape([](std::string const& text) {
            std::string escaped;
            escaped.reserve(text.size() + 16);
            append_escaped(escaped, text);
            return escaped;
        });
        templates.emplace(
            file.path.substr(folder.size(), file.path.size() - folder.size() - ending.size()), std::move(parsed));
    }
    return templates;
}

mustache::mustache& find_template(std::string_view name)
{
    static Templates const templates = parse_all();
    auto found = templates.find(name);
    if (found == templates.end())
        std::fprintf(stderr, "no template web/templates/%.*s.html\n", static_cast<int>(name.size()), name.data());
    CHECK(found != templates.end());
    return *found->second;
}

// Text that is not there counts as false, so that {{#byline}}…{{/byline}} shows nothing for an empty one.
mustache::data data_of(std::string_view value)
{
    return value.empty() ? mustache::data(false) : mustache::data(std::string(value));
}

}  // namespace

// Html does not go through kainjow, which would copy a nested branch once a level and more: a marker stands for it,
// and the Html is put in its place afterwards. Nothing else can look like a marker: text is escaped, and templates
// hold no comments (find_template_fault).
struct Fields::Data {
    struct Field {
        std::string_view name;
        mustache::data value;
        std::optional<size_t> markup {};  // which of `markups` the value stands for
    };
    std::vector<Field> fields;
    std::vector<std::string> markups;

    mustache::data const* find(std::string_view name) const
    {
        for (Field const& each : fields)
            if (each.name == name)
                return &each.value;
        return nullptr;
    }

    void add(std::string_view name, mustache::data value)
    {
        CHECK(!find(name));
        fields.push_back({ name, std::move(value) });
    }

    mustache::data keep(std::string markup)
    {
        markups.push_back(std::move(markup));
        return mustache::data("<!--" + std::to_string(markups.size() - 1) + "-->");
    }

    std::string with_markups(std::string_view text) const
    {
        constexpr std::string_view opening = "<!--", closing = "-->";
        size_t bytes = text.size();
        for (std::string const& each : markups)
            bytes += each.size();
        std::string out;
        out.reserve(bytes);
        for (size_t at; (at = text.find(opening)) != std::string_view::npos;) {
            out += text.substr(0, at);
            text.remove_prefix(at + opening.size());
            size_t end = text.find(closing), number = 0;
            CHECK(end != std::string_view::npos);
            for (char digit : text.substr(0, end))
                number = number * 10 + size_t(digit - '0');
            out += markups.at(number);
            text.remove_prefix(end + closing.size());
        }
        return out.append(text);
    }
};

namespace {

// Finds the fields of a page, of the rows of its lists, and the words of the interface. A name that nobody has
// given is our own mistake: kainjow would show nothing.
template <typename Data>
class PageContext : public mustache::basic_context<std::string> {
public:
    explicit PageContext(Data const& page) : page_(page) {}

    void push(mustache::data const* data) override { rows_.push_back(data); }
    void pop() override { rows_.pop_back(); }
    mustache::data const* get_partial(std::string const&) const override { return nullptr; }

    mustache::data const* get(std::string const& name) const override
    {
        constexpr std::string_view words = "words.";
        if (name.starts_with(words))
            return keep_word(std::string_view(name).substr(words.size()));
        for (auto row = rows_.rbegin(); row != rows_.rend(); ++row)
            if (mustache::data const* found = (*row)->get(name))
                return found;
        mustache::data const* found = page_.find(name);
        if (!found)
            std::fprintf(stderr, "a template names the field \"%s\", which it was not given\n", name.c_str());
        CHECK(found);
        return found;
    }

private:
    mustache::data const* keep_word(std::string_view key) const
    {
        for (auto& [each, value] : words_)
            if (each == key)
                return value.get();
        words_.emplace_back(key, std::make_unique<mustache::data>(word(key)));
        return words_.back().second.get();
    }

    Data const& page_;
    std::vector<mustache::data const*> rows_;
    mutable std::vector<std::pair<std::string, std::unique_ptr<mustache::data>>> words_;
};

// What kainjow writes to; a string stream would copy the page twice more.
struct Output {
    std::string text {};

    Output& operator<<(std::string const& more)
    {
        text += more;
        return *this;
    }
};

}  // namespace

Fields::Fields() : data_(std::make_unique<Data>()) { data_->fields.reserve(24); }
Fields::~Fields() = default;
Fields::Fields(Fields&&) noexcept = default;
Fields& Fields::operator=(Fields&&) noexcept = default;

Fields& Fields::text(std::string_view name, std::string_view value)
{
    CHECK(!is_html_name(name));
    data_->add(name, data_of(value));
    return *this;
}

Fields& Fields::html(std::string_view name, Html const& value)
{
    CHECK(is_html_name(name));
    if (value.is_empty()) {
        data_->add(name, mustache::data(false));
        return *this;
    }
    data_->add(name, data_->keep(value.markup()));
    data_->fields.back().markup = data_->markups.size() - 1;
    return *this;
}

Fields& Fields::flag(std::string_view name, bool value)
{
    CHECK(!is_html_name(name));
    data_->add(name, mustache::data(value));
    return *this;
}

Fields& Fields::list(std::string_view name, std::vector<Fields> rows)
{
    CHECK(!is_html_name(name));
    mustache::list values;
    values.reserve(rows.size());
    for (Fields& row : rows) {
        mustache::data& value = values.emplace_back();
        for (Data::Field& field : row.data_->fields)
            value[std::string(field.name)]
                = field.markup ? data_->keep(std::move(row.data_->markups[*field.markup])) : std::move(field.value);
    }
    data_->add(name, mustache::data(values));
    return *this;
}

Html render(std::string_view template_name, Fields const& fields)
{
    PageContext<Fields::Data> context(*fields.data_);
    Output output;
    find_template(template_name).render(context, output);
    return Html::from_trusted(fields.data_->with_markups(output.text));
}

std::optional<std::string> find_template_fault(std::string_view source)
{
    if (source.find("<!--") != std::string_view::npos)
        return "a template holds no comments: they would be sent to every reader";
    for (size_t at = 0; (at = source.find("{{", at)) != std::string_view::npos;) {
        bool is_triple = source.substr(at).starts_with("{{{");
        std::string_view closing = is_triple ? "}}}" : "}}";
        size_t from = at + closing.size();
        size_t end = source.find(closing, from);
        if (end == std::string_view::npos)
            return "a tag is not closed";
        std::string_view name = source.substr(from, end - from);
        at = end + closing.size();
        char sign = name.empty() ? ' ' : name.front();
        if (is_triple && !is_html_name(name))
            return fmt::format("{{{{{{{}}}}}}} would not be escaped: only a name that ends in _html stands in three braces", name);
        if (is_triple || sign == '#' || sign == '^' || sign == '/')
            continue;
        if (sign < 'a' || sign > 'z')
            return fmt::format("{{{{{}}}}} is more than this project uses: names, sections and {{{{{{…_html}}}}}}", name);
        if (is_html_name(name))
            return fmt::format("{{{{{}}}}} would be escaped twice: it stands in three braces", name);
    }
    return {};
}

}  // namespace parley
