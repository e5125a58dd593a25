// embed_files OUTPUT ROOT FILE…: writes a C++ source that holds each file under its path below ROOT
// (see base/embedded_files.h).
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

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
        for (std::istreambuf_iterator<char> byte(in), end; byte != end; ++byte)
            out << static_cast<int>(static_cast<unsigned char>(*byte)) << ',';
        out << "0 };\n";
    }
    out << "\nconst EmbeddedFile files[] = {\n";
    for (int i = 3; i < argc; ++i)
        out << "    { \"" << argv[i] << "\", { reinterpret_cast<char const*>(file_" << i << "), sizeof file_" << i << " - 1 } },\n";
    out << "};\n\n}  // namespace\n\nstd::span<EmbeddedFile const> embedded_files() { return files; }\n\n}  // namespace parley\n";
    out.close();
    return out ? 0 : 1;
}
