#include "base/html.h"

#include <gtest/gtest.h>

namespace parley {

TEST(HtmlTest, escapes_what_could_end_text_or_an_attribute)
{
    EXPECT_EQ(escape("<b title='x' lang=\"y\">A & B</b>").markup(),
        "&lt;b title=&#39;x&#39; lang=&quot;y&quot;&gt;A &amp; B&lt;/b&gt;");
    EXPECT_EQ(escape("plain").markup(), "plain");
    EXPECT_EQ(escape("").markup(), "");
}

}  // namespace parley
