#include "app/config.h"

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

namespace parley::app {
namespace {

using testing::HasSubstr;

Environment nothing_set()
{
    return [](std::string const&) { return std::optional<std::string>(); };
}

std::string problem_of(std::string_view text)
{
    Result<Config> config = parse_config(text, "parley.toml", nothing_set());
    return config.is_error() ? config.error().message : "no problem";
}

TEST(Config, an_empty_file_is_a_working_installation_on_this_machine)
{
    Result<Config> config = parse_config("", "parley.toml", nothing_set());
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config.value().public_address(), "http://127.0.0.1:8080");
    EXPECT_TRUE(config.value().metrics.listen.empty());  // S-97: off by default
    EXPECT_TRUE(check_config(config.value()).has_value());
}

TEST(Config, settings_are_read_by_section_and_name)
{
    Result<Config> config = parse_config("[server]\nport = 81\nhosts = ['a.example', 'b.example']\n[pages]\nstrict_transport_security = true\n",
        "parley.toml", nothing_set());
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config.value().server.port, 81);
    EXPECT_EQ(config.value().server.hosts, (std::vector<std::string> { "a.example", "b.example" }));
    EXPECT_TRUE(config.value().pages.strict_transport_security);
}

TEST(Config, an_unknown_setting_is_refused_with_its_line_and_the_nearest_name)
{
    EXPECT_EQ(problem_of("[server]\nprot = 81\n"), "parley.toml:2: there is no setting server.prot; did you mean server.port?");
    EXPECT_THAT(problem_of("[pages]\nconnections_max = 1\n"), HasSubstr("did you mean server.connections_max?"));
    EXPECT_THAT(problem_of("port = 81\n"), HasSubstr("did you mean server.port?"));
    EXPECT_THAT(problem_of("[sever]\nport = 81\n"), HasSubstr("did you mean server.port?"));
}

TEST(Config, a_wrong_type_or_a_number_out_of_range_is_refused_with_its_line)
{
    EXPECT_EQ(problem_of("[server]\nport = '81'\n"), "parley.toml:2: server.port must be a whole number.");
    EXPECT_EQ(problem_of("[server]\nport = 65536\n"), "parley.toml:2: server.port must be between 1 and 65535, not 65536.");
    EXPECT_EQ(problem_of("[server]\nport = 65535\n"), "no problem");
    EXPECT_EQ(problem_of("[server]\nhosts = [1]\n"), "parley.toml:2: server.hosts must be a list of texts in square brackets.");
    EXPECT_THAT(problem_of("[server\n"), HasSubstr("parley.toml:1: "));
}

TEST(Config, the_environment_wins_over_the_file)
{
    auto environment = [](std::string const& name) -> std::optional<std::string> {
        if (name == "PARLEY_DATABASE_ADDRESS")
            return "postgresql://parley:secret@db.example/parley";
        if (name == "PARLEY_SERVER_WORKERS")
            return "9";
        return std::nullopt;
    };
    Result<Config> config = parse_config("[database]\naddress = 'x.db'\n", "parley.toml", environment);
    ASSERT_TRUE(config.has_value());
    EXPECT_EQ(config.value().database.address, "postgresql://parley:secret@db.example/parley");
    EXPECT_EQ(config.value().server.workers, 9);
    auto bad = [](std::string const& name) {
        return name == "PARLEY_SERVER_PORT" ? std::optional<std::string>("80a") : std::nullopt;
    };
    EXPECT_EQ(parse_config("", "parley.toml", bad).error().message, "environment: PARLEY_SERVER_PORT must be a whole number.");
}

TEST(Config, a_missing_file_is_named)
{
    EXPECT_THAT(read_config("/nowhere/parley.toml", nothing_set()).error().message, HasSubstr("/nowhere/parley.toml"));
}

TEST(Config, settings_that_do_not_fit_together_are_refused)
{
    auto check = [](std::string_view text) { return check_config(parse_config(text, "parley.toml", nothing_set()).release_value()); };
    EXPECT_TRUE(check("[site]\naddress = 'https://talk.example.org'\n").has_value());
    EXPECT_TRUE(check("[site]\naddress = 'https://talk.example.org/'\n").is_error());
    EXPECT_TRUE(check("[site]\naddress = 'talk.example.org'\n").is_error());
    EXPECT_TRUE(check("[pages]\nframe_ancestors = ['https://a.example; script-src *']\n").is_error());  // S-10
    EXPECT_TRUE(check("[site]\norigins = ['https://www.example.org', 'http://localhost:9000']\n").has_value());
    for (char const* origin : { "www.example.org", "https://", "https://www.example.org/", "*", "https://a.example https://b.example" })
        EXPECT_TRUE(check(std::string("[site]\norigins = ['") + origin + "']\n").is_error()) << origin;  // S-41
    EXPECT_TRUE(check("[site]\npublisher_key = 'short'\n").is_error());
    EXPECT_TRUE(check("[pages]\nstrict_transport_security = true\n").is_error());
    EXPECT_TRUE(check("[log]\nlevel = 'loud'\n").is_error());
    EXPECT_TRUE(check("[metrics]\nlisten = '127.0.0.1'\nport = 8080\n").is_error());
}

TEST(Config, the_example_file_holds_every_setting_with_its_default)
{
    std::ifstream file(PARLEY_SOURCE_DIR "/config/parley.example.toml");
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_EQ(text.str(), example_config()) << "write it anew: parley config > config/parley.example.toml";
    Result<Config> config = parse_config(text.str(), "parley.example.toml", nothing_set());
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_TRUE(check_config(config.value()).has_value());
}

}  // namespace
}  // namespace parley::app
