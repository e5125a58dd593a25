#include "render/language.h"

#include "base/check.h"
#include "base/embedded_files.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace parley {
namespace {

struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view> {}(text); }
};
using Catalogue = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;

constexpr std::string_view all_languages[] { "ar", "de", "en", "es", "fr", "ja", "ko" };  // in the order of their tags

Catalogue read_catalogue(std::string_view file)
{
    Catalogue catalogue;
    while (!file.empty()) {
        size_t end = std::min(file.find('\n'), file.size());
        std::string_view line = file.substr(0, end);
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.empty() || line.starts_with('#'))
            continue;
        size_t equals = line.find(" = ");
        CHECK(equals != std::string_view::npos);
        std::string text(line.substr(equals + 3));
        for (size_t at = 0; (at = text.find("\\n", at)) != text.npos;)
            text.replace(at, 2, "\n");
        bool is_new = catalogue.emplace(line.substr(0, equals), std::move(text)).second;
        CHECK(is_new);
    }
    return catalogue;
}

Catalogue const& catalogue_named(std::string_view language)
{
    static std::map<std::string_view, Catalogue> const catalogues = [] {
        std::map<std::string_view, Catalogue> all;
        for (std::string_view each : all_languages) {
            auto file = embedded_file("web/words/" + std::string(each) + ".txt");
            CHECK(file);
            all.emplace(each, read_catalogue(*file));
        }
        return all;
    }();
    return catalogues.at(language);
}

ScopedLanguage::Spoken const& english()
{
    static ScopedLanguage::Spoken const spoken { "en", "en", nullptr };
    return spoken;
}

thread_local ScopedLanguage::Spoken const* current = nullptr;

ScopedLanguage::Spoken const& spoken() { return current ? *current : english(); }

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' ') || text.starts_with('\t'))
        text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t'))
        text.remove_suffix(1);
    return text;
}

// ";q=0.8" -> 0.8; 1 without one, 0 for what is no number.
double weight_of(std::string_view parameters)
{
    size_t at = parameters.find("q=");
    if (at == parameters.npos)
        return 1;
    std::string_view number = parameters.substr(at + 2);
    double weight = 0;
    std::from_chars(number.data(), number.data() + number.size(), weight);
    return weight > 0 && weight <= 1 ? weight : 0;
}

}  // namespace

std::span<std::string_view const> languages() { return all_languages; }

std::optional<std::string_view> catalogue_for(std::string_view tag)
{
    std::string primary(tag.substr(0, tag.find_first_of("-_")));
    std::ranges::transform(primary, primary.begin(), [](char letter) { return letter >= 'A' && letter <= 'Z' ? char(letter + 32) : letter; });
    auto found = std::ranges::find(all_languages, primary);
    return found == std::end(all_languages) ? std::nullopt : std::optional(*found);
}

std::optional<std::string_view> catalogue_accepted(std::string_view accept_language)
{
    std::optional<std::string_view> best;
    double best_weight = 0;
    while (!accept_language.empty()) {
        size_t end = std::min(accept_language.find(','), accept_language.size());
        std::string_view item = accept_language.substr(0, end);
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
        size_t semicolon = std::min(item.find(';'), item.size());
        auto catalogue = catalogue_for(trimmed(item.substr(0, semicolon)));
        double weight = weight_of(item.substr(semicolon));
        if (catalogue && weight > best_weight) {
            best = catalogue;
            best_weight = weight;
        }
    }
    return best;
}

ScopedLanguage::ScopedLanguage(std::string_view tag, OwnWords const* own_words)
    : spoken_ { "en", "en", own_words }
    , before_(current)
{
    if (auto catalogue = catalogue_for(tag))
        spoken_ = { std::string(tag), *catalogue, own_words };
    if (own_words && catalogue_for(own_words->language) != spoken_.catalogue)
        spoken_.own_words = nullptr;
    current = &spoken_;
}

ScopedLanguage::~ScopedLanguage() { current = before_; }

std::string_view spoken_tag() { return spoken().tag; }

std::string_view spoken_catalogue() { return spoken().catalogue; }

std::string const* find_word(std::string_view key)
{
    if (OwnWords const* own = spoken().own_words)
        if (auto found = own->words.find(key); found != own->words.end())
            return &found->second;
    return find_word_in(spoken().catalogue, key);
}

std::string const* find_word_in(std::string_view catalogue, std::string_view key)
{
    Catalogue const& words = catalogue_named(catalogue);
    auto found = words.find(key);
    return found == words.end() ? nullptr : &found->second;
}

std::vector<std::string_view> keys_of(std::string_view catalogue)
{
    std::vector<std::string_view> keys;
    for (auto const& [key, text] : catalogue_named(catalogue))
        keys.push_back(key);
    std::ranges::sort(keys);
    return keys;
}

}  // namespace parley
