#include "actions/import_keys.h"

#include <sodium.h>

namespace parley {
namespace {

uint64_t siphash(std::string_view text, unsigned char const* key)
{
    uint64_t hash;
    crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), reinterpret_cast<unsigned char const*>(text.data()), text.size(), key);
    return hash;
}

constexpr size_t number_digits_max = 18;  // below 2^63, so the highest bit tells numbers from hashes

}  // namespace

uint64_t digest_of(std::string_view text)
{
    static constexpr unsigned char fixed[crypto_shorthash_KEYBYTES] { 'p', 'a', 'r', 'l', 'e', 'y' };
    return siphash(text, fixed);
}

RunKeys::RunKeys() { randombytes_buf(secret_, sizeof secret_); }

uint64_t RunKeys::of(std::string_view text) const { return siphash(text, secret_); }

uint64_t RunKeys::of_id(std::string_view id) const
{
    if (!id.empty() && id.size() <= number_digits_max && (id.front() != '0' || id.size() == 1)) {
        uint64_t number = 0;
        size_t at = 0;
        for (; at < id.size() && id[at] >= '0' && id[at] <= '9'; ++at)
            number = number * 10 + static_cast<uint64_t>(id[at] - '0');
        if (at == id.size())
            return number;
    }
    return of(id) | uint64_t { 1 } << 63;
}

size_t KeyIndex::place(uint64_t key) const
{
    size_t mask = slots_.size() - 1;
    size_t at = (key * 0x9E3779B97F4A7C15ull >> 17) & mask;  // numbers stand for themselves, so they are spread here
    while (slots_[at].number != none && slots_[at].key != key)
        at = (at + 1) & mask;
    return at;
}

uint32_t KeyIndex::add(uint64_t key, bool& is_new)
{
    size_t at = place(key);
    is_new = slots_[at].number == none;
    if (!is_new)
        return slots_[at].number;
    if ((size_ + 1) * size_t { 4 } > slots_.size() * 3) {
        grow();
        at = place(key);
    }
    slots_[at] = { key, size_ };
    return size_++;
}

uint32_t KeyIndex::find(uint64_t key) const { return slots_[place(key)].number; }

void KeyIndex::grow()
{
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (Slot const& slot : old)
        if (slot.number != none)
            slots_[place(slot.key)] = slot;
}

}  // namespace parley
