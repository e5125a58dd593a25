// Where an import keeps what it has read until it may write: files without a name in a temporary folder, so
// that nothing stays behind even when the program is killed. One thread at a time.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace parley {

// Bytes that are appended, then read, at any place.
class SpillFile {
public:
    static Result<SpillFile> make(std::string const& folder);
    SpillFile(SpillFile&&) noexcept;
    SpillFile& operator=(SpillFile&&) noexcept;
    ~SpillFile();

    uint64_t size() const { return flushed_ + pending_.size(); }
    Result<void> append(std::string_view bytes);
    Result<void> flush();  // before the first read
    // Exactly `size` bytes from `offset` on.
    Result<void> read(uint64_t offset, char* to, size_t size) const;

private:
    explicit SpillFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
    uint64_t flushed_ = 0;
    std::string pending_;
};

// Rows of plain data, written one after another and read back in that order.
template <typename Row>
    requires std::is_trivially_copyable_v<Row>
class RowFile {
public:
    static Result<RowFile> make(std::string const& folder) { return RowFile(TRY(SpillFile::make(folder))); }

    uint64_t count() const { return file_.size() / sizeof(Row); }
    Result<void> append(Row const& row) { return file_.append({ reinterpret_cast<char const*>(&row), sizeof row }); }
    Result<void> flush() { return file_.flush(); }
    Result<void> read(uint64_t index, Row* to, size_t count) const
    {
        return file_.read(index * sizeof(Row), reinterpret_cast<char*>(to), count * sizeof(Row));
    }

private:
    explicit RowFile(SpillFile file) : file_(std::move(file)) {}
    SpillFile file_;
};

// Walks the rows [begin, end) of a file with a buffer of its own.
template <typename Row>
class RowWalk {
public:
    RowWalk(RowFile<Row> const& file, uint64_t begin, uint64_t end, size_t rows_buffered)
        : file_(&file), next_(begin), end_(end), rows_buffered_(rows_buffered)
    {
    }

    // The next row, or nothing behind the last. It stays until the next call.
    Result<Row const*> next()
    {
        if (at_ == held_) {
            if (next_ == end_)
                return static_cast<Row const*>(nullptr);
            if (!rows_)
                rows_.reset(new Row[rows_buffered_]);
            held_ = static_cast<size_t>(std::min<uint64_t>(rows_buffered_, end_ - next_));
            TRY(file_->read(next_, rows_.get(), held_));
            next_ += held_;
            at_ = 0;
        }
        return static_cast<Row const*>(&rows_[at_++]);
    }

private:
    RowFile<Row> const* file_;
    uint64_t next_, end_;
    size_t rows_buffered_;
    std::unique_ptr<Row[]> rows_;
    size_t at_ = 0, held_ = 0;
};

}  // namespace parley
