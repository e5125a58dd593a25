#include "app/command_line.h"

#include "app/commands/commands.h"
#include "app/commands/rank.h"
#include "app/version.h"
#include "base/log.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

namespace parley::app {
namespace {

constexpr int exit_failure = 1;
constexpr int exit_usage = 2;

struct CommonOptions {
    std::string config_file;
    std::string database;
    std::string listen;
    int64_t port = 0;
    bool is_json = false;

    Output output() const { return is_json ? Output::Json : Output::Text; }
};

// The file named, or PARLEY_CONFIG, or parley.toml in this folder, or none.
std::string config_file(CommonOptions const& options, Environment const& environment)
{
    if (!options.config_file.empty())
        return options.config_file;
    if (std::optional<std::string> named = environment("PARLEY_CONFIG"))
        return *named;
    std::error_code ignored;
    return std::filesystem::exists("parley.toml", ignored) ? "parley.toml" : "";
}

Result<Config> settle(CommonOptions const& options)
{
    Environment environment = system_environment();
    Config config = TRY(read_config(config_file(options, environment), environment));
    if (!options.database.empty())
        config.database.address = options.database;
    if (!options.listen.empty())
        config.server.listen = options.listen;
    if (options.port != 0)
        config.server.port = options.port;
    TRY(check_config(config));
    LogLevel level = config.log.level == "debug" ? LogLevel::Debug
        : config.log.level == "warning"          ? LogLevel::Warning
        : config.log.level == "error"            ? LogLevel::Error
                                                 : LogLevel::Info;
    set_log_level(level);
    return config;
}

template <typename Work>
Result<void> with_config(CommonOptions const& options, Work&& work)
{
    Config config = TRY(settle(options));
    return work(config);
}

void add_common(CLI::App& command, CommonOptions& options)
{
    command.add_option("--config", options.config_file, "Settings file (default: $PARLEY_CONFIG, or parley.toml in this folder)")
        ->type_name("FILE");
    command.add_option("--database", options.database, "SQLite file or postgresql:// address, in place of the setting")
        ->type_name("ADDRESS");
}

void add_listening(CLI::App& command, CommonOptions& options)
{
    command.add_option("--listen", options.listen, "Address to listen on, in place of the setting")->type_name("ADDRESS");
    command.add_option("--port", options.port, "Port to listen on, in place of the setting")
        ->check(CLI::Range(1, 65535))
        ->type_name("PORT");
}

void add_rank(CLI::App& program, RankOptions& options, std::function<Result<void>()>& work)
{
    CLI::App& command = *program.add_subcommand("rank", "Find camps and common ground in a table of votes");
    command.footer("VOTES has a row for each vote, and a first row with the names of the columns: voter, comment, vote (1 agree,\n"
                   "-1 disagree, 0 pass) and, where it is known, time. Others are passed over.\n"
                   "The order is the mean of four ranks; probabilities are the mean of three fits; votes of newcomers, late votes and\n"
                   "drifting ones that differ oddly from their camp's are held back where times are known. docs/ranking.md explains it.\n\n"
                   "  parley rank votes.csv                            comments, best first, with all that speaks for them\n"
                   "  parley rank votes.csv --summary                  what was found, in words\n"
                   "  parley rank votes.csv --voters voters.csv        and where each voter stands\n"
                   "  parley rank votes.csv --method all               every method's scores, to compare\n"
                   "  parley rank train.csv --predict test.csv         how probably each voter agrees with each comment");
    command.add_option("VOTES", options.votes_file, "Table of votes in CSV, plain or packed with gzip; - is standard input")->required();
    command.add_flag_callback("--csv", [&options] { options.form = RankForm::Csv; }, "Write CSV (the default)");
    command.add_flag_callback("--json", [&options] { options.form = RankForm::Json; }, "Write JSON");
    CLI::Option* method = command.add_option("--method", options.methods, "Score by this method instead; several may be given, all is every one")->type_name("NAME");
    CLI::Option* predict = command.add_option("--predict", options.pairs_file, "For each voter and comment in this table the probability that they agree")->type_name("PAIRS");
    CLI::Option* explain = command.add_option("--explain", options.explain, "Say in words what speaks for one comment")->type_name("COMMENT");
    CLI::Option* summary = command.add_flag("--summary", options.is_summary, "Say in words what was found");
    explain->excludes(predict)->excludes(method)->excludes(summary);
    summary->excludes(predict)->excludes(method);
    command.add_option("--voters", options.voters_file, "Write each voter's camp and position to this file")->type_name("FILE");
    command.add_option("--map", options.map_file, "Draw voters and comments to this file, as SVG")->type_name("FILE");
    command.add_option("--agree", options.agree, "The number that says agree; in Polis' own database it is -1 (default: 1)")->check(CLI::IsMember({ 1, -1 }))->type_name("1|-1");
    command.add_option("--threads", options.threads, "Threads to work on (default: all of the machine); the outcome is the same")->check(CLI::Range(1, 256))->type_name("N");
    command.add_option("--seed", options.seed, fmt::format("Of what is drawn by chance (default: {})", options.seed))->type_name("N");
    command.callback([&] { work = [&] { return rank(options); }; });
}

}  // namespace

int run(int argument_count, char const* const* arguments)
{
    CLI::App program { "Parley: discussions for contested news.", "parley" };
    program.set_version_flag("--version", fmt::format("parley {}", version));
    program.require_subcommand(1);
    CommonOptions common;
    std::function<Result<void>()> work;

    CLI::App& serve_command = *program.add_subcommand("serve", "Serve the discussions of a database");
    add_common(serve_command, common);
    add_listening(serve_command, common);
    serve_command.callback([&] { work = [&] { return with_config(common, serve); }; });

    DemoOptions demo_options;
    CLI::App& demo_command = *program.add_subcommand("demo", "Serve an invented newsroom");
    add_listening(demo_command, common);
    demo_command.add_option("--data", demo_options.folder, "Folder for its database (default: data/demo)")->type_name("FOLDER");
    demo_command.add_flag("--fresh", demo_options.is_fresh, "Make the newsroom anew");
    demo_command.callback([&] {
        work = [&] { return with_config(common, [&](Config const& config) { return demo(config, demo_options); }); };
    });

    ImportRequest import_request;
    CLI::App& import_command = *program.add_subcommand("import", "Bring an archive in; the same file again changes nothing");
    import_command.require_subcommand(1);
    auto add_import = [&](char const* name, char const* about, ImportFormat format) -> CLI::App& {
        CLI::App& command = *import_command.add_subcommand(name, about);
        add_common(command, common);
        command.add_option("FILE", import_request.files, "The archive; may be packed with gzip")->required();
        command.add_flag("--dry-run", import_request.is_dry_run, "Judge the file and report; write nothing");
        command.add_flag("--json", common.is_json, "Report as JSON on standard output");
        command.callback([&, format] {
            import_request.format = format;
            import_request.output = common.output();
            work = [&] { return with_config(common, [&](Config const& config) { return import(config, import_request); }); };
        });
        return command;
    };
    CLI::App& import_disqus = add_import("disqus", "A Disqus XML export", ImportFormat::Disqus);
    import_disqus.add_flag("--accept-partial", import_request.accepts_partial, "Take what is whole of a file that breaks off");
    import_disqus.add_option("--zone", import_request.zone, "Zone of dates that name none, +02:00 or Europe/Zurich (default: UTC)")
        ->type_name("ZONE");
    import_disqus.add_option("--site-host", import_request.site_host, "Host to which addresses belong that are only a path")
        ->type_name("HOST");
    CLI::App& import_page
        = add_import("page", "Plain text of a news page: story, rights line, then handles and comments", ImportFormat::Page);
    import_page.add_option("--story-address", import_request.story_address, "Address of the story, where it is known")
        ->type_name("URL");
    add_import("parley", "What `parley export` wrote", ImportFormat::Parley);

    ExportOptions export_options { .file = "-" };
    CLI::App& export_command = *program.add_subcommand("export", "Write everything the site holds, as JSON Lines");
    add_common(export_command, common);
    export_command.add_option("FILE", export_options.file, "File to write, packed when it ends in .gz (default: standard output)");
    export_command.add_flag("--json", common.is_json, "Report as JSON on standard output");
    export_command.callback([&] {
        export_options.output = common.output();
        work = [&] { return with_config(common, [&](Config const& config) { return export_site(config, export_options); }); };
    });

    RankOptions rank_options;
    add_rank(program, rank_options, work);

    CLI::App& check_command = *program.add_subcommand("check", "Check the database and recount every derived number");
    add_common(check_command, common);
    check_command.add_flag("--json", common.is_json, "Report as JSON on standard output");
    check_command.callback([&] {
        work = [&] { return with_config(common, [&](Config const& config) { return check(config, common.output()); }); };
    });

    CLI::App& ranks_command = *program.add_subcommand("ranks", "What readers' votes say of comments");
    ranks_command.require_subcommand(1);
    CLI::App& rebuild_command = *ranks_command.add_subcommand("rebuild", "Forget it and derive it again from the votes");
    add_common(rebuild_command, common);
    rebuild_command.add_flag("--json", common.is_json, "Report as JSON on standard output");
    rebuild_command.callback([&] {
        work = [&] { return with_config(common, [&](Config const& config) { return rebuild(config, common.output()); }); };
    });

    CLI::App& doctor_command = *program.add_subcommand("doctor", "Explain what is wrong with this installation");
    add_common(doctor_command, common);
    add_listening(doctor_command, common);
    doctor_command.add_flag("--json", common.is_json, "Report as JSON on standard output");
    doctor_command.callback([&] { work = [&] { return doctor(settle(common), common.output()); }; });

    std::string backup_file;
    CLI::App& backup_command = *program.add_subcommand("backup", "Copy an SQLite database while it is served, and verify the copy");
    add_common(backup_command, common);
    backup_command.add_option("FILE", backup_file, "File to write; must not exist")->required();
    backup_command.callback([&] {
        work = [&] { return with_config(common, [&](Config const& config) { return backup(config, backup_file); }); };
    });

    std::string restore_file;
    CLI::App& restore_command = *program.add_subcommand("restore", "Put a backup in the place of a database that does not exist yet");
    add_common(restore_command, common);
    restore_command.add_option("FILE", restore_file, "The backup")->required();
    restore_command.callback([&] {
        work = [&] { return with_config(common, [&](Config const& config) { return restore(config, restore_file); }); };
    });

    CLI::App& config_command = *program.add_subcommand("config", "Print a settings file with every setting and its default");
    config_command.callback([&] {
        work = [] {
            std::cout << example_config() << std::flush;
            return Result<void> {};
        };
    });

    try {
        program.parse(argument_count, arguments);
    } catch (CLI::Success const& wanted) {  // --help, --version
        return program.exit(wanted);
    } catch (CLI::ParseError const& problem) {
        std::string command = "parley";
        for (CLI::App const* chosen : program.get_subcommands())
            command += ' ' + chosen->get_name();
        std::cerr << fmt::format("parley: {}; see {} --help\n", problem.what(), command);
        return exit_usage;
    }
    Result<void> outcome = work();
    if (outcome.is_error()) {
        Error const& error = outcome.error();
        std::cerr << "parley: " << error.message << (error.detail.empty() ? "" : " (" + error.detail + ")") << '\n';
        return exit_failure;
    }
    if (!std::cout.flush()) {
        std::cerr << "parley: standard output could not be written\n";
        return exit_failure;
    }
    return 0;
}

}  // namespace parley::app
