#include "archives/page_links.h"

#include "archives/page_lines.h"
#include "archives/page_mentions.h"
#include "archives/page_quotes.h"
#include "archives/page_words.h"
#include "base/utf8.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace parley::archives {
namespace {

constexpr double phrase_weight_min = 1.6;
constexpr double just_before_bonus = 1.0;   // a page is mostly in the order of time: the last word is answered most
constexpr double lately_bonus = 0.2;        // … the two before it sometimes
constexpr size_t sharing_comments_max = 4;  // a term in more comments than this is a subject of the whole thread
constexpr double story_advantage = 0.05;    // how much better the story must match than a comment

std::string join(std::vector<std::string> const& paragraphs)
{
    std::string out;
    for (std::string const& paragraph : paragraphs)
        out += (out.empty() ? "" : "\n") + paragraph;
    return out;
}

// The words of a passage as they stand, within one paragraph: the longer part where it crosses a line's end.
std::string words_within_paragraph(std::string const& text, size_t begin, size_t end)
{
    std::string_view passage = std::string_view(text).substr(begin, end - begin), longest;
    while (!passage.empty()) {
        size_t line = passage.find('\n');
        if (passage.substr(0, line).size() > longest.size())
            longest = passage.substr(0, line);
        passage.remove_prefix(line == std::string_view::npos ? passage.size() : line + 1);
    }
    return std::string(longest);
}

char32_t last_sign(std::string_view text)
{
    while (!text.empty()) {
        size_t begin = text.size() - 1;
        while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)
            --begin;
        size_t next = begin;
        char32_t c = decode_utf8_at(text, next);
        if (c != U' ' && !is_closing_quote(c) && c != U')')
            return c;
        text = text.substr(0, begin);
    }
    return 0;
}

bool ends_with_question(std::string_view text)
{
    char32_t last = last_sign(text);
    if (last == U'?' || last == U'？' || last == U'؟')
        return true;
    if (last != U';' && last != 0x37E)  // the Greek question mark
        return false;
    for (size_t offset = 0; offset < text.size();) {
        char32_t c = decode_utf8_at(text, offset);
        if (c >= 0x370 && c < 0x400)
            return true;
    }
    return false;
}

// Words by which people answer what was said just before, and hardly begin a remark on a story with.
bool is_answering_word(std::u32string const& folded)
{
    static std::unordered_set<std::u32string> const words = [] {
        std::unordered_set<std::u32string> all;
        for (std::string_view word : { "exactly", "agreed", "agree", "i agree", "true", "very true", "so true", "not true", "yes", "no", "yep", "nope", "indeed", "quite", "correct", "right",
                 "wrong", "thanks", "thank you", "sorry", "why", "why not", "who", "which", "which one", "where", "when", "how", "by whom", "whose", "since when", "same here", "me too", "nor i", "so do i", "well said", "hear hear", "nonsense", "rubbish", "of course", "you are right",
                 "genau", "stimmt", "richtig", "ja", "nein", "doch", "warum", "danke", "eben", "wieso", "exactement", "oui", "non", "voila", "d accord", "merci", "pourquoi", "c est vrai", "exacto", "pues si", "si", "de acuerdo", "gracias", "por que", "verdad", "esatto", "grazie", "perche", "exato", "sim", "obrigado",
                 "согласен", "согласна", "верно", "правда", "точно", "да", "нет", "именно", "спасибо", "почему", "кто", "где", "так", "ні", "дякую", "чому", "згоден", "згодна", "точнісінько",
                 "ναι", "οχι", "ακριβως", "συμφωνω", "σωστα", "γιατι", "ευχαριστω", "σωστο", "evet", "hayir", "aynen", "dogru", "niye", "tak", "dokladnie", "zgadzam sie", "dlaczego", "precies", "klopt", "waarom",
                 "同意", "同感", "なるほど", "その通り", "そうですね", "はい", "いいえ", "確かに", "なぜ", "賛成", "对", "对的", "没错", "不对", "是的", "谢谢", "为什么", "赞同", "支持", "맞습니다", "맞아요", "동감", "동감입니다", "동의합니다", "네", "아니요", "왜요", "그렇습니다",
                 "صحيح", "نعم", "لا", "بالضبط", "شكرا", "لماذا", "اتفق", "كلامك صحيح", "נכון", "כן", "לא", "בדיוק", "מסכים", "מסכימה", "תודה", "למה", "เห็นด้วย", "ใช่", "ไม่ใช่", "ขอบคุณ", "ทำไม", "จริง", "ถูกต้อง" })
            all.insert(fold(word));
        return all;
    }();
    return words.contains(folded);
}

