#include "storage/migrate.h"

#include "base/check.h"
#include "base/embedded_files.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace parley {
namespace {

constexpr std::string_view folder = "src/storage/migrations/";

struct EngineWord {
    std::string_view word;
    std::string_view sqlite;
    std::string_view postgres;
};
constexpr EngineWord engine_words[] = {
    { "{integer}", "integer", "bigint" },
    { "{bytes}", "blob", "bytea" },
    { "{real}", "real", "double precision" },
    { "{table}", "strict", "" },
    { "{clustered}", "strict, without rowid", "" },
};

std::string for_engine(std::string_view text, Engine engine)
{
    std::string sql;
    while (!text.empty()) {
        size_t brace = text.find('{');
        sql += text.substr(0, brace);
        if (brace == std::string_view::npos)
            break;
        text.remove_prefix(brace);
        auto word = std::ranges::find_if(engine_words, [&](EngineWord const& word) { return text.starts_with(word.word); });
        CHECK(word != std::end(engine_words));
        sql += engine == Engine::SQLite ? word->sqlite : word->postgres;
        text.remove_prefix(word->word.size());
    }
    return sql;
}

int number_of(std::string_view name)
{
    int number = 0;
    auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    CHECK(error == std::errc() && *end == '_');
    return number;
}

Result<void> run_one(MigrationTarget const& target, Migration const& migration)
{
    TRY(target.execute("begin"));
    std::string steps = fmt::format("{};\n delete from schema_version; insert into schema_version (version) values ({});",
        migration.sql, migration.number);
    Result<void> outcome = target.execute(steps);
    if (!outcome.is_error())
        outcome = target.execute("commit");
    if (!outcome.is_error())
        return {};
    // The failure of the migration is what matters; a rollback that fails too leaves nothing behind either.
    (void)target.execute("rollback");
    return Error::outside(fmt::format("The database could not be brought to version {} ({}); it is as it was before.",
                              migration.number, migration.name),
        outcome.error().message + " " + outcome.error().detail);
}

}  // namespace

std::vector<Migration> migrations_for(Engine engine)
{
    std::vector<Migration> migrations;
    for (EmbeddedFile const& file : embedded_files()) {
        if (!file.path.starts_with(folder) || !file.path.ends_with(".sql"))
            continue;
        std::string_view name = file.path.substr(folder.size());
        name.remove_suffix(4);
        // Comments name the words in braces without meaning them.
        std::string sql;
        for (std::string_view rest = file.content; !rest.empty();) {
            std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
            if (!line.starts_with("--"))
                sql.append(line).push_back('\n');
        }
        migrations.push_back({ number_of(name), std::string(name), for_engine(sql, engine) });
    }
    std::ranges::sort(migrations, {}, &Migration::number);
    for (size_t i = 0; i < migrations.size(); ++i)
        CHECK(migrations[i].number == static_cast<int>(i) + 1);
    return migrations;
}

int newest_schema_version()
{
    return static_cast<int>(migrations_for(Engine::SQLite).size());
}

Result<void> migrate(MigrationTarget const& target) { return migrate(target, migrations_for(target.engine)); }

Result<void> migrate(MigrationTarget const& target, std::vector<Migration> const& migrations)
{
    int newest = static_cast<int>(migrations.size());
    int version = TRY(target.version());
    if (version > newest) {
        return Error::refused(fmt::format("The database has schema version {}, and this Parley knows versions up to {}: "
                                          "start a newer Parley, or restore the backup made before the upgrade.",
            version, newest));
    }
    if (version == newest)
        return {};
    TRY(target.execute(fmt::format("create table if not exists schema_version (version {} not null)",
        target.engine == Engine::SQLite ? "integer" : "bigint")));
    for (Migration const& migration : migrations) {
        if (migration.number > version)
            TRY(run_one(target, migration));
    }
    return {};
}

}  // namespace parley
