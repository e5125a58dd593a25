// For threads that have little to do at a time while somebody waits for it, such as a loop: they ask the scheduler for short
// turns that come soon instead of long ones that come late. Their share of the core stays what it is, so a worker that makes
// a page gives way for a moment and loses nothing. (EEVDF: https://docs.kernel.org/scheduler/sched-eevdf.html)
#pragma once

namespace parley {

// Of the calling thread, and of those it starts afterwards. Linux before 6.12 does not listen, and nothing else changes.
void ask_for_short_turns();

}  // namespace parley
