// What it costs to turn what people wrote into what browsers may show. Our Markdown (AST, own writer, allowlist)
// against cmark-gfm with its own HTML output; our sanitiser alone. Interleaved rounds, processor time, medians.
//
//     cmake --build build/release --target bench_markup && build/release/bench/bench_markup
#include "domain/markup.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <ctime>
#include <random>

using namespace parley;

namespace {

constexpr int rounds = 7;
constexpr size_t comments = 4000;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string words(std::mt19937& random, size_t bytes)
{
    constexpr std::string_view vocabulary[] = { "harbour", "the", "council", "ramp", "said", "that", "closed", "for", "good", "in", "spring", "and", "nobody", "was", "asked", "about", "it", "before" };
    std::string out;
    while (out.size() < bytes) {
        out += vocabulary[random() % std::size(vocabulary)];
        out += random() % 12 ? " " : ", ";
    }
    return out;
}

// About 560 bytes with the marks that comments have, as in the note that set the aim.
std::string markdown_comment(std::mt19937& random)
{
    return words(random, 150) + "*not* " + words(random, 60) + ".\n\n> " + words(random, 80) + "\n\n" + words(random, 120) + "**never** see https://harrow.example/x?y=1 or [this](https://a.example/z) "
        + words(random, 80) + "~~gone~~.\n";
}

// About 300 bytes, as archives hold them.
std::string html_comment(std::mt19937& random)
{
    return "<p>" + words(random, 130) + "it&#39;s over.</p><p>" + words(random, 60) + "<br>" + words(random, 60) + "</p>";
}

size_t bare_cmark(std::string const& text)
{
    cmark_parser* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (char const* name : { "autolink", "strikethrough", "table" })
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
    cmark_parser_feed(parser, text.data(), text.size());
    cmark_node* document = cmark_parser_finish(parser);
    char* html = cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
    size_t size = std::strlen(html);
    free(html);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return size;
}

size_t sink = 0;

template <typename Work>
double seconds_of(std::vector<std::string> const& texts, Work&& work)
{
    double start = cpu_seconds();
    for (std::string const& text : texts)
        sink += work(text);
    return cpu_seconds() - start;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

size_t bytes_of(std::vector<std::string> const& texts)
{
    size_t bytes = 0;
    for (std::string const& text : texts)
        bytes += text.size();
    return bytes;
}

}  // namespace

int main()
{
    cmark_gfm_core_extensions_ensure_registered();
    std::mt19937 random(7);
    std::vector<std::string> markdown, html;
    for (size_t i = 0; i < comments; ++i) {
        markdown.push_back(markdown_comment(random));
        html.push_back(html_comment(random));
    }
    std::vector<double> ours, bare, clean, plain;
    for (int round = 0; round < rounds; ++round) {
        bare.push_back(seconds_of(markdown, bare_cmark));
        ours.push_back(seconds_of(markdown, [](std::string const& text) { return render_markdown(text).value().markup().size(); }));
        clean.push_back(seconds_of(html, [](std::string const& text) { return sanitize_html(text).markup().size(); }));
        plain.push_back(seconds_of(html, [](std::string const& text) { return plain_text(Html::from_trusted(text)).size(); }));
    }
    double const count = comments;
    fmt::print("Markdown, {} bytes a comment:\n", bytes_of(markdown) / comments);
    fmt::print("  ours        {:8.0f} comments/s  {:6.2f} us each\n", count / median(ours), 1e6 * median(ours) / count);
    fmt::print("  bare cmark  {:8.0f} comments/s  {:6.2f} us each\n", count / median(bare), 1e6 * median(bare) / count);
    fmt::print("  ratio       {:8.2f}\n", median(bare) / median(ours));
    fmt::print("HTML of archives, {} bytes a comment:\n", bytes_of(html) / comments);
    fmt::print("  sanitize    {:8.0f} comments/s  {:6.2f} us each  {:6.0f} MB/s\n", count / median(clean), 1e6 * median(clean) / count, static_cast<double>(bytes_of(html)) / median(clean) / 1e6);
    fmt::print("  plain text  {:8.0f} comments/s  {:6.2f} us each  {:6.0f} MB/s\n", count / median(plain), 1e6 * median(plain) / count, static_cast<double>(bytes_of(html)) / median(plain) / 1e6);
    return sink == 0;
}
