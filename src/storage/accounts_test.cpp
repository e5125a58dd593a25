#include "storage/accounts.h"

#include "storage/sessions.h"
#include "storage/test_database.h"

namespace parley {
namespace {

class Accounts : public OnBothEngines {
protected:
    SiteId site = test.site;

    Account account_of(std::string const& name, std::optional<std::string> email)
    {
        return value_of(test.database->write([&](Transaction& transaction) -> Result<Account> {
            Person person = TRY(insert_person(transaction, { .site = site, .handle = name, .name = name, .joined_at = { 1000 } }));
            Account account { .person = person.id, .site = site, .email = std::move(email), .created_at = { 1000 } };
            TRY(insert_account(transaction, account));
            return account;
        }));
    }
};
INSTANTIATE_ON_BOTH_ENGINES(Accounts);

TEST_P(Accounts, are_found_by_person_and_by_address_in_any_spelling)
{
    Account odile = account_of("odile", "Odile@Example.org");
    odile.totp_secret = std::string("\0\xFF\1", 3);
    odile.role = Role::Editor;
    odile.closing_at = Time { 5000 };
    succeed(test.database->write([&](Transaction& transaction) { return update_account(transaction, odile); }));
    auto found = value_of(test.database->read([&](Reader& reader) { return find_account_by_email(reader, site, " odile@EXAMPLE.org"); }));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->person, odile.person);
    EXPECT_EQ(found->email, "Odile@Example.org");
    EXPECT_EQ(found->totp_secret, odile.totp_secret);
    EXPECT_EQ(found->role, Role::Editor);
    EXPECT_EQ(found->closing_at, odile.closing_at);
    EXPECT_FALSE(found->password);
    EXPECT_TRUE(value_of(test.database->read([&](Reader& reader) { return has_staff(reader, site, Role::Moderator); })));
    EXPECT_FALSE(value_of(test.database->read([&](Reader& reader) { return has_staff(reader, site, Role::Owner); })));
}

TEST_P(Accounts, an_address_belongs_to_one)
{
    account_of("odile", "odile@example.org");
    Account other = account_of("nadia", std::nullopt);
    other.email = "ODILE@example.org";
    auto outcome = test.database->write([&](Transaction& transaction) { return update_account(transaction, other); });
    ASSERT_TRUE(outcome.is_error());
    EXPECT_EQ(outcome.error().kind, ErrorKind::Refused);
}

TEST_P(Accounts, a_session_names_its_viewer_until_it_ends)
{
    Account odile = account_of("odile", std::nullopt);
    Session session { .token_hash = std::string(32, '\xE5'), .person = odile.person, .created_at = { 1000 }, .seen_at = { 1000 }, .expires_at = { 9000 }, .agent = "a browser" };
    succeed(test.database->write([&](Transaction& transaction) { return insert_session(transaction, session); }));
    auto viewer_at = [&](int64_t moment, SiteId where) {
        return value_of(test.database->read([&](Reader& reader) { return find_viewer(reader, where, session.token_hash, { moment }); }));
    };
    ASSERT_TRUE(viewer_at(8999, site));
    EXPECT_EQ(viewer_at(8999, site)->viewer.person.handle, "odile");
    EXPECT_FALSE(viewer_at(9000, site)) << "it has expired";
    EXPECT_FALSE(viewer_at(8999, { site.value + 1 })) << "S-32: another site";
    EXPECT_EQ(value_of(test.database->read([&](Reader& reader) { return sessions_of(reader, odile.person); })).size(), 1u);
    succeed(test.database->write([&](Transaction& transaction) { return delete_sessions_of(transaction, odile.person, session.token_hash); }));
    EXPECT_TRUE(viewer_at(8999, site)) << "all but this one";
    succeed(test.database->write([&](Transaction& transaction) { return delete_sessions_of(transaction, odile.person); }));
    EXPECT_FALSE(viewer_at(8999, site));
}

TEST_P(Accounts, expired_sessions_are_pruned)
{
    Account odile = account_of("odile", std::nullopt);
    for (int i = 0; i < 3; ++i)
        succeed(test.database->write([&](Transaction& transaction) {
            return insert_session(transaction, { .token_hash = std::string(32, static_cast<char>('a' + i)), .person = odile.person, .created_at = { 1 }, .seen_at = { 1 }, .expires_at = { 10 * (i + 1) } });
        }));
    EXPECT_EQ(value_of(test.database->write([&](Transaction& transaction) { return prune_sessions(transaction, { 20 }, 10); })), 2);
    EXPECT_EQ(value_of(test.database->read([&](Reader& reader) { return sessions_of(reader, odile.person); })).size(), 1u);
}

}  // namespace
}  // namespace parley
