#include "storage/accounts.h"

#include "storage/row_reading.h"

namespace parley {
namespace {

#define ACCOUNT_COLUMNS                                                                                                      \
    "select person_id, site_id, role, email, email_confirmed_at, password, totp_secret, totp_confirmed_at, totp_last_step," \
    " language, mail_pace, mail_last_at, created_at, closing_at, closing_words from account "

std::optional<std::string> optional_text_at(Row const& row, int column)
{
    return row.is_null(column) ? std::nullopt : std::optional<std::string>(row.text(column));
}

Account read_account(Row const& row)
{
    return { .person = id_at<PersonId>(row, 0), .site = id_at<SiteId>(row, 1), .role = enum_at<Role>(row, 2), .email = optional_text_at(row, 3),
        .email_confirmed_at = optional_time_at(row, 4), .password = optional_text_at(row, 5),
        .totp_secret = row.is_null(6) ? std::nullopt : std::optional<std::string>(row.bytes(6)), .totp_confirmed_at = optional_time_at(row, 7),
        .totp_last_step = row.integer(8), .language = text_at(row, 9), .mail_pace = enum_at<MailPace>(row, 10),
        .mail_last_at = optional_time_at(row, 11), .created_at = time_at(row, 12), .closing_at = optional_time_at(row, 13), .closing_words = enum_at<WordsAfterwards>(row, 14) };
}

Value text_or_null(std::optional<std::string> const& text) { return text ? Value(*text) : Value(nullptr); }
Value bytes_or_null(std::optional<std::string> const& bytes) { return bytes ? Value(Bytes { *bytes }) : Value(nullptr); }

// The key under which the address is kept; Refused when somebody else has it.
Result<std::optional<std::string>> free_email_key(Reader& reader, Account const& account)
{
    if (!account.email)
        return std::optional<std::string>();
    std::string key = email_key(*account.email);
    if (key.empty())
        return Error::invalid("This is no e-mail address.");
    auto other = TRY(find_account_by_email(reader, account.site, key));
    if (other && other->person != account.person)
        return Error::refused("Somebody else uses this e-mail address here.");
    return std::optional(std::move(key));
}

}  // namespace

Result<void> insert_account(Transaction& transaction, Account const& account)
{
    static constexpr Sql insert {
        "insert into account (person_id, site_id, role, email, email_key, email_confirmed_at, password, totp_secret,"
        " totp_confirmed_at, totp_last_step, language, mail_pace, mail_last_at, created_at, closing_at, closing_words)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    };
    std::optional<std::string> key = TRY(free_email_key(transaction, account));
    return transaction.send(insert, { account.person.value, account.site.value, number_of(account.role), text_or_null(account.email), text_or_null(key),
                                        time_or_null(account.email_confirmed_at), text_or_null(account.password), bytes_or_null(account.totp_secret),
                                        time_or_null(account.totp_confirmed_at), account.totp_last_step, account.language, number_of(account.mail_pace),
                                        time_or_null(account.mail_last_at), account.created_at.milliseconds, time_or_null(account.closing_at), number_of(account.closing_words) });
}

Result<void> update_account(Transaction& transaction, Account const& account)
{
    static constexpr Sql update {
        "update account set role = $2, email = $3, email_key = $4, email_confirmed_at = $5, password = $6, totp_secret = $7,"
        " totp_confirmed_at = $8, totp_last_step = $9, language = $10, mail_pace = $11, mail_last_at = $12, created_at = $13,"
        " closing_at = $14, closing_words = $15 where person_id = $1"
    };
    std::optional<std::string> key = TRY(free_email_key(transaction, account));
    int64_t changed = TRY(transaction.execute(update, { account.person.value, number_of(account.role), text_or_null(account.email), text_or_null(key),
                                                         time_or_null(account.email_confirmed_at), text_or_null(account.password), bytes_or_null(account.totp_secret),
                                                         time_or_null(account.totp_confirmed_at), account.totp_last_step, account.language, number_of(account.mail_pace),
                                                         time_or_null(account.mail_last_at), account.created_at.milliseconds, time_or_null(account.closing_at), number_of(account.closing_words) }));
    return changed == 0 ? Result<void>(Error::not_found("There is no such account.")) : Result<void>();
}

Result<void> delete_account(Transaction& transaction, PersonId person)
{
    static constexpr Sql remove { "delete from account where person_id = $1" };
    return transaction.send(remove, { person.value });
}

Result<std::optional<Account>> find_account(Reader& reader, PersonId person)
{
    static constexpr Sql find { ACCOUNT_COLUMNS "where person_id = $1" };
    return find_one(reader, find, { person.value }, read_account);
}

Result<std::optional<Account>> find_account_by_email(Reader& reader, SiteId site, std::string_view email)
{
    static constexpr Sql find { ACCOUNT_COLUMNS "where site_id = $1 and email_key = $2" };
    std::string key = email_key(email);
    if (key.empty())
        return std::optional<Account>();
    return find_one(reader, find, { site.value, key }, read_account);
}

Result<std::vector<Account>> accounts_to_erase(Reader& reader, SiteId site, Time now, int limit)
{
    static constexpr Sql list { ACCOUNT_COLUMNS "where closing_at <= $1 and site_id = $2 order by closing_at, person_id limit $3" };
    return find_all(reader, list, { now.milliseconds, site.value, limit }, read_account);
}

Result<bool> has_staff(Reader& reader, SiteId site, Role role)
{
    static constexpr Sql find { "select 1 from account where site_id = $1 and role >= $2 limit 1" };
    return TRY(find_one(reader, find, { site.value, number_of(role) }, [](Row const&) { return true; })).has_value();
}

}  // namespace parley
