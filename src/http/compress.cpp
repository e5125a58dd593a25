#include "http/compress.h"

#include "base/check.h"

#include <brotli/encode.h>
#include <zlib.h>

namespace parley::http {

std::string compress_brotli(std::string_view body, Effort effort)
{
    size_t size = BrotliEncoderMaxCompressedSize(body.size());
    CHECK(size != 0);
    std::string compressed(size, '\0');
    int quality = effort == Effort::AtOnce ? 5 : 11;
    CHECK(BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(),
        reinterpret_cast<uint8_t const*>(body.data()), &size, reinterpret_cast<uint8_t*>(compressed.data())));
    compressed.resize(size);
    compressed.shrink_to_fit();
    return compressed;
}

std::string compress_gzip(std::string_view body, Effort effort)
{
    z_stream stream {};
    int level = effort == Effort::AtOnce ? 6 : 9;
    // 15 + 16: the largest window, in a gzip wrapper. 8 is zlib's default memory level.
    CHECK(deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string compressed(deflateBound(&stream, body.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
    stream.avail_out = static_cast<uInt>(compressed.size());
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    compressed.resize(stream.total_out);
    compressed.shrink_to_fit();
    deflateEnd(&stream);
    return compressed;
}

bool is_compressible(std::string_view content_type)
{
    content_type = content_type.substr(0, content_type.find(';'));
    return content_type.starts_with("text/") || content_type.ends_with("json") || content_type.ends_with("xml")
        || content_type.ends_with("javascript") || content_type.ends_with("manifest");
}

}  // namespace parley::http
