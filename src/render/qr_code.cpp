#include "render/qr_code.h"

#include "base/check.h"
#include "render/template.h"

#include <fmt/format.h>
#include <memory>
#include <qrencode.h>

namespace parley {
namespace {

constexpr int quiet_zone = 4;  // dots, as the standard asks for

// The dark dots of all rows, a run at a time.
std::string dark_runs(QRcode const& code)
{
    std::string path;
    for (int y = 0; y < code.width; ++y)
        for (int x = 0; x < code.width;) {
            int begin = x;
            while (x < code.width && code.data[y * code.width + x] & 1)
                ++x;
            if (x > begin)
                path += fmt::format("M{} {}h{}v1h-{}z", begin + quiet_zone, y + quiet_zone, x - begin, x - begin);
            else
                ++x;
        }
    return path;
}

}  // namespace

Html qr_code(std::string_view text, std::string_view label)
{
    if (text.empty() || text.size() > qr_text_bytes_max)
        return {};
    std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<unsigned char const*>(text.data()), 0, QR_ECLEVEL_M), QRcode_free);
    CHECK(code);  // a thousand bytes fit
    Fields fields;
    fields.text("size", std::to_string(code->width + 2 * quiet_zone)).text("label", label).text("dots", dark_runs(*code));
    return render("account/qr_code", fields);
}

}  // namespace parley
