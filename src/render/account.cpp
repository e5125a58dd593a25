#include "render/account.h"

#include "render/addresses.h"
#include "render/language.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

#include <vector>

namespace parley {
namespace {

Html around(Chrome const& chrome, std::string title, Html const& main)
{
    Frame frame;
    frame.title = std::move(title);
    frame.is_indexed = false;
    return page_around(chrome, frame, main);
}

std::string with_next(std::string path, std::string const& next)
{
    return next.empty() ? path : path + "?next=" + percent_encode(next);
}

Fields fields_of(SignForm const& form)
{
    Fields fields;
    fields.text("refusal", form.refusal).text("email", form.email).text("handle", form.handle).text("next", form.next);
    return fields;
}

// Plain text with its addresses as links.
Html linked(std::string_view text)
{
    Html out;
    while (!text.empty()) {
        size_t at = std::min(text.find("http"), text.size());
        out.append(escape(text.substr(0, at)));
        text.remove_prefix(at);
        size_t end = std::min(text.find_first_of(" \n"), text.size());
        std::string_view word = text.substr(0, end);
        if (word.starts_with("http://") || word.starts_with("https://")) {
            Fields fields;
            fields.text("url", word);
            out.append(render("account/letter_link", fields));
        } else {
            out.append(escape(word));
        }
        text.remove_prefix(end);
    }
    return out;
}

}  // namespace

Html sign_in_page(Chrome const& chrome, SignForm const& form)
{
    Fields fields = fields_of(form);
    fields.text("sign_up_url", with_next("/sign-up", form.next)).text("link_url", "/sign-in/link").text("password_url", "/sign-in/password")
        .text("openid_label", form.openid_label).text("openid_url", with_next("/sign-in/openid", form.next));
    return around(chrome, word("sign_in"), render("account/sign_in", fields));
}

Html sign_up_page(Chrome const& chrome, SignForm const& form)
{
    Fields fields = fields_of(form);
    fields.text("sign_in_url", with_next("/sign-in", form.next));
    return around(chrome, word("sign_up"), render("account/sign_up", fields));
}

Html ask_link_page(Chrome const& chrome, std::string_view words_key, SignForm const& form)
{
    std::string const key(words_key), title = word(key + ".title");
    Fields fields;
    fields.text("refusal", form.refusal)
        .text("email", form.email)
        .text("action", "/sign-in/" + key)
        .text("title", title)
        .text("text", word(key + ".text"))
        .text("button", word(key + ".ask"));
    return around(chrome, title, render("account/ask_link", fields));
}

Html note_page(Chrome const& chrome, std::string_view title, std::string_view text)
{
    Fields fields;
    fields.text("title", title).text("text", text);
    return around(chrome, std::string(title), render("account/note", fields));
}

Html confirm_page(Chrome const& chrome, std::string_view title, std::string_view text, std::string_view action, std::string_view button, std::string_view back)
{
    Fields fields;
    fields.text("title", title).text("text", text).text("action", action).text("button", button).text("back", back);
    return around(chrome, std::string(title), render("account/confirm", fields));
}

Html use_link_page(Chrome const& chrome, std::string_view words_key, std::string_view action, std::string_view refusal, bool asks_password)
{
    std::string const key(words_key), title = word(key + ".use.title");
    Fields fields;
    fields.text("refusal", refusal)
        .text("action", action)
        .text("title", title)
        .text("text", word(key + ".use.text"))
        .text("button", word(key + ".use.button"))
        .flag("asks_password", asks_password);
    return around(chrome, title, render("account/use_link", fields));
}

Html close_account_page(Chrome const& chrome, bool has_password, int64_t days, std::string_view refusal)
{
    Fields fields;
    fields.text("refusal", refusal).flag("has_password", has_password).text("text", phrase("close.text", { { "n", grouped(days) } }));
    return around(chrome, word("close.title"), render("account/close", fields));
}

Html merge_page(Chrome const& chrome, std::string_view email, std::string_view refusal)
{
    Fields fields;
    fields.text("email", email).text("refusal", refusal);
    return around(chrome, word("merge.title"), render("account/merge", fields));
}

Html account_page(Chrome const& chrome, ShownAccount const& account)
{
    auto refusal_in = [&](std::string_view form) { return account.refused_form == form ? account.refusal : std::string(); };
    std::vector<Fields> paces, offered, sessions, former;
    for (std::string_view each : languages())
        offered.emplace_back().text("tag", each).text("name", *find_word_in(each, "language_name")).text("direction", direction_of(each))
            .flag("is_chosen", catalogue_for(account.language) == each);
    for (auto [value, key] : { std::pair(MailPace::AtOnce, "at-once"), std::pair(MailPace::Hourly, "hourly"), std::pair(MailPace::Daily, "daily"), std::pair(MailPace::Never, "never") })
        paces.emplace_back().text("value", key).text("name", word(std::string("pace.") + key)).flag("is_chosen", account.mail_pace == value);
    for (ShownSession const& each : account.sessions)
        sessions.emplace_back()
            .text("id", each.id)
            .text("agent", each.agent.empty() ? word("unknown_browser") : each.agent)
            .flag("is_this", each.is_this)
            .text("created_datetime", to_rfc3339(each.created_at))
            .text("created", moment_in_words(each.created_at))
            .text("seen_datetime", to_rfc3339(each.seen_at))
            .text("seen", moment_in_words(each.seen_at));
    for (std::string const& handle : account.former_handles)
        former.emplace_back().text("handle", handle);
    Fields fields;
    fields.text("done", account.done)
        .text("handle", account.handle)
        .text("person_url", person_path(account.handle))
        .text("name", account.name)
        .text("email", account.email)
        .flag("has_password", account.has_password)
        .flag("is_staff", account.is_staff)
        .text("name_refusal", refusal_in("name"))
        .text("handle_refusal", refusal_in("handle"))
        .text("email_refusal", refusal_in("email"))
        .text("password_refusal", refusal_in("password"))
        .flag("has_former", !former.empty())
        .list("former", std::move(former))
        .list("offered", std::move(offered))
        .text("language_refusal", refusal_in("language"))
        .text("site_language_name", *find_word_in(catalogue_for(chrome.site.language).value_or("en"), "language_name"))
        .list("paces", std::move(paces))
        .flag("has_others", sessions.size() > 1)
        .list("sessions", std::move(sessions));
    return around(chrome, word("your_account"), render("account/account", fields));
}

Html own_data_page(Chrome const& chrome, std::string_view refusal)
{
    Fields fields;
    fields.text("refusal", refusal);
    return around(chrome, word("own_data"), render("account/own_data", fields));
}

Html own_data_document(Chrome const& chrome, std::vector<ShownRecord> const& records)
{
    std::vector<Fields> rows;
    for (ShownRecord const& record : records) {
        std::vector<Fields> fields;
        for (auto const& [name, value] : record.fields)
            if (!value.empty())
                fields.emplace_back().text("name", name).text("value", value);
        rows.emplace_back().text("kind", word("own_data." + record.kind)).list("fields", std::move(fields));
    }
    Fields fields;
    fields.list("records", std::move(rows));
    return around(chrome, word("own_data"), render("account/own_data_document", fields));
}

Html outgoing_mail_page(Chrome const& chrome, std::span<Letter const> letters)
{
    std::vector<Fields> rows;
    for (Letter const& letter : letters)
        rows.emplace_back()
            .text("recipient", letter.recipient)
            .text("subject", letter.subject)
            .text("moment", moment_in_words(letter.created_at))
            .text("datetime", to_rfc3339(letter.created_at))
            .html("body_html", linked(letter.body));
    Fields fields;
    fields.list("letters", std::move(rows)).flag("is_empty", letters.empty());
    return around(chrome, word("outgoing_mail"), render("account/outgoing_mail", fields));
}

}  // namespace parley
