// What the client can take, and what it already has: Accept-Encoding and If-None-Match (RFC 9110).
#pragma once

#include <string_view>

namespace parley::http {

enum class Encoding { Identity, Gzip, Brotli };

std::string_view name_of(Encoding);  // as Content-Encoding has it; empty for Identity

// Which encodings the client takes, from all its Accept-Encoding values in turn. Without the field: only identity
// (RFC 9110 would allow any; clients that send nothing are mostly those that cannot decode).
class AcceptedEncodings {
public:
    void add(std::string_view accept_encoding_value);

    // The best of what is there: the highest q, then brotli before gzip before identity. Identity is sent even
    // when it was refused and nothing else fits: an answer that may be read beats a 406.
    Encoding best(bool has_gzip, bool has_brotli) const;

private:
    static constexpr int unnamed = -1;
    int quality(int named) const { return named != unnamed ? named : (any_ != unnamed ? any_ : 0); }

    // In thousandths.
    int gzip_ = unnamed;
    int brotli_ = unnamed;
    int identity_ = unnamed;
    int any_ = unnamed;
};

// Does this If-None-Match value name the entity tag (with its quotes), by weak comparison, or is it "*"?
bool matches_etag(std::string_view if_none_match_value, std::string_view etag);

// Does a comma-separated list hold this token? Letters compare without case. For Connection and the like.
bool list_has_token(std::string_view list, std::string_view lower_case_token);

bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace parley::http
