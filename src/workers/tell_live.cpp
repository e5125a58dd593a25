#include "workers/tell_live.h"

#include "actions/live.h"
#include "storage/events.h"

namespace parley::workers {
namespace {

constexpr int events_at_a_time = 1'000;

}  // namespace

TellLive::TellLive(Database& database, Publish publish)
    : database_(database)
    , publish_(std::move(publish))
{
}

Result<void> TellLive::run()
{
    if (seen_ < 0)
        seen_ = TRY(database_.read([](Reader& reader) { return newest_event_id(reader); }));
    while (true) {
        LiveMessages live = TRY(database_.read([&](Reader& reader) { return live_messages_behind(reader, seen_, events_at_a_time); }));
        for (LiveMessage& each : live.messages)
            publish_(live_channel(each.story), each.event, std::move(each.text));
        seen_ = live.last_event;
        if (live.is_all)
            return {};
    }
}

}  // namespace parley::workers
