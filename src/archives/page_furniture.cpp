// Words of buttons, counts, badges and times, as comment systems of many languages write them. A line is furniture
// when each of its pieces is: pieces are divided by · • | and the like.

#include "archives/page_lines.h"

#include "base/folded_text.h"
#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unordered_map>

namespace parley::archives {
namespace {

// Folded (base/folded_text), as whole pieces; a number before or behind is allowed ("112 likes", "like 3").
constexpr std::string_view button_words[] = { "like", "likes", "liked", "dislike", "dislikes", "unlike", "reply", "replies", "share",
    "shares", "report", "report abuse", "report comment", "report this comment", "flag", "flag as inappropriate", "permalink",
    "link", "copy link", "edit", "edited", "delete", "more", "more options", "show more", "show less", "see more", "read more",
    "view more", "load more", "load more comments", "show more comments", "view more comments", "more comments", "show replies",
    "hide replies", "view replies", "view reply", "show reply", "hide reply", "view all replies", "view more replies",
    "show more replies", "load more replies", "more replies", "hide", "collapse", "expand", "upvote", "downvote", "upvotes",
    "downvotes", "vote up", "vote down", "up", "down", "recommend", "recommended", "recommends", "respect", "agree disagree", "follow",
    "unfollow", "mute", "block", "quote", "cite", "save", "print", "share this", "share this article", "share this comment",
    "reply to this comment", "reply share", "like reply", "like reply share", "like dislike", "thumbs up", "thumbs down", "helpful",
    "translate", "see translation", "react", "reactions", "reaction", "was this helpful", "upvote downvote", "in reply to",
    // German, French, Spanish, Italian, Portuguese, Dutch
    "gefallt mir", "gefallt mir nicht", "gefallt", "antworten", "antwort", "antworten anzeigen", "teilen", "melden", "empfehlen",
    "mehr anzeigen", "mehr", "weitere kommentare", "kommentar melden", "beitrag melden", "zitieren", "bearbeitet", "j aime",
    "jaime", "repondre", "partager", "signaler", "voir plus", "afficher plus", "voir les reponses", "recommander", "modifie",
    "me gusta", "no me gusta", "responder", "compartir", "denunciar", "reportar", "ver mas", "ver respuestas", "editado",
    "mi piace", "rispondi", "condividi", "segnala", "mostra altro", "altro", "curtir", "gostei", "compartilhar", "partilhar",
    "ver mais", "vind ik leuk", "reageer", "reageren", "beantwoorden", "delen", "rapporteren", "meer",
    // Nordic, Polish, Czech, Turkish, Greek
    "gilla", "svara", "dela", "anmal", "visa fler", "lik", "svar", "del", "rapporter", "synes godt om", "besvar", "vis mere",
    "tykkaa", "vastaa", "jaa", "ilmianna", "lubie to", "lubie", "odpowiedz", "udostepnij", "zglos", "pokaz wiecej", "wiecej", "libi se mi",
    "odpovedet", "sdilet", "nahlasit", "begen", "yanıtla", "yanitla", "cevapla", "paylas", "paylaş", "sikayet et", "şikayet et", "bildir", "beğen",
    "μου αρεσει", "απαντηση", "κοινοποιηση", "αναφορα", "περισσοτερα",
    // Russian, Ukrainian
    "нравится", "мне нравится", "не нравится", "ответить", "ответ", "ответы", "поделиться", "пожаловаться", "жалоба", "цитировать",
    "показать еще", "показать ответы", "еще", "изменено", "отредактировано", "подобається", "вподобати", "відповісти", "відповідь", "поширити",
    "поскаржитися", "показати ще", "ще",
    // Japanese, Korean, Chinese
    "いいね", "いいね!", "返信", "返信する", "返信を表示", "シェア", "共有", "報告", "通報", "通報する", "違反報告", "もっと見る", "さらに表示", "編集済み", "参考になった",
    "공감", "비공감", "공감해요", "좋아요", "싫어요", "답글", "답글쓰기", "답글 쓰기", "답글 달기", "답글 보기", "댓글쓰기", "공유", "신고", "신고하기", "더보기", "더 보기", "수정됨", "추천", "반대",
    "赞", "点赞", "讚", "按讚", "踩", "顶", "回复", "回覆", "分享", "举报", "檢舉", "展开", "收起", "查看更多", "查看回复", "更多", "更多评论", "已编辑", "转发", "收藏",
    // Arabic, Hebrew, Persian, Thai, Hindi, Vietnamese, Indonesian
    "اعجاب", "اعجبني", "اعجبنى", "لم يعجبني", "رد", "ردود", "الرد", "مشاركه", "مشاركة", "شارك", "تبليغ", "ابلاغ", "إبلاغ", "الابلاغ", "الإبلاغ", "المزيد", "عرض المزيد", "إعجاب", "أعجبني",
    "אהבתי", "לא אהבתי", "הגב", "הגיבו", "השב", "תגובה", "שתף", "שיתוף", "דווח", "דיווח", "עוד", "הצג עוד", "לייק", "پسندیدن", "پاسخ", "گزارش", "بیشتر",
    "ถูกใจ", "ไม่ถูกใจ", "ตอบกลับ", "ตอบ", "แชร์", "รายงาน", "ดูเพิ่มเติม", "แสดงเพิ่มเติม", "पसंद", "जवाब दें", "शेयर", "thich", "tra loi", "chia se", "suka", "balas",
    "bagikan", "laporkan" };

constexpr std::string_view badge_words[] = { "top commenter", "top comment", "top fan", "top contributor", "verified", "verified user",
    "verified account", "subscriber", "member", "premium", "premium member", "supporter", "staff", "moderator", "admin", "author",
    "editor", "editors pick", "editor s pick", "featured", "featured comment", "pinned", "pinned comment", "guest", "new member", "registered",
    "registered user", "anonymous user", "recommended by the editors", "staff pick", "newsroom pick", "now", "avatar", "profile picture",
    "user avatar", "photo", "image", "abonnent", "abonne", "suscriptor", "подписчик", "модератор", "автор", "編集部のおすすめ", "구독자", "작성자", "作者", "置顶", "مشترك" };

// Words that announce comments or stand around them: the story is over.
constexpr std::string_view marker_words[] = { "comments", "comment", "all comments", "reader comments", "readers comments", "your comments",
    "discussion", "join the discussion", "join the conversation", "conversation", "leave a comment", "leave a reply", "add a comment",
    "post a comment", "write a comment", "comment on this story", "have your say", "log in to comment", "login to comment", "sign in to comment", "log in to reply",
    "log in or register to comment", "comments are closed", "comments closed", "commenting is closed", "comments are now closed", "sort by", "sort", "sort by newest",
    "sort by oldest", "sort by best", "sort by most liked", "sort by newest first", "sort by oldest first", "order by", "newest", "oldest", "newest first", "oldest first", "best", "best first", "top", "top comments", "most liked", "most recent", "latest", "popular",
    "most popular", "most replied", "kommentare", "kommentar schreiben", "alle kommentare", "sortieren nach", "neueste", "alteste", "neueste zuerst", "alteste zuerst", "leserkommentare", "diskussion",
    "commentaires", "tous les commentaires", "ajouter un commentaire", "trier par", "les plus recents", "reagir", "reactions des lecteurs", "comentarios", "todos los comentarios",
    "ordenar por", "mas recientes", "mas antiguos", "mas valorados", "deja un comentario", "commenti", "ordina per", "reacties", "kommentarer", "sorter efter", "sortera", "komentarze", "sortuj", "yorumlar",
    "sirala", "σχολια", "комментарии", "комментариев", "комментария", "комментарий", "обсуждение", "сначала новые", "сначала старые", "по дате", "сортировка", "сортировать", "оставить комментарий", "коментарі", "коментарів", "коментар",
    "コメント", "コメント一覧", "コメントする", "件のコメント", "コメント 件", "新着順", "新しい順", "古い順", "人気順", "おすすめ順", "댓글", "전체 댓글", "최신순", "공감순", "추천순", "등록순", "과거순", "순공감순",
    "评论", "全部评论", "最新评论", "热门评论", "条评论", "發表評論", "留言", "最新", "最热", "按时间", "التعليقات", "تعليقات", "تعليق", "الاحدث", "الأحدث", "الاقدم", "الأقدم", "اضف تعليقا", "أضف تعليقا", "ترتيب حسب", "תגובות", "הוסף תגובה", "מיין לפי", "החדשות ביותר",
    "ความคิดเห็น", "แสดงความคิดเห็น", "เรียงตาม", "ล่าสุด", "टिप्पणियाँ", "binh luan", "komentar" };

// Page furniture that says nothing about where comments begin.
constexpr std::string_view advert_words[] = { "advertisement", "advertising", "ad", "ads", "sponsored", "sponsored content", "promoted",
    "story continues below", "article continues below", "continue reading", "continue reading below", "scroll to continue", "subscribe", "subscribe now", "sign up", "newsletter",
    "related", "related articles", "related stories", "see also", "listen to this article", "play", "close", "menu", "home", "search", "log in", "login", "sign in", "register",
    "anzeige", "werbung", "publicite", "publicidad", "pubblicita", "reclame", "advertentie", "annons", "annonse", "reklama", "reklam", "διαφημιση", "реклама", "広告", "광고", "广告", "廣告", "اعلان", "إعلان", "פרסומת",
    "โฆษณา" };

constexpr std::string_view time_words[] = { "ago", "just now", "now", "a", "an", "about", "over", "last", "yesterday", "today", "posted", "on", "at", "edited", "updated", "published",
    "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day", "days", "week", "weeks", "wk", "wks", "month", "months", "mo", "mos",
    "year", "years", "yr", "yrs", "s", "m", "h", "d", "w", "y", "am", "pm", "utc", "gmt", "est", "cet", "the", "th", "st", "nd", "rd",
    "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june", "jul", "july", "aug", "august", "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december",
    "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thurs", "thursday", "fri", "friday", "sat", "saturday", "sun", "sunday",
    "vor", "tag", "tagen", "stunde", "stunden", "minuten", "sekunden", "woche", "wochen", "monat", "monaten", "jahr", "jahren", "uhr", "um", "am", "gestern", "heute", "einem", "einer", "januar", "februar", "marz", "mai", "juni", "juli", "oktober", "dezember",
    "il", "y", "ya", "a", "ans", "an", "mois", "jour", "jours", "heure", "heures", "semaine", "semaines", "hier", "le", "janvier", "fevrier", "mars", "avril", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
    "hace", "ano", "anos", "mes", "meses", "dia", "dias", "hora", "horas", "minuto", "minutos", "semana", "semanas", "ayer", "hoy", "de", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    "fa", "anni", "anno", "mesi", "mese", "giorni", "giorno", "ore", "ora", "minuti", "settimane", "ieri", "oggi", "ha", "há", "atras", "geleden", "jaar", "maanden", "maand", "dagen", "dag", "uur", "weken", "sedan", "for", "siden", "ar", "manader", "manad", "dagar", "timmar", "timer", "dage", "maneder",
    "назад", "лет", "год", "года", "месяц", "месяца", "месяцев", "день", "дня", "дней", "час", "часа", "часов", "минут", "минуты", "минуту", "неделю", "недели", "недель", "вчера", "сегодня", "в", "г",
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря", "тому", "років", "роки", "рік", "місяців", "місяці", "днів", "дні", "годин", "години", "годину", "хвилин", "вчора", "сьогодні", "о",
    "temu", "lat", "lata", "rok", "dni", "dzien", "godzin", "godziny", "godzine", "minut", "tygodni", "miesiecy", "wczoraj", "dzis", "once", "önce", "yıl", "yil", "ay", "gun", "gün", "saat", "dakika", "hafta", "πριν", "απο", "χρονια", "χρονο", "μηνες", "μηνα", "ημερες", "μερες", "ωρες", "ωρα", "λεπτα", "χθες", "σημερα", "στις",
    "قبل", "منذ", "سنه", "سنة", "سنوات", "سنتين", "شهر", "اشهر", "أشهر", "شهور", "يوم", "ايام", "أيام", "ساعه", "ساعة", "ساعات", "دقيقه", "دقيقة", "دقائق", "اسبوع", "أسبوع", "اسابيع", "أسابيع", "امس", "أمس", "اليوم", "لפני", "לפני", "שנה", "שנים", "שנתיים", "חודש", "חודשים", "יום", "ימים", "שעה", "שעות", "דקות", "אתמול", "היום", "שבוע", "שבועות",
    "ปีที่แล้ว", "เดือนที่แล้ว", "วันที่แล้ว", "ชั่วโมงที่แล้ว", "นาทีที่แล้ว", "สัปดาห์ที่แล้ว", "ปีก่อน", "เดือนก่อน", "วันก่อน", "เมื่อวาน", "วันนี้", "น", "오전", "오후", "어제", "오늘", "전", "방금" };

// Signs that follow a number in East Asian times: 3年前, 2014年11月3日 21時5分, 3년 전, 5시간.
constexpr std::u32string_view time_signs = U"年月日時时分秒前周週間间個个小天上下午昨今刚剛半년월일시분초전주간개달";
constexpr std::u32string_view count_signs = U"条件則则个個건개楼樓表示赞讚";

using WordTable = std::unordered_map<std::string, Furniture>;

std::string folded_utf8(std::string_view text)
{
    std::string out;
    for (char32_t c : fold(text))
        append_utf8(out, c);
    return out;
}

WordTable const& word_table()
{
    static WordTable const table = [] {
        WordTable all;
        auto add = [&](auto const& words, Furniture kind) {
            for (std::string_view word : words)
                all.emplace(folded_utf8(word), kind);
        };
        add(marker_words, Furniture::Marker);
        add(button_words, Furniture::Button);
        add(badge_words, Furniture::Badge);
        add(advert_words, Furniture::Badge);
        return all;
    }();
    return table;
}

std::unordered_map<std::string, bool> const& time_table()
{
    static std::unordered_map<std::string, bool> const table = [] {
        std::unordered_map<std::string, bool> all;
        for (std::string_view word : time_words)
            all.emplace(folded_utf8(word), true);
        return all;
    }();
    return table;
}

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// "3 years ago", "12 may 2019 21 14", "vor 2 tagen", "3年前", "2014 11 03": a number or "yesterday", and time words only.
bool is_time(std::string const& folded)
{
    if (folded == "just now" || folded == "now" || folded == "yesterday" || folded == "today" || folded == "방금" || folded == "刚刚" || folded == "たった今")
        return true;
    size_t numbers = 0, words = 0, unknown = 0;
    for (size_t begin = 0; begin < folded.size();) {
        size_t end = std::min(folded.find(' ', begin), folded.size());
        std::string token = folded.substr(begin, end - begin);
        begin = end + 1;
        size_t digits = 0;
        while (digits < token.size() && is_ascii_digit(token[digits]))
            ++digits;
        if (digits > 0)
            ++numbers;
        if (digits == token.size())
            continue;
        std::string rest = token.substr(digits);
        if (time_table().contains(rest)) {
            ++words;
            continue;
        }
        bool signs_only = true, sign_seen = false;
        for (size_t offset = 0; offset < rest.size();) {
            char32_t c = decode_utf8_at(rest, offset);
            bool is_sign = time_signs.find(c) != std::u32string_view::npos;
            sign_seen |= is_sign;
            signs_only &= is_sign || (c < 0x80 && is_ascii_digit(static_cast<char>(c)));
        }
        if (signs_only && sign_seen && numbers > 0)
            ++words;
        else
            ++unknown;
    }
    if (unknown > 0)
        return false;
    // "an hour ago": no digit, but "ago" and its like tell.
    if (numbers == 0)
        return words >= 2 && (folded.ends_with(" ago") || folded.starts_with("vor ") || folded.starts_with("hace ") || folded.starts_with("il y a ") || folded.ends_with(" назад") || folded.ends_with(" тому"));
    return words > 0 || numbers >= 3;
}

// The piece without the numbers at its ends; false when nothing is left.
bool strip_numbers(std::string& folded)
{
    auto is_counting = [](std::string_view token) {
        size_t digits = 0;
        while (digits < token.size() && is_ascii_digit(token[digits]))
            ++digits;
        return digits > 0 && (digits == token.size() || token.substr(digits) == "k" || token.substr(digits) == "m");
    };
    while (!folded.empty()) {
        size_t end = std::min(folded.find(' '), folded.size());
        if (!is_counting(std::string_view(folded).substr(0, end)))
            break;
        folded.erase(0, std::min(end + 1, folded.size()));
    }
    while (!folded.empty()) {
        size_t begin = folded.rfind(' ') == std::string::npos ? 0 : folded.rfind(' ') + 1;
        if (!is_counting(std::string_view(folded).substr(begin)))
            break;
        folded.erase(begin == 0 ? 0 : begin - 1);
    }
    return !folded.empty();
}

// "ver 3 respuestas": the number inside goes too. "9件のコメント": number and counting sign glued to the word.
std::string without_inner_numbers(std::string const& folded)
{
    std::string out;
    for (size_t i = 0; i < folded.size(); ++i) {
        if (is_ascii_digit(folded[i]))
            continue;
        if (folded[i] == ' ' && (out.empty() || out.back() == ' '))
            continue;
        out += folded[i];
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    for (size_t offset = 0; offset < out.size();) {
        size_t begin = offset;
        char32_t c = decode_utf8_at(out, offset);
        if (count_signs.find(c) == std::u32string_view::npos)
            return out.substr(begin);
    }
    return out;
}

bool names_an_avatar(std::string const& folded)
{
    static constexpr std::string_view words[] = { "avatar of ", "avatar for ", "avatar by ", "profile picture of ", "profile photo of ", "profile image of ", "profilbild von ", "avatar de ",
        "photo de profil de ", "foto de perfil de ", "аватар ", "аватарка ", "user avatar " };
    static constexpr std::string_view ends[] = { " avatar", "s avatar", " profile picture", " profile photo", " profile image", "のアバター", "さんのアイコン", "님의 프로필 사진", "的头像" };
    for (std::string_view word : words)
        if (folded.starts_with(word) && folded.size() < word.size() + 80)
            return true;
    for (std::string_view word : ends)
        if (folded.ends_with(word) && folded.size() < word.size() + 80)
            return true;
    return false;
}

Furniture recognise_piece(std::string_view piece)
{
    std::string folded = folded_utf8(piece);
    if (folded.empty())  // arrows, hearts and dots alone
        return Furniture::Count;
    if (WordTable::const_iterator found = word_table().find(folded); found != word_table().end())
        return found->second;
    if (is_time(folded))
        return Furniture::Time;
    std::string words = folded;
    if (!strip_numbers(words))
        return Furniture::Count;
    if (WordTable::const_iterator found = word_table().find(words); found != word_table().end())
        return found->second;
    std::string bare = without_inner_numbers(words);
    if (bare.size() != folded.size())
        if (WordTable::const_iterator found = word_table().find(bare); found != word_table().end())
            return found->second;
    if (folded.starts_with("read more ") || folded.starts_with("see also ") || folded.starts_with("also read ") || folded.starts_with("lesen sie auch ")
        || folded.starts_with("lire aussi ") || folded.starts_with("читайте также "))
        return piece.find(':') != std::string_view::npos ? Furniture::Badge : Furniture::None;
    if (folded.starts_with("in reply to ") || folded.starts_with("replying to ") || folded.starts_with("en respuesta a ") || folded.starts_with("en reponse a ") || folded.starts_with("antwort auf "))
        return Furniture::Badge;
    if (folded.starts_with("posted ") || folded.starts_with("edited ") || folded.starts_with("updated ") || folded.starts_with("published ")) {
        if (is_time(folded.substr(folded.find(' ') + 1)))
            return Furniture::Time;
    }
    if (names_an_avatar(folded))
        return Furniture::Avatar;
    return Furniture::None;
}

}  // namespace

Furniture recognise_furniture(std::string_view text)
{
    if (text.size() > 200)
        return Furniture::None;
    // A word with a full stop or a question mark is somebody's sentence ("More.", "Link?"), except a bare abbreviation.
    if (text.ends_with('.') || text.ends_with('?') || text.ends_with('!') || text.ends_with("。"))
        return Furniture::None;
    if (Furniture whole = recognise_piece(text); whole != Furniture::None) {
        bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
        return is_number && text.size() == 4 ? Furniture::None : whole;  // "1922" may be a handle or a year
    }
    static constexpr std::u32string_view dividers = U"·•|–—/∙⋅●■▪◦‧・,\t";
    Furniture kind = Furniture::None;
    size_t begin = 0, pieces = 0;
    for (size_t offset = 0; offset <= text.size();) {
        size_t at = offset;
        bool is_end = offset == text.size();
        if (!is_end && dividers.find(decode_utf8_at(text, offset)) == std::u32string_view::npos)
            continue;
        std::string_view piece = text.substr(begin, at - begin);
        if (piece.find_first_not_of(' ') != std::string_view::npos) {
            Furniture of_piece = recognise_piece(piece);
            if (of_piece == Furniture::None || of_piece == Furniture::Avatar)
                return Furniture::None;
            ++pieces;
            kind = std::max(kind, of_piece);
        }
        begin = offset;
        if (is_end)
            break;
    }
    return pieces > 1 ? kind : Furniture::None;
}

}  // namespace parley::archives