class Linker {
public:
    explicit Linker(Page& page) : page_(page), story_text_(join(page.story)) {}

    void link()
    {
        story_.add(story_text_);
        take_quotes_apart();
        std::vector<std::string_view> texts(own_.begin(), own_.end());
        capitals_ = use_of_capitals(texts);
        for (Term const& term : rare_terms(story_text_, capitals_))
            story_terms_.insert(term.key);
        gather_terms();
        last_by_.clear();
        std::vector<std::string> handles;
        for (PageComment const& comment : page_.comments)
            if (last_by_.emplace(comment.handle, 0).second)
                handles.push_back(comment.handle);
        last_by_.clear();
        Mentions mentions(handles, story_text_, texts);
        for (size_t i = 0; i < page_.comments.size(); ++i) {
            if (!quotes_parent_[i] && !quotes_story_[i]) {
                if (!by_mention(i, mentions) && !by_phrase(i))
                    by_adjacency(i);
            } else if (quotes_story_[i] && !quotes_parent_[i]) {
                by_mention(i, mentions);
            }
            last_by_[page_.comments[i].handle] = i;
        }
    }

private:
    PageComment& comment(size_t i) { return page_.comments[i]; }

    void set_parent(size_t i, size_t parent, char const* method, double score, std::string matched)
    {
        comment(i).parent = PageParent { parent, method, score, std::move(matched) };
    }

    // Quotes first, in the order of the page: what is quoted belongs to the one who said it, not to who repeats it.
    void take_quotes_apart()
    {
        size_t count = page_.comments.size();
        own_.resize(count);
        quotes_parent_.assign(count, false);
        quotes_story_.assign(count, false);
        for (size_t i = 0; i < count; ++i) {
            std::vector<std::string> own;
            std::vector<std::string> const& paragraphs = comment(i).paragraphs;
            for (size_t p = 0; p < paragraphs.size(); ++p) {
                QuotedParagraph parts = take_apart(paragraphs[p]);
                if (parts.quotes.empty()) {
                    own.push_back(paragraphs[p]);
                    continue;
                }
                bool is_whole = fold(parts.own).empty();
                size_t found = 0, found_before = comment(i).quotes.size();
                // Without a mark, words in front of a text may be anybody's: only a whole paragraph counts.
                if (parts.is_marked || is_whole)
                    for (WrittenQuote const& quote : parts.quotes)
                        found += find_quote(i, quote, parts.is_marked);
                if (found == 0 && !parts.is_marked) {
                    own.push_back(paragraphs[p]);
                    continue;
                }
                if (is_whole) {
                    comment(i).quote_paragraphs.push_back(p);
                    if (found == parts.quotes.size())
                        name_paragraph(std::span(comment(i).quotes).subspan(found_before), p);
                } else {
                    own.push_back(parts.own);
                }
                if (found == 0)
                    page_.warnings.push_back(fmt::format("The words that {} quotes at line {} stand nowhere before: {}",
                        comment(i).handle, comment(i).paragraph_lines[p] + 1, parts.quotes[0].text));
            }
            own_[i] = join(own);
            if (!quotes_parent_[i] && !quotes_story_[i])
                for (WrittenQuote const& quote : quotes_inside(own_[i]))
                    find_quote(i, quote, false);
            texts_.add(own_[i]);
            whole_texts_.add(join(paragraphs));
        }
    }

    // Only where the words that were found say all that the paragraph does: of a quote with gaps just one piece is.
    static void name_paragraph(std::span<PageQuote> quotes, size_t paragraph)
    {
        auto says_all = [](PageQuote const& quote) { return fold(quote.exact).size() * 4 >= fold(quote.written).size() * 3; };
        if (std::ranges::all_of(quotes, says_all))
            for (PageQuote& quote : quotes)
                quote.paragraph = paragraph;
    }

    // Looks for the words among the own words of earlier comments and in the story; then, for marked quotes, in
    // what earlier comments quoted, and at last for a comment that has most of the words.
    bool find_quote(size_t i, WrittenQuote const& quote, bool is_marked)
    {
        std::optional<QuotedTexts::Found> best = best_of(i, texts_.find(quote));
        std::vector<QuotedTexts::Found> in_story = story_.find(quote);
        std::optional<QuotedTexts::Found> of_story;
        if (!in_story.empty())
            of_story = in_story[0];
        if (of_story && (!best || of_story->similarity >= best->similarity + story_advantage)) {
            comment(i).quotes.push_back({ quote.text, words_within_paragraph(story_text_, of_story->begin, of_story->end), {}, of_story->similarity });
            if (!quotes_parent_[i])
                quotes_story_[i] = true;
            return true;
        }
        QuotedTexts const* texts = &texts_;
        if (!best && is_marked) {
            best = best_of(i, whole_texts_.find(quote));
            texts = &whole_texts_;
        }
        if (best) {
            std::string exact = words_within_paragraph(texts->text(best->text), best->begin, best->end);
            accept_quote(i, quote, best->text, best->similarity, std::move(exact));
            return true;
        }
        if (is_marked)
            if (std::optional<size_t> paraphrased = find_paraphrase(quote)) {
                accept_quote(i, quote, *paraphrased, 0.6, {});
                return true;
            }
        return false;
    }

