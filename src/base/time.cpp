#include "base/time.h"

#include <array>
#include <chrono>
#include <fmt/format.h>

namespace parley {
namespace {

struct CivilTime {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::milliseconds> clock;
    unsigned weekday;  // 0 is Sunday
};

CivilTime civil(Time time)
{
    std::chrono::sys_time<std::chrono::milliseconds> point { std::chrono::milliseconds(time.milliseconds) };
    auto day = std::chrono::floor<std::chrono::days>(point);
    return { std::chrono::year_month_day(day), std::chrono::hh_mm_ss(point - day), std::chrono::weekday(day).c_encoding() };
}

// Reads exactly `digits` decimal digits, or says no. Moves `text` behind them.
bool take_number(std::string_view& text, size_t digits, int& number)
{
    if (text.size() < digits)
        return false;
    number = 0;
    for (size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

// "Z", "+hh:mm", "+hhmm", "+hh" or nothing; the offset in minutes east of UTC.
std::optional<int> take_zone(std::string_view text)
{
    if (text.empty() || text == "Z" || text == "z")
        return 0;
    int sign = text.front() == '-' ? -1 : 1;
    if (!take(text, '+') && !take(text, '-'))
        return {};
    int hours = 0, minutes = 0;
    if (!take_number(text, 2, hours))
        return {};
    if (!text.empty()) {
        take(text, ':');
        if (!take_number(text, 2, minutes) || !text.empty())
            return {};
    }
    if (hours > 18 || minutes > 59)
        return {};
    return sign * (hours * 60 + minutes);
}

}  // namespace

Time system_now()
{
    using namespace std::chrono;
    return { duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count() };
}

std::string to_rfc3339(Time time)
{
    CivilTime at = civil(time);
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(at.date.year()),
        static_cast<unsigned>(at.date.month()), static_cast<unsigned>(at.date.day()), at.clock.hours().count(),
        at.clock.minutes().count(), at.clock.seconds().count());
    if (at.clock.subseconds().count() != 0)
        text += fmt::format(".{:03}", at.clock.subseconds().count());
    return text + "Z";
}

std::string to_http_date(Time time)
{
    static constexpr std::array<char const*, 7> days { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
    static constexpr std::array<char const*, 12> months { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
        "Oct", "Nov", "Dec" };
    CivilTime at = civil(time);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[at.weekday], static_cast<unsigned>(at.date.day()),
        months[static_cast<unsigned>(at.date.month()) - 1], static_cast<int>(at.date.year()), at.clock.hours().count(),
        at.clock.minutes().count(), at.clock.seconds().count());
}

std::optional<Time> parse_time(std::string_view text)
{
    int year, month, day, hour, minute, second;
    if (!take_number(text, 4, year) || !take(text, '-') || !take_number(text, 2, month) || !take(text, '-')
        || !take_number(text, 2, day) || (!take(text, 'T') && !take(text, 't') && !take(text, ' '))
        || !take_number(text, 2, hour) || !take(text, ':') || !take_number(text, 2, minute) || !take(text, ':')
        || !take_number(text, 2, second))
        return {};
    int64_t milliseconds = 0;
    if (take(text, '.')) {
        int64_t scale = 100;
        if (text.empty() || text.front() < '0' || text.front() > '9')
            return {};
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), scale /= 10)
            milliseconds += (text.front() - '0') * scale;
    }
    take(text, ' ');
    std::optional<int> zone_minutes = take_zone(text);
    std::chrono::year_month_day date { std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day)) };
    if (!zone_minutes || year < 1 || !date.ok() || hour > 23 || minute > 59 || second > 60)
        return {};
    int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    int64_t seconds = days * 86400 + hour * 3600 + minute * 60 + second - *zone_minutes * 60;
    return Time { seconds * 1000 + milliseconds };
}

}  // namespace parley
