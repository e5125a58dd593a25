#include "domain/ranking/crew.h"

#include <algorithm>

namespace parley::ranking {

Crew::Crew(unsigned threads)
    : gate_(std::max(1u, threads))
{
    for (unsigned other = 1; other < threads; ++other)
        others_.emplace_back([this] {
            while (true) {
                gate_.arrive_and_wait();  // there is work, or it is over
                if (is_over_)
                    return;
                take_parts();
                gate_.arrive_and_wait();  // all of it is done
            }
        });
}

Crew::~Crew()
{
    is_over_ = true;
    gate_.arrive_and_wait();
}

void Crew::run(size_t parts, std::function<void(size_t part)> const& work)
{
    work_ = &work;
    parts_ = parts;
    next_ = 0;
    gate_.arrive_and_wait();
    take_parts();
    gate_.arrive_and_wait();
}

void Crew::take_parts()
{
    for (size_t part = next_++; part < parts_; part = next_++)
        (*work_)(part);
}

}  // namespace parley::ranking
