// Which language the interface speaks. Each has a catalogue, web/words/{language}.txt; a language without one is answered
// in English.
//
// One request, or one letter, speaks one language: a ScopedLanguage says which, for its thread and until its end. Without
// any it is English. Pages that are kept for everybody are made in the site's language and in no other.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// "ar", "de", …: the languages that have a catalogue, in the order in which they are offered.
std::span<std::string_view const> languages();

// The catalogue of a language tag (BCP 47): "de" for "de-AT" and "DE"; nothing where there is none.
std::optional<std::string_view> catalogue_for(std::string_view tag);

// The catalogue that the value of Accept-Language (RFC 9110, 12.5.4) likes best; nothing where it likes none of ours.
std::optional<std::string_view> catalogue_accepted(std::string_view accept_language);

// A publication's own words for some keys, in the language of its site; other languages keep those of their catalogue.
struct OwnWords {
    std::string language {};
    std::map<std::string, std::string, std::less<>> words {};
};

class ScopedLanguage {
public:
    // What `own_words` points to must outlive the scope.
    explicit ScopedLanguage(std::string_view tag, OwnWords const* own_words = nullptr);
    ~ScopedLanguage();
    ScopedLanguage(ScopedLanguage const&) = delete;
    ScopedLanguage& operator=(ScopedLanguage const&) = delete;

    struct Spoken {
        std::string tag;             // "de-AT"; "en" where there is no catalogue for it
        std::string_view catalogue;  // "de"
        OwnWords const* own_words;
    };

private:
    Spoken spoken_;
    Spoken const* before_;
};

std::string_view spoken_tag();        // "de-AT", for <html lang>
std::string_view spoken_catalogue();  // "de"

// A word of the spoken language, or of one catalogue; null for a key that it does not have. It lives as long as the program
// or, for a publication's own, as what the scope was given.
std::string const* find_word(std::string_view key);
std::string const* find_word_in(std::string_view catalogue, std::string_view key);
std::vector<std::string_view> keys_of(std::string_view catalogue);  // sorted

}  // namespace parley
