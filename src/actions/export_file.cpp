#include "actions/export_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace parley {
namespace {

class File final : public ExportFile {
public:
    File(std::string path, int descriptor, bool is_packed)
        : path_(std::move(path))
        , descriptor_(descriptor)
    {
        if (is_packed) {
            stream_ = std::make_unique<z_stream>();
            constexpr int gzip_window_bits = 15 + 16;
            CHECK(deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
        }
    }
    ~File() override
    {
        if (stream_)
            deflateEnd(stream_.get());
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            ::unlink(unfinished(path_).c_str());
        }
    }

    static std::string unfinished(std::string const& path) { return path + ".unfinished"; }

    static Error failure(std::string const& path)
    {
        return Error::outside(fmt::format("The export cannot be written to {}: {}.", path, std::strerror(errno)));
    }

    Result<void> write(std::string_view bytes) override { return stream_ ? pack(bytes, Z_NO_FLUSH) : put(bytes); }

    Result<void> finish() override
    {
        if (stream_)
            TRY(pack({}, Z_FINISH));
        if (::fsync(descriptor_) != 0 || ::rename(unfinished(path_).c_str(), path_.c_str()) != 0)
            return failure(path_);
        ::close(descriptor_);
        descriptor_ = -1;
        size_t slash = path_.rfind('/');
        std::string folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
        int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool is_durable = opened >= 0 && ::fsync(opened) == 0;
        if (opened >= 0)
            ::close(opened);
        return is_durable ? Result<void> {} : failure(path_);
    }

private:
    Result<void> put(std::string_view bytes)
    {
        while (!bytes.empty()) {
            ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0)
                return failure(path_);
            bytes.remove_prefix(static_cast<size_t>(written));
        }
        return {};
    }

    Result<void> pack(std::string_view bytes, int flush)
    {
        stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_->avail_in = static_cast<uInt>(bytes.size());
        for (int state = Z_OK; state != Z_STREAM_END;) {
            char packed[32 << 10];
            stream_->next_out = reinterpret_cast<Bytef*>(packed);
            stream_->avail_out = sizeof packed;
            state = deflate(stream_.get(), flush);
            CHECK(state != Z_STREAM_ERROR);
            TRY(put({ packed, sizeof packed - stream_->avail_out }));
            if (flush == Z_NO_FLUSH && stream_->avail_out > 0)
                break;
        }
        return {};
    }

    std::string path_;
    int descriptor_;
    std::unique_ptr<z_stream> stream_;
};

}  // namespace

Result<std::unique_ptr<ExportFile>> ExportFile::create(std::string path)
{
    int descriptor = ::open(File::unfinished(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return File::failure(path);
    bool is_packed = path.ends_with(".gz");
    return std::unique_ptr<ExportFile>(std::make_unique<File>(std::move(path), descriptor, is_packed));
}

}  // namespace parley
