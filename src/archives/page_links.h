// Whom a comment answers. In order of strength: words it quotes, a handle it names, a rare name, number or phrase
// that both have and the story has not, and the short answer to the question just before. Below the thresholds
// there is no link.
#pragma once

#include "archives/page.h"

namespace parley::archives {

// Fills quotes, quote_paragraphs and parent of every comment; warnings name quotes that stand nowhere.
void link_comments(Page&);

}  // namespace parley::archives
