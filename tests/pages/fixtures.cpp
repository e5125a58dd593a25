#include "fixtures.h"

namespace parley::fixtures {
namespace {

Time at(std::string_view text) { return parse_time(text).value(); }
Html html(std::string_view markup) { return Html::from_trusted(std::string(markup)); }

Person person_named(int64_t id, std::string handle, std::string name)
{
    return { { id }, { 1 }, std::move(handle), std::move(name), Membership::Member, at("2024-02-01T09:00:00Z") };
}

Story story_of(int64_t id, std::string headline, std::string section, std::string language)
{
    Story story;
    story.id = { id };
    story.site = { 1 };
    story.url = "https://www.harrow-courier.example/stories/" + std::to_string(id);
    story.headline = std::move(headline);
    story.section = std::move(section);
    story.language = std::move(language);
    story.published_at = at("2026-03-03T06:30:00Z").plus_milliseconds(id * 3'600'000);
    return story;
}

// Builds a thread comment by comment, in the order of the page.
struct ThreadMaker {
    StoryId story;
    std::vector<ShownComment> comments {};

    // `parent` is the place of the parent in `comments`; -1 for a root.
    ShownComment& add(int64_t sequence, int parent, std::optional<Person> author, std::string_view body)
    {
        CommentPath path = CommentPath::root(sequence);
        ShownComment shown { { .id = comment_id(story, sequence), .path = path, .created_at = at("2026-03-04T08:00:00Z").plus_milliseconds(sequence * 420'000) } };
        if (parent >= 0) {
            ShownComment& answered = comments.at(size_t(parent));
            shown.comment.parent = answered.comment.id;
            shown.comment.path = answered.comment.path.level() < CommentPath::levels_max ? answered.comment.path.child(sequence) : answered.comment.path;
            if (answered.author && answered.comment.state == CommentState::Visible)
                shown.parent_author = answered.author->name;
            for (int up = parent; up >= 0;) {
                ++comments[size_t(up)].comment.reply_count;
                int next = -1;
                for (int i = 0; i < up; ++i)
                    if (comments[size_t(up)].comment.parent == comments[size_t(i)].comment.id)
                        next = i;
                up = next;
            }
        }
        shown.comment.html = html(body);
        if (author) {
            shown.comment.author = author->id;
            shown.author = std::move(author);
        }
        comments.push_back(std::move(shown));
        return comments.back();
    }
};

Quote quote_of(Story const& story, std::string_view words)
{
    std::string text = plain_text_of_body(story.body);
    size_t begin = text.find(words);
    CHECK(begin != std::string::npos);
    return { std::string(words), "", "", story.id, {}, int64_t(begin) };
}

ShownQuote shown_quote(Story const& story, std::string_view words)
{
    Quote quote = quote_of(story, words);
    size_t begin = size_t(quote.position);
    return { quote, Passage { begin, begin + words.size(), 1.0 }, {} };
}

QuotedPassage passage(Story const& story, std::string_view words, std::vector<CommentId> by)
{
    size_t begin = size_t(quote_of(story, words).position);
    int64_t count = int64_t(by.size());
    return { begin, begin + words.size(), std::move(by), count };
}

Story bridge_story()
{
    Story story = story_of(4, "The Old Lock Bridge reopens, and the ramp is missing", "Town", "en");
    story.byline = "Ines Calloway";
    story.dateline = "HARROW, 3 March";
    story.body = "The Old Lock Bridge opened to walkers and cyclists on Tuesday morning, four years and nine weeks after it was "
                 "closed because of rust in its hangers. About two hundred people crossed it in the first hour.\n\n"
                 "The council had promised a ramp at the eastern bank. There is none: the steps, thirty-one of them, are what they "
                 "were in 1954. “The ramp is designed and paid for, and it will be built by autumn,” said Marit Osei, who leads the "
                 "works department. The paper that went to the committee in January names no date.\n\n"
                 "The repair cost 6.2 million, of which 1.9 million had been set aside for the ramp and the lighting. Where that sum "
                 "stands now, the department could not say on Tuesday. The committee meets again on 17 March.\n\n"
                 "Until then, people in wheelchairs take the road bridge, 2.4 kilometres downstream.";
    story.credit = "Photograph: none was taken; the bridge is as it was.";
    story.rights = "© Harrow Courier 2026";
    story.updated_at = at("2026-03-03T15:05:00Z");
    story.corrections = { { at("2026-03-03T14:10:00Z"), "An earlier version said that the bridge was closed for five years." } };
    return story;
}

struct People {
    Person odile = person_named(1, "odile", "Odile Brandt"), tomas = person_named(2, "tomas.v", "Tomás Viera"),
           ruth = person_named(3, "ruth-k", "Ruth K."), sami = person_named(4, "sami", "سامي الحداد"),
           yuki = person_named(5, "yuki", "高橋 雪"), mins = person_named(6, "mins", "Min-seo"),
           long_name = person_named(7, "bartholomew", "Bartholomew Featherstonehaugh-Cholmondeley of the Lower Lock");
};

ThreadMaker bridge_thread(Story const& story)
{
    People p;
    ThreadMaker thread { story.id };
    std::string_view promise = "The ramp is designed and paid for, and it will be built by autumn";
    auto& c0 = thread.add(41, -1, p.ruth,
        "<p>I push my brother across that bridge, or I did until 2022. Two point four kilometres is forty minutes with a chair, "
        "each way, along a road with no pavement after the mill.</p><p>Nobody is asking for a second bridge. It is <em>one</em> ramp.</p>");
    c0.quotes.push_back(shown_quote(story, "people in wheelchairs take the road bridge, 2.4 kilometres downstream"));
    c0.quoted_by = { comment_id(story.id, 44) };
    auto& c1 = thread.add(44, 0, p.tomas, "<p>Forty minutes is if the mill gate is open. On Sundays it is an hour.</p>");
    c1.quotes.push_back({ { "Two point four kilometres is forty minutes with a chair", "", "", story.id, comment_id(story.id, 41), 0 }, {}, "Ruth K." });
    thread.add(45, 1, p.ruth, "<p>True. I had forgotten the gate.</p>");
    thread.add(47, 2, p.odile, "<p>The gate belongs to the mill, not to the town, and the right of way is on the 1911 map: "
        "<a href=\"https://maps.example/1911/harrow\" rel=\"nofollow ugc noopener\">sheet 14</a>. They may not close it.</p>");
    thread.add(48, 3, p.long_name, "<p>May not, and do, are two things. I have written three times.</p>");
    auto& c5 = thread.add(52, 4, p.tomas, "<p>Write a fourth time and copy the ombudsman. It worked for the towpath.</p>");
    c5.replies_left_out = 3;
    auto& c6 = thread.add(53, 5, std::nullopt, "<p>And to us at the residents’ group, please.</p>");
    c6.replies_left_out = 2;
    auto& c7 = thread.add(46, 0, p.sami, "<p>شكراً لكِ. أخي أيضاً يستعمل الكرسي، ولا أحد يسألنا.</p>");
    c7.comment.language = "ar";
    thread.comments[7].parent_author = "Ruth K.";

    auto& c8 = thread.add(38, -1, p.odile,
        "<p>Paid for by whom? Page 61 of the January paper moves the 1.9 million to “contingency”. That is a different word.</p>"
        "<ul><li>January: 1.9 million, ramp and lighting</li><li>February: 1.9 million, contingency</li><li>March: <del>nothing</del> no line at all</li></ul>");
    c8.quotes.push_back(shown_quote(story, promise));
    c8.comment.edited_at = at("2026-03-04T13:00:00Z");
    thread.add(39, 8, p.mins, "<p>Contingency is where ramps go to die.</p>");
    auto& c10 = thread.add(40, 8, p.tomas, "<p>To be fair, <code>contingency</code> is where the lighting went last year too, and the lighting stands.</p>"
        "<blockquote><p>No project is finished until its contingency is.</p></blockquote><p>That was the treasurer, in 2019.</p>");
    c10.comment.parent_link = ParentLink::Inferred;
    c10.evidence = ParentEvidence { "phrase", 0.87, "contingency" };

    auto& gone = thread.add(30, -1, p.long_name, "");
    gone.comment.state = CommentState::Removed;
    gone.comment.state_reason = "spam";
    thread.add(31, 11, p.yuki, "<p>Please do not answer the advertisements. It only keeps them up.</p>");
    auto& withdrawn = thread.add(26, -1, p.sami, "");
    withdrawn.comment.state = CommentState::Withdrawn;
    auto& under = thread.add(27, 13, p.ruth, "<p>You need not have taken that back. It was right.</p>");
    under.comment.created_at = at("2026-03-04T08:11:00Z");

    auto& c15 = thread.add(21, -1, p.yuki, "<p>橋のたもとの階段は三十一段あります。毎朝数えています。車椅子の人だけでなく、ベビーカーの親も困っています。</p>");
    c15.comment.language = "ja";
    c15.quotes.push_back(shown_quote(story, "thirty-one of them"));
    c15.quotes.push_back({ { "closed for five years", "", "", story.id, {}, 0 }, {}, {} });
    auto& c16 = thread.add(12, -1, std::nullopt, "<p>Walked over it at seven. It does not sway any more. Well done to the welders, whoever they are.</p>");
    c16.comment.is_date_estimated = true;
    c16.quotes.push_back(shown_quote(story, promise));
    return thread;
}

void finish(StoryPage& page, int64_t shown, int64_t people)
{
    page.thread.story = page.story.id;
    page.thread.comments_shown = shown;
    page.thread.people = people;
    if (!page.comments.comments.empty())
        page.thread.last_comment_at = at("2026-03-04T14:04:00Z");
}

}  // namespace

Chrome chrome()
{
    return { { { 1 }, "The Harrow Courier", "https://talk.harrow-courier.example", "harrow-courier.example", "en" },
        [](std::string_view name) { return "/static/" + std::string(name); } };
}

StorylinePage affair()
{
    StorylinePage page;
    page.storyline = { { 1 }, { 1 }, "old-lock-bridge", "The Old Lock Bridge", "Closed in 2022 for rust, repaired twice on paper and once in steel. Who pays, and who can cross." };
    auto add = [&](Story story, int64_t comments, char const* published) {
        story.published_at = at(published);
        Thread thread { story.id, ThreadState::Open, comments, comments / 3 };
        if (comments)
            thread.last_comment_at = at(published).plus_milliseconds(comments * 3'000'000);
        page.stories.push_back({ std::move(story), thread });
    };
    add(story_of(2, "Rust in the hangers: the Old Lock Bridge is closed", "Town", "en"), 88, "2022-01-04T07:00:00Z");
    add(story_of(3, "Committee votes for repair, 7 to 6", "Politics", "en"), 412, "2024-05-21T18:20:00Z");
    Story now = bridge_story();
    now.body.clear();
    add(now, 17, "2026-03-03T10:30:00Z");
    return page;
}

StoryPage bridge()
{
    StoryPage page;
    page.story = bridge_story();
    page.comments.comments = bridge_thread(page.story).comments;
    page.comments.next_cursor = "k:21";
    StoryId id = page.story.id;
    page.passages = { passage(page.story, "thirty-one of them", { comment_id(id, 21) }),
        passage(page.story, "The ramp is designed and paid for, and it will be built by autumn", { comment_id(id, 9), comment_id(id, 12), comment_id(id, 38) }),
        passage(page.story, "people in wheelchairs take the road bridge, 2.4 kilometres downstream", { comment_id(id, 41) }) };
    page.storyline = affair();
    finish(page, 312, 45);
    return page;
}

StoryPage bridge_last()
{
    StoryPage page = bridge();
    page.comments.order = Order::Oldest;
    page.asked_order = Order::Oldest;
    page.comments.next_cursor.reset();
    page.comments.previous_cursor = "b:41 &\"";
    page.comments.comments.erase(page.comments.comments.begin() + 1, page.comments.comments.end());
    page.comments.comments[0].comment.reply_count = 0;
    page.passages.clear();
    page.storyline.reset();
    return page;
}

StoryPage divided()
{
    StoryPage page = bridge();
    page.comments.order = Order::CommonGround;
    page.divide = { Divide::Real, 12 };
    page.comments.comments[0].reception = Reception { { SideCount { 61, 2, 70 }, SideCount { 18, 1, 22 } }, true };
    page.comments.comments[1].reception = Reception { { SideCount { 1'204, 300, 2'011 }, SideCount {} }, false };
    page.question = Question { page.comments.comments[0] };
    return page;
}

CommonGroundPage common_ground()
{
    StoryPage page = divided();
    CommonGroundPage out { page.story, page.thread, page.divide, 92 };
    std::vector<ShownComment> const& all = page.comments.comments;
    out.both = { all[0] };
    out.one_side = { all[1] };
    out.split = { all[0] };
    std::vector<ranking::Point> positions;
    std::vector<int8_t> camps;
    for (int voter = 0; voter < 90; ++voter) {
        int8_t camp = voter % 3 == 0;
        positions.push_back({ (camp ? 1.0 : -1.0) + 0.02 * (voter % 7), 0.3 * (voter % 4) });
        camps.push_back(camp);
    }
    out.map = ranking::VoterMap(positions, camps);
    out.places = { { 0.5, 0.5 }, { 0.2, 0.4 }, { 0.5, 0.5 } };
    out.own_place = ranking::Point { 0.8, 0.3 };
    out.question = page.question;
    return out;
}

DiscussionMeasures measures()
{
    constexpr int64_t day_ms = 86'400'000;
    DiscussionMeasures out { .story = divided().story };
    for (int day = 0; day < 5; ++day) {
        MeasuredMoment moment { .until = { 1'795'000'000'000 + day * day_ms }, .comments = 4 * (day + 1), .votes = 60 * (day + 1) };
        moment.index = { 0.38 + 0.03 * day, 0.71, 0.33, day > 0 };
        moment.split_half = day < 4 ? std::optional(0.2 * day) : std::nullopt;
        moment.voices = { size_t(3 + day), size_t(4 * (day + 1)), 0.5 - 0.05 * day, 2.5 + day };
        moment.replies = { uint64_t(day), 0.6, 0.46, -0.3 };
        out.moments.push_back(moment);
    }
    CommentId const first = divided().comments.comments.front().comment.id;
    out.held = { { first, "The <b>ramp</b> is missing.", 0, 9, 10, 3, 20, 4.5, 10 } };
    out.clearings = { { first, "Solveig Aas", true, 10, { 1'795'400'000'000 }, true }, { first, "Solveig Aas", false, 2, { 1'795'300'000'000 }, false } };
    return out;
}

CommonGroundPage no_common_ground()
{
    StoryPage page = bridge();
    return { page.story, page.thread, { Divide::None, 30 } };
}

Viewer viewer()
{
    return { .person = People().odile, .session = "s" };
}

StoryPage silent()
{
    StoryPage page;
    page.story = story_of(5, "Swimming hall: tickets from Monday", "Town", "en");
    finish(page, 0, 0);
    return page;
}

StoryPage closed()
{
    StoryPage page;
    page.story = story_of(6, "A letter from 1911, answered", "", "");
    page.story.url = "javascript:alert(1)";
    page.story.body = "One paragraph.";
    ThreadMaker thread { page.story.id };
    thread.add(1, -1, People().odile, "<p>Only one.</p>");
    page.comments.comments = thread.comments;
    finish(page, 1, 1);
    page.thread.state = ThreadState::Closed;
    return page;
}

StoryPage hostile()
{
    std::string const evil = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{name}} {{{body_html}}} &amp; \u2028\u2029\u202Eback";
    StoryPage page;
    page.story = story_of(7, evil, evil, "en\" onmouseover=\"alert(1)");
    page.story.url = "https://evil.example/\"><script>alert(1)</script>";
    page.story.byline = page.story.dateline = page.story.credit = page.story.rights = evil;
    page.story.body = evil + "\n\n" + evil;
    page.story.corrections = { { page.story.published_at, evil } };
    ThreadMaker thread { page.story.id };
    auto& first = thread.add(1, -1, person_named(9, "\"><script>/../?#", evil), "<p>safe: &lt;script&gt;</p>");
    first.comment.language = "x\"><script>";
    first.quotes.push_back({ { evil, "", "", page.story.id, {}, 0 }, Passage { 999'999, 1'000'000, 1 }, {} });
    first.quotes.push_back({ { evil, "", "", page.story.id, first.comment.id, 0 }, {}, evil });
    auto& second = thread.add(2, 0, person_named(10, "control", std::string("bell \x07 and \x0b")), "<p>a control: \x01\uFFFE</p>");
    second.comment.parent_link = ParentLink::Inferred;
    second.evidence = ParentEvidence { evil, 1.0, evil };
    auto& third = thread.add(3, -1, std::nullopt, "");
    third.comment.state = CommentState::Removed;
    third.comment.state_reason = evil;
    page.comments.comments = thread.comments;
    page.comments.next_cursor = "\"><script>";
    page.passages = { { 0, 40, { comment_id(page.story.id, 1) }, 1 }, { 10, 20, { comment_id(page.story.id, 2) }, 1 },
        { 30, 400, { comment_id(page.story.id, 2), comment_id(page.story.id, 9) }, 31 }, { 5'000, 6'000, {}, 0 } };
    page.storyline = StorylinePage { { { 2 }, { 1 }, "\"/><script>", evil, evil }, { { page.story, {} } } };
    finish(page, 3, 2);
    return page;
}

StoryPage arabic()
{
    StoryPage page;
    page.story = story_of(8, "البلدية تعيد فتح السوق القديم بعد ثلاث سنوات من الترميم", "المدينة", "ar");
    page.story.byline = "ليلى منصور";
    page.story.dateline = "حلب، ٣ آذار";
    page.story.body = "أعادت البلدية صباح الثلاثاء فتح السوق القديم أمام الباعة والزوار، بعد ثلاث سنوات من أعمال الترميم التي شملت السقف والأقواس والأرضية الحجرية.\n\n"
                      "وقال رئيس لجنة الترميم إن الإيجارات ستبقى على حالها سنتين، لكن عقود الباعة الجديدة لا تذكر ذلك. وبلغت الكلفة 4.8 ملايين، أي ضعف ما أُعلن عام 2023.";
    page.story.rights = "© هارو كورير 2026";
    People p;
    ThreadMaker thread { page.story.id };
    auto& first = thread.add(3, -1, p.sami, "<p>عندي عقد وقّعته الأسبوع الماضي، وفيه زيادة بنسبة 15% من السنة الأولى. من نصدّق: العقد أم المؤتمر الصحفي؟</p>");
    first.quotes.push_back(shown_quote(page.story, "الإيجارات ستبقى على حالها سنتين"));
    thread.add(4, 0, p.odile, "<p>Could you send the paragraph number? I would like to put it to the committee (page 12, section 3.1).</p>").comment.language = "en";
    thread.add(5, 1, p.sami, "<p>الفقرة 7، السطر الثاني. سأصوّرها لكِ.</p>");
    auto& gone = thread.add(2, -1, p.yuki, "");
    gone.comment.state = CommentState::Withdrawn;
    page.comments.comments = thread.comments;
    page.passages = { passage(page.story, "الإيجارات ستبقى على حالها سنتين", { comment_id(page.story.id, 3) }) };
    finish(page, 3, 2);
    return page;
}

StoryPage japanese()
{
    StoryPage page;
    page.story = story_of(9, "豪雪で不通の山あい鉄道、来春に全線再開へ　住民「待っていた」", "地域", "ja");
    page.story.byline = "高橋 雪";
    page.story.dateline = "白川";
    page.story.body = "二年前の豪雪で橋げたが流され、運休が続いている山あいの鉄道について、県は三日、来年四月に全線で運転を再開すると発表した。復旧費は約四十二億円で、国と県、沿線の五つの町村が分担する。\n\n"
                      "「一日に百二十人しか乗らない路線に、なぜこれだけの費用をかけるのか」という問いに、知事は「数字だけで決めるなら、山の暮らしは一つも残らない」と答えた。一方、沿線の町長の一人は、バスへの転換を求める意見書を一月に提出している。";
    page.story.rights = "© ハロー・クーリエ 2026";
    People p;
    ThreadMaker thread { page.story.id };
    auto& first = thread.add(7, -1, p.yuki, "<p>通学で毎日乗っていた者です。バスは冬の峠で何度も止まりました。「数字だけ」と言うなら、止まった日の数字も出してほしい。</p>");
    first.quotes.push_back(shown_quote(page.story, "数字だけで決めるなら、山の暮らしは一つも残らない"));
    thread.add(8, 0, p.mins, "<p>県の資料では、代行バスの運休は去年十一日でした。鉄道は雪で二十三日です。</p>");
    thread.add(9, 1, p.yuki, "<p>なるほど、知りませんでした。出典はどこですか。</p>");
    thread.add(6, -1, p.tomas, "<p>We had the same argument about our line, in English.</p>").comment.language = "en";
    page.comments.comments = thread.comments;
    page.passages = { passage(page.story, "数字だけで決めるなら、山の暮らしは一つも残らない", { comment_id(page.story.id, 7) }) };
    finish(page, 4, 3);
    return page;
}

StoryPage korean()
{
    StoryPage page;
    page.story = story_of(10, "심야버스 노선 절반으로 줄인다…“새벽 노동자 발 묶여”", "사회", "ko");
    page.story.byline = "한민서 기자";
    page.story.body = "시는 다음 달부터 심야버스 노선을 열네 개에서 일곱 개로 줄이기로 했다. 이용객이 한 해 사이 18퍼센트 줄었다는 것이 이유지만, 새벽에 일하는 청소 노동자와 간호사들은 대안이 없다고 말한다.\n\n"
                      "교통국은 수요응답형 차량 서른 대를 대신 투입하겠다고 밝혔다. 다만 호출은 앱으로만 가능하고, 첫 석 달은 시내에서만 운행한다.";
    People p;
    ThreadMaker thread { page.story.id };
    auto& first = thread.add(2, -1, p.mins, "<p>앱으로만 부를 수 있다면 우리 어머니는 못 탑니다. 새벽 네 시에 누구에게 물어보란 말입니까?</p>");
    first.quotes.push_back(shown_quote(page.story, "호출은 앱으로만 가능하고"));
    thread.add(3, 0, p.ruth, "<p>전화 호출도 된다고 교통국 누리집에 적혀 있습니다. 다만 번호가 아직 없습니다.</p>");
    page.comments.comments = thread.comments;
    page.passages = { passage(page.story, "호출은 앱으로만 가능하고", { comment_id(page.story.id, 2) }) };
    finish(page, 2, 2);
    return page;
}

FrontPage front()
{
    FrontPage page;
    auto add = [&](StoryPage const& from, int64_t comments) {
        Story story = from.story;
        story.body.clear();
        Thread thread = from.thread;
        thread.comments_shown = comments;
        thread.people = comments / 4 + 1;
        thread.last_comment_at = comments ? std::optional(at("2026-03-04T14:04:00Z").plus_milliseconds(-comments * 61'000)) : std::nullopt;
        page.stories.push_back({ std::move(story), thread });
    };
    add(bridge(), 312);
    add(japanese(), 48);
    add(arabic(), 17);
    add(korean(), 1204);
    add(silent(), 0);
    StoryPage politics;
    politics.story = story_of(11, "Seven to six: the vote nobody expected, and the abstention that made it", "Politics", "en");
    politics.story.byline = "Jonas Adeyemi";
    add(politics, 96);
    politics.story = story_of(12, "What the treasurer means by contingency", "Politics", "en");
    add(politics, 5);
    add(closed(), 1);
    page.storylines = { affair().storyline, { { 2 }, { 1 }, "night-buses", "The night buses", "Half the lines go in April. What replaces them, and for whom." } };
    page.next_cursor = "k:3";
    return page;
}

FrontPage empty_front() { return {}; }

CommentContext permalink()
{
    StoryPage page = bridge();
    auto& all = page.comments.comments;
    CommentContext context { page.story, page.thread, { all[0], all[1] }, all[2], {} };
    context.replies.order = Order::Oldest;
    context.replies.comments = { all[3], all[4], all[5], all[6] };
    context.replies.next_cursor = "k:53";
    return context;
}

CommentContext tombstone()
{
    StoryPage page = bridge();
    auto& all = page.comments.comments;
    return { page.story, page.thread, {}, all[11], { Order::Oldest, { all[12] }, {}, {} } };
}

PersonPage person()
{
    StoryPage page = bridge();
    PersonPage out { People().odile, {}, 2 };
    for (size_t i : { 3u, 8u })
        out.comments.push_back({ page.comments.comments[i], page.story.id, page.story.headline });
    out.next_cursor = "k:1";
    return out;
}

PersonPage imported_person()
{
    Person person = person_named(8, "quarryman_61", "quarryman_61");
    person.membership = Membership::Imported;
    return { person, {}, 0 };
}

}  // namespace parley::fixtures
