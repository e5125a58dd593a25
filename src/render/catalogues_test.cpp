// The catalogues of all languages against that of English.
#include "render/language.h"
#include "render/plurals.h"
#include "render/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace parley {
namespace {

constexpr PluralCategory all_categories[] { PluralCategory::Zero, PluralCategory::One, PluralCategory::Two, PluralCategory::Few,
    PluralCategory::Many, PluralCategory::Other };

bool is_plural(std::string_view base)
{
    for (std::string_view form : { ".one", ".other" })
        if (!find_word_in("en", std::string(base).append(form)))
            return false;
    return true;
}

// "comments" of "comments.few"; nothing for a key that is no plural form.
std::optional<std::string> counted(std::string_view key)
{
    for (PluralCategory category : all_categories) {
        std::string ending = std::string(".").append(plural_word(category));
        if (key.ends_with(ending) && is_plural(key.substr(0, key.size() - ending.size())))
            return std::string(key.substr(0, key.size() - ending.size()));
    }
    return {};
}

// What English has, with the plural forms of `language`.
std::set<std::string> wanted_keys(std::string_view language)
{
    std::set<std::string> keys;
    for (std::string_view key : keys_of("en")) {
        std::optional<std::string> base = counted(key);
        if (!base)
            keys.emplace(key);
        else
            for (PluralCategory category : plural_categories(language))
                keys.insert(*base + "." + std::string(plural_word(category)));
    }
    return keys;
}

std::set<std::string> placeholders(std::string_view text)
{
    std::set<std::string> names;
    for (size_t open; (open = text.find('{')) != text.npos;) {
        size_t close = text.find('}', open);
        names.emplace(text.substr(open, close - open + 1));
        text.remove_prefix(close + 1);
    }
    return names;
}

TEST(Catalogues, seven_languages_are_spoken)
{
    EXPECT_THAT(languages(), testing::ElementsAre("ar", "de", "en", "es", "fr", "ja", "ko"));
}

TEST(Catalogues, no_key_is_missing_or_unknown_and_every_plural_form_is_there)
{
    for (std::string_view language : languages()) {
        std::vector<std::string_view> found = keys_of(language);
        std::set<std::string> have(found.begin(), found.end()), want = wanted_keys(language);
        for (std::string const& key : want)
            EXPECT_TRUE(have.contains(key)) << "web/words/" << language << ".txt lacks " << key;
        for (std::string const& key : have)
            EXPECT_TRUE(want.contains(key)) << "web/words/" << language << ".txt has " << key << ", which English has not";
    }
}

TEST(Catalogues, the_same_values_stand_in_every_language)
{
    for (std::string_view language : languages())
        for (std::string_view key : keys_of(language)) {
            std::optional<std::string> base = counted(key);
            std::string const* english = find_word_in("en", base ? *base + ".other" : std::string(key));
            ASSERT_TRUE(english) << key;
            auto here = placeholders(*find_word_in(language, key)), there = placeholders(*english);
            // "one comment", "two comments" may do without the number where the form says it.
            bool says_number = base && language != "fr" && (key.ends_with(".zero") || key.ends_with(".one") || key.ends_with(".two"));
            if (says_number)
                here.insert("{n}");
            EXPECT_EQ(here, there) << "web/words/" << language << ".txt: " << key;
        }
}

TEST(Catalogues, nothing_is_empty_or_padded_and_the_toolbar_has_its_five_tools)
{
    for (std::string_view language : languages()) {
        for (std::string_view key : keys_of(language)) {
            std::string const& text = *find_word_in(language, key);
            EXPECT_FALSE(text.empty() || text.starts_with(' ') || text.ends_with(' ')) << language << " " << key;
        }
        EXPECT_EQ(std::ranges::count(*find_word_in(language, "toolbar"), '|'), 4) << language;
    }
}

TEST(Catalogues, counts_dates_and_numbers_are_written_as_the_language_does)
{
    struct Sample {
        char const *language, *none, *two, *many, *date, *score;
    };
    for (Sample const& sample : { Sample { "en", "0 comments", "2 comments", "12,345 comments", "4 March 2026", "0.75" },
             Sample { "de", "0 Kommentare", "2 Kommentare", "12.345 Kommentare", "4. März 2026", "0,75" },
             Sample { "es", "0 comentarios", "2 comentarios", "12.345 comentarios", "4 de marzo de 2026", "0,75" },
             Sample { "fr", "0 commentaire", "2 commentaires", "12\u202F345 commentaires", "4 mars 2026", "0,75" },
             Sample { "ja", "コメント0件", "コメント2件", "コメント12,345件", "2026年3月4日", "0.75" },
             Sample { "ko", "댓글 0개", "댓글 2개", "댓글 12,345개", "2026년 3월 4일", "0.75" },
             Sample { "ar", "لا تعليقات", "تعليقان", "12,345 تعليقًا", "4 مارس 2026", "0.75" } }) {
        ScopedLanguage spoken(sample.language);
        EXPECT_EQ(count_phrase("comments", 0), sample.none);
        EXPECT_EQ(count_phrase("comments", 2), sample.two);
        EXPECT_EQ(count_phrase("comments", 12345), sample.many);
        EXPECT_EQ(date_in_words(*parse_time("2026-03-04T00:00:00Z")), sample.date);
        EXPECT_EQ(decimal(0.75, 2), sample.score);
    }
    ScopedLanguage spanish("es");
    EXPECT_EQ(grouped(1234), "1234");
}

TEST(Language, a_scope_speaks_until_its_end_and_an_unknown_language_is_answered_in_english)
{
    EXPECT_EQ(spoken_tag(), "en");
    {
        ScopedLanguage german("de-AT");
        EXPECT_EQ(spoken_tag(), "de-AT");
        EXPECT_EQ(word("sign_in"), "Anmelden");
        ScopedLanguage italian("it");
        EXPECT_EQ(spoken_tag(), "en");
        EXPECT_EQ(word("sign_in"), "Sign in");
    }
    EXPECT_EQ(word("sign_in"), "Sign in");
}

TEST(Language, a_publications_own_word_is_for_its_own_language)
{
    OwnWords const own { "de", { { "worth_reading", "Gut begründet" } } };
    {
        ScopedLanguage german("de-CH", &own);
        EXPECT_EQ(word("worth_reading"), "Gut begründet");
    }
    ScopedLanguage english("en", &own);
    EXPECT_EQ(word("worth_reading"), "Worth reading");
}

TEST(Language, the_browsers_favourite_among_ours_is_taken)
{
    EXPECT_EQ(catalogue_accepted("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5"), "fr");
    EXPECT_EQ(catalogue_accepted("it, ja;q=0.4,ko;q=0.6"), "ko");
    EXPECT_EQ(catalogue_accepted("de;q=0, AR-eg;q=0.1"), "ar");
    EXPECT_EQ(catalogue_accepted("de;q=x,,;"), std::nullopt);
    EXPECT_EQ(catalogue_accepted("it"), std::nullopt);
    EXPECT_EQ(catalogue_accepted(""), std::nullopt);
}

}  // namespace
}  // namespace parley
