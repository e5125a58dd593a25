#include "domain/markup.h"
#include "domain/mention.h"

#include <gmock/gmock.h>

namespace parley {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Mentions, are_handles_behind_an_at_sign_that_begins_a_word)
{
    EXPECT_THAT(mentioned_handles("@ada is right, and (@ben-2) too. Ask @mira.k."), ElementsAre("ada", "ben-2", "mira.k"));
    EXPECT_THAT(mentioned_handles("@渡し守 さん"), ElementsAre("渡し守"));
    EXPECT_THAT(mentioned_handles("mail ada@example.org, @ nobody, https://x.example/@ada"), IsEmpty());
    EXPECT_THAT(mentioned_handles("@ada @ada @ada"), ElementsAre("ada"));
}

TEST(Mentions, become_links_in_text_but_not_in_links_and_code)
{
    Mention ada[] { { "ada", "/p/ada" } };
    auto linked = [&](char const* markdown) { return link_mentions(render_markdown(markdown).value(), ada).markup(); };
    EXPECT_EQ(linked("@ada, you **said @ada**"), "<p><a href=\"/p/ada\">@ada</a>, you <strong>said <a href=\"/p/ada\">@ada</a></strong></p>");
    EXPECT_EQ(linked("`@ada` @adamant"), "<p><code>@ada</code> @adamant</p>");
    EXPECT_EQ(linked("[@ada](https://x.example)"), "<p><a href=\"https://x.example\" rel=\"nofollow ugc noopener\">@ada</a></p>");
}

}  // namespace
}  // namespace parley
