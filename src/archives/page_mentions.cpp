#include "archives/page_mentions.h"

#include "archives/page_lines.h"
#include "archives/page_words.h"
#include "base/folded_text.h"
#include "base/utf8.h"

#include <algorithm>
#include <unicode/uchar.h>

namespace parley::archives {
namespace {

bool is_word_part(char32_t c)
{
    return u_isalnum(static_cast<UChar32>(c)) || c == U'_' || (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

// The first two characters, by which names are looked up.
std::string beginning_of(std::string_view text)
{
    size_t offset = 0;
    for (int i = 0; i < 2 && offset < text.size(); ++i)
        decode_utf8_at(text, offset);
    return std::string(text.substr(0, offset));
}

char32_t character_before(std::string_view text, size_t offset)
{
    if (offset == 0)
        return 0;
    size_t begin = offset - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
        --begin;
    return decode_utf8_at(text, begin);
}

char32_t character_at(std::string_view text, size_t offset) { return offset < text.size() ? decode_utf8_at(text, offset) : 0; }

bool stands_alone(std::string_view text, size_t begin, size_t end)
{
    char32_t before = character_before(text, begin), after = character_at(text, end);
    char32_t first = character_at(text, begin), last = character_before(text, end);
    bool left = before == 0 || !is_word_part(before) || is_unspaced(before) || !is_word_part(first);
    bool right = after == 0 || !is_word_part(after) || is_unspaced(after) || !is_word_part(last);
    return left && right && before != U'#';
}

// Spoken to: at the beginning before a comma or colon, or behind a comma at the end of a sentence.
bool is_addressed(std::string_view text, size_t begin, size_t end)
{
    auto is_comma = [](char32_t c) { return c == U',' || c == U'、' || c == U'،' || c == U'，'; };
    char32_t after = character_at(text, end);
    std::string_view head = text.substr(0, begin);
    while (head.ends_with(' '))
        head.remove_suffix(1);
    char32_t before = character_before(head, head.size());
    bool begins = head.empty() || before == U'\n' || is_sentence_end(before);
    if (begins && (is_comma(after) || after == U':' || after == U'：'))
        return true;
    return is_comma(before) && (after == 0 || is_sentence_end(after) || after == U'\n' || is_comma(after));
}

// "Frau Holle 1950" -> "Frau Holle".
std::string without_digits(std::string const& handle)
{
    size_t end = handle.size();
    while (end > 0 && ((handle[end - 1] >= '0' && handle[end - 1] <= '9') || handle[end - 1] == ' ' || handle[end - 1] == '_'))
        --end;
    return handle.substr(0, end);
}

}  // namespace

Mentions::Mentions(std::vector<std::string> const& handles, std::string_view story, std::vector<std::string_view> const& texts)
{
    // How often each word of the page stands in the texts, to tell names from words: one pass for all handles.
    std::unordered_map<std::string_view, size_t> texts_with;
    for (std::string_view text : texts) {
        std::unordered_map<std::string_view, bool> once;
        for (size_t begin = 0; begin < text.size();) {
            size_t end = std::min(text.find_first_of(" ,.!?:;\n", begin), text.size());
            if (end > begin && once.emplace(text.substr(begin, end - begin), true).second)
                ++texts_with[text.substr(begin, end - begin)];
            begin = end + 1;
        }
    }
    std::string folded_story;
    for (char32_t c : fold(story))
        append_utf8(folded_story, c);
    folded_story = " " + folded_story + " ";
    auto add = [&](std::string const& name, std::string const& handle, bool is_alias) {
        std::u32string folded = fold(name);
        if (folded.size() < 2)
            return;
        Name entry { handle, false, false, is_alias };
        bool has_digit = std::any_of(folded.begin(), folded.end(), [](char32_t c) { return u_isdigit(static_cast<UChar32>(c)); });
        bool has_letter = std::any_of(folded.begin(), folded.end(), [](char32_t c) { return u_isalpha(static_cast<UChar32>(c)); });
        size_t words = static_cast<size_t>(std::count(folded.begin(), folded.end(), U' ')) + 1;
        size_t dot = name.find('.');
        bool is_joined = name.find('_') != std::string::npos || (dot != std::string::npos && dot + 1 < name.size() && name[dot + 1] != ' ');
        entry.is_distinctive = has_letter && (is_joined || (has_digit && !is_alias) || (words >= 2 && folded.size() >= 9));
        std::string key;
        for (char32_t c : folded)
            append_utf8(key, c);
        entry.is_elsewhere = folded_story.find(" " + key + " ") != std::string::npos;
        if (auto found = texts_with.find(name); found != texts_with.end() && found->second > 2)
            entry.is_elsewhere = true;
        by_beginning_[beginning_of(name)].emplace_back(name, entry);
    };
    for (std::string const& handle : handles) {
        add(handle, handle, false);
        std::string alias = without_digits(handle);
        if (alias != handle && fold(alias).size() >= 4 && std::find(handles.begin(), handles.end(), alias) == handles.end() && handles.size() < 2000)
            add(alias, handle, true);
    }
    for (auto& [beginning, names] : by_beginning_)
        std::sort(names.begin(), names.end(), [](auto& a, auto& b) { return a.first.size() > b.first.size(); });
}

std::optional<Mention> Mentions::find(std::string_view text, std::string_view writer) const
{
    std::optional<Mention> best;
    auto offer = [&](Name const& name, double score) {
        if (name.handle != writer && (!best || score > best->score))
            best = { name.handle, score };
    };
    for (size_t begin = 0; begin < text.size();) {
        size_t next = begin;
        char32_t c = decode_utf8_at(text, next);
        char32_t before = character_before(text, begin);
        bool is_start = before == 0 || !is_word_part(before) || is_unspaced(c) || is_unspaced(before);
        if (!is_start || !is_word_part(c)) {
            begin = next;
            continue;
        }
        auto names = by_beginning_.find(beginning_of(text.substr(begin)));
        size_t taken = 0;
        if (names != by_beginning_.end()) {
            for (auto const& [written, name] : names->second) {
                if (!text.substr(begin).starts_with(written) || !stands_alone(text, begin, begin + written.size()))
                    continue;
                size_t end = begin + written.size();
                taken = written.size();
                if (before == U'@' || before == U'＠') {
                    offer(name, 0.97);
                    break;
                }
                bool is_all = fold(text) == fold(written);
                if (is_all)
                    break;
                bool can_be_name = !u_isdigit(static_cast<UChar32>(c));
                if (name.is_distinctive && !(name.is_elsewhere && name.is_alias))
                    offer(name, name.is_elsewhere ? 0.8 : 0.9);
                else if (can_be_name && is_addressed(text, begin, end) && !is_common_word(fold(written)))
                    offer(name, 0.85);
                else if (can_be_name && u_isUUppercase(static_cast<UChar32>(c)) && !name.is_elsewhere && !is_common_word(fold(written))
                    && fold(written).size() >= 3 && !name.is_alias)
                    offer(name, 0.7);
                else if (can_be_name && is_addressed(text, begin, end) && u_isUUppercase(static_cast<UChar32>(c)))
                    offer(name, 0.75);
                break;
            }
        }
        begin = taken ? begin + taken : next;
    }
    if (best)
        return best;
    // "@mikkel" for Mikkel_R: the case slipped, or the end was left out.
    for (size_t at = text.find('@'); at != std::string_view::npos && !best; at = text.find('@', at + 1)) {
        std::string_view word = text.substr(at + 1);
        word = word.substr(0, word.find_first_of(" ,:;!?\n"));
        std::u32string wanted = fold(word);
        if (wanted.size() < 4)
            continue;
        Name const* only = nullptr;
        bool is_unique = true;
        for (auto const& [beginning, names] : by_beginning_) {
            for (auto const& [written, name] : names) {
                if (name.is_alias || name.handle == writer || !fold(written).starts_with(wanted))
                    continue;
                is_unique = only == nullptr;
                only = &name;
            }
        }
        if (only && is_unique)
            offer(*only, 0.8);
    }
    return best;
}

}  // namespace parley::archives
