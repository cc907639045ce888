#pragma once
// AppImpl: App over an EngineThread and a reader thread. Private to src/terminal; screens see App.
// In app_impl.cpp it starts, polls and submits; what else it does stands by theme in app_reading,
// app_sessions, app_drafts, app_papers and app_diagnostics.
// Thread contract: as App; the two threads are inside.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/bounded_queue.hpp"
#include "base/log.hpp"
#include "terminal/app.hpp"
#include "terminal/asking.hpp"
#include "terminal/data_folder.hpp"
#include "terminal/engine_thread.hpp"

namespace showfloor::terminal {

// What is answered when a queue is full.
[[nodiscard]] base::Error stuck();

// Screens say it in the reader's language; what exactly it was stands in the log.
template <typename Value>
base::Result<Value> logged(std::string_view what, base::Result<Value> result) {
    if (!result)
        base::log(base::LogLevel::kError, what,
                  {{"error", result.error().message}, {"code", result.error().code}});
    return result;
}

class AppImpl final : public App {
   public:
    explicit AppImpl(Options options);
    ~AppImpl() override;
    base::Result<void> start();

    bool poll() override;
    [[nodiscard]] std::uint64_t version() const override { return version_; }
    [[nodiscard]] const LinkStatus& link() const override { return link_; }
    [[nodiscard]] const std::optional<Person>& person() const override { return person_; }
    [[nodiscard]] std::shared_ptr<Catalogue> catalogue() const override { return catalogue_; }
    [[nodiscard]] const domain::Branch& branch() const override { return branch_; }
    [[nodiscard]] CarImages& car_images() override { return car_images_; }
    [[nodiscard]] PictureStore& pictures() override { return *pictures_; }
    [[nodiscard]] std::string central_address() const override { return central_address_; }
    [[nodiscard]] base::UtcMs now() const override { return clock_.wall() - link_.clock_skew_ms; }
    [[nodiscard]] const TerminalFacts& facts() const override { return facts_; }

    void read(WorldWork work, std::function<void()> done) override;
    void submit(domain::Command draft, std::function<void(Submitted)> done) override;
    void sign_in(SignIn who, std::function<void(base::Result<Person>)> done) override;
    void sign_out() override;
    void approve(SignIn who, std::function<void(base::Result<Person>)> done) override;
    void forget_sign_in() override { ++checks_; }
    void forget_approval() override { approver_.reset(), ++checks_; }
    void set_pin(std::string pin, std::function<void(base::Result<void>)> done) override;
    void change_password(std::string former, std::string fresh,
                         std::function<void(base::Result<void>)> done) override;
    void sign_in_tiles(std::function<void(std::vector<SignInTile>)> done) override;
    void save_draft(std::string kind, base::Uuid owner, Draft draft,
                    std::function<void(base::Result<void>)> done) override;
    void drafts(std::string kind, std::function<void(std::vector<Draft>)> done) override;
    void drop_draft(base::Uuid id) override;
    void attract_media(std::function<void(std::vector<Media>)> done) override;
    void attention(std::function<void(std::vector<AttentionItem>)> done) override;
    void resolve_attention(std::int64_t number) override;
    void sale_file(base::Uuid sale_id,
                   std::function<void(std::optional<documents::SaleFile>)> done) override;
    void save_pdf(documents::SaleFile file, PaperKind kind, std::size_t index,
                  std::function<void(base::Result<std::string>)> done) override;
    void print(documents::SaleFile file, PaperKind kind, std::size_t index,
               std::function<void(base::Result<void>)> done) override;
    void waiting(std::function<void(std::vector<WaitingCommand>)> done) override;
    void save_diagnostics(std::function<void(base::Result<std::string>)> done) override;
    void check_files(std::function<void(base::Result<void>)> done) override;
    void sync_now() override;
    void hold(base::Uuid car) override;
    void set_in_use(bool in_use) override;

