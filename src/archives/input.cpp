#include "archives/input.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace parley::archives {
namespace {

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File const&) = delete;
    ~File() { ::close(descriptor_); }

    // The first bytes, which stay to be read: a pipe cannot be read twice.
    Result<std::string_view> peek(size_t size)
    {
        ahead_.resize(size);
        size_t count = 0;
        while (count < size) {
            size_t more = TRY(read_descriptor(ahead_.data() + count, size - count));
            if (more == 0)
                break;
            count += more;
        }
        ahead_.resize(count);
        return std::string_view(ahead_);
    }

    Result<size_t> read(char* buffer, size_t size)
    {
        if (ahead_.empty())
            return read_descriptor(buffer, size);
        size_t const count = std::min(size, ahead_.size());
        std::memcpy(buffer, ahead_.data(), count);
        ahead_.erase(0, count);
        return count < size ? count + TRY(read_descriptor(buffer + count, size - count)) : count;
    }
    uint64_t bytes_read() const { return bytes_read_; }

private:
    Result<size_t> read_descriptor(char* buffer, size_t size)
    {
        for (;;) {
            ssize_t count = ::read(descriptor_, buffer, size);
            if (count >= 0) {
                bytes_read_ += static_cast<uint64_t>(count);
                return static_cast<size_t>(count);
            }
            if (errno != EINTR)
                return Error::outside("The archive could not be read.", std::strerror(errno));
        }
    }

    int descriptor_;
    uint64_t bytes_read_ = 0;
    std::string ahead_;
};

class PlainSource final : public ByteSource {
public:
    PlainSource(std::unique_ptr<File> file, uint64_t size) : file_(std::move(file)), size_(size) {}
    Result<size_t> read(char* buffer, size_t size) override { return file_->read(buffer, size); }
    uint64_t bytes_read() const override { return file_->bytes_read(); }
    uint64_t bytes_total() const override { return size_; }

private:
    std::unique_ptr<File> file_;
    uint64_t size_;
};

// Several gzip members one behind the other are one stream, as gzip(1) reads them; other bytes behind a member
// are left unread, as gzip(1) does too.
class GzipSource final : public ByteSource {
public:
    GzipSource(std::unique_ptr<File> file, uint64_t size) : file_(std::move(file)), size_(size)
    {
        CHECK(inflateInit2(&stream_, 15 + 16) == Z_OK);  // 16: a gzip header, no other
    }
    ~GzipSource() override { inflateEnd(&stream_); }

    Result<size_t> read(char* buffer, size_t size) override
    {
        stream_.next_out = reinterpret_cast<Bytef*>(buffer);
        stream_.avail_out = static_cast<uInt>(size);
        while (stream_.avail_out == size && !is_finished_) {
            if (stream_.avail_in == 0) {
                size_t count = TRY(file_->read(packed_.data(), packed_.size()));
                if (count == 0) {
                    is_finished_ = true;
                    if (is_inside_member_)
                        broken_ = "the gzip data break off";
                    break;
                }
                stream_.next_in = reinterpret_cast<Bytef*>(packed_.data());
                stream_.avail_in = static_cast<uInt>(count);
            }
            if (!is_inside_member_) {
                if (member_count_ > 0 && stream_.next_in[0] != 0x1F) {
                    is_finished_ = true;
                    break;
                }
                inflateReset(&stream_);
                is_inside_member_ = true;
                ++member_count_;
            }
            int outcome = inflate(&stream_, Z_NO_FLUSH);
            if (outcome == Z_STREAM_END) {
                is_inside_member_ = false;
            } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
                is_finished_ = true;
                broken_ = "the gzip data are damaged";
            }
        }
        size_t count = size - stream_.avail_out;
        unpacked_ += count;
        if (unpacked_ > unpack_free_bytes && unpacked_ / unpack_ratio_max > file_->bytes_read())
            return Error::invalid("The archive unpacks to more than 200 times its size; unpack it with gunzip and look at it first.");
        return count;
    }
    uint64_t bytes_read() const override { return file_->bytes_read(); }
    uint64_t bytes_total() const override { return size_; }
    std::optional<std::string> broken() const override { return broken_; }

private:
    std::unique_ptr<File> file_;
    uint64_t size_;
    z_stream stream_ {};
    std::string packed_ = std::string(128 << 10, '\0');
    uint64_t unpacked_ = 0;
    int member_count_ = 0;
    bool is_inside_member_ = false;
    bool is_finished_ = false;
    std::optional<std::string> broken_;
};

class TextSource final : public ByteSource {
public:
    explicit TextSource(std::string_view bytes) : bytes_(bytes) {}
    Result<size_t> read(char* buffer, size_t size) override
    {
        size_t count = std::min(size, bytes_.size() - offset_);
        if (count > 0)  // an empty text may have no address
            std::memcpy(buffer, bytes_.data() + offset_, count);
        offset_ += count;
        return count;
    }
    uint64_t bytes_read() const override { return offset_; }
    uint64_t bytes_total() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    size_t offset_ = 0;
};

Result<std::unique_ptr<ByteSource>> plain_or_gzipped(std::unique_ptr<File> file, uint64_t size)
{
    if (TRY(file->peek(2)) == "\x1F\x8B")
        return std::unique_ptr<ByteSource>(std::make_unique<GzipSource>(std::move(file), size));
    return std::unique_ptr<ByteSource>(std::make_unique<PlainSource>(std::move(file), size));
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file(std::string const& path)
{
    int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT)
            return Error::not_found("There is no file " + path + ".");
        return Error::invalid("The file " + path + " cannot be opened: " + std::strerror(errno) + ".");
    }
    auto file = std::make_unique<File>(descriptor);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return Error::invalid(path + " is not a regular file.");
    ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
    return plain_or_gzipped(std::move(file), static_cast<uint64_t>(status.st_size));
}

Result<std::unique_ptr<ByteSource>> open_standard_input()
{
    int descriptor = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    if (descriptor < 0)
        return Error::invalid(std::string("Standard input cannot be read: ") + std::strerror(errno) + ".");
    return plain_or_gzipped(std::make_unique<File>(descriptor), 0);
}

std::unique_ptr<ByteSource> open_text(std::string_view bytes) { return std::make_unique<TextSource>(bytes); }

}  // namespace parley::archives
