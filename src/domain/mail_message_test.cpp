#include "domain/mail_message.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::HasSubstr;
using testing::Not;

Letter letter_of(std::string subject, std::string body)
{
    return { .once_key = "k", .recipient = "ada@example.org", .subject = std::move(subject), .body = std::move(body), .created_at = { 0 } };
}

std::string message_of(Letter const& letter) { return mail_message(letter, "desk@talk.example", "The Avel Mercury", { 1'795'468'246'000 }); }

TEST(MailMessage, has_the_fields_that_mail_servers_want)
{
    std::string message = message_of(letter_of("Sign in", "Hello,\n\nhere is a link."));
    EXPECT_THAT(message, testing::StartsWith("From: \"The Avel Mercury\" <desk@talk.example>\r\nTo: <ada@example.org>\r\nSubject: Sign in\r\nDate: "));
    EXPECT_THAT(message, HasSubstr(" +0000\r\nMessage-ID: <"));
    EXPECT_THAT(message, testing::EndsWith("\r\n\r\nHello,\r\n\r\nhere is a link.\r\n"));
    EXPECT_THAT(message, Not(HasSubstr("List-Unsubscribe")));
    Letter digest = letter_of("News", "x");
    digest.unsubscribe = "https://talk.example/unsubscribe/1";
    EXPECT_THAT(message_of(digest), HasSubstr("List-Unsubscribe: <https://talk.example/unsubscribe/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

TEST(MailMessage, lets_no_text_begin_a_field_of_its_own)  // S-06
{
    std::string message = message_of(letter_of("Hi\r\nBcc: everybody@example.org", "x"));
    EXPECT_THAT(message, HasSubstr("Subject: Hi  Bcc: everybody@example.org\r\n"));
    Letter letter = letter_of("Hi", "x");
    letter.recipient = "ada@example.org>\r\nBcc: <b@example.org";
    EXPECT_THAT(message_of(letter), Not(HasSubstr("\r\nBcc")));
}

TEST(MailMessage, writes_other_scripts_in_encoded_words_and_short_lines)
{
    std::string message = message_of(letter_of("放流の知らせ、湖の向こう岸から届いた長い長い見出し", std::string(30, 'a') + std::string("ゲート ") + std::string(90, 'b') + " \n.\nfrom = to"));
    EXPECT_THAT(message, HasSubstr("Subject: =?utf-8?B?"));
    EXPECT_THAT(message, HasSubstr("=E3=82=B2"));
    EXPECT_THAT(message, HasSubstr("=20\r\n=2E\r\nfrom =3D to\r\n"));
    for (size_t at = 0; at < message.size();) {
        size_t end = message.find("\r\n", at);
        EXPECT_LE(end - at, 78u);
        at = end + 2;
    }
}

}  // namespace
}  // namespace parley
