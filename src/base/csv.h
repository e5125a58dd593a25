// One cell of a CSV table (RFC 4180), as a program and a spreadsheet both may read it.
#pragma once

#include <string>
#include <string_view>

namespace parley {

// Text in quotes where it needs them. A text that a spreadsheet would take for a formula, because it begins with
// = + - @, a tab or a carriage return, gets an apostrophe in front (S-05). Numbers of our own are written without this.
void append_csv_text(std::string& out, std::string_view text);

}  // namespace parley
