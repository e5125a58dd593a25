#include "render/common_ground.h"

#include "domain/markup.h"
#include "render/addresses.h"
#include "render/comments.h"
#include "render/common_ground_map.h"
#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

constexpr size_t entry_code_points = 320, table_code_points = 60, question_code_points = 500;

std::string of(SideCount const& side) { return phrase("votes_of", { { "n", grouped(side.worth) }, { "m", grouped(side.voted) } }); }

// Comments of one list, numbered on from `number`.
Html entries(std::vector<ShownComment> const& comments, Story const& story, size_t& number)
{
    Html items;
    for (ShownComment const& each : comments) {
        ++number;
        Fields fields;
        fields.text("number", grouped(static_cast<int64_t>(number)))
            .text("anchor", "m-" + std::to_string(number))
            .text("url", comment_path(each.comment.id))
            .text("writer", shown_name(each.author))
            .text("language", each.comment.language.empty() ? story.language : each.comment.language)
            .text("excerpt", excerpt(plain_text(each.comment.html), entry_code_points))
            .flag("is_common_ground", each.reception && each.reception->is_common_ground)
            .text("reception", reception_in_words(each.reception));
        items.append(render("common_ground/entry", fields));
    }
    return items;
}

std::string place_in_words(ranking::Point const& place)
{
    return word(place[0] < 0.4 ? "map.nearer_one" : place[0] > 0.6 ? "map.nearer_other" : "map.between");
}

void append_table_rows(std::vector<Fields>& rows, std::vector<ShownComment> const& comments, CommonGroundPage const& page)
{
    for (ShownComment const& each : comments) {
        size_t at = rows.size();
        Reception reception = each.reception.value_or(Reception {});
        rows.emplace_back()
            .text("number", grouped(static_cast<int64_t>(at + 1)))
            .text("url", "#m-" + std::to_string(at + 1))
            .text("language", each.comment.language.empty() ? page.story.language : each.comment.language)
            .text("excerpt", excerpt(plain_text(each.comment.html), table_code_points))
            .text("one_side", of(reception.sides[0]))
            .text("other_side", of(reception.sides[1]))
            .text("place", place_in_words(page.places.at(at)));
    }
}

std::string divide_in_words(DivideSeen const& seen)
{
    if (seen.divide == Divide::None)
        return word("why.no_divide");
    return phrase("why.not_enough", { { "n", grouped(seen.comments_with_enough) }, { "m", grouped(comments_with_enough_min) } });
}

}  // namespace

std::string reception_in_words(std::optional<Reception> const& reception)
{
    if (!reception || !reception->has_votes())
        return {};
    auto const& [one, other] = reception->sides;
    if (one.voted == 0 || other.voted == 0)
        return phrase("reception.one_side", { { "votes", of(one.voted ? one : other) } });
    return phrase("reception", { { "one", of(one) }, { "other", of(other) } });
}

std::string order_in_words(StoryPage const& page)
{
    if (page.thread.comments_shown < 2)
        return {};
    if (page.divide.divide != Divide::Real)
        return divide_in_words(page.divide);
    if (page.comments.order == Order::CommonGround)
        return word("why.common_ground");
    return page.comments.order == Order::Split ? word("why.split") : std::string();
}

Html question_form(StoryId story, std::optional<Question> const& question)
{
    Fields fields;
    std::string text;
    if (question)
        text = excerpt(plain_text(question->comment.comment.html), question_code_points);
    fields.text("action", story_path(story) + "/question")
        .flag("has_question", question.has_value())
        .text("comment", question ? std::to_string(sequence_of(question->comment.comment.id)) : "")
        .text("language", question ? question->comment.comment.language : "")
        .text("text", text)
        .text("url", question ? comment_path(question->comment.comment.id) : "");
    return render("common_ground/question", fields);
}

Html common_ground_page(Chrome const& chrome, CommonGroundPage const& page)
{
    bool is_real = page.divide.divide == Divide::Real;
    size_t number = 0;
    Html both = entries(page.both, page.story, number), one = entries(page.one_side, page.story, number),
         other = entries(page.other_side, page.story, number), split = entries(page.split, page.story, number);
    std::vector<Fields> table;
    for (auto const* list : { &page.both, &page.one_side, &page.other_side, &page.split })
        append_table_rows(table, *list, page);
    std::string voters = is_real ? count_phrase("map.voters", page.voters) : "";
    Fields fields;
    fields.text("direction", direction_of(page.story.language))
        .text("language", page.story.language)
        .text("story_url", story_path(page.story.id))
        .text("headline", page.story.headline)
        .text("thread_url", story_path(page.story.id) + "#" + std::string(thread_anchor))
        .text("why", is_real ? "" : divide_in_words(page.divide))
        .flag("is_real", is_real)
        .text("voters", voters)
        .html("map_html", is_real ? map_of(page) : Html())
        .flag("has_own_place", page.own_place.has_value())
        .flag("has_table", !table.empty())
        .list("table", std::move(table))
        .html("both_html", both)
        .html("one_html", one)
        .html("other_html", other)
        .html("split_html", split)
        .html("question_html", chrome.viewer && page.question ? question_form(page.story.id, page.question) : Html());
    Frame frame;
    frame.title = phrase("common_ground.title", { { "headline", page.story.headline } });
    frame.description = word("common_ground.description");
    frame.canonical_path = common_ground_path(page.story.id);
    frame.part = Part::CommonGround;
    return page_around(chrome, frame, render("common_ground/page", fields));
}

Html about_common_ground_page(Chrome const& chrome)
{
    Frame frame;
    frame.title = word("about.title");
    frame.description = word("about.lead");
    frame.canonical_path = "/about/common-ground";
    frame.part = Part::CommonGround;
    return page_around(chrome, frame, render("common_ground/about", Fields()));
}

}  // namespace parley
