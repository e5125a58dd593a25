#include "routes/people.h"

#include "actions/following.h"
#include "actions/people.h"
#include "render/addresses.h"
#include "render/people.h"
#include "actions/page_tags.h"

#include <algorithm>

namespace parley::routes {

Result<Page> person(PageRequest const& page)
{
    PersonPage person = TRY(read_person_page(
        page.context.database, page.context.site().id, page.request.captures.at(0), page.choice.cursor_view()));
    if (Viewer const* viewer = page.viewer()) {
        person.is_followed = TRY(follows(page.context.database, *viewer, { FollowKind::Person, person.person.id.value }));
        person.is_muted = TRY(has_muted(page.context.database, *viewer, person.person.id));
    }
    page.watch.begin(BuildStage::Render);
    std::vector<std::string> tags { person_tag(person.person.id), people_tag() };
    for (PersonPage::Entry const& entry : person.comments)
        tags.push_back(story_tag(entry.story));
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return Page { person_path(person.person.handle, page.choice.cursor), person_page(page.chrome, person).markup(), tags };
}

}  // namespace parley::routes
