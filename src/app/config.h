// The settings of an installation: a TOML file, then the environment, then the command line; the later wins.
// `database.address` in the file is PARLEY_DATABASE_ADDRESS in the environment (the place for a password, S-97).
// Every setting has a default: an empty file, or none, is a working installation on this machine.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::app {

struct Config {
    struct {
        std::string name;
        std::string address;  // empty: made of server.listen and server.port
        std::string publication_host;
        std::string language;
        std::string worth_reading;
        std::string security_contact;
        std::vector<std::string> origins;
        std::string publisher_key;
        bool opens_stories = true;
    } site;
    struct {
        std::string address = "data/parley.db";
    } database;
    struct {
        std::string listen = "127.0.0.1";
        int64_t port = 8080;
        std::vector<std::string> hosts;
        std::vector<std::string> trusted_proxies;
        int64_t loops = 0;
        int64_t workers = 32;
        int64_t waiting_requests_max = 512;
        int64_t connections_max = 10'000;
        int64_t connections_per_address_max = 256;
        int64_t drain_seconds = 10;
    } server;
    struct {
        int64_t cache_megabytes = 64;
        std::vector<std::string> frame_ancestors;
        bool strict_transport_security = false;
    } pages;
    struct {
        std::string listen;
        int64_t port = 9464;
    } metrics;
    struct {
        std::vector<std::string> keys;
        std::string issuer;
        std::string audience;
    } single_sign_on;
    struct {
        std::string issuer;  // empty: no provider
        std::string client_id;
        std::string client_secret;
        std::string scopes = "openid profile email";
        std::string label = "Sign in with your account";
        std::string role_claim;
        std::vector<std::string> roles;
    } openid;
    struct {
        int64_t closing_days = 14;
        int64_t letters_days = 30;
        int64_t notices_days = 180;
        int64_t access_log_days = 0;
    } retention;
    struct {
        bool second_factor_required = false;
    } staff;
    struct {
        std::string server;  // empty: no mail, and nobody can sign up here
        std::string user;
        std::string password;
        std::string sender;
        bool requires_tls = true;
    } mail;
    struct {
        std::string level = "info";
        std::string access = "-";
    } log;

    bool is_demo = false;  // no setting: `parley demo` sets it; letters are shown on a page and sent to nobody

    // The address readers use: site.address, or else the one that is listened on. No slash at the end.
    std::string public_address() const;
};

// Looks up a variable of the environment; nothing when it is not set. An argument so that tests can bring their own.
using Environment = std::function<std::optional<std::string>(std::string const& name)>;
Environment system_environment();

// Reads `path`, or nothing but defaults when `path` is empty, then the environment. Invalid, naming file and line,
// for text that is no TOML, an unknown setting (with the nearest known one), a wrong type, a value out of range.
Result<Config> read_config(std::string const& path, Environment const&);

// The same for a text; `name` stands in messages.
Result<Config> parse_config(std::string_view text, std::string_view name, Environment const&);

// What the settings must be together; the command line is looked at, too. Invalid with what to change.
Result<void> check_config(Config const&);

// A file with every setting, its default, unit and meaning: config/parley.example.toml is this text.
std::string example_config();

}  // namespace parley::app
