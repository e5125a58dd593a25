#include "render/words.h"

#include "base/check.h"
#include "base/embedded_files.h"

#include <unordered_map>

namespace parley {
namespace {

struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view> {}(text); }
};
using Catalogue = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;

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

Catalogue const& english()
{
    static Catalogue const catalogue = [] {
        auto file = embedded_file("web/words/en.txt");
        CHECK(file);
        return read_catalogue(*file);
    }();
    return catalogue;
}

std::string two_digits(unsigned number) { return { char('0' + number / 10), char('0' + number % 10) }; }

}  // namespace

std::string const& word(std::string_view key)
{
    auto found = english().find(key);
    if (found == english().end()) {
        std::fprintf(stderr, "web/words/en.txt has no word \"%.*s\"\n", static_cast<int>(key.size()), key.data());
        CHECK(found != english().end());
    }
    return found->second;
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
    return phrase(std::string(key) + (number == 1 ? ".one" : ".other"), { { "n", grouped(number) } });
}

std::string plural_forms(std::string_view key)
{
    std::string forms;
    for (std::string_view category : { "zero", "one", "two", "few", "many", "other" }) {
        auto found = english().find(std::string(key).append(".").append(category));
        if (found != english().end())
            forms.append(forms.empty() ? "" : "|").append(category).append("=").append(found->second);
    }
    return forms;
}

std::string grouped(int64_t number)
{
    std::string out = std::to_string(number);
    for (size_t place = out.size(); place > 3 + (number < 0 ? 1u : 0u); place -= 3)
        out.insert(place - 3, ",");
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
