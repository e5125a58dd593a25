#include "render/second_factor.h"

#include "render/page.h"
#include "render/qr_code.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {
namespace {

Html around(Chrome const& chrome, std::string title, Html const& main)
{
    Frame frame;
    frame.title = std::move(title);
    frame.is_indexed = false;
    return page_around(chrome, frame, main);
}

// "ABCD EFGH …", so that it can be read aloud and typed.
std::string in_groups_of_four(std::string_view text)
{
    std::string groups;
    for (size_t i = 0; i < text.size(); i += 4)
        groups.append(groups.empty() ? "" : " ").append(text.substr(i, 4));
    return groups;
}

}  // namespace

Html second_factor_page(Chrome const& chrome, ShownSecondFactor const& shown)
{
    auto refusal_in = [&](std::string_view form) { return shown.refused_form == form ? shown.refusal : std::string(); };
    Fields fields;
    fields.flag("is_in_use", shown.is_in_use)
        .flag("is_required", shown.is_required && !shown.is_in_use)
        .flag("is_begun", !shown.is_in_use && !shown.address.empty())
        .flag("is_new", !shown.is_in_use && shown.address.empty())
        .text("address", shown.address)
        .text("secret", in_groups_of_four(shown.secret))
        .html("qr_html", qr_code(shown.address, word("second_factor.square")))
        .text("codes_left", phrase("recovery_codes_left", { { "n", grouped(shown.recovery_codes_left) } }))
        .text("confirm_refusal", refusal_in("confirm"))
        .text("codes_refusal", refusal_in("codes"))
        .text("end_refusal", refusal_in("end"));
    return around(chrome, word("second_factor"), render("account/second_factor", fields));
}

Html recovery_codes_page(Chrome const& chrome, std::vector<std::string> const& codes)
{
    std::vector<Fields> rows;
    for (std::string const& code : codes)
        rows.emplace_back().text("code", code);
    Fields fields;
    fields.list("codes", std::move(rows));
    return around(chrome, word("recovery_codes"), render("account/recovery_codes", fields));
}

Html ask_code_page(Chrome const& chrome, std::string_view next, std::string_view refusal)
{
    Fields fields;
    fields.text("next", next).text("refusal", refusal);
    return around(chrome, word("code.title"), render("account/code", fields));
}

}  // namespace parley
