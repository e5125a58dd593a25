// How fast archive pages are read: the pages of tests/data/pages, again and again, and one page of 30,000 comments.
// CPU time, median of five.   bench_archive_page PAGES_FOLDER

#include "archives/page.h"

#include <ctime>
#include <filesystem>
#include <fstream>

using namespace parley;
using namespace parley::archives;

namespace {

template <typename Work>
double median_seconds(Work const& work)
{
    std::vector<double> seconds;
    for (int run = 0; run < 5; ++run) {
        std::clock_t begin = std::clock();
        work();
        seconds.push_back(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds[2];
}

size_t comments_in(std::string const& text)
{
    Result<Page> page = read_page(text);
    CHECK(page.has_value());
    return page.value().comments.size();
}

std::string large_page(size_t comments)
{
    std::string text = "A story of some length stands here, said the agency.\n(c) Copyright Agency 2019.\n";
    for (size_t i = 0; i < comments; ++i) {
        text += fmt::format("reader_{}\n", i % 997);
        if (i % 3 == 2)
            text += fmt::format("re: \"wrd{} standz by itself in the sentence {}\"\n", i - 1, (i - 1) * 7);
        text += fmt::format("The word{} stands by itself in the sentence {} and nowhere else, they told reader_{}.\n", i, i * 7, i % 31);
    }
    return text;
}

}  // namespace

int main(int count, char** arguments)
{
    std::vector<std::string> pages;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(count > 1 ? arguments[1] : "tests/data/pages")) {
        if (entry.path().extension() != ".txt")
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        pages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    size_t comments = 0;
    double seconds = median_seconds([&] {
        comments = 0;
        for (std::string const& page : pages)
            comments += comments_in(page);
    });
    fmt::print("{} small pages, {} comments: {:.0f} pages/s, {:.0f} comments/s\n", pages.size(), comments,
        static_cast<double>(pages.size()) / seconds, static_cast<double>(comments) / seconds);
    double before = 0;
    for (size_t size : { 7'500, 15'000, 30'000 }) {
        std::string page = large_page(size);
        double taken = median_seconds([&] { comments = comments_in(page); });
        fmt::print("a page of {} comments, {} KB: {:.2f} s, {:.0f} comments/s", comments, page.size() / 1024, taken, static_cast<double>(comments) / taken);
        fmt::print("{}\n", before > 0 ? fmt::format(", {:.2f} times the time of half of it", taken / before) : "");
        before = taken;
    }
}