   private:
    // Runs on the reader thread with the overlaid World.
    using ReadTask = std::function<void(domain::World&)>;
    void read_loop();
    bool post_read(ReadTask task);
    // On the reader thread, out of a long task: the others first. Set by read_loop().
    std::function<void()> read_what_waits_;
    // Asks the reader for a newer catalogue: after a start for the first cars, then for all.
    void refresh();
    // Which pictures the first cars have; the first that is shown after a start is decoded while
    // the window still comes up.
    void expect_images(const Catalogue& cars, domain::World& world);
    void read_wanted_images();
    void take_catalogue(std::shared_ptr<Catalogue> fresh, std::optional<domain::Branch> branch);
    // Beside everything else, once all cars are shown: what the engine left out when it opened.
    void look_for_damage();
    void take_status();
    // Hands `call` to the UI thread's next poll(). Any thread.
    void later(std::function<void()> call);
    // An engine task whose failure to be queued is told to the person.
    void on_engine(EngineThread::Task task);
    // The same for one that answers: "busy" when it was not taken.
    void on_engine(EngineThread::Task task, std::function<void(base::Result<void>)> done);
    // Checks who it is; `done` on the UI thread. Only the last check counts, while it is waited
    // for.
    void check(SignIn who, std::function<void(base::Result<Person>)> done);
    struct MadePaper {
        std::string number, pdf;
    };
    // Any thread.
    base::Result<MadePaper> make_paper(const documents::SaleFile& file, PaperKind kind,
                                       std::size_t index) const;
    // Drafts that the disk did not take, when it is time.
    void save_again();
    // Beside everything else, one after the other; false when too many wait.
    bool post_errand(std::function<void()> errand);
    void errand_loop();
    // poll() is wanted again after so long, though nothing moved until then.
    void wake_in(std::int64_t ms);
    // Says that something could not be read, and has it read again after a while. True when that
    // moved.
    bool look_for_failed_reads();
    // What was read, or nothing, which is then said. Any thread.
    template <typename Value>
    Value read_or_none(base::Result<Value> read) {
        if (read) return std::move(*read);
        read_failed_ = true;
        return {};
    }

    Options options_;
    DataFolder folder_;
    base::SystemClock clock_;
    std::optional<EngineLock> lock_;

    std::uint64_t version_ = 1;
    LinkStatus link_;
    std::optional<Person> person_;
    std::optional<Person> approver_;  // for the next submit alone
    std::uint64_t checks_ = 0;        // begun or forgotten; an older one's answer comes too late
    domain::Branch branch_;
    base::Uuid branch_id_;
    std::string central_address_;
    std::shared_ptr<Catalogue> catalogue_;
    std::int64_t catalogue_version_ = -1;  // the goods', when it was last asked for
    CarImages car_images_;
    std::int64_t rows_seen_ = -1;  // the replica's version at the last poll
    std::int64_t blobs_seen_ = 0;
    bool refreshing_ = false;
    bool shows_first_ = false;  // the first cars are shown, or were not to be had
    int frames_before_all_ = 3;
    bool looked_for_damage_ = false;
    std::int64_t openings_seen_ = 1;
    std::atomic<bool> reader_behind_{false};  // its file may be another one now
    std::atomic<bool> read_failed_{false};    // since it was last read again, or ever
    std::int64_t read_again_at_ = 0;          // by boot_ms()
    std::vector<sync::Draft> unsaved_;        // the newest of each; gone with a power cut
    std::int64_t save_again_at_ = 0;

    std::mutex mutex_;  // guards calls_
    std::vector<std::function<void()>> calls_;
    std::atomic<bool> moved_{true};  // the engine says that something may have moved

    TerminalFacts facts_;
    base::BoundedQueue<ReadTask> reads_{kMaxQueuedWork};
    base::BoundedQueue<std::function<void()>> errands_{kMaxErrands};
    std::unique_ptr<PictureStore> pictures_;
    std::unique_ptr<EngineThread> engine_;
    std::unique_ptr<SocketServer> server_;
    std::thread reader_;
    std::atomic<bool> ending_{false};
    std::int64_t wake_at_ = 0;   // by boot_ms(); the errand thread's own
    std::thread errand_thread_;  // printing and checking files: seconds, and nobody waits for them
};

}  // namespace showfloor::terminal
