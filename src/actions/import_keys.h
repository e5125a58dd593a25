// Keys by which an import joins records: 64 bits for a text of any length.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley {

// SipHash-2-4. Digests are kept in the database, so their key is fixed; keys of one run use a random one, so
// that nobody can craft names that are taken for one another.
uint64_t digest_of(std::string_view text);

class RunKeys {
public:
    RunKeys();
    uint64_t of(std::string_view text) const;

    // Ids that are numbers as machines write them (most are) stand for themselves: no two of them collide.
    uint64_t of_id(std::string_view id) const;
    static bool is_number(uint64_t id_key) { return id_key >> 63 == 0; }

private:
    unsigned char secret_[16];
};

// From keys to small numbers, in order of first sight: 16 bytes an entry, at most three quarters full.
class KeyIndex {
public:
    static constexpr uint32_t none = UINT32_MAX;

    // The number of the key, and whether it is new; a new key gets the next number.
    uint32_t add(uint64_t key, bool& is_new);
    uint32_t find(uint64_t key) const;
    uint32_t size() const { return size_; }

private:
    struct Slot {
        uint64_t key;
        uint32_t number = none;
    };
    size_t place(uint64_t key) const;
    void grow();
    std::vector<Slot> slots_ = std::vector<Slot>(1024);
    uint32_t size_ = 0;
};

}  // namespace parley
