#include "http/static_files.h"

#include "base/check.h"
#include "http/prepared.h"

#include <array>

namespace parley::http {

std::string_view content_type_of(std::string_view path)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> types { {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".jpg", "image/jpeg" },
        { ".webp", "image/webp" },
        { ".ico", "image/x-icon" },
        { ".woff2", "font/woff2" },
        { ".json", "application/json" },
        { ".txt", "text/plain; charset=utf-8" },
        { ".webmanifest", "application/manifest+json" },
    } };
    for (auto [ending, type] : types) {
        if (path.ends_with(ending))
            return type;
    }
    return {};
}

StaticFiles::StaticFiles(std::span<EmbeddedFile const> files, std::string_view folder)
{
    for (EmbeddedFile const& file : files) {
        if (!file.path.starts_with(folder) || content_type_of(file.path).empty())
            continue;
        std::string path(file.path.substr(folder.size()));
        Response response { .content_type = std::string(content_type_of(path)), .body = std::string(file.content) };
        response.fields.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
        // So that a page of another origin may use it: the comments are embedded in newspapers' own pages.
        response.fields.emplace_back("Cross-Origin-Resource-Policy", "cross-origin");
        response.fields.emplace_back("Access-Control-Allow-Origin", "*");
        PreparedPointer prepared = prepare(response, Effort::Thorough);
        // The tag is a hash of the content; 16 of its digits tell versions of a file apart.
        std::string hash = prepared->representation(Encoding::Identity).etag.substr(1, 16);
        std::string address = "/static/" + hash + "/" + path;
        by_address_.emplace(address, std::move(prepared));
        addresses_.emplace(std::move(path), std::move(address));
    }
}

std::string const& StaticFiles::address_of(std::string_view path) const
{
    auto found = addresses_.find(path);
    CHECK(found != addresses_.end());
    return found->second;
}

PreparedPointer StaticFiles::find(std::string_view request_path) const
{
    auto found = by_address_.find(request_path);
    return found == by_address_.end() ? nullptr : found->second;
}

Route StaticFiles::route() const
{
    return {
        .method = Method::Get,
        .pattern = "/static/{hash}/{file...}",
        .access = Access::Everyone,
        .handler = [](Request const&) {
            return Response { .status = 404, .content_type = "text/plain; charset=utf-8", .fields = { { "Cache-Control", "no-store" } }, .body = "not-found\n" };
        },
        .from_memory = [this](Request const& request) { return find(request.path); },
        .name = "static",
    };
}

}  // namespace parley::http
