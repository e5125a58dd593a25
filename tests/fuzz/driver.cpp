// Runs a fuzz target without libFuzzer: replays its corpus, then mutates it for some seconds. Knows nothing of
// coverage, so it finds less; it is the short run of every test day, libFuzzer the long one.
//
//     fuzz_request [--seconds 2] [--seed N] [FILE…]     with FILEs: only those are replayed
//
// When the target dies, the input is left in fuzz_NAME.crash in the working folder.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

constexpr size_t input_bytes_max = 64 * 1024;
std::string const* current_input = nullptr;
size_t inputs_passed = 0;

void keep_crash()
{
    if (!current_input)
        return;
    std::ofstream("fuzz_" FUZZ_NAME ".crash", std::ios::binary).write(current_input->data(), static_cast<std::streamsize>(current_input->size()));
    std::printf("the input that ended it is in fuzz_" FUZZ_NAME ".crash\n%zu passed, 1 failed\n", inputs_passed);
    std::fflush(stdout);
}

void on_abort(int)
{
    keep_crash();
    std::_Exit(1);
}

void run(std::string const& input)
{
    // A copy of exactly this size, so that reading one byte past the end is seen.
    std::vector<unsigned char> exact(input.begin(), input.end());
    current_input = &input;
    LLVMFuzzerTestOneInput(exact.data(), exact.size());
    current_input = nullptr;
    ++inputs_passed;
}

std::string read_file(std::filesystem::path const& path)
{
    std::ifstream in(path, std::ios::binary);
    return { std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>() };
}

class Mutator {
public:
    Mutator(std::vector<std::string> const& corpus, std::vector<std::string> const& words, unsigned long seed)
        : corpus_(corpus)
        , words_(words)
        , random_(seed)
    {
    }

    std::string next()
    {
        std::string input = corpus_[below(corpus_.size())];
        for (size_t times = 1 + below(6); times > 0; --times)
            mutate(input);
        input.resize(std::min(input.size(), input_bytes_max));
        return input;
    }

private:
    size_t below(size_t limit) { return limit == 0 ? 0 : random_() % limit; }

    void mutate(std::string& input)
    {
        size_t at = below(input.size() + 1);
        size_t length = below(std::min<size_t>(input.size() - at, 64) + 1);
        switch (below(8)) {
        case 0: input.insert(at, 1, static_cast<char>(random_())); break;
        case 1: input.erase(at, length); break;
        case 2:
            if (at < input.size())
                input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
            break;
        case 3: input.insert(below(input.size() + 1), input.substr(at, length)); break;
        case 4: {
            std::string const& other = corpus_[below(corpus_.size())];
            input = input.substr(0, at) + other.substr(below(other.size() + 1));
            break;
        }
        case 5:
            if (!words_.empty())
                input.insert(at, words_[below(words_.size())]);
            break;
        case 6: input.resize(at); break;
        case 7: {
            std::string piece = input.substr(at, length);
            for (size_t times = below(200); times > 0 && input.size() < input_bytes_max; --times)
                input.insert(at, piece);
            break;
        }
        }
    }

    std::vector<std::string> const& corpus_;
    std::vector<std::string> const& words_;
    std::mt19937_64 random_;
};

}  // namespace

int main(int argc, char** argv)
{
    double seconds = 2;
    unsigned long seed = std::random_device {}();
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        std::string_view argument = argv[i];
        if (argument == "--seconds" && i + 1 < argc)
            seconds = std::atof(argv[++i]);
        else if (argument == "--seed" && i + 1 < argc)
            seed = std::strtoul(argv[++i], nullptr, 10);
        else
            files.emplace_back(argument);
    }
    std::signal(SIGABRT, on_abort);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(keep_crash);

    bool only_files = !files.empty();
    std::filesystem::path folder = std::filesystem::path(FUZZ_FOLDER) / "corpus" / FUZZ_NAME;
    if (!only_files && std::filesystem::exists(folder)) {
        for (auto const& entry : std::filesystem::directory_iterator(folder))
            files.push_back(entry.path());
    }
    std::vector<std::string> corpus;
    for (auto const& file : files) {
        corpus.push_back(read_file(file));
        run(corpus.back());
    }
    run("");
    if (!only_files) {
        std::vector<std::string> words;
        std::ifstream dictionary(std::filesystem::path(FUZZ_FOLDER) / FUZZ_NAME ".dict");
        for (std::string line; std::getline(dictionary, line);)
            words.push_back(line);
        if (corpus.empty())
            corpus.emplace_back();
        std::printf("fuzz_" FUZZ_NAME ": seed %lu\n", seed);
        std::fflush(stdout);
        Mutator mutator(corpus, words, seed);
        auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        while (std::chrono::steady_clock::now() < end) {
            for (int i = 0; i < 20; ++i)
                run(mutator.next());
        }
    }
    std::printf("%zu passed, 0 failed\n", inputs_passed);
    return 0;
}
