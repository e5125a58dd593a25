#include "app/single_sign_on.h"

#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace parley::app {
namespace {

Result<VerificationKey> key_of(std::string const& line)
{
    size_t first = line.find(' '), second = first == line.npos ? line.npos : line.find(' ', first + 1);
    std::optional<SignatureAlgorithm> algorithm = algorithm_named(std::string_view(line).substr(0, first));
    if (second == line.npos || !algorithm)
        return Error::invalid("single_sign_on.keys: each is \"ALGORITHM NAME VALUE\" with HS256, EdDSA, RS256 or ES256.");
    std::string name = line.substr(first + 1, second - first - 1), material = line.substr(second + 1);
    if (*algorithm != SignatureAlgorithm::HS256) {
        std::ifstream file(material);
        if (!file)
            return Error::invalid(fmt::format("single_sign_on.keys: the file {} of key {} cannot be read.", material, name));
        material.assign(std::istreambuf_iterator<char>(file), {});
    }
    Result<VerificationKey> key = VerificationKey::of(*algorithm, name == "-" ? "" : name, std::move(material));
    return key.is_error() ? Error::invalid(fmt::format("single_sign_on.keys, {}: {}", name, key.error().message)) : std::move(key);
}

}  // namespace

Result<TokenRules> token_rules(Config const& config)
{
    TokenRules rules;
    rules.issuer = config.single_sign_on.issuer;
    rules.audience = config.single_sign_on.audience;
    for (std::string const& line : config.single_sign_on.keys)
        rules.keys.push_back(TRY(key_of(line)));
    return rules;
}

}  // namespace parley::app
