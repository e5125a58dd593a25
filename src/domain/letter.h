// A letter of ours to one reader, by mail.
#pragma once

#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace parley {

struct Letter {
    int64_t id = 0;              // of its row
    std::string once_key;        // two letters of one key are one: a task that runs twice mails once
    std::string recipient;       // an address
    std::string subject;
    std::string body;            // plain text, UTF-8
    std::string unsubscribe {};  // address of RFC 8058's one-click unsubscribing; empty: nothing to unsubscribe from
    Time created_at;
    int64_t tries = 0;
    std::optional<Time> sent_at {};
    std::string failure {};      // of the last try
};

}  // namespace parley
