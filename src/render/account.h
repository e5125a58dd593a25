// Pages for signing up, signing in and what follows from it. Pure; any thread.
#pragma once

#include "base/html.h"
#include "domain/account.h"
#include "domain/letter.h"
#include "render/chrome.h"

#include <span>
#include <string>
#include <vector>

namespace parley {

// What a form shows again after a refusal: nothing that was typed is lost, but for passwords.
struct SignForm {
    std::string refusal {};
    std::string email {};
    std::string handle {};
    std::string next {};  // where to go afterwards; a path of this server
    std::string openid_label {};  // of the button that leads to the sign-in provider; empty: none
};
Html sign_in_page(Chrome const&, SignForm const&);
Html sign_up_page(Chrome const&, SignForm const&);

// To ask for a letter with a link. `words_key`: "link" or "password" (link.title, link.text, …).
Html ask_link_page(Chrome const&, std::string_view words_key, SignForm const&);

// A page of a heading and a paragraph: "A letter is on its way".
Html note_page(Chrome const&, std::string_view title, std::string_view text);

// A question with one button, for what cannot be taken back, and a way out.
Html confirm_page(Chrome const&, std::string_view title, std::string_view text, std::string_view action, std::string_view button, std::string_view back);

// Where a link of a letter leads: one button, for GET changes nothing (S-25). `asks_password`: with a field for a new one.
Html use_link_page(Chrome const&, std::string_view words_key, std::string_view action, std::string_view refusal, bool asks_password);

// Closing the account: what becomes of it, in `days`.
Html close_account_page(Chrome const&, bool has_password, int64_t days, std::string_view refusal);

// Joining another account to this one, by its password or by a letter.
Html merge_page(Chrome const&, std::string_view email, std::string_view refusal);

// The account's own page. `refusal` stands in the form that it is about: "name", "handle", "email", "password", "mail".
struct ShownSession {
    std::string id;      // that ends it
    std::string agent;
    Time created_at;
    Time seen_at;
    bool is_this = false;
};
struct ShownAccount {
    std::string handle;
    std::string name;
    std::string email;
    bool has_password = false;
    bool is_staff = false;    // who may have a second factor
    std::string language {};  // of the account; empty: the site's
    MailPace mail_pace = MailPace::Hourly;
    std::vector<std::string> former_handles {};
    std::vector<ShownSession> sessions {};
    std::string refused_form {};
    std::string refusal {};
    std::string done {};  // a sentence when something was changed
};
Html account_page(Chrome const&, ShownAccount const&);

// What is kept about a reader: what can be had, and the readable form of it, each record with its fields.
Html own_data_page(Chrome const&, std::string_view refusal);
struct ShownRecord {
    std::string kind;
    std::vector<std::pair<std::string, std::string>> fields;
};
Html own_data_document(Chrome const&, std::vector<ShownRecord> const&);

// The letters of a demo, newest first.
Html outgoing_mail_page(Chrome const&, std::span<Letter const>);

}  // namespace parley
