#include "domain/viewer.h"

#include <array>

namespace parley {
namespace {

constexpr std::array<std::string_view, 6> role_words { "reader", "expert", "author", "moderator", "editor", "owner" };

}  // namespace

std::string_view role_word(Role role) { return role_words.at(static_cast<size_t>(role)); }

std::optional<Role> role_from_word(std::string_view text)
{
    for (size_t i = 0; i < role_words.size(); ++i)
        if (role_words[i] == text)
            return static_cast<Role>(i);
    return {};
}

}  // namespace parley
