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

SecondFactor second_factor_of(Role held, bool has_app, bool is_given, SecondFactorRule rule)
{
    if (!is_staff(held))
        return SecondFactor::NotAsked;
    if (has_app)
        return is_given ? SecondFactor::Given : SecondFactor::Awaited;
    return rule == SecondFactorRule::Required ? SecondFactor::Missing : SecondFactor::NotAsked;
}

}  // namespace parley
