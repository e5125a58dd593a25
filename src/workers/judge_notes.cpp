#include "workers/judge_notes.h"

#include "actions/note_judging.h"

namespace parley::workers {

Result<void> judge_notes(Database& database, Time now)
{
    constexpr int rounds_max = 20;  // the rest in the next call
    for (int round = 0; round < rounds_max; ++round)
        if (TRY(judge_due_notes(database, now)) == 0)
            break;
    return {};
}

}  // namespace parley::workers
