#include "domain/text_class.h"

#include <unicode/uchar.h>

namespace parley {

bool is_combining_mark(char32_t c)
{
    return c >= 0x300 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

}  // namespace parley
