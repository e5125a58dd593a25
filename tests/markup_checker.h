// A strict reader of the markup that comments may hold, written apart from what writes it. Tests and fuzzers ask
// it whether S-01, S-02, S-03 and the nesting cap of S-12 hold. It accepts one spelling of everything; whatever
// it does not know is wrong.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

class MarkupChecker {
public:
    // What is wrong with `markup`, and where; empty when nothing is.
    static std::string complaint(std::string_view markup)
    {
        MarkupChecker checker(markup);
        checker.read();
        return checker.complaint_;
    }

private:
    explicit MarkupChecker(std::string_view markup) : rest_(markup), whole_(markup) {}

    void read()
    {
        while (!rest_.empty() && complaint_.empty()) {
            if (rest_[0] == '<')
                tag();
            else
                character();
        }
        if (complaint_.empty() && !open_.empty())
            fail("not closed: " + open_.back());
    }

    void fail(std::string what)
    {
        if (complaint_.empty())
            complaint_ = what + " at byte " + std::to_string(whole_.size() - rest_.size()) + " of: " + std::string(whole_.substr(0, 2000));
    }

    bool take(std::string_view expected)
    {
        if (!rest_.starts_with(expected))
            return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    static std::set<std::string, std::less<>> const& inline_names()
    {
        static std::set<std::string, std::less<>> const names { "em", "strong", "del", "code", "a" };
        return names;
    }

    std::string_view parent() const { return open_.empty() ? std::string_view("root") : std::string_view(open_.back()); }
    bool is_open(std::string_view name) const { return std::find(open_.begin(), open_.end(), name) != open_.end(); }

    bool may_hold_text() const
    {
        static std::set<std::string, std::less<>> const names { "p", "pre", "li", "th", "td", "em", "strong", "del", "code", "a" };
        return names.contains(parent());
    }

    bool may_stand(std::string_view name) const
    {
        std::string_view here = parent();
        bool is_inline_place = may_hold_text() && here != "code" && here != "pre";
        if (name == "br")
            return may_hold_text() && !is_open("pre");
        if (inline_names().contains(name))
            return !is_open(name) && (is_inline_place || (here == "pre" && name == "code"));
        if (name == "li")
            return here == "ul" || here == "ol";
        if (name == "thead" || name == "tbody")
            return here == "table";
        if (name == "tr")
            return here == "thead" || here == "tbody";
        if (name == "th" || name == "td")
            return here == "tr";
        bool is_flow = name == "p" || name == "pre" || name == "blockquote" || name == "ul" || name == "ol" || name == "table";
        return is_flow && (here == "root" || here == "blockquote" || here == "li");
    }

    void tag()
    {
        if (take("</")) {
            std::string name = word();
            if (!take(">"))
                return fail("bad end tag");
            if (open_.empty() || open_.back() != name)
                return fail("end tag does not match: " + name);
            bool is_cell = name == "td" || name == "th";
            if (!has_content_.back() && !is_cell)
                return fail("empty element: " + name);
            open_.pop_back();
            has_content_.pop_back();
            return;
        }
        take("<");
        std::string name = word();
        if (!may_stand(name))
            return fail("'" + name + "' may not stand in '" + std::string(parent()) + "'");
        if (!has_content_.empty())
            has_content_.back() = true;
        if (name == "br") {
            if (!take(">"))
                fail("bad br");
            return;
        }
        open_.push_back(name);
        has_content_.push_back(false);
        if (open_.size() > 16)
            return fail("nested too deep");
        if (name == "a")
            link();
        else if (name == "ol" && take(" start=\""))
            number();
        else if (name == "code" && take(" class=\"language-"))
            language();
        else if ((name == "td" || name == "th") && take(" align=\"") && !take("left\"") && !take("center\"") && !take("right\""))
            fail("bad alignment");
        if (!take(">"))
            fail("something stands in the tag '" + name + "'");
    }

    std::string word()
    {
        size_t end = 0;
        while (end < rest_.size() && ((rest_[end] >= 'a' && rest_[end] <= 'z') || (rest_[end] >= '0' && rest_[end] <= '9')))
            ++end;
        std::string found(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return found;
    }

    void link()
    {
        if (!take(" href=\""))
            return fail("link without an address");
        size_t end = std::min(rest_.find('"'), rest_.size());
        std::string_view address = rest_.substr(0, end);
        auto has_scheme = [&](std::string_view scheme) {
            return address.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), address.begin(), [](char a, char b) {
                return a == (b >= 'A' && b <= 'Z' ? b + 32 : b);
            });
        };
        if (!has_scheme("http://") && !has_scheme("https://") && !has_scheme("mailto:"))
            return fail("address of another scheme: " + std::string(address));
        for (char c : address)
            if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '\'')
                return fail("character in an address: " + std::string(address));
        rest_.remove_prefix(end);
        if (!take("\" rel=\"nofollow ugc noopener\""))
            fail("link without the right rel");
    }

    void number()
    {
        size_t digits = std::min(rest_.find('"'), rest_.size());
        if (digits == 0 || digits > 9 || rest_.find_first_not_of("0123456789") != digits)
            return fail("bad start");
        rest_.remove_prefix(digits + 1);
    }

    void language()
    {
        size_t end = std::min(rest_.find('"'), rest_.size());
        if (end == 0 || rest_.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-#.") != end)
            return fail("bad language");
        rest_.remove_prefix(end + 1);
    }

    void character()
    {
        unsigned char c = static_cast<unsigned char>(rest_[0]);
        if (!may_hold_text())
            return fail("text in '" + std::string(parent()) + "'");
        if (c == '>')
            return fail("bare >");
        bool is_reference = rest_.starts_with("&amp;") || rest_.starts_with("&lt;") || rest_.starts_with("&gt;");
        if (c == '&' && !is_reference)
            return fail("bare &");
        bool is_pre = is_open("pre");
        if (c == 0x7F || (c < 0x20 && !(is_pre && (c == '\n' || c == '\t'))))
            return fail("control character");
        has_content_.back() = true;
        rest_.remove_prefix(is_reference ? rest_.find(';') + 1 : 1);
    }

    std::string_view rest_, whole_;
    std::vector<std::string> open_ {};
    std::vector<bool> has_content_ {};
    std::string complaint_ {};
};

}  // namespace parley
