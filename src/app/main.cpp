// parley: one program, many commands. `parley --help` lists them.
#include "app/command_line.h"

int main(int argument_count, char** arguments)
{
    return parley::app::run(argument_count, arguments);
}
