#include "workers/smtp.h"

#include "base/check.h"
#include "domain/mail_message.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <memory>

namespace parley::workers {
namespace {

constexpr long connect_seconds = 15;
constexpr long whole_seconds = 60;

struct Unsent {
    std::string_view rest;
};

size_t give(char* buffer, size_t size, size_t count, void* from)
{
    auto& unsent = *static_cast<Unsent*>(from);
    size_t given = unsent.rest.copy(buffer, size * count);
    unsent.rest.remove_prefix(given);
    return given;
}

}  // namespace

Result<void> deliver(MailServer const& server, Letter const& letter, Time now)
{
    static CURLcode const ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK);
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    CHECK(curl);
    std::string message = mail_message(letter, server.sender, server.sender_name, now);
    std::string recipient = "<" + letter.recipient + ">", sender = "<" + server.sender + ">";
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(curl_slist_append(nullptr, recipient.c_str()), curl_slist_free_all);
    Unsent unsent { message };
    char reason[CURL_ERROR_SIZE] = "";
    auto set = [&](CURLoption option, auto value) { CHECK(curl_easy_setopt(curl.get(), option, value) == CURLE_OK); };
    set(CURLOPT_URL, server.address.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_USE_SSL, static_cast<long>(server.requires_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
    if (!server.user.empty()) {
        set(CURLOPT_USERNAME, server.user.c_str());
        set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, sender.c_str());
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_READFUNCTION, give);
    set(CURLOPT_READDATA, &unsent);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
    set(CURLOPT_TIMEOUT, whole_seconds);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, reason);
    CURLcode outcome = curl_easy_perform(curl.get());
    if (outcome == CURLE_OK)
        return {};
    long answer = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer);
    std::string detail = fmt::format("{} ({})", reason[0] ? reason : curl_easy_strerror(outcome), answer);
    bool is_final = answer >= 500 && answer < 600 && outcome != CURLE_LOGIN_DENIED;
    return is_final ? Error { ErrorKind::Refused, "The mail server refused the letter.", detail } : Error::outside("The mail server did not take the letter.", detail);
}

}  // namespace parley::workers
