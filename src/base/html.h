// Html is text that is already markup: written by our own code or by a renderer that allows only known
// elements. Everything else is a string, and becomes Html only through escape(). So forgetting to escape
// does not compile.
#pragma once

#include <string>
#include <string_view>

namespace parley {

class Html {
public:
    Html() = default;

    // The caller vouches that this is safe markup. Name of the promise, easy to search for.
    static Html from_trusted(std::string markup) { return Html(std::move(markup)); }

    std::string const& markup() const { return markup_; }
    bool is_empty() const { return markup_.empty(); }
    void append(Html const& more) { markup_ += more.markup_; }

    bool operator==(Html const&) const = default;

private:
    explicit Html(std::string markup) : markup_(std::move(markup)) {}
    std::string markup_;
};

// & < > " ' become references: right for element text and for attributes in either quotes.
Html escape(std::string_view text);
void append_escaped(std::string& out, std::string_view text);

}  // namespace parley
