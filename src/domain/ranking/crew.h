// A crew does one piece of work in parts, on as many threads as it has. Parts are cut by the size of the work and never
// by the number of threads, and sums are added up part by part in their order, so the result is the same, bit for bit,
// on one thread and on many. One owner at a time.
#pragma once

#include <atomic>
#include <barrier>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace parley::ranking {

// Rows [first, last) of one part.
struct Part {
    uint32_t first, last;
};

// Cuts `rows` rows into parts of about `entries_wanted` entries each; `entries_before(row)` counts those before a row.
template <typename EntriesBefore> std::vector<Part> cut_into_parts(uint32_t rows, EntriesBefore const& entries_before, size_t entries_wanted = 32'768)
{
    std::vector<Part> parts;
    uint32_t first = 0;
    for (uint32_t row = 0; row < rows; ++row) {
        // A row costs something even when it is empty.
        size_t size = entries_before(row + 1) - entries_before(first) + 4 * size_t(row + 1 - first);
        if (size < entries_wanted && row + 1 < rows)
            continue;
        parts.push_back({ first, row + 1 });
        first = row + 1;
    }
    return parts;
}

class Crew {
public:
    // The calling thread is one of `threads`.
    explicit Crew(unsigned threads = 1);
    ~Crew();
    Crew(Crew const&) = delete;
    Crew& operator=(Crew const&) = delete;

    // Calls `work(part)` for each part from 0 to `parts`, in any order, and returns when all are done.
    void run(size_t parts, std::function<void(size_t part)> const& work);

private:
    void take_parts();

    std::barrier<> gate_;
    std::function<void(size_t)> const* work_ = nullptr;
    size_t parts_ = 0;
    std::atomic<size_t> next_ = 0;
    bool is_over_ = false;
    std::vector<std::jthread> others_;
};

}  // namespace parley::ranking
