#include "domain/note.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Note, takes_sources_a_line_each_and_each_once)
{
    NoteSources sources = note_sources("  https://treaties.example/1951/7 \r\n\n http://archive.example/a?b=1#c\nhttps://treaties.example/1951/7\n");
    EXPECT_EQ(sources.fault, NoteFault::None);
    EXPECT_EQ(sources.addresses, (std::vector<std::string> { "https://treaties.example/1951/7", "http://archive.example/a?b=1#c" }));
}

TEST(Note, refuses_what_is_no_address_of_a_page)
{
    for (char const* typed : { "javascript:alert(1)", "data:text/html,<b>", "ftp://archive.example/a", "mailto:ada@archive.example", "//archive.example/a",
             "https://", "https:///a", "https://localhost/a", "https://192.0.2.1/a", "https://un.example@evil.example/", "page 12 of the book",
             "https://a b.example/", "https://%65vil.example/", "JavaScript:alert(1)//https://a.example" }) {
        NoteSources sources = note_sources(typed);
        EXPECT_EQ(sources.fault, NoteFault::NoAddress) << typed;
        EXPECT_EQ(sources.refused, typed);
    }
    EXPECT_EQ(note_sources("https://a.example/" + std::string(note_source_bytes_max, 'a')).fault, NoteFault::NoAddress);
    EXPECT_EQ(note_sources(" \n").fault, NoteFault::NoSource);
    EXPECT_EQ(note_sources("https://a.example/1\nhttps://a.example/2\nhttps://a.example/3\nhttps://a.example/4\nhttps://a.example/5\nhttps://a.example/6").fault,
        NoteFault::TooManySources);
}

TEST(Note, escapes_letters_of_addresses_that_browsers_show_unescaped)
{
    EXPECT_EQ(note_sources("https://ja.archive.example/条約 1951").addresses.at(0), "https://ja.archive.example/%E6%9D%A1%E7%B4%84%201951");
    EXPECT_EQ(note_sources("https://a.example/\"><script>").addresses.at(0), "https://a.example/%22%3E%3Cscript%3E");
}

TEST(Note, shows_the_host_of_a_source)
{
    EXPECT_EQ(shown_host("https://www.UN.example/treaties?x=1"), "un.example");
    EXPECT_EQ(shown_host("http://archive.example:8080/"), "archive.example:8080");
    EXPECT_EQ(shown_host("https://xn--80ak6aa92e.example/"), "xn--80ak6aa92e.example");
}

TEST(Note, keeps_its_text_tidy)
{
    EXPECT_EQ(note_text("  Signed on 3 May.\r\n\r\n\r\n\r\nIn force later. \n"), "Signed on 3 May.\n\nIn force later.");
    EXPECT_EQ(fault_of_note_text(note_text(" \n ")), NoteFault::Empty);
    std::string longest;
    for (size_t i = 0; i < note_code_points_max; ++i)
        longest += "é";
    EXPECT_EQ(fault_of_note_text(longest), NoteFault::None);
    EXPECT_EQ(fault_of_note_text(longest + "!"), NoteFault::TooLong);
}

TEST(Note, has_a_word_for_each_kind_and_reason_and_reads_it)
{
    for (NoteKind kind : { NoteKind::Correction, NoteKind::Context, NoteKind::MissingSource })
        EXPECT_EQ(note_kind_from_word(note_kind_word(kind)), kind);
    for (Helpfulness helpfulness : { Helpfulness::Helpful, Helpfulness::Somewhat, Helpfulness::NotHelpful })
        EXPECT_EQ(helpfulness_from_word(helpfulness_word(helpfulness)), helpfulness);
    for (NoteReason reason : note_reasons)
        EXPECT_EQ(note_reason_from_word(note_reason_word(reason)), reason);
    EXPECT_FALSE(note_kind_from_word("opinion"));
    std::vector<NoteReason> some { NoteReason::Clear, NoteReason::Insulting };
    EXPECT_EQ(reasons_of_bits(bits_of(some)), some);
}

}  // namespace
}  // namespace parley
