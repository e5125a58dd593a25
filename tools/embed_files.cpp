// embed_files OUTPUT ROOT FILE…: writes a C++ source that holds each file under its path below ROOT
// (see base/embedded_files.h). Scripts and style sheets go in without comments and indentation, which readers would
// download for nothing; every line stays a line, so that errors still name it.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

namespace {

// Whole lines that begin with "//", and what follows "; // " and its like; no string of ours holds those.
std::string without_comments_of_script(std::string const& line)
{
    if (line.starts_with("//"))
        return {};
    for (size_t at = line.find(" // "); at != std::string::npos; at = line.find(" // ", at + 1))
        if (at > 0 && std::string_view(";{},)").find(line[at - 1]) != std::string_view::npos)
            return line.substr(0, at);
    return line;
}

// `is_inside` says whether a comment began on a line before.
std::string without_comments_of_style(std::string line, bool& is_inside)
{
    std::string kept;
    while (!line.empty()) {
        size_t mark = line.find(is_inside ? "*/" : "/*");
        if (!is_inside)
            kept += line.substr(0, mark);
        if (mark == std::string::npos)
            break;
        line.erase(0, mark + 2);
        is_inside = !is_inside;
    }
    return kept;
}

std::string lean(std::string const& path, std::string const& text)
{
    bool is_script = path.ends_with(".js"), is_style = path.ends_with(".css"), is_inside = false;
    if (!is_script && !is_style)
        return text;
    std::string out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
        out += (is_script ? without_comments_of_script(line) : without_comments_of_style(line, is_inside)) + "\n";
    }
    return out;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: embed_files OUTPUT ROOT FILE...\n";
        return 1;
    }
    std::ofstream out(argv[1]);
    out << "#include \"base/embedded_files.h\"\n\nnamespace parley {\nnamespace {\n\n";
    for (int i = 3; i < argc; ++i) {
        std::ifstream in(std::string(argv[2]) + "/" + argv[i], std::ios::binary);
        if (!in) {
            std::cerr << "embed_files: cannot read " << argv[i] << "\n";
            return 1;
        }
        out << "constexpr unsigned char file_" << i << "[] = { ";
        std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        for (char byte : lean(argv[i], text))
            out << static_cast<int>(static_cast<unsigned char>(byte)) << ',';
        out << "0 };\n";
    }
    out << "\nconst EmbeddedFile files[] = {\n";
    for (int i = 3; i < argc; ++i)
        out << "    { \"" << argv[i] << "\", { reinterpret_cast<char const*>(file_" << i << "), sizeof file_" << i << " - 1 } },\n";
    out << "};\n\n}  // namespace\n\nstd::span<EmbeddedFile const> embedded_files() { return files; }\n\n}  // namespace parley\n";
    out.close();
    return out ? 0 : 1;
}
