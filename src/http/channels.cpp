#include "http/channels.h"

namespace parley::http {

void Channels::subscribe(std::string const& channel, int64_t behind, Listener& listener)
{
    leave(listener);
    std::erase_if(channels_, [&](auto const& each) { return each.second.empty() && each.first != channel; });
    std::vector<Listener*>& listeners = channels_[channel];
    listener.channel_ = &listeners;
    listener.place_ = listeners.size();
    listeners.push_back(&listener);
    for (Kept const& kept : kept_)
        if (kept.number > behind && kept.channel == channel)
            listener.hear(kept.message);
}

void Channels::leave(Listener& listener)
{
    if (!listener.channel_)
        return;
    std::vector<Listener*>& listeners = *listener.channel_;
    listeners[listener.place_] = listeners.back();
    listeners[listener.place_]->place_ = listener.place_;
    listeners.pop_back();
    listener.channel_ = nullptr;
}

void Channels::publish(std::string const& channel, int64_t number, SharedText const& message)
{
    kept_.push_back({ channel, number, message });
    if (kept_.size() > kept_max)
        kept_.pop_front();
    auto found = channels_.find(channel);
    if (found == channels_.end())
        return;
    // From the back: one that leaves has its place taken by one that has heard already.
    for (size_t i = found->second.size(); i > 0; --i)
        if (i <= found->second.size())
            found->second[i - 1]->hear(message);
}

size_t Channels::listeners() const
{
    size_t count = 0;
    for (auto const& [name, listeners] : channels_)
        count += listeners.size();
    return count;
}

}  // namespace parley::http
