#include "actions/import_files.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace parley {
namespace {

constexpr size_t pending_bytes_max = 256 << 10;

Error disk_error(std::string const& what)
{
    return Error::outside(what + " in the temporary folder failed: " + std::strerror(errno)
        + ". Give another one with enough room in TMPDIR.");
}

}  // namespace

Result<SpillFile> SpillFile::make(std::string const& folder)
{
    int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor < 0) {  // not every file system has nameless files
        std::string name = folder + "/parley-import-XXXXXX";
        descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (descriptor < 0)
            return disk_error("Making a file");
        ::unlink(name.c_str());
    }
    return SpillFile(descriptor);
}

SpillFile::SpillFile(SpillFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), flushed_(other.flushed_), pending_(std::move(other.pending_))
{
}

SpillFile& SpillFile::operator=(SpillFile&& other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    std::swap(flushed_, other.flushed_);
    std::swap(pending_, other.pending_);
    return *this;
}

SpillFile::~SpillFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<void> SpillFile::append(std::string_view bytes)
{
    pending_.append(bytes);
    return pending_.size() < pending_bytes_max ? Result<void>() : flush();
}

Result<void> SpillFile::flush()
{
    for (size_t done = 0; done < pending_.size();) {
        ssize_t count = ::pwrite(descriptor_, pending_.data() + done, pending_.size() - done, static_cast<off_t>(flushed_));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return disk_error("Writing");
        done += static_cast<size_t>(count);
        flushed_ += static_cast<uint64_t>(count);
    }
    pending_.clear();
    return {};
}

Result<void> SpillFile::read(uint64_t offset, char* to, size_t size) const
{
    CHECK(pending_.empty() && offset + size <= flushed_);
    while (size > 0) {
        ssize_t count = ::pread(descriptor_, to, size, static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return disk_error("Reading");
        to += count;
        offset += static_cast<uint64_t>(count);
        size -= static_cast<size_t>(count);
    }
    return {};
}

}  // namespace parley
