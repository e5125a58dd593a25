#include "table.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace parley::simulation {

std::string number(double value, int decimals) { return fmt::format("{:.{}f}", value, decimals); }

std::string Table::csv() const
{
    std::string text;
    auto add = [&](std::vector<std::string> const& fields) {
        for (size_t at = 0; at < fields.size(); ++at)
            text += (at ? "," : "") + fields[at];
        text += "\n";
    };
    add(columns);
    for (std::vector<std::string> const& row : rows)
        add(row);
    return text;
}

std::string Picture::svg() const
{
    constexpr double left = 64, right = 500, top = 48, bottom = 340, width = 720, height = 396;
    struct Pen {
        char const *colour, *dash;
    };
    constexpr std::array<Pen, 6> pens { { { "#0b5cad", "" }, { "#b3261e", "9 4" }, { "#1b7f4b", "2 3" }, { "#7a4b9e", "12 3 3 3" }, { "#a15c00", "5 5" }, { "#444", "1 5" } } };
    double x_to = 0;
    for (Curve const& curve : curves)
        for (auto const& [x, y] : curve.points)
            x_to = std::max(x_to, x);
    auto place_x = [&](double x) { return left + (right - left) * x / std::max(x_to, 1e-9); };
    auto place_y = [&](double y) { return bottom - (bottom - top) * (std::clamp(y, y_from, y_to) - y_from) / (y_to - y_from); };

    std::string svg = fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">
<title id="t">{2}</title>
<desc id="d">{3}</desc>
<rect width="{0}" height="{1}" fill="#fff"/>
<text x="{4}" y="26" font-size="16" font-weight="600">{2}</text>
)", width, height, title, description, left);
    for (int step = 0; step <= 5; ++step) {
        double const y = y_from + (y_to - y_from) * step / 5, x = x_to * step / 5;
        svg += fmt::format("<path d=\"M{} {:.1f}H{}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{:.2f}</text>\n", left, place_y(y), right, left - 8, place_y(y) + 4, y);
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{:.0f}</text>\n", place_x(x), bottom + 20, x);
    }
    if (y_mark > y_from)
        svg += fmt::format("<path d=\"M{} {:.1f}H{}\" stroke=\"#000\" stroke-width=\"1\" stroke-dasharray=\"1 3\"/>\n", left, place_y(y_mark), right);
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", (left + right) / 2, bottom + 42, x_name);
    svg += fmt::format("<text transform=\"translate(18 {}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n", (top + bottom) / 2, y_name);
    for (size_t at = 0; at < curves.size(); ++at) {
        Pen const& pen = pens[at % pens.size()];
        std::string path;
        for (auto const& [x, y] : curves[at].points)
            path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", place_x(x), place_y(y));
        double const y = top + 12 + 24 * double(at);
        svg += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" stroke-dasharray=\"{}\"/>\n", path, pen.colour, pen.dash);
        svg += fmt::format("<path d=\"M{} {}h34\" stroke=\"{}\" stroke-width=\"2.5\" stroke-dasharray=\"{}\"/><text x=\"{}\" y=\"{}\">{}</text>\n", right + 16, y, pen.colour, pen.dash, right + 56, y + 4, curves[at].name);
    }
    return svg + "</svg>\n";
}

}  // namespace parley::simulation
