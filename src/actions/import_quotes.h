// Turns the quotes of an archive into anchored ones: the words are found in the story's text or in the comment
// that was quoted, and kept with what stands around them. A paragraph that is nothing but such words is shown as the
// quote alone; the source of the comment keeps it.
#pragma once

#include "actions/import_resolve.h"
#include "domain/quote.h"

#include <unordered_map>

namespace parley {

// For the comments of one thread. What is quoted is read only when the thread quotes anything.
class QuoteMaker {
public:
    QuoteMaker(ImportPlace const&, Staging const&, ImportPlan const&, PlannedThread const&, StoryId);

    // The quotes of a comment, and its text as it is to be rendered.
    struct Made {
        std::vector<Quote> quotes;
        std::string shown_text;
    };
    Result<Made> make(std::string_view text, std::span<archives::QuoteRecord const>);

private:
    struct Target {
        uint64_t words;
        uint32_t rank;
        archives::TextFormat format;
        bool has_extras;
    };
    // What a comment says: all of it, and without the paragraphs that it may show as quotes.
    struct TargetText {
        std::string whole;
        std::string own;
    };
    Result<void> open();
    Result<TargetText> text_of(Target const&) const;

    ImportPlace const& place_;
    Staging const& staging_;
    ImportPlan const& plan_;
    PlannedThread const& thread_;
    StoryId story_;
    bool is_open_ = false;
    std::string story_text_;
    std::unordered_map<std::string, Target> comments_;  // by source id
};

}  // namespace parley
