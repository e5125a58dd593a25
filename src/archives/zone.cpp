#include "archives/zone.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

namespace parley::archives {

struct Zone::Calendar {
    UCalendar* handle;
    explicit Calendar(UCalendar* opened) : handle(opened) {}
    Calendar(Calendar const&) = delete;
    ~Calendar() { ucal_close(handle); }
};

Result<Zone> Zone::named(std::string_view name)
{
    Zone zone;
    if (name == "UTC" || name == "Z")
        return zone;
    if (name.starts_with('+') || name.starts_with('-')) {
        std::optional<Time> shifted = parley::parse_time("2000-01-01T00:00:00" + std::string(name));
        if (!shifted)
            return Error::invalid("\"" + std::string(name) + "\" is no time zone; write +02:00 or Europe/Zurich.");
        zone.offset_milliseconds_ = parley::parse_time("2000-01-01T00:00:00Z")->milliseconds - shifted->milliseconds;
        return zone;
    }
    UChar id[128], canonical[128];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = 0;
    u_strFromUTF8(id, 128, &length, name.data(), static_cast<int32_t>(name.size()), &status);
    UBool is_system_id = false;
    if (U_SUCCESS(status))
        ucal_getCanonicalTimeZoneID(id, length, canonical, 128, &is_system_id, &status);
    if (U_FAILURE(status) || !is_system_id)
        return Error::invalid("\"" + std::string(name) + "\" is no time zone; write +02:00 or Europe/Zurich.");
    UCalendar* calendar = ucal_open(id, length, "en", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status))
        return Error::outside("The time zone could not be loaded.", u_errorName(status));
    zone.calendar_ = std::make_shared<Calendar>(calendar);
    return zone;
}

Time Zone::to_utc(Time local) const
{
    if (!calendar_)
        return local.plus_milliseconds(-offset_milliseconds_);
    // The offset at the reading taken as UTC, then the offset at the moment that gives: right but for the few
    // hours around a change, where the second look settles it.
    auto offset_at = [&](int64_t moment) -> int64_t {
        UErrorCode status = U_ZERO_ERROR;
        ucal_setMillis(calendar_->handle, static_cast<UDate>(moment), &status);
        return ucal_get(calendar_->handle, UCAL_ZONE_OFFSET, &status) + ucal_get(calendar_->handle, UCAL_DST_OFFSET, &status);
    };
    int64_t first = local.milliseconds - offset_at(local.milliseconds);
    return { local.milliseconds - offset_at(first) };
}

std::optional<Time> parse_time(std::string_view text, Zone const& zone)
{
    std::optional<Time> time = parley::parse_time(text);
    if (!time)
        return {};
    // "2018-02-01T10:31:00", with a fraction or not: nothing but digits, points and blanks behind the seconds.
    bool names_zone = text.size() > 19 && text.find_first_not_of("0123456789. ", 19) != text.npos;
    return names_zone ? time : zone.to_utc(*time);
}

}  // namespace parley::archives
