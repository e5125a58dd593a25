#include "well_formed.h"

#include <libxml/parser.h>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

namespace parley {
namespace {

constexpr std::string_view void_elements[] = { "br", "link", "meta", "img", "hr", "input" };

struct Scanner {
    std::string_view page;
    size_t at = 0;
    std::vector<std::string> open {};
    std::set<std::string> ids {}, linked_ids {};
    std::string fault {};

    bool fail(std::string what)
    {
        if (fault.empty())
            fault = fmt::format("{} near \"{}\"", what, page.substr(at, 60));
        return false;
    }

    bool attribute(std::string_view name, std::string_view value)
    {
        if (name == "id" && !ids.emplace(value).second)
            return fail(fmt::format("the id {} stands twice", value));
        if (name == "href" && value.starts_with("#") && !value.starts_with("#:~:"))
            linked_ids.emplace(value.substr(1));
        if (name == "href" && value.starts_with("javascript"))
            return fail("a script stands in a link");
        if (name == "style" || name.starts_with("on"))
            return fail(fmt::format("an attribute {} is not allowed", name));
        return true;
    }

    // Behind "<name": attributes up to '>'. `closed` tells whether the tag ends in "/>".
    bool attributes(bool& closed)
    {
        for (;;) {
            size_t from = page.find_first_not_of(" \n", at);
            if (from == std::string_view::npos)
                return fail("a tag is not closed");
            at = from;
            if (page[at] == '>')
                return ++at, true;
            if (page.substr(at, 2) == "/>")
                return closed = true, at += 2, true;
            size_t end = std::min(page.find_first_of("= >/\"'<", at), page.size());
            std::string_view name = page.substr(at, end - at);
            if (name.empty())
                return fail("an attribute has no name");
            at = end;
            std::string_view value;
            if (page.substr(at, 1) == "=") {
                if (page.substr(at, 2) != "=\"")
                    return fail("an attribute is not in double quotes");
                size_t quote = page.find('"', at + 2);
                if (quote == std::string_view::npos)
                    return fail("an attribute is not closed");
                value = page.substr(at + 2, quote - at - 2);
                if (value.find('<') != std::string_view::npos)
                    return fail("an attribute holds '<'");
                at = quote + 1;
            }
            if (!attribute(name, value))
                return false;
        }
    }

    bool script()
    {
        constexpr std::string_view data = "<script type=\"application/ld+json\">", module = "<script type=\"module\" src=\"";
        std::string_view here = page.substr(at);
        if (!here.starts_with(data) && !here.starts_with(module))
            return fail("a script that is neither data nor a file");
        size_t begin = page.find('>', at) + 1, end = page.find("</script>", begin);
        if (page.substr(begin, end - begin).find('<') != std::string_view::npos)
            return fail("a script holds '<'");
        at = end + 9;
        return true;
    }

    bool tag()
    {
        if (page.substr(at).starts_with("<!doctype html>"))
            return at += 15, true;
        if (page.substr(at).starts_with("<script"))
            return script();
        bool is_end = page.substr(at, 2) == "</";
        at += is_end ? 2 : 1;
        size_t end = std::min(page.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789", at), page.size());
        std::string name(page.substr(at, end - at));
        if (name.empty())
            return fail("a '<' that begins no tag");
        if (name == "style" || name == "iframe" || name == "object" || name == "img")
            return fail("an element that pages do not have: " + name);
        at = end;
        if (is_end) {
            if (open.empty() || open.back() != name)
                return fail(fmt::format("</{}> closes <{}>", name, open.empty() ? "" : open.back()));
            open.pop_back();
            return ++at, true;
        }
        bool is_closed = false;
        if (!attributes(is_closed))
            return false;
        bool is_void = std::find(std::begin(void_elements), std::end(void_elements), name) != std::end(void_elements);
        if (!is_void && !is_closed)
            open.push_back(name);
        return true;
    }

    bool scan()
    {
        while ((at = page.find('<', at)) != std::string_view::npos)
            if (!tag())
                return false;
        at = page.size();
        if (!open.empty())
            return fail("the page ends inside <" + open.back() + ">");
        for (std::string const& id : linked_ids)
            if (!ids.contains(id))
                return fail("a link leads to #" + id + ", which is not on the page");
        return true;
    }
};

}  // namespace

std::optional<std::string> find_html_fault(std::string_view page)
{
    Scanner scanner { page };
    if (scanner.scan())
        return {};
    return scanner.fault;
}

std::optional<std::string> find_xml_fault(std::string_view document)
{
    xmlDocPtr parsed = xmlReadMemory(document.data(), int(document.size()), "feed.atom", nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!parsed) {
        xmlErrorPtr error = xmlGetLastError();
        return fmt::format("line {}: {}", error ? error->line : 0, error ? error->message : "not XML");
    }
    xmlFreeDoc(parsed);
    return {};
}

}  // namespace parley
