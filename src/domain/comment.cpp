#include "domain/comment.h"

namespace parley {
namespace {

std::string four_bytes(int64_t sequence)
{
    CHECK(sequence > 0 && sequence <= comments_per_thread_max);
    return { static_cast<char>(sequence >> 24 & 0xFF), static_cast<char>(sequence >> 16 & 0xFF),
        static_cast<char>(sequence >> 8 & 0xFF), static_cast<char>(sequence & 0xFF) };
}

}  // namespace

CommentPath CommentPath::root(int64_t sequence) { return CommentPath(four_bytes(sequence)); }

CommentPath CommentPath::child(int64_t sequence) const
{
    size_t kept = level() < levels_max ? bytes_.size() : bytes_.size() - 4;
    return CommentPath(bytes_.substr(0, kept) + four_bytes(sequence));
}

Result<CommentPath> CommentPath::from_bytes(std::string bytes)
{
    if (bytes.empty() || bytes.size() % 4 != 0 || bytes.size() > levels_max * 4)
        return Error::invalid("A comment path has 1 to 8 levels of 4 bytes.");
    return CommentPath(std::move(bytes));
}

std::vector<int64_t> CommentPath::sequences() const
{
    std::vector<int64_t> sequences;
    for (size_t at = 0; at < bytes_.size(); at += 4) {
        int64_t sequence = 0;
        for (char byte : bytes_.substr(at, 4))
            sequence = sequence << 8 | static_cast<unsigned char>(byte);
        sequences.push_back(sequence);
    }
    return sequences;
}

CommentPath CommentPath::root_path() const { return CommentPath(bytes_.substr(0, 4)); }

std::string CommentPath::end_of_branch() const
{
    // Sequence numbers use 24 of the 32 bits, so a leading 0xFF byte stands behind every child.
    return bytes_ + '\xFF';
}

}  // namespace parley
