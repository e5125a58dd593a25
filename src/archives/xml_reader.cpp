#include "archives/xml_reader.h"

#include "archives/text_filter.h"

#include <cstdarg>
#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <memory>
#include <optional>
#include <vector>

namespace parley::archives {
namespace {

constexpr size_t piece_bytes = 64 << 10;

std::string_view view(xmlChar const* text) { return text ? reinterpret_cast<char const*>(text) : std::string_view(); }

struct Reading {
    XmlHandler& handler;
    TextFilter filter;
    ByteSource& source;
    xmlParserCtxtPtr parser = nullptr;
    std::vector<xmlChar const*> names {};  // as the parser's dictionary holds them: equal names are one pointer
    std::optional<Error> error {};
    std::optional<std::string> broken_at {};
    int depth = 0;
    uint64_t reported = 0;

    void stop(Error reason)
    {
        if (!error)
            error = std::move(reason);
        xmlStopParser(parser);
    }
    void keep(Result<void> outcome)
    {
        if (outcome.is_error())
            stop(outcome.release_error());
    }
    int code(xmlChar const* local_name) const
    {
        for (size_t i = 0; i < names.size(); ++i)
            if (names[i] == local_name)
                return static_cast<int>(i);
        return xml_name_unknown;
    }
};

Reading& reading(void* context) { return *static_cast<Reading*>(context); }

void on_start(void* context, xmlChar const* local_name, xmlChar const*, xmlChar const*, int, xmlChar const**, int attribute_count, int,
    xmlChar const** attributes)
{
    Reading& self = reading(context);
    if (self.error)
        return;
    if (++self.depth > xml_depth_max) {
        self.broken_at = fmt::format("line {}: elements are nested more than {} deep", xmlSAX2GetLineNumber(self.parser), xml_depth_max);
        xmlStopParser(self.parser);
        return;
    }
    self.keep(self.handler.start(self.code(local_name), view(local_name), XmlAttributes(attributes, attribute_count)));
}

void on_end(void* context, xmlChar const* local_name, xmlChar const*, xmlChar const*)
{
    Reading& self = reading(context);
    --self.depth;
    if (!self.error && !self.broken_at)
        self.keep(self.handler.end(self.code(local_name)));
}

void on_text(void* context, xmlChar const* text, int length)
{
    Reading& self = reading(context);
    if (!self.error && !self.broken_at)
        self.keep(self.handler.text({ reinterpret_cast<char const*>(text), static_cast<size_t>(length) }));
}

void on_document_type(void* context, xmlChar const*, xmlChar const*, xmlChar const*)
{
    Error error = Error::invalid("The archive holds a document type declaration (<!DOCTYPE …>), which an export never has; "
                                 "it is refused because such declarations can load or multiply text. Remove it and try again.");
    error.detail = "dtd_forbidden";
    reading(context).stop(std::move(error));
}

void on_error(void* context, xmlErrorPtr problem)
{
    Reading& self = reading(context);
    if (problem->level != XML_ERR_FATAL || self.broken_at || self.error)
        return;
    std::string_view message = problem->message ? problem->message : "ill-formed";
    while (message.ends_with('\n'))
        message.remove_suffix(1);
    self.broken_at = fmt::format("line {}: {}", problem->line, message);
}

struct FreeParser {
    void operator()(xmlParserCtxtPtr parser) const
    {
        if (parser->myDoc)
            xmlFreeDoc(parser->myDoc);
        xmlFreeParserCtxt(parser);
    }
};

}  // namespace

std::string_view XmlAttributes::find(std::string_view local_name) const
{
    for (int i = 0; i < count_; ++i) {  // five pointers each: name, prefix, namespace, begin and end of the value
        unsigned char const** attribute = raw_ + i * 5;
        if (view(attribute[0]) == local_name)
            return { reinterpret_cast<char const*>(attribute[3]), static_cast<size_t>(attribute[4] - attribute[3]) };
    }
    return {};
}

Result<void> read_xml(ByteSource& source, std::span<std::string_view const> names, XmlHandler& handler, ReadSummary& summary)
{
    Reading self { handler, TextFilter(source, summary), source };
    // Pieces are pushed: when libxml2 asks for them it walks a CDATA section, where the words are, a character at a time.
    std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlCreatePushParserCtxt(nullptr, nullptr, nullptr, 0, nullptr));
    CHECK(parser);
    // The filter hands over UTF-8 whatever the declaration says, so the declaration is not heeded again.
    xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    self.parser = parser.get();
    for (std::string_view name : names)
        self.names.push_back(xmlDictLookup(parser->dict, reinterpret_cast<xmlChar const*>(name.data()), static_cast<int>(name.size())));

    xmlSAXHandler& sax = *parser->sax;
    sax = {};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_text;
    sax.internalSubset = on_document_type;
    sax.serror = on_error;
    parser->userData = &self;

    std::vector<char> piece(piece_bytes);
    for (bool is_last = false; !is_last && !self.error && !self.broken_at;) {
        size_t count = TRY(self.filter.read(piece.data(), piece.size()));
        is_last = count == 0;
        if (uint64_t now = source.bytes_read(); now != self.reported)
            handler.progress(self.reported = now);
        xmlParseChunk(parser.get(), piece.data(), static_cast<int>(count), is_last);
    }
    if (self.error)
        return std::move(*self.error);
    if (source.broken())
        self.broken_at = *source.broken() + (self.broken_at ? " (" + *self.broken_at + ")" : "");
    summary.broken_at = std::move(self.broken_at);
    return {};
}

}  // namespace parley::archives
