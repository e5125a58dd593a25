#include "workers/send_mail.h"

#include "storage/outgoing_mail.h"
#include "storage/test_database.h"
#include "workers/housekeeping.h"
#include "workers/smtp.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace parley::workers {
namespace {

using testing::HasSubstr;

class SendingMail : public OnBothEngines {
protected:
    std::vector<std::string> taken;
    std::optional<Error> fault;
    Deliver deliver = [this](Letter const& letter) -> Result<void> {
        if (fault)
            return *fault;
        taken.push_back(letter.recipient);
        return {};
    };

    void SetUp() override
    {
        succeed(database().write([](Transaction& transaction) {
            return insert_letter(transaction, { .once_key = "k", .recipient = "ada@example.org", .subject = "s", .body = "b", .created_at = { 0 } });
        }));
    }
    void send_at(int64_t now) { succeed(send_waiting_mail(database(), deliver, { now })); }
};
INSTANTIATE_ON_BOTH_ENGINES(SendingMail);

TEST_P(SendingMail, sends_each_letter_once)
{
    send_at(1);
    send_at(2);
    EXPECT_EQ(taken, std::vector<std::string> { "ada@example.org" });
    succeed(forget_what_is_over(database(), {}, { mail_given_up_after_ms * 100 }));
    EXPECT_TRUE(value_of(database().read([](Reader& reader) { return newest_letters(reader, 5); })).empty());
}

TEST_P(SendingMail, tries_again_ever_more_slowly_and_gives_up_after_three_days)
{
    fault = Error::outside("away", "connection refused");
    int tries = 0;
    for (int64_t now = 1; now < 2 * mail_given_up_after_ms; now += 10'000) {
        auto before = value_of(database().read([](Reader& reader) { return newest_letters(reader, 1); })).front().tries;
        send_at(now);
        tries += value_of(database().read([](Reader& reader) { return newest_letters(reader, 1); })).front().tries > before;
        if (now > 600'000)
            now += 600'000;
    }
    EXPECT_GT(tries, 20);
    EXPECT_LT(tries, 60);
    fault.reset();
    send_at(3 * mail_given_up_after_ms);
    EXPECT_TRUE(taken.empty());
}

TEST_P(SendingMail, does_not_insist_where_it_is_refused)
{
    fault = Error { ErrorKind::Refused, "no", "550 no such mailbox" };
    send_at(1);
    fault.reset();
    send_at(mail_given_up_after_ms / 2);
    EXPECT_TRUE(taken.empty());
    EXPECT_EQ(value_of(database().read([](Reader& reader) { return newest_letters(reader, 1); })).front().failure, "550 no such mailbox");
}

// A mail server for one letter, on a socket of its own.
class OneLetterServer {
public:
    explicit OneLetterServer(std::string recipient_answer)
        : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
        socklen_t size = sizeof address;
        CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(listener_, 1) == 0);
        CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port = ntohs(address.sin_port);
        thread_ = std::thread([this, answer = std::move(recipient_answer)] { serve(answer); });
    }
    ~OneLetterServer()
    {
        if (thread_.joinable())
            thread_.join();
        ::close(listener_);
    }
    std::string heard()
    {
        thread_.join();
        return heard_;
    }

    uint16_t port;

private:
    void serve(std::string const& recipient_answer)
    {
        int client = ::accept(listener_, nullptr, nullptr);
        auto say = [&](std::string const& line) { [[maybe_unused]] ssize_t sent = ::send(client, (line + "\r\n").data(), line.size() + 2, MSG_NOSIGNAL); };
        say("220 ready");
        char bytes[4096];
        bool is_data = false;
        size_t looked_at = 0;
        for (ssize_t size; (size = ::recv(client, bytes, sizeof bytes, 0)) > 0;) {
            heard_.append(bytes, static_cast<size_t>(size));
            for (size_t end; (end = heard_.find("\r\n", looked_at)) != heard_.npos; looked_at = end + 2) {
                std::string line = heard_.substr(looked_at, end - looked_at);
                if (is_data) {
                    if (line != ".")
                        continue;
                    is_data = false;
                    say("250 taken");
                } else if (line.starts_with("DATA")) {
                    is_data = true;
                    say("354 go on");
                } else if (line.starts_with("RCPT")) {
                    say(recipient_answer);
                } else if (line.starts_with("QUIT")) {
                    say("221 bye");
                } else {
                    say("250 ok");
                }
            }
        }
        ::close(client);
    }

    int listener_;
    std::string heard_;
    std::thread thread_;
};

TEST(Smtp, hands_a_letter_to_a_mail_server)
{
    OneLetterServer server("250 ok");
    MailServer settings { .address = fmt::format("smtp://127.0.0.1:{}", server.port), .sender = "desk@talk.example", .sender_name = "Mercury", .requires_tls = false };
    succeed(deliver(settings, { .once_key = "k", .recipient = "ada@example.org", .subject = "Sign in", .body = "A link.", .created_at = { 0 } }, { 0 }));
    std::string heard = server.heard();
    EXPECT_THAT(heard, HasSubstr("MAIL FROM:<desk@talk.example>"));
    EXPECT_THAT(heard, HasSubstr("RCPT TO:<ada@example.org>"));
    EXPECT_THAT(heard, HasSubstr("Subject: Sign in\r\n"));
}

TEST(Smtp, tells_a_final_refusal_from_one_for_now_and_insists_on_tls)
{
    Letter letter { .once_key = "k", .recipient = "ada@example.org", .subject = "s", .body = "b", .created_at = { 0 } };
    for (auto [answer, kind] : { std::pair("550 no such mailbox", ErrorKind::Refused), std::pair("451 later", ErrorKind::Outside) }) {
        OneLetterServer server(answer);
        MailServer settings { .address = fmt::format("smtp://127.0.0.1:{}", server.port), .sender = "desk@talk.example", .requires_tls = false };
        Result<void> outcome = deliver(settings, letter, { 0 });
        ASSERT_TRUE(outcome.is_error());
        EXPECT_EQ(outcome.error().kind, kind) << outcome.error().detail;
    }
    OneLetterServer server("250 ok");
    MailServer settings { .address = fmt::format("smtp://127.0.0.1:{}", server.port), .sender = "desk@talk.example" };
    EXPECT_TRUE(deliver(settings, letter, { 0 }).is_error()) << "no letter with a link goes over an open line";
}

}  // namespace
}  // namespace parley::workers
