#include "actions/parley_judge.h"

#include "domain/address.h"

#include <algorithm>
#include <fmt/format.h>

namespace parley {

using namespace archives;

namespace {

// A comment's id holds its story's in front of 24 bits.
constexpr int64_t story_id_max = (int64_t { 1 } << (62 - comment_sequence_bits)) - 1;

bool has(std::vector<int64_t> const& ids, int64_t id) { return std::binary_search(ids.begin(), ids.end(), id); }

Result<void> add_ascending(std::vector<int64_t>& ids, int64_t id)
{
    if (!ids.empty() && ids.back() >= id)
        return Error::invalid(fmt::format("'id' is {}, but ids must grow from record to record; the last one was {}.", id, ids.back()));
    ids.push_back(id);
    return {};
}

bool is_web_address(std::string_view address) { return is_linkable(address) && !address.starts_with("mailto"); }

}  // namespace

Result<void> ParleyJudge::advance(Part part)
{
    if (has_ended_)
        return Error::invalid("It stands behind the end.");
    if ((part == Part::Header) != !header_.has_value())
        return Error::invalid(header_ ? "A header may only be the first line." : "The first line of an export is its header, {\"parley\":1,…}: this is no export of Parley.");
    if (part < part_)
        return Error::invalid("Records must come in the order storylines, people, stories with their comments, origins, end.");
    part_ = part;
    return {};
}

Result<void> ParleyJudge::take(ParleyRecord const& record, int64_t line_number)
{
    line_number_ = line_number;
    return std::visit([&](auto const& one) { return judge(one); }, record);
}

Result<void> ParleyJudge::judge(ParleyHeader const& header)
{
    TRY(advance(Part::Header));
    if (!is_web_address(header.site_address) || header.site_address.ends_with('/'))
        return Error::invalid("'site.address' must be an http or https address without a slash at its end.");
    header_ = header;
    return {};
}

Result<void> ParleyJudge::judge(ParleyStoryline const& storyline)
{
    TRY(advance(Part::Storylines));
    ++seen_.storylines;
    if (storyline.name.empty())
        return Error::invalid("'name' is empty.");
    return add_ascending(storylines_, storyline.id);
}

Result<void> ParleyJudge::judge(ParleyPerson const& person)
{
    TRY(advance(Part::People));
    ++seen_.people;
    return add_ascending(people_, person.id);
}

Result<void> ParleyJudge::judge(ParleyStory const& story)
{
    TRY(advance(Part::Stories));
    ++seen_.stories;
    thread_ = {};
    if (story.id > story_id_max)
        return Error::invalid(fmt::format("'id' may be {} at most.", story_id_max));
    if (!story.url.empty() && !is_web_address(story.url))
        return Error::invalid("'url' must be an http or https address.");
    if (story.storyline && !has(storylines_, *story.storyline))
        return Error::invalid(fmt::format("'storyline' is {}, which is not in the file.", *story.storyline));
    return add_ascending(stories_, story.id);
}

Result<void> ParleyJudge::judge(ParleyComment const& comment)
{
    TRY(advance(Part::Stories));
    ++seen_.comments;
    if (stories_.empty() || comment.story != stories_.back())
        return Error::invalid(fmt::format("'story' is {}, but comments must stand behind their story.", comment.story));
    if (comment.author && !has(people_, *comment.author))
        return Error::invalid(fmt::format("'author' is {}, who is not in the file.", *comment.author));
    for (size_t i = 0; i < comment.revisions.size(); ++i)
        if (comment.revisions[i].number != static_cast<int64_t>(i + 1))
            return Error::invalid("'revisions' must be numbered 1, 2, 3.");
    return thread_.add(comment);
}

Result<void> ParleyJudge::judge(ParleyOrigin const& origin)
{
    TRY(advance(Part::Origins));
    ++seen_.origins;
    if (origin.system.empty() || origin.source_id.empty())
        return Error::invalid("'system' and 'source_id' must say something.");
    if (!has(origin.kind == ParleyOriginKind::Person ? people_ : stories_, origin.id))
        return Error::invalid(fmt::format("'id' is {}, which is not in the file.", origin.id));
    return {};
}

Result<void> ParleyJudge::judge(ParleyEnd const& end)
{
    TRY(advance(Part::End));
    has_ended_ = true;
    if (end.lines != line_number_)
        return Error::invalid(fmt::format("The file should have {} lines, but this is line {}: lines were lost or added.", end.lines, line_number_));
    if (seen_ != header_->counts)
        return Error::invalid("The header counts other numbers of records than the file holds.");
    return {};
}

Result<void> ParleyJudge::finish(int64_t lines) const
{
    if (lines == 0)
        return Error::invalid("The file is empty.");
    if (!has_ended_)
        return Error::invalid(fmt::format("The file breaks off behind line {}: its last record, the end, is missing. Copy the file again.", lines));
    return {};
}

}  // namespace parley
