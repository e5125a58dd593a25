#include "routes/quick_write.h"

#include "actions/sessions.h"
#include "routes/errors.h"
#include "routes/language.h"

namespace parley::routes {
namespace {

// One request on its way from the loop to the database's thread and back; one of them has it at a time.
class Attempt {
public:
    Attempt(Context const& context, http::Request const& request, std::string_view token, ReadQuickWrite const& read)
        : context_(context)
        , request_(request)
        , token_(token)
        , read_(read)
    {
        if (Result<QuickWrite> write = read(context, request); write.has_value())
            write_.emplace(write.release_value());
    }

    // In the transaction. A reader whom the gate turns away takes nobody's transaction back: that is no failure.
    Result<void> run(Transaction& transaction)
    {
        viewer_ = TRY(viewer_with_token(transaction, context_.site().id, token_, now_, context_.second_factor));
        if (!viewer_ || !write_ || too_many_)
            return {};
        ScopedLanguage spoken = speak_to_one(context_, request_, &*viewer_);
        if (!std::exchange(has_taken_, true)) {  // a transaction may be run again
            Result<void> taken = take(allowance_, { { write_->limit, std::to_string(viewer_->person.id.value) } });
            if (taken.is_error()) {
                too_many_ = taken.release_error();
                return {};
            }
        }
        return write_->act(transaction, *viewer_);
    }

    // After the commit, or after what kept it from coming.
    http::Response answer(Result<void> const& outcome) const
    {
        ScopedLanguage spoken = speak_to_one(context_, request_, viewer_ ? &*viewer_ : nullptr);
        http::Response response = response_to(outcome);
        make_private(response);
        allowance_.tell(response);
        return response;
    }

private:
    http::Response response_to(Result<void> const& outcome) const
    {
        if (outcome.is_error())
            return error_response(context_, request_, outcome.error());
        if (!viewer_)
            return ask_to_sign_in(request_);
        if (too_many_)
            return error_response(context_, request_, *too_many_);
        if (!write_)  // read again: now in the reader's language
            return error_response(context_, request_, read_(context_, request_).release_error());
        Allowance no_more;
        return write_->answer({ context_, request_, *viewer_, no_more });
    }

    Context const& context_;
    http::Request const& request_;
    std::string_view token_;
    ReadQuickWrite const& read_;
    Time now_ = system_now();
    std::optional<QuickWrite> write_ {};  // nothing: what was asked for is wrong
    std::optional<Viewer> viewer_ {};
    std::optional<Error> too_many_ {};
    bool has_taken_ = false;
    Allowance allowance_ {};
};

void begin(Context const& context, http::Request const& request, ReadQuickWrite const& read, http::Answer const& answer)
{
    std::optional<std::string_view> token = session_token(context, request);
    if (!token) {
        answer([&context, &request] {
            ScopedLanguage spoken = speak_to_one(context, request, nullptr);
            http::Response response = ask_to_sign_in(request);
            make_private(response);
            return response;
        });
        return;
    }
    auto attempt = std::make_shared<Attempt>(context, request, *token, read);
    context.database.write_later(
        [attempt](Transaction& transaction) { return attempt->run(transaction); },
        [attempt, answer](Result<void> outcome) {
            answer([attempt, outcome = std::move(outcome)] { return attempt->answer(outcome); });
        });
}

}  // namespace

http::Route quick_write_route(Context const& context, http::Method method, std::string pattern, ReadQuickWrite read)
{
    http::LaterHandler later = [&context, read = std::move(read)](http::Request const& request, http::Answer const& answer) {
        begin(context, request, read, answer);
    };
    return { .method = method, .pattern = std::move(pattern), .access = http::Access::Reader, .handler = http::waits_for(later), .later = later };
}

}  // namespace parley::routes
