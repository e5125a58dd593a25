// bench_render_thread [ROUNDS]: CPU time to render one cold page of 40 comments, by the templates and by a
// hand-written appender that makes markup of the same size and nesting, in turns within one run. Prints medians.
#include "domain/discussion.h"
#include "render/addresses.h"
#include "render/stories.h"
#include "render/threads.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace parley;

namespace {

constexpr int comments_on_page = 40;

StoryPage make_page()
{
    StoryPage page;
    page.story.id = { 12 };
    page.story.headline = "The Old Lock Bridge reopens, and the ramp is missing";
    page.story.url = "https://www.harrow-courier.example/12";
    page.story.language = "en";
    page.story.published_at = *parse_time("2026-03-03T06:30:00Z");
    for (int i = 0; i < 12; ++i)
        page.story.body += "The council had promised a ramp at the eastern bank. There is none: the steps, thirty-one of them, are what "
                           "they were in 1954. The paper that went to the committee in January names no date & no sum.\n\n";
    CommentPath path = CommentPath::root(1);
    for (int i = 0; i < comments_on_page; ++i) {
        int64_t sequence = i + 1;
        path = i % 8 == 0 ? CommentPath::root(sequence) : path.level() < 5 ? path.child(sequence) : path;
        ShownComment shown { { .id = comment_id(page.story.id, sequence), .path = path } };
        shown.comment.created_at = page.story.published_at.plus_milliseconds(sequence * 60'000);
        shown.comment.reply_count = 7 - i % 8;
        shown.author = Person { { i + 1 }, { 1 }, "reader-" + std::to_string(i), "Reader " + std::to_string(i) };
        std::string words;
        for (int k = 0; k < 4; ++k)
            words += "<p>Forty minutes is if the mill gate is open, and on Sundays it is an <em>hour</em>, as everyone here knows.</p>\n";
        shown.comment.html = Html::from_trusted(words);
        if (i % 8 != 0) {
            shown.comment.parent = comment_id(page.story.id, sequence - 1);
            shown.parent_author = "Reader " + std::to_string(i - 1);
        }
        if (i % 4 == 0)
            shown.quotes.push_back({ { "thirty-one of them", "", "", page.story.id }, Passage { 73, 91, 1 }, {} });
        page.comments.comments.push_back(std::move(shown));
    }
    page.thread.comments_shown = 1'000'000;
    page.comments.next_cursor = "k";
    return page;
}

// The floor: what the page costs when nothing is looked up, nested or made into fields.
std::string append_by_hand(StoryPage const& page, size_t bytes)
{
    std::string out;
    out.reserve(bytes);
    for (ShownComment const& shown : page.comments.comments) {
        Comment const& comment = shown.comment;
        out.append("<li class=\"level-").append(std::to_string(comment.path.level())).append("\">\n<article class=\"comment\" id=\"");
        out.append(comment_anchor(comment.id)).append("\" aria-labelledby=\"").append(comment_anchor(comment.id)).append("-by\">\n<header class=\"comment-head\">\n");
        out.append("<h3 class=\"writer\"><a href=\"").append(person_path(shown.author->handle)).append("\"><bdi>");
        append_escaped(out, shown.author->name);
        out.append("</bdi></a></h3>\n");
        if (shown.parent_author) {
            out.append("<a class=\"answers-to\" href=\"#").append(comment_anchor(*comment.parent)).append("\">to <bdi>");
            append_escaped(out, *shown.parent_author);
            out.append("</bdi></a>\n");
        }
        out.append("<a class=\"moment\" href=\"").append(comment_path(comment.id)).append("\"><time datetime=\"").append(to_rfc3339(comment.created_at));
        out.append("\" data-moment>").append(to_http_date(comment.created_at)).append("</time></a>\n</header>\n");
        for (ShownQuote const& quote : shown.quotes) {
            out.append("<figure class=\"quote\"><blockquote dir=\"auto\">");
            append_escaped(out, quote.quote.exact);
            out.append("</blockquote></figure>\n");
        }
        out.append("<div class=\"words\" dir=\"auto\" lang=\"en\">\n").append(comment.html.markup()).append("</div>\n</article>\n</li>\n");
    }
    append_escaped(out, page.story.body);
    return out;
}

double cpu_us()
{
    timespec now {};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv)
{
    int const rounds = argc > 1 ? std::atoi(argv[1]) : 300;
    StoryPage const page = make_page();
    Chrome const chrome { { { 1 }, "The Harrow Courier", "https://talk.example", "talk.example", "en" },
        [](std::string_view name) { return "/static/" + std::string(name); } };
    size_t bytes = story_page(chrome, page).markup().size();
    std::vector<double> templates, threads, by_hand;
    size_t made = 0;
    for (int i = 0; i < rounds; ++i) {
        double start = cpu_us();
        made += story_page(chrome, page).markup().size();
        double page_done = cpu_us();
        made += thread_section(page).markup().size();
        double thread_done = cpu_us();
        made += append_by_hand(page, bytes).size();
        double end = cpu_us();
        templates.push_back(page_done - start);
        threads.push_back(thread_done - page_done);
        by_hand.push_back(end - thread_done);
    }
    std::printf("%d comments, page of %zu bytes, %d rounds (%zu bytes made)\n", comments_on_page, bytes, rounds, made);
    std::printf("  whole page with JSON-LD  %7.0f us\n", median(templates));
    std::printf("  its thread               %7.0f us\n", median(threads));
    std::printf("  appended by hand         %7.0f us, ratio of the page %.1f\n", median(by_hand), median(templates) / median(by_hand));
    return 0;
}
