#include "archives/names.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <utility>

namespace parley::archives {

uint64_t Names::key_of(std::string_view name)
{
    if (name.size() > 7)
        return uint64_t(std::hash<std::string_view> {}(name)) | uint64_t(0xFF) << 56;
    uint64_t key = 0;
    if (!name.empty())
        std::memcpy(&key, name.data(), name.size());
    return key | uint64_t(name.size()) << 56;
}

uint32_t Names::number(std::string_view name)
{
    uint64_t const key = key_of(name);
    for (size_t at = first_slot(key);; at = (at + 1) & (slots_.size() - 1)) {
        Slot& slot = slots_[at];
        if (slot.number_and_one == 0) {
            slot = { key, static_cast<uint32_t>(names_.size()) + 1 };
            names_.emplace_back(name);
            if (names_.size() * 2 > slots_.size())
                grow();
            return static_cast<uint32_t>(names_.size()) - 1;
        }
        if (slot.key == key && (is_exact(key) || names_[slot.number_and_one - 1] == name))
            return slot.number_and_one - 1;
    }
}

void Names::grow()
{
    --shift_;
    std::vector<Slot> larger(slots_.size() * 2);
    for (Slot const& slot : slots_) {
        if (slot.number_and_one == 0)
            continue;
        size_t at = first_slot(slot.key);
        while (larger[at].number_and_one != 0)
            at = (at + 1) & (larger.size() - 1);
        larger[at] = slot;
    }
    slots_ = std::move(larger);
}

std::vector<std::string> Names::release()
{
    slots_.assign(slots_.size(), {});
    return std::exchange(names_, {});
}

bool is_name_before(std::string_view a, std::string_view b)
{
    auto is_number = [](std::string_view name) { return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }); };
    bool const a_is_number = is_number(a), b_is_number = is_number(b);
    if (a_is_number != b_is_number)
        return a_is_number;
    if (a_is_number) {
        auto digits = [](std::string_view name) { return name.substr(std::min(name.find_first_not_of('0'), name.size())); };
        std::string_view const left = digits(a), right = digits(b);
        if (left.size() != right.size())
            return left.size() < right.size();
        if (left != right)
            return left < right;
    }
    return a < b;
}

}  // namespace parley::archives
