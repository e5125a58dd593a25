#include "http/negotiation.h"

#include "base/check.h"

#include <algorithm>

namespace parley::http {
namespace {

char lower(char character) { return character >= 'A' && character <= 'Z' ? static_cast<char>(character | 0x20) : character; }

std::string_view trim(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// The next piece up to `separator`, trimmed; `rest` moves behind it.
std::string_view take_piece(std::string_view& rest, char separator)
{
    size_t end = std::min(rest.find(separator), rest.size());
    std::string_view piece = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return piece;
}

// "0.5" as 500. What is not a weight counts as 0: such a client gets what it surely understands.
int parse_weight(std::string_view text)
{
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1') || (text.size() > 1 && text[1] != '.'))
        return 0;
    int thousandths = (text[0] - '0') * 1000, scale = 100;
    for (size_t i = 2; i < text.size(); ++i, scale /= 10) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        thousandths += (text[i] - '0') * scale;
    }
    return std::min(thousandths, 1000);
}

}  // namespace

std::string_view name_of(Encoding encoding)
{
    switch (encoding) {
    case Encoding::Identity: return "";
    case Encoding::Gzip: return "gzip";
    case Encoding::Brotli: return "br";
    }
    CHECK(false);
}

void AcceptedEncodings::add(std::string_view rest)
{
    while (!rest.empty()) {
        std::string_view item = take_piece(rest, ',');
        std::string_view coding = take_piece(item, ';');
        int weight = 1000;
        while (!item.empty()) {
            std::string_view parameter = take_piece(item, ';');
            if (parameter.size() >= 2 && lower(parameter[0]) == 'q' && parameter[1] == '=')
                weight = parse_weight(parameter.substr(2));
        }
        if (equals_ignoring_case(coding, "br"))
            brotli_ = weight;
        else if (equals_ignoring_case(coding, "gzip") || equals_ignoring_case(coding, "x-gzip"))
            gzip_ = weight;
        else if (equals_ignoring_case(coding, "identity"))
            identity_ = weight;
        else if (coding == "*")
            any_ = weight;
    }
}

Encoding AcceptedEncodings::best(bool has_gzip, bool has_brotli) const
{
    int brotli = has_brotli ? quality(brotli_) : 0;
    int gzip = has_gzip ? quality(gzip_) : 0;
    // Unnamed, identity is acceptable but the last choice.
    int identity = identity_ == unnamed ? 1 : identity_;
    if (brotli > 0 && brotli >= gzip && brotli >= identity)
        return Encoding::Brotli;
    if (gzip > 0 && gzip >= identity)
        return Encoding::Gzip;
    return Encoding::Identity;
}

bool matches_etag(std::string_view rest, std::string_view etag)
{
    if (trim(rest) == "*")
        return true;
    // An entity tag may hold commas, so the list is read quote by quote.
    while (true) {
        size_t open = rest.find('"');
        if (open == std::string_view::npos)
            return false;
        size_t close = rest.find('"', open + 1);
        if (close == std::string_view::npos)
            return false;
        if (rest.substr(open, close - open + 1) == etag)
            return true;
        rest.remove_prefix(close + 1);
    }
}

bool list_has_token(std::string_view list, std::string_view lower_case_token)
{
    while (!list.empty()) {
        if (equals_ignoring_case(take_piece(list, ','), lower_case_token))
            return true;
    }
    return false;
}

bool equals_ignoring_case(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace parley::http
