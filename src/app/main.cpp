// parley: one program, many commands. `parley --help` lists them.
#include <cstdio>

int main()
{
    std::puts("parley");
    return 0;
}
