#include "http/fetch.h"

#include "base/check.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>

namespace parley::http {
namespace {

size_t keep(char const* bytes, size_t size, size_t count, void* into)
{
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size * count > fetch_bytes_max)
        return 0;  // which ends it
    body.append(bytes, size * count);
    return size * count;
}

using FieldList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

void add_field(FieldList& fields, std::string const& line)
{
    curl_slist* longer = curl_slist_append(fields.get(), line.c_str());
    CHECK(longer);
    (void)fields.release();
    fields.reset(longer);
}

}  // namespace

Result<FetchAnswer> fetch(FetchRequest const& request)
{
    static CURLcode const ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK);
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    CHECK(curl);
    FieldList fields(nullptr, curl_slist_free_all);
    add_field(fields, "Accept: application/json");
    add_field(fields, "Expect:");
    if (!request.authorization.empty())
        add_field(fields, "Authorization: " + request.authorization);
    FetchAnswer answer;
    char reason[CURL_ERROR_SIZE] = "";
    auto set = [&](CURLoption option, auto value) { CHECK(curl_easy_setopt(curl.get(), option, value) == CURLE_OK); };
    set(CURLOPT_URL, request.address.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTPHEADER, fields.get());
    if (!request.form.empty()) {
        set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.form.size()));
        set(CURLOPT_POSTFIELDS, request.form.c_str());
    }
    set(CURLOPT_WRITEFUNCTION, keep);
    set(CURLOPT_WRITEDATA, &answer.body);
    set(CURLOPT_TIMEOUT, fetch_seconds_max);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, reason);
    CURLcode outcome = curl_easy_perform(curl.get());
    if (outcome != CURLE_OK)
        return Error::outside("Another server did not answer.", fmt::format("{}: {}", request.address, reason[0] ? reason : curl_easy_strerror(outcome)));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

}  // namespace parley::http
