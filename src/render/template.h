// Templates are logic-less files under web/templates (Mustache, https://mustache.github.io/mustache.5.html),
// compiled into the binary and parsed once. They escape by type: text fields are escaped, Html fields go in as they
// are. The name says which: an Html field's name ends in "_html" and stands in triple braces, a text field's
// does not and stands in double braces; CHECKs and tests/shape hold both sides to it.
//
//     Html row = render("comments/comment", Fields().text("author", name).html("body_html", comment.html));
//
// One template per thing: the template of a comment is used in the thread, on its own page and in updates.
#pragma once

#include "base/html.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// The values of one page, or of one row of a list. Every name that the template has must be given, once; empty text
// and empty Html count as false in a section. Names are literals: they are not copied.
class Fields {
public:
    Fields();
    ~Fields();
    Fields(Fields&&) noexcept;
    Fields& operator=(Fields&&) noexcept;

    Fields& text(std::string_view name, std::string_view value);
    Fields& html(std::string_view name, Html const& value);
    Fields& flag(std::string_view name, bool value);                       // {{#name}}…{{/name}}
    Fields& list(std::string_view name, std::vector<Fields> rows);         // {{#name}}…{{/name}} once a row

private:
    friend Html render(std::string_view template_name, Fields const& fields);
    struct Data;
    std::unique_ptr<Data> data_;
};

// CHECKs that the template exists: a missing one is our own mistake. Any thread.
Html render(std::string_view template_name, Fields const& fields);

// What is wrong with a template's tags, by the naming rule above; nothing when all is well.
std::optional<std::string> find_template_fault(std::string_view source);

}  // namespace parley
