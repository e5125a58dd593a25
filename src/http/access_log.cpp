#include "http/access_log.h"

#include "base/log.h"
#include "base/time.h"

#include <charconv>
#include <fcntl.h>
#include <unistd.h>

namespace parley::http {
namespace {

int open_for_append(std::string const& path)
{
    if (path == "-")
        return dup(STDOUT_FILENO);
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

void append_number(std::string& out, int64_t number)
{
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// A path may hold a quote, which a URL need not escape.
void append_text(std::string& out, std::string_view text)
{
    if (text.find_first_of("\"\\") != std::string_view::npos) {
        append_json_string(out, text);
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

}  // namespace

Result<std::unique_ptr<AccessLog>> AccessLog::open(std::string path)
{
    int descriptor = open_for_append(path);
    if (descriptor < 0)
        return Error::outside("cannot write the access log " + path + ": " + std::strerror(errno));
    return std::unique_ptr<AccessLog>(new AccessLog(std::move(path), descriptor));
}

AccessLog::AccessLog(std::string path, int descriptor)
    : path_(std::move(path))
    , descriptor_(descriptor)
    , writer_([this] { write_batches(); })
{
}

AccessLog::~AccessLog()
{
    {
        std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_one();
    writer_.join();
    ::close(descriptor_);
}

bool AccessLog::hand_over(std::string batch)
{
    {
        std::lock_guard lock(mutex_);
        if (waiting_bytes_ + batch.size() > waiting_bytes_max)
            return false;
        waiting_bytes_ += batch.size();
        waiting_.push_back(std::move(batch));
    }
    changed_.notify_one();
    return true;
}

void AccessLog::reopen()
{
    std::lock_guard lock(mutex_);
    reopens_ = true;
}

void AccessLog::write_batches()
{
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return is_ending_ || !waiting_.empty(); });
        if (waiting_.empty())
            return;
        std::string batch = std::move(waiting_.front());
        waiting_.pop_front();
        bool reopens = std::exchange(reopens_, false);
        lock.unlock();
        if (int descriptor = reopens ? open_for_append(path_) : -1; descriptor >= 0) {
            ::close(descriptor_);
            descriptor_ = descriptor;
        }
        for (std::string_view rest = batch; !rest.empty();) {
            ssize_t written = ::write(descriptor_, rest.data(), rest.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0) {
                log_event(LogLevel::Error, "access log cannot be written", { { "path", path_ }, { "reason", std::strerror(errno) } });
                break;
            }
            rest.remove_prefix(static_cast<size_t>(written));
        }
        lock.lock();
        waiting_bytes_ -= batch.size();
    }
}

void AccessLines::add(int64_t now_ms, AccessLine const& line)
{
    if (!log_)
        return;
    if (int64_t second = now_ms / 1000; second != second_) {
        second_ = second;
        std::string text = to_rfc3339({ second * 1000 });
        second_text_ = "{\"time\":\"" + text.substr(0, text.size() - 1);
    }
    int millisecond = static_cast<int>(now_ms % 1000);
    batch_ += second_text_;
    batch_ += '.';
    batch_ += static_cast<char>('0' + millisecond / 100);
    batch_ += static_cast<char>('0' + millisecond / 10 % 10);
    batch_ += static_cast<char>('0' + millisecond % 10);
    batch_ += "Z\",\"request\":\"";
    batch_ += line.request_id;
    batch_ += "\",\"method\":\"";
    batch_ += line.method;
    batch_ += "\",\"path\":";
    append_text(batch_, line.path);
    batch_ += ",\"status\":";
    append_number(batch_, line.status);
    batch_ += ",\"bytes\":";
    append_number(batch_, static_cast<int64_t>(line.bytes));
    batch_ += ",\"us\":";
    append_number(batch_, line.microseconds);
    batch_ += ",\"peer\":\"";
    batch_ += line.peer;
    batch_ += line.cached ? "\",\"cached\":true}\n" : "\",\"cached\":false}\n";
    ++lines_;
}

size_t AccessLines::flush()
{
    if (batch_.empty())
        return 0;
    std::string batch;
    batch.swap(batch_);
    size_t lines = std::exchange(lines_, 0);
    batch_.reserve(40 * 1024);
    return log_->hand_over(std::move(batch)) ? 0 : lines;
}

}  // namespace parley::http
