#include "http/preamble.h"

#include "base/time.h"
#include "http/refusal.h"

namespace parley::http {

Preambles::Preambles(PreambleOptions const& options)
    // A newspaper may learn that its reader came from a discussion, not which; the pages need no device.
    : common_fields_("X-Content-Type-Options: nosniff\r\nReferrer-Policy: strict-origin-when-cross-origin\r\n"
                     "Permissions-Policy: camera=(), microphone=(), geolocation=(), browsing-topics=()\r\n")
    , policy_field_("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors")
{
    if (options.behind_tls)
        common_fields_ += "Strict-Transport-Security: max-age=31536000\r\n";
    if (options.frame_ancestors.empty())
        policy_field_ += " 'none'";
    for (std::string const& origin : options.frame_ancestors)
        policy_field_ += " " + origin;
    policy_field_ += "\r\n";
}

void Preambles::set_time(int64_t now_ms)
{
    if (now_ms / 1000 == second_)
        return;
    second_ = now_ms / 1000;
    date_ = "Date: " + to_http_date({ now_ms }) + "\r\n";
    made_ = {};
}

std::shared_ptr<std::string const> const& Preambles::get(int status, Policy policy, Then then)
{
    size_t place = (status == 304 ? 4u : 0u) + (policy == Policy::Html ? 2u : 0u) + (then == Then::Close ? 1u : 0u);
    Made& made = made_[place];
    if (made.status != status) [[unlikely]]
        made = { status, std::make_shared<std::string const>(make(status, policy, then, {})) };
    return made.text;
}

std::string Preambles::make(int status, Policy policy, Then then, std::string_view request_id) const
{
    std::string text = "HTTP/1.1 " + std::to_string(status) + " ";
    text += reason_of(status);
    text += "\r\n";
    text += date_;
    if (then == Then::Close)
        text += "Connection: close\r\n";
    text += common_fields_;
    if (policy == Policy::Html && status != 304)
        text += policy_field_;
    if (!request_id.empty())
        text.append("X-Request-Id: ").append(request_id).append("\r\n");
    return text;
}

}  // namespace parley::http
