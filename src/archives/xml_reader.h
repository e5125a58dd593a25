// Reads an XML archive element by element, in constant memory: libxml2's SAX2 parser behind plain types. A
// document type declaration is refused, no entity is ever loaded, and what is ill-formed ends the reading
// where it stands (R11, R13). One file, one thread at a time.
#pragma once

#include "archives/input.h"
#include "archives/record.h"

#include <span>
#include <string_view>

namespace parley::archives {

constexpr int xml_depth_max = 64;                   // elements in one another; exports have 6
constexpr size_t xml_value_bytes_max = 8 << 20;     // of one text; a longer one counts as a break of the file

// The attributes of one element. Views end with the call they were handed to.
class XmlAttributes {
public:
    XmlAttributes(unsigned char const** raw, int count) : raw_(raw), count_(count) {}
    std::string_view find(std::string_view local_name) const;  // empty when there is none; prefixes do not matter

private:
    unsigned char const** raw_;
    int count_;
};

// What a format makes of the elements. `name` is the place of the element's local name in the list of names
// given to read_xml, or xml_name_unknown. An error ends the reading and is passed on.
constexpr int xml_name_unknown = -1;

class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual Result<void> start(int name, std::string_view local_name, XmlAttributes const&) = 0;
    virtual Result<void> end(int name) = 0;
    virtual Result<void> text(std::string_view piece) = 0;  // a text may come in several pieces
    virtual void progress(uint64_t bytes_read) = 0;
};

// Reads to the end of the source or to its break, which `summary.broken_at` tells. An error of kind Invalid
// with detail "dtd_forbidden" for a document type declaration.
Result<void> read_xml(ByteSource&, std::span<std::string_view const> names, XmlHandler&, ReadSummary& summary);

}  // namespace parley::archives
