#include "actions/import_staging.h"

#include "base/utf8.h"
#include "domain/address.h"

#include <algorithm>

namespace parley {
namespace {

constexpr int64_t year_1990 = 631'152'000'000;  // milliseconds; dates before it are mistakes (R8)
constexpr int64_t day = 86'400'000;

bool by_id(StagedComment const& a, StagedComment const& b)
{
    return a.id_key != b.id_key ? a.id_key < b.id_key : a.ordinal < b.ordinal;
}

// Texts one behind the other, each after its length in 4 bytes.
void put(std::string& out, std::string_view text)
{
    auto size = static_cast<uint32_t>(text.size());
    out.append(reinterpret_cast<char const*>(&size), sizeof size);
    out.append(text);
}

template <typename Number>
void put_number(std::string& out, Number number)
{
    out.append(reinterpret_cast<char const*>(&number), sizeof number);
}

class Taker {
public:
    explicit Taker(std::string_view bytes) : bytes_(bytes) {}
    template <typename Number>
    Number number()
    {
        CHECK(bytes_.size() >= sizeof(Number));
        Number number;
        std::memcpy(&number, bytes_.data(), sizeof number);
        bytes_.remove_prefix(sizeof number);
        return number;
    }
    std::string_view text()
    {
        auto size = number<uint32_t>();
        CHECK(bytes_.size() >= size);
        std::string_view text = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return text;
    }

private:
    std::string_view bytes_;
};

// A frame is its size in 4 bytes, then its content.
Result<void> append_frame(SpillFile& file, std::string const& content)
{
    auto size = static_cast<uint32_t>(content.size());
    TRY(file.append({ reinterpret_cast<char const*>(&size), sizeof size }));
    return file.append(content);
}

Result<void> read_frame(SpillFile const& file, uint64_t offset, std::string& content)
{
    // Most frames fit into the first look.
    char start[640];
    size_t looked = static_cast<size_t>(std::min<uint64_t>(sizeof start, file.size() - offset));
    TRY(file.read(offset, start, looked));
    uint32_t size;
    std::memcpy(&size, start, sizeof size);
    size_t have = std::min<size_t>(size, looked - sizeof size);
    content.assign(start + sizeof size, have);
    if (have < size) {
        content.resize(size);
        TRY(file.read(offset + sizeof size + have, content.data() + have, size - have));
    }
    return {};
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

std::string lower_ascii(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

// Cuts at a code point.
void cut(std::string& text, size_t bytes_max)
{
    size_t end = bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
}

std::string hexadecimal(uint64_t number)
{
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
    return text;
}

}  // namespace

Result<std::unique_ptr<Staging>> Staging::make(std::string const& folder, ImportOptions const& options, std::string site_host,
    ImportReport& report, ImportRemarks& remarks, std::function<void(uint64_t)> on_progress)
{
    SpillFile words = TRY(SpillFile::make(folder));
    SpillFile stories = TRY(SpillFile::make(folder));
    SpillFile people = TRY(SpillFile::make(folder));
    return std::unique_ptr<Staging>(new Staging(folder, std::move(words), std::move(stories), std::move(people), std::move(site_host),
        options.now, report, remarks, std::move(on_progress)));
}

Staging::Staging(std::string const& folder, SpillFile words, SpillFile stories, SpillFile people, std::string site_host, Time now,
    ImportReport& report, ImportRemarks& remarks, std::function<void(uint64_t)> on_progress)
    : site_host_(std::move(site_host)), now_(now), report_(report), remarks_(remarks), on_progress_(std::move(on_progress)),
      comments_(folder, sorter_bytes, by_id), words_file_(std::move(words)), story_file_(std::move(stories)),
      person_file_(std::move(people))
{
}

bool Staging::is_possible(Time time) const
{
    // A day of grace: clocks and zones differ.
    return time.milliseconds >= year_1990 && (now_.milliseconds == 0 || time.milliseconds <= now_.milliseconds + day);
}

uint32_t Staging::reference_of(std::string_view story_source_id)
{
    bool is_new = false;
    uint32_t reference = reference_index_.add(keys_.of_id(story_source_id), is_new);
    if (is_new)
        references_.push_back(no_number);
    return reference;
}

Result<void> Staging::take(archives::StoryRecord record)
{
    uint32_t reference = reference_of(record.source_id);
    std::optional<std::string> key = record.address.empty() ? std::optional<std::string>() : story_key(record.address, site_host_);
    if (!key && record.body.empty()) {
        ++report_.threads_without_link;
        return {};
    }
    bool is_new = false;
    // A page without an address is its own story, known by its source id.
    uint64_t joined = key ? keys_.of("address " + *key) : keys_.of("source " + record.source_id);
    uint32_t number = story_index_.add(joined, is_new);
    uint64_t offset = story_file_.size();
    if (is_new) {
        stories_.push_back({ .record = offset });
        ++report_.stories_in_file;
        if (key && !site_host_.empty() && host_of_key(*key) != host_of_key(*story_key("/", site_host_))) {
            stories_.back().is_elsewhere = true;
            ++report_.stories_elsewhere;
            remarks_.add("R5", reference, record.source_id, "its address " + record.address + " is on another host than " + site_host_
                    + "; it is a story of its own");
        }
    } else if (references_[reference] != number) {
        ++report_.stories_merged;
    }
    references_[reference] = number;
    StagedStory& story = stories_[number];
    if (!story.has_headline && !record.headline.empty()) {
        story.has_headline = true;
        story.record = offset;
    }
    story.has_body |= !record.body.empty();
    story.is_closed &= record.is_closed;
    story.is_deleted &= record.is_deleted;
    if (record.published_at && is_possible(*record.published_at)
        && (story.published_at == 0 || record.published_at->milliseconds < story.published_at))
        story.published_at = record.published_at->milliseconds;

    std::string& out = scratch_;
    out.clear();
    put_number(out, number);
    put(out, key.value_or(""));
    auto other_keys_at = out.size();
    uint32_t other_count = 0;
    put_number(out, other_count);
    for (std::string const& address : record.other_addresses) {
        if (std::optional<std::string> other = story_key(address, site_host_)) {
            put(out, *other);
            ++other_count;
        }
    }
    std::memcpy(out.data() + other_keys_at, &other_count, sizeof other_count);
    for (std::string const* text : { &record.source_id, &record.address, &record.headline, &record.byline, &record.section, &record.body,
             &record.rights, &record.language })
        put(out, *text);
    return append_frame(story_file_, out);
}

Result<uint32_t> Staging::person_of(archives::AuthorRecord const& author, int64_t& digest)
{
    if (author.is_anonymous)
        return no_number;
    // R9: the account, else the e-mail address, else the name. The tag keeps an account from being a name.
    std::string& key = scratch_;
    if (!author.account.empty())
        key.assign("account:").append(author.account);
    else if (!author.email.empty())
        key = "email:" + hexadecimal(digest_of(lower_ascii(author.email)));
    else if (!is_blank(author.name))
        key.assign("name:").append(author.name);
    else
        return no_number;
    digest = static_cast<int64_t>(digest_of(key));
    bool is_new = false;
    uint32_t number = people_.add(keys_.of(key), is_new);
    if (is_new) {
        first_seen_.push_back(INT64_MAX);
        std::string content;
        put(content, key);
        put(content, author.account);
        put(content, author.name);
        TRY(append_frame(person_file_, content));
    }
    return number;
}

Result<void> Staging::take(archives::CommentRecord record)
{
    if (comment_count_ == no_number)
        return Error::refused("An import takes at most 4,294,967,294 comments; split the archive.");
    StagedComment row {};
    row.ordinal = comment_count_++;
    ++report_.records;
    row.state = record.state;
    row.format = record.format;
    row.is_estimated = record.is_date_estimated;
    row.has_extras = !record.quotes.empty() || record.evidence.has_value();
    row.words = words_file_.size();
    row.parent = no_number;
    if (record.source_id.empty())
        record.source_id = "#" + std::to_string(row.ordinal + 1);
    if (is_blank(record.text) && record.state != archives::RecordState::Deleted) {
        row.state = archives::RecordState::Deleted;
        row.is_emptied = true;
    }
    if (record.text.size() > import_text_bytes_max) {
        cut(record.text, import_text_bytes_max);
        ++report_.texts_cut;
        remarks_.add("size", row.ordinal, record.source_id, "its text was cut at " + std::to_string(import_text_bytes_max) + " bytes");
    }
    if (record.created_at && is_possible(*record.created_at))
        row.created_at = record.created_at->milliseconds;
    else
        row.has_bad_date = true;
    int64_t author_digest = 0;
    row.person = TRY(person_of(record.author, author_digest));
    if (row.person != no_number && !row.has_bad_date)
        first_seen_[row.person] = std::min(first_seen_[row.person], row.created_at);
    row.digest = static_cast<int64_t>(digest_of(record.text) * 31 + static_cast<uint64_t>(author_digest) * 17 + static_cast<uint64_t>(row.created_at));
    row.id_key = keys_.of_id(record.source_id);
    row.has_parent = record.parent_source_id && !record.parent_source_id->empty();
    if (row.has_parent)
        row.parent_key = keys_.of_id(*record.parent_source_id);
    row.story = reference_of(record.story_source_id);
    TRY(comments_.push(row));

    std::string& out = scratch_;
    out.clear();
    put(out, record.source_id);
    put(out, record.text);
    if (row.has_extras) {
        put_number(out, static_cast<uint32_t>(record.quotes.size()));
        for (archives::QuoteRecord const& quote : record.quotes) {
            put(out, quote.exact);
            put_number(out, static_cast<uint8_t>(quote.comment_source_id.has_value()));
            put(out, quote.comment_source_id.value_or(""));
            put_number(out, quote.paragraph.value_or(no_number));
        }
        put_number(out, static_cast<uint8_t>(record.evidence.has_value()));
        if (record.evidence) {
            put(out, record.evidence->method);
            put_number(out, record.evidence->score);
            put(out, record.evidence->matched);
        }
    }
    return append_frame(words_file_, out);
}

Result<void> Staging::finish()
{
    TRY(words_file_.flush());
    TRY(story_file_.flush());
    TRY(person_file_.flush());
    return comments_.sort();
}

Result<void> Staging::read_words(uint64_t at, bool has_extras, StagedWords& words) const
{
    thread_local std::string content;
    TRY(read_frame(words_file_, at, content));
    Taker taker(content);
    words.source_id = taker.text();
    words.text = taker.text();
    words.quotes.clear();
    words.evidence.reset();
    if (!has_extras)
        return {};
    auto count = taker.number<uint32_t>();
    for (uint32_t i = 0; i < count; ++i) {
        archives::QuoteRecord quote { std::string(taker.text()), {}, {} };
        bool has_target = taker.number<uint8_t>();
        std::string target(taker.text());
        if (has_target)
            quote.comment_source_id = std::move(target);
        if (auto paragraph = taker.number<uint32_t>(); paragraph != no_number)
            quote.paragraph = paragraph;
        words.quotes.push_back(std::move(quote));
    }
    if (taker.number<uint8_t>()) {
        archives::CommentRecord::Evidence evidence;
        evidence.method = taker.text();
        evidence.score = taker.number<double>();
        evidence.matched = taker.text();
        words.evidence = std::move(evidence);
    }
    return {};
}

Result<std::string> Staging::source_id(uint64_t id_key, uint64_t words, uint32_t copy) const
{
    std::string id;
    if (RunKeys::is_number(id_key)) {
        id = std::to_string(id_key);
    } else {
        char start[8 + 256];  // the frame begins with its size and the size of the id
        size_t looked = static_cast<size_t>(std::min<uint64_t>(sizeof start, words_file_.size() - words));
        TRY(words_file_.read(words, start, looked));
        uint32_t size;
        std::memcpy(&size, start + 4, sizeof size);
        id.assign(start + 8, std::min<size_t>(size, looked - 8));
        if (id.size() < size) {
            id.resize(size);
            TRY(words_file_.read(words + 8, id.data(), size));
        }
    }
    if (copy > 0)
        id += '#' + std::to_string(copy);
    return id;
}

Result<void> Staging::each_story_record(std::function<Result<void>(uint64_t, StoryRecord const&)> const& each) const
{
    std::string content;
    for (uint64_t offset = 0; offset < story_file_.size(); offset += 4 + content.size()) {
        TRY(read_frame(story_file_, offset, content));
        Taker taker(content);
        StoryRecord story;
        story.story = taker.number<uint32_t>();
        story.key = taker.text();
        auto others = taker.number<uint32_t>();
        for (uint32_t i = 0; i < others; ++i)
            story.other_keys.emplace_back(taker.text());
        archives::StoryRecord& record = story.record;
        for (std::string* text : { &record.source_id, &record.address, &record.headline, &record.byline, &record.section, &record.body,
                 &record.rights, &record.language })
            *text = taker.text();
        TRY(each(offset, story));
    }
    return {};
}

std::optional<Time> Staging::first_seen(uint32_t person) const
{
    int64_t milliseconds = first_seen_[person];
    return milliseconds == INT64_MAX ? std::optional<Time>() : Time { milliseconds };
}

Result<void> Staging::each_person(std::function<Result<void>(uint32_t, StagedPerson const&)> const& each) const
{
    std::string content;
    uint32_t number = 0;
    for (uint64_t offset = 0; offset < person_file_.size(); offset += 4 + content.size(), ++number) {
        TRY(read_frame(person_file_, offset, content));
        Taker taker(content);
        StagedPerson person;
        person.source_id = taker.text();
        person.account = taker.text();
        person.name = taker.text();
        TRY(each(number, person));
    }
    return {};
}

}  // namespace parley
