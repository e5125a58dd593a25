// Addresses and names from strangers: keys are plain, links lead only where they may (S-03, S-96), names show (S-08).
#include "base/check.h"
#include "base/utf8.h"
#include "domain/address.h"
#include "domain/person.h"

using namespace parley;

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size)
{
    std::string_view text(reinterpret_cast<char const*>(data), size);
    for (std::string_view host : { "harrow.example", "" }) {
        std::optional<std::string> key = story_key(text, host);
        if (!key)
            continue;
        CHECK(is_valid_utf8(*key));
        CHECK(!host_of_key(*key).empty());
        CHECK(key->find_first_of("# \t\r\n\"<>\\") == std::string::npos);
        CHECK(!key->ends_with('/') || key->find('?') != std::string::npos);
        CHECK(story_key("https://" + *key, "").has_value() || key->size() > address_bytes_max - 8);
    }
    if (std::optional<std::string> link = linkable_address(text)) {
        CHECK(link->starts_with("http") || link->starts_with("HTTP") || link->find(':') < 7);
        for (char c : *link)
            CHECK(static_cast<unsigned char>(c) > 0x20 && c != 0x7F);
        CHECK(linkable_address(*link) == link);
    }
    if (is_valid_utf8(text)) {
        std::string name = presentable_name(text), handle = handle_from_name(text);
        CHECK(is_valid_utf8(name) && is_valid_utf8(handle));
        CHECK(presentable_name(name) == name);
        CHECK(!handle.empty() && handle.find_first_of("/?#%@\\") == std::string::npos && handle != "." && handle != "..");
        CHECK(handle_key(handle) == handle_key(handle_from_name(handle)) && !handle_key(handle).empty());
    }
    return 0;
}
