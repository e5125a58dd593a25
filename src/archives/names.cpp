#include "archives/names.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace parley::archives {

uint32_t Names::number(std::string_view name, bool& is_new)
{
    is_new = false;
    if (last_ < names_.size() && names_[last_] == name)  // files are often sorted by one of their columns
        return last_;
    auto const hash = static_cast<uint32_t>(std::hash<std::string_view> {}(name));
    for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
        Slot& slot = slots_[at];
        if (slot.number_and_one == 0) {
            slot = { hash, static_cast<uint32_t>(names_.size()) + 1 };
            names_.emplace_back(name);
            last_ = slot.number_and_one - 1;
            is_new = true;
            if (names_.size() * 2 > slots_.size())
                grow();
            return last_;
        }
        if (slot.hash == hash && names_[slot.number_and_one - 1] == name)
            return last_ = slot.number_and_one - 1;
    }
}

void Names::grow()
{
    std::vector<Slot> larger(slots_.size() * 2);
    for (Slot const& slot : slots_) {
        if (slot.number_and_one == 0)
            continue;
        size_t at = slot.hash & (larger.size() - 1);
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
