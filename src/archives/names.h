// Names as numbers, in the order in which they first came: for files of millions of rows in which few names repeat.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::archives {

class Names {
public:
    // The name's number; `is_new` says whether it was met for the first time.
    uint32_t number(std::string_view name, bool& is_new);

    // All names by number; the collection is empty afterwards.
    std::vector<std::string> release();

private:
    struct Slot {
        uint32_t hash = 0;
        uint32_t number_and_one = 0;  // 0: free
    };
    void grow();

    std::vector<std::string> names_ {};
    std::vector<Slot> slots_ = std::vector<Slot>(1024);
    uint32_t last_ = 0;
};

// Numbers by size and before other names, those by their bytes.
bool is_name_before(std::string_view a, std::string_view b);

}  // namespace parley::archives
