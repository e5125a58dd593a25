// The first lines of an answer: status, Date and the fields that every answer has (S-10, S-11). Those of common answers
// are made once a second. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parley::http {

struct PreambleOptions {
    std::vector<std::string> frame_ancestors;
    bool behind_tls = false;
};

enum class Policy { None, Html };  // with Content-Security-Policy or without
enum class Then { KeepOpen, Close };

class Preambles {
public:
    explicit Preambles(PreambleOptions const&);

    // `now_ms`: milliseconds since 1970. When the second has changed, all is made anew on demand.
    void set_time(int64_t now_ms);

    // The text stays as long as the pointer is held.
    std::shared_ptr<std::string const> const& get(int status, Policy, Then);
    // With an X-Request-Id, for answers of a handler.
    std::string make(int status, Policy, Then, std::string_view request_id) const;

private:
    std::string common_fields_;
    std::string policy_field_;
    std::string date_;
    int64_t second_ = -1;
    struct Made {
        int status = 0;
        std::shared_ptr<std::string const> text;
    };
    std::array<Made, 8> made_;  // place: see get()
};

}  // namespace parley::http
