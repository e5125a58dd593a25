#include "render/errors.h"

#include "render/page.h"
#include "render/template.h"
#include "render/words.h"

namespace parley {

Html error_page(Chrome const& chrome, int status, std::string_view message, std::string_view request_id)
{
    std::string key = status < 500 ? "error.4xx" : "error.5xx";
    for (int known : { 404, 405, 410, 429, 503 })
        if (status == known)
            key = "error." + std::to_string(known);
    std::string number = std::to_string(status);
    Fields fields;
    fields.text("status", phrase("error_status", { { "status", number } }))
        .text("headline", word(key))
        .text("message", message)
        .text("advice", word(key + ".advice"))
        .text("request_id", request_id);

    Frame frame;
    frame.title = word(key);
    frame.is_indexed = false;
    return page_around(chrome, frame, render("errors/error", fields));
}

Html refusal_note(std::string_view message)
{
    Fields fields;
    fields.text("message", message);
    return render("errors/note", fields);
}

}  // namespace parley
