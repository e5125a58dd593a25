// Is a page or a feed what it should be? Plain checks, with what is wrong in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// HTML as we write it: every element closed by its own end tag in order (void ones not at all), attributes in
// double quotes, no element id twice, every link to a place on the page leads to one, no script or style inside.
std::optional<std::string> find_html_fault(std::string_view page);

// XML by libxml2, with no network and no entities.
std::optional<std::string> find_xml_fault(std::string_view document);

}  // namespace parley
