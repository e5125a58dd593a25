// Kept pages. See CMakeLists.txt beside this file.
#include "fixtures.h"
#include "well_formed.h"

#include "render/account.h"
#include "render/comments.h"
#include "render/common_ground.h"
#include "render/desk.h"
#include "render/errors.h"
#include "render/feeds.h"
#include "render/json_ld.h"
#include "render/language.h"
#include "render/notes.h"
#include "render/people.h"
#include "render/stories.h"

#include <boost/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace parley;

namespace {

struct Kept {
    std::string name;  // of the file, with its ending
    std::string content;
};

std::vector<Kept> all_pages()
{
    Chrome const chrome = fixtures::chrome();
    std::vector<Kept> pages;
    auto page = [&](std::string name, Html const& html) { pages.push_back({ name + ".html", html.markup() }); };
    page("front", front_page(chrome, fixtures::front()));
    page("front-later", front_page(chrome, fixtures::front(), FrontPart::Later));
    page("front-empty", front_page(chrome, fixtures::empty_front()));
    page("story", story_page(chrome, fixtures::bridge()));
    page("story-last-page", story_page(chrome, fixtures::bridge_last()));
    Viewer const viewer = fixtures::viewer();
    Chrome for_viewer = fixtures::chrome();
    for_viewer.viewer = &viewer;
    page("story-divided", story_page(for_viewer, fixtures::divided()));
    page("common-ground", common_ground_page(for_viewer, fixtures::common_ground()));
    page("desk-common-ground", desk_common_ground_page(for_viewer, fixtures::measures(), "00112233445566778899aabbccddeeff"));
    page("common-ground-none", common_ground_page(chrome, fixtures::no_common_ground()));
    page("about-common-ground", about_common_ground_page(chrome));
    page("story-silent", story_page(chrome, fixtures::silent()));
    page("story-closed", story_page(chrome, fixtures::closed()));
    page("story-hostile", story_page(chrome, fixtures::hostile()));
    page("story-arabic", story_page(chrome, fixtures::arabic()));
    page("story-japanese", story_page(chrome, fixtures::japanese()));
    page("story-korean", story_page(chrome, fixtures::korean()));
    page("storyline", storyline_page(chrome, fixtures::affair()));
    page("comment", comment_page(chrome, fixtures::permalink()));
    page("comment-tombstone", comment_page(chrome, fixtures::tombstone()));
    page("person", person_page(chrome, fixtures::person()));
    page("person-imported", person_page(chrome, fixtures::imported_person()));
    page("story-notes", story_page(chrome, fixtures::bridge_with_notes()));
    page("notes", notes_page(chrome, fixtures::notes(), true));
    page("note", note_page(chrome, fixtures::note(), false));
    page("note-hostile", note_page(chrome, fixtures::hostile_note(), true));
    page("note-form", note_form_page(chrome, fixtures::bridge().story, nullptr, { .story = { 4 }, .kind = "context", .words = "names no date", .text = "Too", .sources = "no address", .key = "k", .refusal = "This is no address." }));
    page("error-404", error_page(chrome, 404, "There is no story 7.", "0f3a"));
    page("error-503", error_page(chrome, 503));
    page("error-418", error_page(chrome, 418, "<b>not markup</b>"));
    {
        ScopedLanguage japanese("ja");
        page("sign-in-in-japanese", sign_in_page(chrome, { .refusal = "", .email = "", .handle = "", .next = "/s/4" }));
        page("story-in-japanese", story_page(chrome, fixtures::japanese()));
    }
    {
        ScopedLanguage arabic("ar");
        page("front-in-arabic", front_page(chrome, fixtures::front()));
        page("desk-common-ground-in-arabic", desk_common_ground_page(for_viewer, fixtures::measures(), "00112233445566778899aabbccddeeff"));
        page("common-ground-in-arabic", common_ground_page(for_viewer, fixtures::common_ground()));
        page("note-in-arabic", note_page(chrome, fixtures::note(), false));
        page("story-in-arabic", story_page(chrome, fixtures::arabic()));
    }
    pages.push_back({ "site.atom", site_atom_feed(chrome, fixtures::front()) });
    pages.push_back({ "site.json", site_json_feed(chrome, fixtures::front()) });
    pages.push_back({ "story.atom", story_atom_feed(chrome, fixtures::bridge()) });
    pages.push_back({ "story.json", story_json_feed(chrome, fixtures::bridge()) });
    pages.push_back({ "hostile.atom", story_atom_feed(chrome, fixtures::hostile()) });
    pages.push_back({ "hostile.json", story_json_feed(chrome, fixtures::hostile()) });
    pages.push_back({ "json-ld.json", json_ld(chrome, fixtures::bridge()) });
    pages.push_back({ "json-ld-hostile.json", json_ld(chrome, fixtures::hostile()) });
    return pages;
}

std::optional<std::string> find_fault(Kept const& page)
{
    if (page.name.ends_with(".html"))
        return find_html_fault(page.content);
    if (page.name.ends_with(".atom"))
        return find_xml_fault(page.content);
    boost::system::error_code error;
    boost::json::parse(page.content, error);
    return error ? std::optional(error.message()) : std::nullopt;
}

std::optional<std::string> read_file(std::filesystem::path const& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return {};
    return std::string(std::istreambuf_iterator<char>(in), {});
}

// What differs first, as the reader of a failure wants it: line and both texts.
std::string first_difference(std::string_view kept, std::string_view now)
{
    auto [left, right] = std::mismatch(kept.begin(), kept.end(), now.begin(), now.end());
    auto line = 1 + std::count(kept.begin(), left, '\n');
    auto around = [](std::string_view text, size_t at) { return text.substr(at < 40 ? 0 : at - 40, 120); };
    return fmt::format("line {}\n  kept: {}\n  now:  {}", line, around(kept, size_t(left - kept.begin())), around(now, size_t(right - now.begin())));
}

}  // namespace

int main(int argc, char** argv)
{
    bool const records = argc > 1 && std::string_view(argv[1]) == "--record";
    std::filesystem::path const folder = std::filesystem::path(PARLEY_SOURCE_DIR) / "tests/pages/kept";
    int passed = 0, failed = 0;
    auto judge = [&](std::string const& name, std::optional<std::string> const& fault) {
        if (fault)
            std::printf("%s: %s\n", name.c_str(), fault->c_str());
        ++(fault ? failed : passed);
    };
    for (Kept const& page : all_pages()) {
        judge(page.name, find_fault(page));
        if (records) {
            std::filesystem::create_directories(folder);
            std::ofstream(folder / page.name, std::ios::binary) << page.content;
            continue;
        }
        std::optional<std::string> kept = read_file(folder / page.name);
        if (!kept)
            judge(page.name, "is not kept yet: pages --record writes it");
        else if (*kept != page.content)
            judge(page.name, "differs from the kept page, " + first_difference(*kept, page.content));
        else
            judge(page.name, {});
    }
    // The checks themselves can fail.
    for (std::string_view bad : { "<p><b></p></b>", "<p onclick=\"x\">y</p>", "<p id=\"a\"></p><p id=\"a\"></p>", "<a href=\"#x\">y</a>",
             "<p class=a>b</p>", "<script>alert(1)</script>", "<p", "<p>", "< p>" })
        judge(fmt::format("check of {}", bad), find_html_fault(bad) ? std::nullopt : std::optional<std::string>("found no fault"));
    judge("check of XML", find_xml_fault("<a>\x01</a>") ? std::nullopt : std::optional<std::string>("found no fault"));
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed ? 1 : 0;
}
