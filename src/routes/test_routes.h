// What the tests of this room share: the invented newsroom behind its routes, asked without sockets.
#pragma once

#include "actions/newsroom.h"
#include "actions/sessions.h"
#include "http/prepared.h"
#include "render/addresses.h"
#include "routes/build_times.h"
#include "routes/limits.h"
#include "routes/page_shelf.h"
#include "routes/table.h"
#include "storage/accounts.h"
#include "storage/test_database.h"

#include <filesystem>
#include <gmock/gmock.h>

namespace parley::routes {

class Routes : public testing::Test {
protected:
    TestFolder folder;
    std::unique_ptr<Database> database = value_of(open_database(folder.file("newsroom.db")));
    http::StaticFiles static_files;
    PageShelf shelf { 8 << 20 };
    BuildTimes build_times;
    Limits limits;
    std::unique_ptr<Context> context;
    http::Router router;
    SiteId site_id;
    int64_t people_there = 0;

    void SetUp() override { set_up(InventedVotes::None); }

    void set_up(InventedVotes votes)
    {
        NewsroomReport report = votes == InventedVotes::Cast
            ? open_voted_newsroom()
            : value_of(open_newsroom(*database, "http://127.0.0.1:8080", { 1'800'000'000'000 }));
        people_there = report.people;
        site_id = report.site;
        Site site = value_of(database->read([&](Reader& reader) { return find_site(reader, report.site); }));
        Chrome chrome { site, [this](std::string_view name) { return static_files.address_of(name); } };
        context.reset(new Context { *database, shelf, build_times, limits, std::move(chrome), "mailto:security@example.org", {}, { { "https://www.harrow.example" }, "publisher-key-of-32-characters-or-more" }, true });
        router = make_router(*context, static_files);
    }

    // Finding common ground under the sanitizers takes seconds: it is done once, and each test has a copy.
    NewsroomReport open_voted_newsroom()
    {
        static TestFolder once;
        static NewsroomReport const report = [] {
            std::unique_ptr<Database> made = value_of(open_database(once.file("newsroom.db")));
            return value_of(open_newsroom(*made, "http://127.0.0.1:8080", { 1'790'000'000'000 }, InventedVotes::Cast));
        }();
        database.reset();
        std::filesystem::copy_file(once.file("newsroom.db"), folder.file("newsroom.db"), std::filesystem::copy_options::overwrite_existing);
        database = value_of(open_database(folder.file("newsroom.db")));
        return report;
    }

    struct Answer {
        int status = 0;
        std::string body;
        std::vector<std::pair<std::string, std::string>> fields;
        bool is_from_memory = false;

        std::string field(std::string_view name) const
        {
            for (auto const& [key, value] : fields) {
                if (key == name)
                    return value;
            }
            return "";
        }
    };

    static Answer opened(http::Response const& response)
    {
        if (response.prepared) {
            http::Response inside = response.prepared->response();
            return { inside.status, inside.body, inside.fields };
        }
        return { response.status, response.body, response.fields };
    }

    // A new reader (or member of staff) of this name; the token of their session.
    std::string signed_in(std::string const& name, Role role = Role::Reader)
    {
        SessionGrant grant = value_of(database->write([&](Transaction& transaction) -> Result<SessionGrant> {
            Person person = TRY(insert_person(transaction, { .site = site_id, .handle = handle_from_name(name), .name = name, .joined_at = system_now() }));
            TRY(insert_account(transaction, { .person = person.id, .site = site_id, .role = role, .created_at = system_now() }));
            return begin_session(transaction, person.id, "test", false, system_now());
        }));
        return grant.token;
    }

    using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

    Answer ask(http::Method method, std::string const& target, std::string const& session = {}, std::string const& body = {}, Headers const& headers = {})
    {
        http::Request request;
        std::string cookie = "theme=dark; parley=" + session;
        request.method = method;
        request.target = target;
        request.path = request.target.substr(0, request.target.find('?'));
        if (request.path.size() < request.target.size())
            request.query = request.target.substr(request.path.size() + 1);
        request.request_id = "test-1";
        request.host = "127.0.0.1:8080";
        request.body = body;
        request.fields = headers;
        for (auto const& [name, value] : headers)
            if (name == "host")
                request.host = value;
        if (!session.empty())
            request.fields.emplace_back("cookie", cookie);
        http::Router::Match match = router.find(request);
        if (!match.route)
            return { 404, "", {} };
        if (match.route->from_memory) {
            if (http::PreparedPointer kept = match.route->from_memory(request)) {
                Answer answer = opened({ .prepared = kept });
                answer.is_from_memory = true;
                return answer;
            }
        }
        return opened(match.route->handler(request));
    }

    Answer get(std::string const& target, std::string const& session = {}) { return ask(http::Method::Get, target, session); }

    using Form = std::vector<std::pair<std::string_view, std::string>>;
    Answer post(std::string const& target, std::string const& session, Form const& form, Headers headers = {})
    {
        std::string body;
        for (auto const& [name, value] : form)
            body.append(body.empty() ? "" : "&").append(name).append("=").append(percent_encode(value));
        headers.emplace_back("content-type", "application/x-www-form-urlencoded");
        return ask(http::Method::Post, target, session, body, headers);
    }
};

}  // namespace parley::routes
