// Collects the remarks of an import: the first few of each rule, in the order of the file, and a count of the rest.
#pragma once

#include "actions/import_report.h"

#include <map>

namespace parley {

class ImportRemarks {
public:
    // `place` orders the remarks: the number of the record in the file.
    void add(std::string_view rule, uint64_t place, std::string source_id, std::string words)
    {
        std::vector<Placed>& list = by_rule_[std::string(rule)];
        if (list.size() >= ImportReport::remarks_max)
            ++left_out_;
        else
            list.push_back({ place, { std::string(rule), std::move(source_id), std::move(words) } });
    }
    // Whether another remark under this rule would be kept: its words need not be made otherwise.
    bool wants(std::string_view rule) const
    {
        auto found = by_rule_.find(rule);
        return found == by_rule_.end() || found->second.size() < ImportReport::remarks_max;
    }
    void leave_out() { ++left_out_; }

    void move_to(ImportReport&);

private:
    struct Placed {
        uint64_t place;
        ImportRemark remark;
    };
    std::map<std::string, std::vector<Placed>, std::less<>> by_rule_;
    int64_t left_out_ = 0;
};

}  // namespace parley
