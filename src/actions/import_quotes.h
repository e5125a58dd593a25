// Turns the quotes of an archive into anchored ones: the words are found in the story's text or in the comment
// that was quoted, and kept with what stands around them.
#pragma once

#include "actions/import_resolve.h"
#include "domain/quote.h"

#include <unordered_map>

namespace parley {

// For the comments of one thread. What is quoted is read only when the thread quotes anything.
class QuoteMaker {
public:
    QuoteMaker(ImportPlace const&, Staging const&, ImportPlan const&, PlannedThread const&, StoryId);

    Result<std::vector<Quote>> make(std::span<archives::QuoteRecord const>);

private:
    struct Target {
        uint64_t words;
        uint32_t rank;
        archives::TextFormat format;
    };
    Result<void> open();
    Result<std::string> text_of(Target const&) const;

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
