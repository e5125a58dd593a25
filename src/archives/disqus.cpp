#include "archives/disqus.h"

#include "archives/entities.h"
#include "archives/xml_reader.h"

#include <array>
#include <fmt/format.h>

namespace parley::archives {
namespace {

enum Name { Disqus, ThreadName, Post, IdName, Link, Title, Message, CreatedAt, IsDeleted, IsClosed, IsSpam, Author, Parent, NameName, Username,
    Email, IsAnonymous };
constexpr std::array<std::string_view, 17> names { "disqus", "thread", "post", "id", "link", "title", "message", "createdAt", "isDeleted",
    "isClosed", "isSpam", "author", "parent", "name", "username", "email", "isAnonymous" };

bool is_true(std::string_view text)
{
    text = trimmed(text);
    return text == "true" || text == "1" || text == "True";
}

class DisqusHandler final : public XmlHandler {
public:
    DisqusHandler(RecordSink& sink, Zone const& zone) : sink_(sink), zone_(zone) {}

    Result<void> start(int name, std::string_view local_name, XmlAttributes const& attributes) override
    {
        if (!wrong_root_.empty())
            return not_disqus();
        ++depth_;
        field_ = xml_name_unknown;
        if (depth_ == 1) {
            if (name != Disqus)
                wrong_root_ = local_name;  // told at the next event: the name may be cut by the end of the file
        } else if (depth_ == 2) {
            record_ = name;
            if (name == ThreadName || name == Post)
                begin(attributes.find("id"));
        } else if (record_ == ThreadName || record_ == Post) {
            if (depth_ == 3) {
                is_author_ = name == Author;
                if (record_ == Post && name == ThreadName)
                    thread_ = attributes.find("id");
                else if (record_ == Post && name == Parent)
                    parent_ = attributes.find("id");
                else if (!is_author_)
                    field_ = name;
            } else if (depth_ == 4 && is_author_) {
                field_ = name;
            }
        }
        return {};
    }

    Result<void> end(int name) override
    {
        if (!wrong_root_.empty())
            return not_disqus();
        field_ = xml_name_unknown;
        --depth_;
        if (depth_ == 1 && name == ThreadName)
            return sink_.take(story());
        if (depth_ == 1 && name == Post)
            return sink_.take(comment());
        return {};
    }

    Result<void> text(std::string_view piece) override
    {
        if (field_ == xml_name_unknown)
            return {};
        std::string& value = values_[static_cast<size_t>(field_)];
        if (value.size() + piece.size() > xml_value_bytes_max)
            return Error::invalid(fmt::format("One value of the archive is longer than {} MB (in record {}); this is no Disqus export.",
                xml_value_bytes_max >> 20, id_));
        value.append(piece);
        return {};
    }

    void progress(uint64_t bytes_read) override { sink_.progress(bytes_read); }


private:
    Error not_disqus() const
    {
        std::string advice = wrong_root_ == "rss" ? "which is a WordPress export: try `parley import wordpress`" : "so it is something else";
        return Error::invalid(fmt::format("This is no Disqus export: its outermost element is <{}>, {}.", wrong_root_, advice));
    }

    void begin(std::string_view id)
    {
        id_ = trimmed(id);
        thread_.clear();
        parent_.clear();
        for (std::string& value : values_)
            value.clear();
    }

    std::string_view value(Name name) const { return trimmed(values_[name]); }

    StoryRecord story()
    {
        StoryRecord record { .source_id = id_.empty() ? std::string(value(IdName)) : id_, .address = std::string(value(Link)) };
        record.headline = decode_references(value(Title));
        record.published_at = parse_time(value(CreatedAt), zone_);
        record.is_closed = is_true(values_[IsClosed]);
        record.is_deleted = is_true(values_[IsDeleted]);
        return record;
    }

    CommentRecord comment()
    {
        CommentRecord record { .source_id = id_.empty() ? std::string(value(IdName)) : id_, .story_source_id = thread_ };
        if (!parent_.empty())
            record.parent_source_id = parent_;
        record.author.account = value(Username);
        record.author.email = value(Email);
        record.author.name = value(NameName);
        // A guest who typed a name is known by it; only who typed none is nobody (R9).
        record.author.is_anonymous = record.author.account.empty() && record.author.email.empty() && record.author.name.empty();
        record.created_at = parse_time(value(CreatedAt), zone_);
        record.state = is_true(values_[IsDeleted]) ? RecordState::Deleted : is_true(values_[IsSpam]) ? RecordState::Spam : RecordState::Visible;
        record.text = value(Message);
        return record;
    }

    RecordSink& sink_;
    Zone const& zone_;
    int depth_ = 0;
    int record_ = xml_name_unknown;  // the element at depth 2 that we are in
    int field_ = xml_name_unknown;   // whose text is wanted
    bool is_author_ = false;
    std::string wrong_root_;
    std::string id_, thread_, parent_;
    std::array<std::string, names.size()> values_;
};

}  // namespace

Result<ReadSummary> read_disqus(ByteSource& source, RecordSink& sink, Zone const& zone_of_bare_dates)
{
    ReadSummary summary;
    DisqusHandler handler(sink, zone_of_bare_dates);
    TRY(read_xml(source, names, handler, summary));
    return summary;
}

}  // namespace parley::archives
