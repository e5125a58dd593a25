// What waits to be sent on one connection: runs of bytes, each kept alive by its owner. One thread.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::http {

class Output {
public:
    void add(std::string_view bytes, std::shared_ptr<void const> owner)
    {
        if (bytes.empty())
            return;
        size_ += bytes.size();
        pieces_.push_back({ bytes, std::move(owner) });
    }

    void add(std::string text)
    {
        auto owner = std::make_shared<std::string const>(std::move(text));
        add(*owner, owner);
    }

    bool is_empty() const { return size_ == 0; }
    size_t size() const { return size_; }

    // Calls `visit(std::string_view)` with the first pieces, `pieces_max` at most.
    template <typename Visit>
    void visit(size_t pieces_max, Visit visit) const
    {
        for (size_t i = first_; i < pieces_.size() && i - first_ < pieces_max; ++i)
            visit(pieces_[i].bytes);
    }

    void remove(size_t sent)
    {
        size_ -= sent;
        if (size_ == 0) {
            pieces_.clear();
            first_ = 0;
            return;
        }
        while (sent >= pieces_[first_].bytes.size()) {
            sent -= pieces_[first_].bytes.size();
            pieces_[first_++].owner.reset();
        }
        pieces_[first_].bytes.remove_prefix(sent);
    }

private:
    struct Piece {
        std::string_view bytes;
        std::shared_ptr<void const> owner;
    };
    std::vector<Piece> pieces_;
    size_t first_ = 0;
    size_t size_ = 0;
};

}  // namespace parley::http
