#include "actions/line_store.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>

namespace parley {
namespace {

Error failure()
{
    return Error::outside(fmt::format("A temporary file cannot be used: {}.", std::strerror(errno)));
}

}  // namespace

Result<void> LineStore::append(std::string_view line)
{
    memory_ += line;
    memory_ += '\n';
    bytes_ += line.size() + 1;
    if (!file_ && memory_.size() <= memory_bytes_max)
        return {};
    constexpr size_t piece_bytes = 256 << 10;
    if (file_ && memory_.size() < piece_bytes)
        return {};
    if (!file_)
        file_.reset(std::tmpfile());
    if (!file_ || std::fseek(file_.get(), 0, SEEK_END) != 0 || std::fwrite(memory_.data(), 1, memory_.size(), file_.get()) != memory_.size())
        return failure();
    memory_.clear();
    memory_.shrink_to_fit();
    return {};
}

Result<void> LineStore::each(std::function<Result<void>(std::string_view line)> const& take) const
{
    if (file_) {
        std::rewind(file_.get());
        struct Line {
            char* text = nullptr;
            size_t room = 0;
            ~Line() { std::free(text); }
        } line;
        for (ssize_t length; (length = ::getline(&line.text, &line.room, file_.get())) > 0;)
            TRY(take({ line.text, static_cast<size_t>(length) - 1 }));
        if (std::ferror(file_.get()))
            return failure();
    }
    std::string_view rest = memory_;  // behind what lies in the file
    while (!rest.empty()) {
        size_t end = rest.find('\n');
        TRY(take(rest.substr(0, end)));
        rest.remove_prefix(end + 1);
    }
    return {};
}

}  // namespace parley
