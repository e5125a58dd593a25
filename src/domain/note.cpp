#include "domain/note.h"

#include "base/check.h"
#include "base/utf8.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace parley {
namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    size_t begin = text.find_first_not_of(blanks);
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

// Letters of other scripts and blanks as %XX (RFC 3986 section 2.1): browsers show them unescaped, and people copy that.
std::string percent_encoded(std::string_view address)
{
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char c : address) {
        auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos)
            out += c;
        else
            out.append({ '%', digits[byte >> 4], digits[byte & 15] });
    }
    return out;
}

// Nothing when it is no address of a page.
std::optional<std::string> page_address(std::string_view typed)
{
    std::string address = percent_encoded(typed);
    boost::system::result<boost::urls::url_view> url = boost::urls::parse_uri(address);
    if (!url || address.size() > note_source_bytes_max)
        return {};
    bool is_web = url->scheme_id() == boost::urls::scheme::http || url->scheme_id() == boost::urls::scheme::https;
    bool has_name = url->host_type() == boost::urls::host_type::name && url->encoded_host().find('.') != std::string_view::npos
        && url->encoded_host().find('%') == std::string_view::npos;
    if (!is_web || !has_name || url->has_userinfo())
        return {};
    return address;
}

}  // namespace

std::string_view note_kind_word(NoteKind kind)
{
    switch (kind) {
    case NoteKind::Correction: return "correction";
    case NoteKind::Context: return "context";
    case NoteKind::MissingSource: return "missing-source";
    }
    CHECK(!"a kind of note without a word");
}

std::optional<NoteKind> note_kind_from_word(std::string_view word)
{
    for (NoteKind kind : { NoteKind::Correction, NoteKind::Context, NoteKind::MissingSource })
        if (note_kind_word(kind) == word)
            return kind;
    return {};
}

std::string_view helpfulness_word(Helpfulness helpfulness)
{
    switch (helpfulness) {
    case Helpfulness::Helpful: return "helpful";
    case Helpfulness::Somewhat: return "somewhat";
    case Helpfulness::NotHelpful: return "not-helpful";
    }
    CHECK(!"a helpfulness without a word");
}

std::optional<Helpfulness> helpfulness_from_word(std::string_view word)
{
    for (Helpfulness helpfulness : { Helpfulness::Helpful, Helpfulness::Somewhat, Helpfulness::NotHelpful })
        if (helpfulness_word(helpfulness) == word)
            return helpfulness;
    return {};
}

double rating_value(Helpfulness helpfulness) { return static_cast<double>(helpfulness) / 2; }

std::string_view note_reason_word(NoteReason reason)
{
    switch (reason) {
    case NoteReason::GoodSource: return "good-source";
    case NoteReason::Clear: return "clear";
    case NoteReason::AddressesIt: return "addresses-it";
    case NoteReason::SourceMissing: return "source-missing";
    case NoteReason::Wrong: return "wrong";
    case NoteReason::OffTopic: return "off-topic";
    case NoteReason::Opinion: return "opinion";
    case NoteReason::Insulting: return "insulting";
    }
    CHECK(!"a reason without a word");
}

std::optional<NoteReason> note_reason_from_word(std::string_view word)
{
    for (NoteReason reason : note_reasons)
        if (note_reason_word(reason) == word)
            return reason;
    return {};
}

NoteRating rating_of(Helpfulness helpfulness, std::span<NoteReason const> reasons)
{
    std::vector<NoteReason> fitting = reasons_of_bits(bits_of(reasons));
    if (helpfulness != Helpfulness::Somewhat)
        std::erase_if(fitting, [&](NoteReason reason) { return speaks_for(reason) != (helpfulness == Helpfulness::Helpful); });
    return { helpfulness, std::move(fitting) };
}

std::string_view note_list_word(NoteList list)
{
    switch (list) {
    case NoteList::NeedRatings: return "need-ratings";
    case NoteList::Shown: return "shown";
    case NoteList::NotHelpful: return "not-helpful";
    }
    CHECK(!"a list of notes without a word");
}

std::optional<NoteList> note_list_from_word(std::string_view word)
{
    for (NoteList list : { NoteList::NeedRatings, NoteList::Shown, NoteList::NotHelpful })
        if (note_list_word(list) == word)
            return list;
    return {};
}

int64_t bits_of(std::span<NoteReason const> reasons)
{
    int64_t bits = 0;
    for (NoteReason reason : reasons)
        bits |= int64_t { 1 } << static_cast<int>(reason);
    return bits;
}

std::vector<NoteReason> reasons_of_bits(int64_t bits)
{
    std::vector<NoteReason> reasons;
    for (NoteReason reason : note_reasons)
        if (bits >> static_cast<int>(reason) & 1)
            reasons.push_back(reason);
    return reasons;
}

std::string note_text(std::string_view typed)
{
    std::string text;
    int line_ends = 0;
    for (char c : trimmed(typed)) {
        if (c == '\r')
            continue;
        line_ends = c == '\n' ? line_ends + 1 : 0;
        if (line_ends <= 2)
            text += c;
    }
    return text;
}

NoteFault fault_of_note_text(std::string_view text)
{
    if (text.empty())
        return NoteFault::Empty;
    return count_code_points(text) > note_code_points_max ? NoteFault::TooLong : NoteFault::None;
}

NoteSources note_sources(std::string_view typed)
{
    NoteSources sources;
    while (!typed.empty()) {
        size_t end = std::min(typed.find('\n'), typed.size());
        std::string_view line = trimmed(typed.substr(0, end));
        typed.remove_prefix(std::min(end + 1, typed.size()));
        if (line.empty())
            continue;
        std::optional<std::string> address = page_address(line);
        if (!address) {
            sources.fault = NoteFault::NoAddress;
            sources.refused = line;
            return sources;
        }
        if (std::ranges::find(sources.addresses, *address) == sources.addresses.end())
            sources.addresses.push_back(std::move(*address));
        if (sources.addresses.size() > note_sources_max) {
            sources.fault = NoteFault::TooManySources;
            return sources;
        }
    }
    if (sources.addresses.empty())
        sources.fault = NoteFault::NoSource;
    return sources;
}

std::string shown_host(std::string_view address)
{
    boost::system::result<boost::urls::url_view> url = boost::urls::parse_uri(address);
    if (!url)
        return {};
    std::string host(url->encoded_host_and_port());
    std::ranges::transform(host, host.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return host.starts_with("www.") ? host.substr(4) : host;
}

}  // namespace parley
