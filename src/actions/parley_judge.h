// Judges a file of Parley's own format as a whole before anything of it is imported: order, references, counts,
// and the end.
#pragma once

#include "actions/parley_thread.h"
#include "archives/parley.h"
#include "base/result.h"

#include <optional>
#include <vector>

namespace parley {

class ParleyJudge {
public:
    // Invalid: the record may not stand here, or names something that does not stand before it.
    Result<void> take(archives::ParleyRecord const&, int64_t line_number);
    // Behind the last line. Invalid: the end is missing.
    Result<void> finish(int64_t lines) const;

    archives::ParleyHeader const& header() const { return *header_; }
    int64_t last_storyline() const { return storylines_.empty() ? 0 : storylines_.back(); }
    int64_t last_person() const { return people_.empty() ? 0 : people_.back(); }
    int64_t last_story() const { return stories_.empty() ? 0 : stories_.back(); }

private:
    enum class Part { Header, Storylines, People, Stories, Origins, End };
    Result<void> advance(Part);

    Result<void> judge(archives::ParleyHeader const&);
    Result<void> judge(archives::ParleyStoryline const&);
    Result<void> judge(archives::ParleyPerson const&);
    Result<void> judge(archives::ParleyStory const&);
    Result<void> judge(archives::ParleyComment const&);
    Result<void> judge(archives::ParleyOrigin const&);
    Result<void> judge(archives::ParleyEnd const&);

    std::optional<archives::ParleyHeader> header_ {};
    Part part_ = Part::Header;
    int64_t line_number_ = 0;
    archives::ParleyCounts seen_ {};
    std::vector<int64_t> storylines_ {}, people_ {}, stories_ {};  // ids, ascending
    ParleyThread thread_ {};
    bool has_ended_ = false;
};

}  // namespace parley
