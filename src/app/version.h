// The version of this program, as `parley --version` and `doctor` say it. It stands in no answer to a reader (S-11).
#pragma once

namespace parley::app {

inline constexpr char version[] = "0.1.0";

}  // namespace parley::app
