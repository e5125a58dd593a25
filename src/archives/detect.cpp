#include "archives/detect.h"

#include "archives/entities.h"

#include <algorithm>

namespace parley::archives {
namespace {

// The name of the outermost element: the first tag that is no declaration and no comment.
std::string_view root_element(std::string_view text)
{
    for (size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
        if (text.substr(at).starts_with("<!--")) {
            at = std::min(text.find("-->", at), text.size() - 1);
            continue;
        }
        if (text.substr(at).starts_with("<?") || text.substr(at).starts_with("<!"))
            continue;
        size_t end = text.find_first_of(" \t\r\n/>", at);
        return end == text.npos ? std::string_view() : text.substr(at + 1, end - at - 1);
    }
    return {};
}

}  // namespace

Format detect_format(std::string_view start)
{
    if (start.starts_with("SQLite format 3"))
        return Format::Sqlite;
    if (start.starts_with("\xEF\xBB\xBF"))
        start.remove_prefix(3);
    std::string_view text = trimmed(start);
    if (text.empty())
        return Format::Empty;
    if (text.find('\0') != text.npos && !text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF"))
        return Format::Binary;
    size_t tag = text.find('<');
    if (tag != text.npos && tag < 1024 && !text.starts_with('{') && !text.starts_with('[')) {
        std::string_view root = root_element(text);
        if (root == "disqus")
            return Format::Disqus;
        if (root == "rss" && text.find("wordpress.org/export/") != text.npos)
            return Format::WordPress;
        if (root == "html" || root == "HTML" || text.substr(tag).starts_with("<!DOCTYPE html") || text.substr(tag).starts_with("<!doctype html"))
            return Format::Html;
    }
    if (text.starts_with("{\"parley\""))
        return Format::ParleyExport;
    if (text.starts_with('{') || text.starts_with('['))
        return Format::Json;
    return Format::PlainText;
}

Result<Format> detect_format_of_file(std::string const& path)
{
    std::unique_ptr<ByteSource> source = TRY(open_file(path));
    std::string start(detect_bytes, '\0');
    size_t size = 0;
    while (size < start.size()) {
        size_t count = TRY(source->read(start.data() + size, start.size() - size));
        if (count == 0)
            break;
        size += count;
    }
    return detect_format(std::string_view(start).substr(0, size));
}

std::string_view description(Format format)
{
    switch (format) {
    case Format::Disqus: return "a Disqus export";
    case Format::WordPress: return "a WordPress export";
    case Format::ParleyExport: return "an export of Parley";
    case Format::Sqlite: return "an SQLite database";
    case Format::Json: return "JSON";
    case Format::Html: return "an HTML page";
    case Format::PlainText: return "plain text";
    case Format::Binary: return "no text at all";
    case Format::Empty: return "empty";
    }
    return "unknown";
}

}  // namespace parley::archives
