// Sorts more rows than fit into memory: sorted runs on disk, merged while they are read.
#pragma once

#include "actions/import_files.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace parley {

// Less must order all rows that matter to the caller; equal rows come in any order. Rows are pushed, then
// sort() once, then next() until it gives nothing.
template <typename Row, typename Less>
class RowSorter {
public:
    RowSorter(std::string folder, size_t bytes_max, Less less = {})
        : folder_(std::move(folder)), rows_max_(bytes_max / sizeof(Row)), less_(less)
    {
    }

    Result<void> push(Row const& row)
    {
        if (rows_.size() == rows_max_)
            TRY(spill());
        if (rows_.capacity() == 0)
            rows_.reserve(1024);
        if (rows_.size() == rows_.capacity())
            rows_.reserve(std::min(rows_max_, rows_.capacity() * 2));
        rows_.push_back(row);
        return {};
    }

    Result<void> sort()
    {
        if (runs_.empty()) {
            std::sort(rows_.begin(), rows_.end(), less_);
            return {};
        }
        TRY(spill());
        std::vector<Row>().swap(rows_);
        TRY(file_->flush());
        size_t buffered = std::max<size_t>(64, std::min<size_t>(4096, rows_max_ / runs_.size()));
        uint64_t begin = 0;
        for (uint64_t end : runs_) {
            RowWalk<Row> walk(*file_, begin, end, buffered);
            Row const* first = TRY(walk.next());
            walks_.push_back(std::move(walk));
            heads_.push_back({ first, walks_.size() - 1 });
            begin = end;
        }
        std::make_heap(heads_.begin(), heads_.end(), later());
        return {};
    }

    // The next row in order, or nothing behind the last. It stays until the next call.
    Result<Row const*> next()
    {
        if (walks_.empty())
            return static_cast<Row const*>(at_ < rows_.size() ? &rows_[at_++] : nullptr);
        if (has_given_) {  // only now may the run move on
            Row const* row = TRY(walks_[heads_.back().run].next());
            if (row) {
                heads_.back().row = row;
                std::push_heap(heads_.begin(), heads_.end(), later());
            } else {
                heads_.pop_back();
            }
        }
        has_given_ = !heads_.empty();
        if (!has_given_)
            return static_cast<Row const*>(nullptr);
        std::pop_heap(heads_.begin(), heads_.end(), later());
        return heads_.back().row;
    }

private:
    struct Head {
        Row const* row;
        size_t run;
    };
    auto later() const
    {
        return [this](Head const& a, Head const& b) { return less_(*b.row, *a.row); };
    }

    Result<void> spill()
    {
        if (!file_)
            file_ = std::make_unique<RowFile<Row>>(TRY(RowFile<Row>::make(folder_)));
        std::sort(rows_.begin(), rows_.end(), less_);
        for (Row const& row : rows_)
            TRY(file_->append(row));
        rows_.clear();
        runs_.push_back(file_->count());
        return {};
    }

    std::string folder_;
    size_t rows_max_;
    Less less_;
    std::vector<Row> rows_;
    size_t at_ = 0;
    std::unique_ptr<RowFile<Row>> file_;
    std::vector<uint64_t> runs_;  // where each run ends in the file
    std::vector<RowWalk<Row>> walks_;
    std::vector<Head> heads_;     // a heap, least row in front
    bool has_given_ = false;
};

}  // namespace parley
