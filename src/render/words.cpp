#include "render/words.h"

#include "base/check.h"
#include "render/language.h"
#include "render/plurals.h"

#include <algorithm>

namespace parley {
namespace {

// How a language writes numbers (CLDR, the digits 0 to 9): "1.234,5" from so many digits on.
struct NumberSigns {
    std::string_view catalogue, group, decimal;
    size_t grouped_digits_min;
};
constexpr NumberSigns number_signs[] {
    { "en", ",", ".", 4 },
    { "de", ".", ",", 4 },
    { "es", ".", ",", 5 },
    { "fr", "\u202F", ",", 4 },  // a narrow blank that does not break
};

NumberSigns const& spoken_signs()
{
    auto found = std::ranges::find(number_signs, spoken_catalogue(), &NumberSigns::catalogue);
    return found == std::end(number_signs) ? number_signs[0] : *found;
}

std::string two_digits(unsigned number) { return { char('0' + number / 10), char('0' + number % 10) }; }

}  // namespace

std::string const& word(std::string_view key)
{
    std::string const* found = find_word(key);
    if (!found) {
        std::string_view language = spoken_catalogue();
        std::fprintf(stderr, "web/words/%.*s.txt has no word \"%.*s\"\n", static_cast<int>(language.size()), language.data(),
            static_cast<int>(key.size()), key.data());
        CHECK(found);
    }
    return *found;
}

std::string phrase(std::string_view key, WordValues values)
{
    std::string_view text = word(key);
    std::string out;
    for (size_t open; (open = text.find('{')) != std::string_view::npos;) {
        size_t close = text.find('}', open);
        CHECK(close != std::string_view::npos);
        out += text.substr(0, open);
        std::string_view name = text.substr(open + 1, close - open - 1);
        auto value = std::find_if(values.begin(), values.end(), [&](auto& each) { return each.first == name; });
        CHECK(value != values.end());
        out += value->second;
        text.remove_prefix(close + 1);
    }
    return out.append(text);
}

std::string count_phrase(std::string_view key, int64_t number)
{
    std::string_view form = plural_word(plural_category(spoken_catalogue(), number));
    return phrase(std::string(key).append(".").append(form), { { "n", grouped(number) } });
}

std::string plural_forms(std::string_view key)
{
    std::string forms;
    for (PluralCategory category : plural_categories(spoken_catalogue())) {
        std::string_view form = plural_word(category);
        forms.append(forms.empty() ? "" : "|").append(form).append("=").append(word(std::string(key).append(".").append(form)));
    }
    return forms;
}

std::string grouped(int64_t number)
{
    std::string out = std::to_string(number);
    size_t sign = number < 0 ? 1 : 0;
    NumberSigns const& signs = spoken_signs();
    if (out.size() - sign < signs.grouped_digits_min)
        return out;
    for (size_t place = out.size(); place > 3 + sign; place -= 3)
        out.insert(place - 3, signs.group);
    return out;
}

std::string decimal(double number, int places)
{
    std::string out = fmt::format("{:.{}f}", number, places);
    if (size_t point = out.find('.'); point != out.npos)
        out.replace(point, 1, spoken_signs().decimal);
    return out;
}

std::string date_in_words(Time time)
{
    std::string text = to_rfc3339(time);  // YYYY-MM-DDThh:mm:ss
    unsigned month = (text[5] - '0') * 10u + (text[6] - '0');
    unsigned day = (text[8] - '0') * 10u + (text[9] - '0');
    std::string year = text.substr(0, 4);
    return phrase("date", { { "day", std::to_string(day) }, { "month", word("month." + two_digits(month)) }, { "year", year } });
}

std::string moment_in_words(Time time)
{
    std::string text = to_rfc3339(time);
    std::string hour = text.substr(11, 5);
    std::string date = date_in_words(time);
    return phrase("moment", { { "date", date }, { "hour", hour } });
}

std::string_view direction_of(std::string_view language)
{
    if (language.empty())
        return "auto";
    std::string_view primary = language.substr(0, language.find('-'));
    for (std::string_view rtl : { "ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi" })
        if (primary == rtl)
            return "rtl";
    return "ltr";
}

}  // namespace parley