    // The first quote of a comment names its parent, unless it stands in the story.
    void accept_quote(size_t i, WrittenQuote const& quote, size_t parent, double score, std::string exact)
    {
        comment(i).quotes.push_back({ quote.text, std::move(exact), parent, score });
        if (quotes_parent_[i] || quotes_story_[i])
            return;
        quotes_parent_[i] = true;
        set_parent(i, parent, "quote", score, quote.text);
    }

    // Best similarity; of equals another writer before oneself, then the later comment.
    std::optional<QuotedTexts::Found> best_of(size_t i, std::vector<QuotedTexts::Found> const& found)
    {
        std::optional<QuotedTexts::Found> best;
        auto rank = [&](QuotedTexts::Found const& place) {
            return place.similarity - (comment(place.text).handle == comment(i).handle ? 0.02 : 0) + 1e-9 * static_cast<double>(place.text);
        };
        for (QuotedTexts::Found const& place : found)
            if (!best || rank(place) > rank(*best))
                best = place;
        return best;
    }

    // The one earlier comment that has two of the quote's words which no other has, and half of all its rarer words.
    std::optional<size_t> find_paraphrase(WrittenQuote const& quote)
    {
        std::unordered_map<size_t, size_t> hits;
        std::vector<Term> terms = rare_terms(quote.text, capitals_);
        size_t words = 0;
        for (Term const& term : terms) {
            if (term.key.find(U' ') != std::u32string::npos)
                continue;
            ++words;
            std::optional<size_t> only;
            size_t holders = 0;
            for (size_t text = 0; text < texts_.size() && texts_.size() <= 4000; ++text) {
                if (texts_.folded(text).code_points().find(term.key) == std::u32string::npos)
                    continue;
                only = text;
                ++holders;
            }
            if (holders == 1)
                ++hits[*only];
        }
        std::optional<size_t> best;
        for (auto [text, count] : hits)
            if (count >= 2 && count * 2 >= words && (!best || count > hits[*best]))
                best = text;
        return best;
    }

    void gather_terms()
    {
        terms_.resize(own_.size());
        for (size_t i = 0; i < own_.size(); ++i) {
            for (Term& term : rare_terms(own_[i], capitals_)) {
                if (story_terms_.contains(term.key))
                    continue;
                holders_[term.key].push_back(i);
                terms_[i].push_back(std::move(term));
            }
            add_handle_terms(i);
        }
    }

    // "son of Kalafatis" speaks as such the first time: the rare words of a handle count with those of the text.
    void add_handle_terms(size_t i)
    {
        if (!last_by_.emplace(comment(i).handle, i).second)
            return;
        std::string spoken = ". " + comment(i).handle;
        std::replace(spoken.begin(), spoken.end(), '_', ' ');
        for (Term& term : rare_terms(spoken, capitals_)) {
            auto holders = holders_.find(term.key);
            if (story_terms_.contains(term.key) || holders == holders_.end() || holders->second.back() == i)
                continue;
            holders->second.push_back(i);
            term.begin = term.end = 0;
            terms_[i].push_back(std::move(term));
        }
    }

    bool by_mention(size_t i, Mentions const& mentions)
    {
        std::optional<Mention> mention = mentions.find(own_[i], comment(i).handle);
        if (!mention)
            return false;
        auto last = last_by_.find(mention->handle);
        if (last == last_by_.end())
            return false;
        set_parent(i, last->second, "mention", mention->score, mention->handle);
        return true;
    }

