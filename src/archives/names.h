// Names as numbers, in the order in which they first came: for files of millions of rows in which few names repeat.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::archives {

class Names {
public:
    uint32_t number(std::string_view name);
    // Asks for the memory that number(name) will read, which takes longer than anything it does.
    void expect(std::string_view name) const { __builtin_prefetch(&slots_[first_slot(key_of(name))]); }

    // All names by number; the collection is empty afterwards.
    std::vector<std::string> release();

private:
    // Names of up to seven bytes are their own key, so that most look-ups touch one place in memory; of longer ones it is
    // a hash, and the name itself is looked at.
    struct Slot {
        uint64_t key = 0;
        uint32_t number_and_one = 0;  // 0: free
    };
    static uint64_t key_of(std::string_view name);
    static bool is_exact(uint64_t key) { return key >> 56 != 0xFF; }
    size_t first_slot(uint64_t key) const { return key * 0x9e3779b97f4a7c15u >> shift_; }
    void grow();

    static constexpr int first_bits = 10;
    std::vector<std::string> names_ {};
    std::vector<Slot> slots_ = std::vector<Slot>(size_t(1) << first_bits);
    int shift_ = 64 - first_bits;
};

// Numbers by size and before other names, those by their bytes.
bool is_name_before(std::string_view a, std::string_view b);

}  // namespace parley::archives
