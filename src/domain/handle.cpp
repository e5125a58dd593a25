#include "domain/handle.h"

#include "base/check.h"
#include "domain/person.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

namespace parley {
namespace {

// Compared by handle_key(), so that "Аdmin" with a Cyrillic А and "ADM1N"'s look-alikes are the same word.
constexpr std::array reserved_words { "account", "admin", "administrator", "anonymous", "api", "author", "bell", "deleted", "desk", "editor",
    "editors", "everyone", "guest", "help", "info", "mail", "me", "mod", "moderation", "moderator", "moderators", "newsroom", "nobody", "null",
    "official", "owner", "parley", "postmaster", "publisher", "reader", "root", "security", "sign-in", "sign-up", "staff", "support", "system",
    "undefined", "verified", "webmaster" };

// The head of every list of leaked passwords, of eight bytes or more.
constexpr std::array common_passwords { "00000000", "11111111", "12341234", "12345678", "123456789", "1234567890", "123123123", "147258369",
    "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "1qaz2wsx3edc", "55555555", "66666666", "77777777", "87654321", "88888888", "987654321", "99999999",
    "a1b2c3d4", "aa123456", "aaaaaaaa", "abc12345", "abcd1234", "abcdefgh", "adminadmin", "administrator", "asdasdasd", "asdf1234", "asdfasdf",
    "asdfghjk", "asdfghjkl", "azertyuiop", "babygirl", "baseball", "basketball", "butterfly", "changeme", "charlie1", "chocolate", "computer",
    "corvette", "dragon123", "drowssap", "einstein", "football", "football1", "freedom1", "godzilla", "hello123", "hellohello", "iloveyou",
    "iloveyou1", "iloveyou2", "internet", "jennifer", "jordan23", "letmein1", "letmein123", "liverpool", "lovelove", "macintosh", "marlboro",
    "master123", "maverick", "mercedes", "metallica", "michael1", "michelle", "midnight", "minecraft", "monkey123", "motdepasse", "mustang1",
    "nintendo", "p@ssw0rd", "p@ssword", "pa55word", "passpass", "passw0rd", "password", "password!", "password1", "password12", "password123",
    "passwort", "pokemon1", "princess", "princess1", "qazwsxedc", "qwer1234", "qwerqwer", "qwerty12", "qwerty123", "qwerty1234", "qwertyui",
    "qwertyuiop", "q1w2e3r4", "redskins", "rockstar", "samantha", "secret123", "security", "sunshine", "sunshine1", "superman", "superman1",
    "starwars", "swordfish", "test1234", "testtest", "trustno1", "trustno1!", "victoria", "welcome1", "welcome123", "whatever", "xxxxxxxx",
    "zaq12wsx", "zxcvbnm1", "zxcvbnm123" };

icu::UnicodeString from_utf8(std::string_view text)
{
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

int count_graphemes(icu::UnicodeString const& text)
{
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    CHECK(U_SUCCESS(status));
    breaks->setText(text);
    int count = 0;
    while (breaks->next() != icu::BreakIterator::DONE)
        ++count;
    return count;
}

// Letters of one script, or of scripts that are written together (Latin with Japanese, Korean or Chinese).
bool mixes_scripts(icu::UnicodeString const& text)
{
    static USpoofChecker* const checker = [] {
        UErrorCode status = U_ZERO_ERROR;
        USpoofChecker* made = uspoof_open(&status);
        uspoof_setRestrictionLevel(made, USPOOF_HIGHLY_RESTRICTIVE);
        uspoof_setChecks(made, USPOOF_RESTRICTION_LEVEL, &status);
        CHECK(U_SUCCESS(status));
        return made;
    }();
    UErrorCode status = U_ZERO_ERROR;
    int32_t found = uspoof_check2UnicodeString(checker, text, nullptr, &status);
    CHECK(U_SUCCESS(status));
    return found != 0;
}

}  // namespace

std::string tidy_handle(std::string_view typed)
{
    while (!typed.empty() && (typed.front() == ' ' || typed.front() == '@'))  // people write "@ada"
        typed.remove_prefix(1);
    while (!typed.empty() && typed.back() == ' ')
        typed.remove_suffix(1);
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString composed = icu::Normalizer2::getNFCInstance(status)->normalize(from_utf8(typed), status);
    CHECK(U_SUCCESS(status));
    std::string out;
    composed.toUTF8String(out);
    return out;
}

HandleFault fault_of_handle(std::string_view handle)
{
    icu::UnicodeString text = from_utf8(handle);
    int graphemes = count_graphemes(text);
    if (graphemes < handle_graphemes_min)
        return HandleFault::TooShort;
    if (graphemes > handle_graphemes_max || handle.size() > 200)
        return HandleFault::TooLong;
    if (handle_from_name(handle) != handle)
        return HandleFault::BadCharacter;
    bool has_letter = false;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        has_letter = has_letter || u_isalpha(text.char32At(i));
    if (!has_letter)
        return HandleFault::NoLetter;
    if (mixes_scripts(text))
        return HandleFault::MixedScripts;
    std::string key = handle_key(handle);
    if (std::ranges::any_of(reserved_words, [&](char const* word) { return handle_key(word) == key; }))
        return HandleFault::Reserved;
    return HandleFault::None;
}

PasswordFault fault_of_password(std::string_view password, std::string_view handle, std::string_view email)
{
    if (password.size() < password_bytes_min)
        return PasswordFault::TooShort;
    if (password.size() > password_bytes_max)
        return PasswordFault::TooLong;
    std::string lower(password);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c); });
    if (std::ranges::find(common_passwords, lower) != common_passwords.end())
        return PasswordFault::Common;
    if (password == handle || password == email)
        return PasswordFault::IsHandleOrEmail;
    return PasswordFault::None;
}

}  // namespace parley