    // What comment i shares with an earlier one, by weight. Pieces of one run of characters count once.
    bool by_phrase(size_t i)
    {
        struct Shared {
            double weight = 0;
            std::vector<Term const*> terms;
        };
        std::unordered_map<size_t, Shared> shared;
        for (Term const& term : terms_[i]) {
            std::vector<size_t> const& holders = holders_[term.key];
            if (holders.size() < 2 || holders.size() > sharing_comments_max)
                continue;
            for (size_t j : holders)
                if (j < i && comment(j).handle != comment(i).handle)
                    shared[j].terms.push_back(&term);
        }
        std::optional<size_t> best;
        double best_weight = 0;
        for (auto& [j, entry] : shared) {
            std::sort(entry.terms.begin(), entry.terms.end(), [](Term const* a, Term const* b) {
                return a->weight != b->weight ? a->weight > b->weight : a->begin < b->begin;
            });
            std::vector<Term const*> counted;
            for (Term const* term : entry.terms) {
                size_t holders = holders_[term->key].size();
                double spread = holders == 2 ? 1 : holders == 3 ? 0.8 : 0.5;
                size_t next = term->begin;
                bool unspaced = term->end > term->begin && is_unspaced(decode_utf8_at(own_[i], next));
                bool overlaps = unspaced && std::any_of(counted.begin(), counted.end(), [&](Term const* other) {
                    return term->begin < other->end && other->begin < term->end;
                });
                if (overlaps)
                    continue;
                counted.push_back(term);
                entry.weight += term->weight * spread;
            }
            entry.terms = std::move(counted);
            double weight = entry.weight + (j + 1 == i ? just_before_bonus : j + 3 >= i ? lately_bonus : 0);
            if (weight > best_weight + 1e-9 || (weight > best_weight - 1e-9 && best && j < *best)) {
                best = j;
                best_weight = weight;
            }
        }
        if (!best || best_weight < phrase_weight_min)
            return false;
        std::string matched;
        for (Term const* term : shared[*best].terms)
            if (matched.size() < 200)
                matched += (matched.empty() ? "" : " / ") + (term->end > term->begin ? own_[i].substr(term->begin, term->end - term->begin) : comment(i).handle);
        set_parent(i, *best, "phrase", std::min(0.95, 0.6 + (best_weight - phrase_weight_min) * 0.15), std::move(matched));
        return true;
    }

    // A short comment right behind another's: an answer to its question, a question of its own, a word of
    // agreement, or the next turn of two who are already talking.
    void by_adjacency(size_t i)
    {
        if (i == 0 || comment(i - 1).handle == comment(i).handle)
            return;
        std::string const& text = own_[i];
        size_t words = count_words(text);
        bool was_asked = ends_with_question(own_[i - 1]), asks = ends_with_question(text);
        if (was_asked && !asks && words <= 12)
            set_parent(i, i - 1, "adjacent", 0.65, own_[i - 1]);
        else if (std::optional<size_t> turn = open_turn(i, words))
            set_parent(i, *turn, "adjacent", *turn + 1 == i ? 0.7 : 0.6, comment(*turn).handle + " answered " + comment(i).handle);
        else if (asks && words <= 3)
            set_parent(i, i - 1, "adjacent", 0.6, text);
        else if (words <= 4 && is_answering_word(fold(text)))
            set_parent(i, i - 1, "adjacent", 0.5, text);
        else if (was_asked && !asks && shares_two_words(i - 1, i))
            set_parent(i, i - 1, "adjacent", 0.6, own_[i - 1]);
    }

    // Somebody answered this writer just now, and the writer has not spoken since: the next turn of their talk. Right
    // behind it at most 25 words; up to three comments later at most 12.
    std::optional<size_t> open_turn(size_t i, size_t words)
    {
        for (size_t back = 1; back <= 3 && back <= i; ++back) {
            PageComment const& before = comment(i - back);
            if (before.handle == comment(i).handle)
                return {};
            if (before.parent && before.parent->score >= 0.6 && comment(before.parent->comment).handle == comment(i).handle)
                return words <= (back == 1 ? 25u : 12u) ? std::optional(i - back) : std::nullopt;
        }
        return {};
    }

    // Of the words that are not common, the story's included: a question says what its answer will be about.
    bool shares_two_words(size_t question, size_t answer)
    {
        std::unordered_set<std::u32string> asked;
        for (Term const& term : rare_terms(own_[question], capitals_))
            asked.insert(term.key);
        size_t shared = 0;
        for (Term const& term : rare_terms(own_[answer], capitals_))
            shared += term.key.find(U' ') == std::u32string::npos && asked.contains(term.key);
        return shared >= 2;
    }

    Page& page_;
    std::string story_text_;
    QuotedTexts story_, texts_, whole_texts_;
    std::vector<std::string> own_;  // of each comment: its text without quoted words
    std::vector<bool> quotes_parent_, quotes_story_;
    Capitals capitals_ = Capitals::TellNames;
    std::unordered_set<std::u32string> story_terms_;
    std::vector<std::vector<Term>> terms_;
    std::unordered_map<std::u32string, std::vector<size_t>> holders_;  // comments that have a term
    std::unordered_map<std::string, size_t> last_by_;                  // handle -> its last comment so far
};

}  // namespace

void link_comments(Page& page) { Linker(page).link(); }

}  // namespace parley::archives
