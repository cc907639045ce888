#pragma once
// FakeApp: an App for screens without disk, network or threads of an engine. Its records are a
// MapWorld's dealership, and commands go through the real domain::execute, so what a screen is told
// is what a terminal would tell it. Answers arrive in the next poll(), as they do in the product.
// Thread contract: one test at a time; pictures are decoded by PictureStore's own worker.

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/paths.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "imaging/encode.hpp"
#include "imaging/studio.hpp"
#include "imaging/upload.hpp"
#include "support/dealership.hpp"
#include "support/fresh_folder.hpp"
#include "terminal/app.hpp"
#include "terminal/read_models.hpp"

namespace showfloor::test {

// What a read meets when the disk gives nothing back.
class DamagedWorld final : public domain::World {
    base::Result<std::optional<domain::Row>> load(const domain::Description&,
                                                  const base::Uuid&) override {
        return base::fail(base::ErrorKind::kDamaged, "Cannot be read.");
    }
    base::Result<std::vector<domain::Row>> select(const domain::Description&,
                                                  const domain::Query&) override {
        return base::fail(base::ErrorKind::kDamaged, "Cannot be read.");
    }
    base::Result<void> store(const domain::Description&, const domain::Row&) override {
        return base::fail(base::ErrorKind::kDamaged, "Cannot be written.");
    }
};

class FakeApp final : public terminal::App {
   public:
    FakeApp()
        : pictures_store_(
              blobs_.path().string(), [](auto) {}, [] {}, blobs_ / "media") {
        dress_up();
        link_.enrolled = link_.online = true;
        link_.last_contact_at = house.now;
        now_ = house.now;
        refresh();
    }

    domain::MapWorld world;
    Dealership house{world};

    // ---- what a test sets and looks at
    bool slow = false;                       // nothing that is asked for comes
    std::optional<base::Error> draft_error;  // why no draft can be kept
    [[nodiscard]] bool approved() const { return approver_.has_value(); }
    bool damaged = false;  // nothing can be read from the disk; from its start also no cars
    void start_damaged() {
        damaged = link_.unreadable = true;
        catalogue_ = std::make_shared<terminal::Catalogue>();
        ++version_;
    }
    void heal() {
        damaged = link_.unreadable = false;
        refresh();
    }
    terminal::LinkStatus link_;
    std::vector<terminal::SignInTile> tiles = {
        {"seller", "Amina", "Hassan", "seller", ""},
        {"other_seller", "Brian", "Mwangi", "seller", ""},
        {"manager", "David", "Ochieng", "admin", ""},
    };
    std::map<std::string, std::string> passwords = {{"seller", "kiosk-and-keys"},
                                                    {"other_seller", "brian-and-keys"},
                                                    {"manager", "manager-and-keys"}};
    std::vector<domain::Command> submitted;       // with ids, actors and terms, in order
    std::optional<domain::Outcome> next_outcome;  // instead of judging the next submit
    std::vector<terminal::Draft> kept_drafts;     // the signed-in people's, newest first
    std::map<base::Uuid, base::Uuid> draft_owners;
    base::Json kept_at_submit;  // the newest draft as a command was submitted
    std::vector<terminal::AttentionItem> items;
    std::vector<terminal::Media> media;
    std::string address = "https://cars.uhuru-motors.example";
    std::vector<std::int64_t> resolved;
    std::vector<bool> in_use;
    base::Uuid held;
    std::map<std::string, std::string> pins;
    std::vector<PaperKind> printed;
    std::optional<documents::SaleFile> saved;  // whose paper was saved last
    base::Result<void> print_result;
    std::vector<terminal::WaitingCommand> waiting_commands;
    terminal::TerminalFacts facts_{"0.1.0", "T01", "NBO", "https://central.example:8443",
                                   "/var/lib/showfloor"};
    int tries_left = 5;
    int draft_writes = 0, synced = 0;
    base::Result<std::string> pdf = std::string("/var/lib/showfloor/papers/NBO-T01-I000001.pdf");

    // Reads the records anew, as the reader does when rows moved.
    void refresh() {
        catalogue_ = terminal::Catalogue::read(world);
        car_images_.outdate();
        branch_ = *world.get<domain::Branch>(house.nairobi);
        ++version_;
    }
    // The newest cars alone, as they come first after a start.
    void refresh_first() {
        catalogue_ = terminal::Catalogue::read_first(world);
        ++version_;
    }
    void touch() { ++version_; }
    void enter(const base::Uuid& user_id) { person_ = person_of(user_id), ++version_; }
    void set_now(base::UtcMs now) { now_ = now; }

    // The branch's papers bear this picture file from now on.
    void show_logo(const std::string& file) {
        branch_.logo = keep_blob(imaging::Bytes(file.begin(), file.end()));
        world.put(branch_);
        touch();
    }

    // A car's picture of one colour, and one of the dealer's own for Attract: quickly made.
    void put_picture(const base::Uuid& car, int position, imaging::Rgb color, int wide, int high) {
        put_image(imaging::prepare(plain(color, wide, high)), position, car, position);
    }
    void put_media(const std::string& file, imaging::Rgb color, int wide, int high) {
        const auto png = imaging::encode_png(plain(color, wide, high));
        SHOWFLOOR_CHECK(
            base::make_folders(blobs_ / "media", 0700).ok() &&
                base::write_file(blobs_ / ("media/" + file), base::as_text(png), 0600).ok(),
            "a temporary file can be written");
        media.push_back({"media/" + file, wide, high});
    }

    // The demo's pictures for every car; half a second a car, so only for looking.
    void draw_pictures() {
        // In the colours their records say.
        static const std::map<std::string, imaging::Rgb> kPaints = {
            {"Barcelona Red", {142, 27, 40}}, {"Ocean Blue", {36, 75, 120}},
            {"Forest Green", {47, 74, 54}},   {"Burnt Orange", {194, 87, 26}},
            {"Sky Blue", {143, 177, 198}},    {"Graphite Grey", {86, 93, 100}},
            {"Pearl White", {233, 234, 234}}};
        const std::string folder = base::asset_folder().value() + "/demo/studio";
        std::size_t n = 0;
        for (const auto& entry : catalogue_->cars()) {
            const auto body = static_cast<std::size_t>(entry.car.body_style);
            const auto style = imaging::studio_style(domain::kBodyStyleNames[body]);
            const auto paint = kPaints.find(entry.car.color);
            const imaging::Rgb color =
                paint == kPaints.end() ? imaging::Rgb{120, 126, 132} : paint->second;
            for (std::size_t view = 0; view < imaging::kStudioViews.size(); ++view) {
                const auto studio =
                    imaging::read_studio(folder, style, imaging::kStudioViews[view]).value();
                put_image(imaging::prepare(imaging::tint(studio, color)),
                          static_cast<int>(n * imaging::kStudioViews.size() + view), entry.car.id,
                          static_cast<int>(view));
            }
            ++n;
        }
        refresh();
    }

    // ---- App
    bool poll() override {
        if (slow) return false;
        auto calls = std::exchange(calls_, {});
        for (const auto& call : calls)
            call();
        const auto wanted = car_images_.take_wanted();
        for (const base::Uuid& car : wanted)
            car_images_.put(car, terminal::CarImages::read(world, car));
        const auto before = pictures_store_.version();
        pictures_store_.collect(false);
        return !calls.empty() || !wanted.empty() || before != pictures_store_.version();
    }
    [[nodiscard]] std::uint64_t version() const override { return version_; }
    [[nodiscard]] const terminal::LinkStatus& link() const override { return link_; }
    [[nodiscard]] const std::optional<terminal::Person>& person() const override { return person_; }
    [[nodiscard]] std::shared_ptr<terminal::Catalogue> catalogue() const override {
        return catalogue_;
    }
    [[nodiscard]] const domain::Branch& branch() const override { return branch_; }
    [[nodiscard]] terminal::CarImages& car_images() override { return car_images_; }
    [[nodiscard]] terminal::PictureStore& pictures() override { return pictures_store_; }
    [[nodiscard]] std::string central_address() const override { return address; }
    [[nodiscard]] base::UtcMs now() const override { return now_; }

    void read(WorldWork work, std::function<void()> done) override {
        after_reading([this, work, done] {
            DamagedWorld nothing;
            work(damaged ? nothing : static_cast<domain::World&>(world));
            done();
        });
    }
    void submit(domain::Command draft, std::function<void(terminal::Submitted)> done) override {
        std::optional<terminal::Person> approver;
        const auto* spec = domain::find_command(draft.name);
        if (spec != nullptr && std::find(spec->refusals.begin(), spec->refusals.end(),
                                         domain::Code::kApproverMissing) != spec->refusals.end())
            approver = std::exchange(approver_, std::nullopt);
        if (!kept_drafts.empty()) kept_at_submit = kept_drafts.front().content;
        later([this, draft, done, approver] {
            auto answer = judge(draft, approver);
            ++version_;
            done(std::move(answer));
        });
    }
    void sign_in(terminal::SignIn who,
                 std::function<void(base::Result<terminal::Person>)> done) override {
        later([this, who, done, mine = ++checks_] {
            auto person = check(who, mine);
            if (person) person_ = *person;
            ++version_;
            done(std::move(person));
        });
    }
    void forget_sign_in() override { ++checks_; }
    void sign_out() override { person_.reset(), forget_approval(), ++version_; }
    void approve(terminal::SignIn who,
                 std::function<void(base::Result<terminal::Person>)> done) override {
        later([this, who, done, mine = ++checks_] {
            auto person = check(who, mine);
            if (person) approver_ = *person;
            done(std::move(person));
        });
    }
    void forget_approval() override { approver_.reset(), ++checks_; }
    void set_pin(std::string pin, std::function<void(base::Result<void>)> done) override {
        later([this, pin, done] {
            if (pin == "111111") {
                done(base::fail(base::ErrorKind::kInvalid, "Too plain.", "weak_pin"));
                return;
            }
            pins[person_->username] = pin;
            for (auto& tile : tiles)
                if (tile.login == person_->username) tile.has_pin = !pin.empty();
            done({});
        });
    }
    void change_password(std::string former, std::string fresh,
                         std::function<void(base::Result<void>)> done) override {
        later([this, former, fresh, done] {
            if (!link_.online) {
                done(base::fail(base::ErrorKind::kUnreachable, "Central is away.", "offline"));
            } else if (passwords[person_->username] != former) {
                done(base::fail(base::ErrorKind::kRefused, "Wrong.", "wrong_password"));
            } else {
                passwords[person_->username] = fresh;
                done({});
            }
        });
    }
    void sign_in_tiles(std::function<void(std::vector<terminal::SignInTile>)> done) override {
        later([this, done] { done(tiles); });
    }
    void save_draft(std::string, base::Uuid owner, terminal::Draft draft,
                    std::function<void(base::Result<void>)> done) override {
        ++draft_writes;
        if (draft_error) return later([done, error = *draft_error] { done(error); });
        drop_draft(draft.id);
        draft_owners[draft.id] = owner;
        kept_drafts.insert(kept_drafts.begin(), std::move(draft));
        later([done] { done({}); });
    }
    void drafts(std::string, std::function<void(std::vector<terminal::Draft>)> done) override {
        after_reading([this, done] {
            auto own = damaged ? std::vector<terminal::Draft>() : kept_drafts;
            std::erase_if(own, [this](const auto& draft) {
                return !person_ || draft_owners[draft.id] != person_->user_id;
            });
            done(std::move(own));
        });
    }
    void drop_draft(base::Uuid id) override {
        std::erase_if(kept_drafts, [id](const auto& draft) { return draft.id == id; });
    }
    void attract_media(std::function<void(std::vector<terminal::Media>)> done) override {
        later([this, done] { done(media); });
    }
    void attention(std::function<void(std::vector<terminal::AttentionItem>)> done) override {
        after_reading(
            [this, done] { done(damaged ? std::vector<terminal::AttentionItem>() : items); });
    }
    void resolve_attention(std::int64_t number) override {
        resolved.push_back(number);
        std::erase_if(items, [number](const auto& item) { return item.number == number; });
        link_.attention = static_cast<std::int64_t>(items.size());
    }
    void sale_file(base::Uuid sale_id,
                   std::function<void(std::optional<documents::SaleFile>)> done) override {
        after_reading([this, sale_id, done] {
            DamagedWorld nothing;
            done(terminal::read_sale_file(damaged ? nothing : static_cast<domain::World&>(world),
                                          sale_id));
        });
    }
    void save_pdf(documents::SaleFile file, PaperKind, std::size_t,
                  std::function<void(base::Result<std::string>)> done) override {
        saved = std::move(file);
        later([this, done] { done(pdf); });
    }
    void print(documents::SaleFile, PaperKind kind, std::size_t,
               std::function<void(base::Result<void>)> done) override {
        printed.push_back(kind);
        later([this, done] { done(print_result); });
    }
    void waiting(std::function<void(std::vector<terminal::WaitingCommand>)> done) override {
        after_reading([this, done] {
            done(damaged ? std::vector<terminal::WaitingCommand>() : waiting_commands);
        });
    }
    void save_diagnostics(std::function<void(base::Result<std::string>)> done) override {
        later([done] { done(std::string("/papers/diagnostics-NBO-T01.json")); });
    }
    void check_files(std::function<void(base::Result<void>)> done) override {
        later([done] { done({}); });
    }
    void sync_now() override { ++synced; }
    [[nodiscard]] const terminal::TerminalFacts& facts() const override { return facts_; }
    void hold(base::Uuid car) override { held = car; }
    void set_in_use(bool value) override { in_use.push_back(value); }

   private:
    void later(std::function<void()> call) { calls_.push_back(std::move(call)); }
    // Whoever hears an answer can see whether it could be read.
    void after_reading(std::function<void()> call) {
        later([this, call = std::move(call)] {
            link_.unreadable = link_.unreadable || damaged;
            call();
        });
    }

    static imaging::Image plain(imaging::Rgb color, int wide, int high) {
        imaging::Image image(wide, high);
        for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
            image.rgba[i] = color.r;
            image.rgba[i + 1] = color.g;
            image.rgba[i + 2] = color.b;
            image.rgba[i + 3] = 255;
        }
        return image;
    }

    void put_image(const imaging::Prepared& made, int number, const base::Uuid& car, int position) {
        domain::CarImage image;
        image.id = fixed_id(6, number);
        image.car_id = car;
        image.position = position;
        image.width = made.width;
        image.height = made.height;
        image.blurhash = made.blurhash;
        image.sha256 = keep_blob(made.large_jpeg);
        image.sha256_medium = keep_blob(made.medium_jpeg);
        image.sha256_small = keep_blob(made.small_jpeg);
        world.put(image);
    }

    std::string keep_blob(const imaging::Bytes& bytes) {
        const std::string text(bytes.begin(), bytes.end());
        const std::string hash = base::to_hex(crypto::sha256(text));
        const std::string folder = blobs_ / hash.substr(0, 2);
        SHOWFLOOR_CHECK(base::make_folders(folder, 0700).ok() &&
                            base::write_file(folder + "/" + hash, text, 0600).ok(),
                        "a temporary file can be written");
        return hash;
    }

    terminal::Person person_of(const base::Uuid& user_id) {
        const auto user = *world.get<domain::User>(user_id);
        terminal::Person person;
        person.user_id = user.id;
        person.branch_id = user.branch_id;
        person.role = user.role;
        person.first_name = user.first_name;
        person.last_name = user.last_name;
        person.username = user.username;
        person.branch_name = branch_.name;
        return person;
    }

    base::Result<terminal::Person> check(const terminal::SignIn& who, int mine) {
        if (mine != checks_)
            return base::fail(base::ErrorKind::kRefused, "Nobody waits for it.", "gone");
        const auto& secrets = who.pin ? pins : passwords;
        const auto found = secrets.find(who.login);
        if (found != secrets.end() && found->second == who.secret) {
            const auto user = world.find_one<domain::User>({{"username", who.login}});
            auto person = person_of(user->id);
            person.by_pin = who.pin;
            return person;
        }
        --tries_left;
        return base::fail(base::ErrorKind::kRefused, "Wrong name or password.",
                          tries_left > 0 ? "wrong_password" : "locked",
                          std::to_string(tries_left > 0 ? tries_left : 5));
    }

    terminal::Submitted judge(domain::Command command,
                              const std::optional<terminal::Person>& approver) {
        command.id = house.next_id();
        command.occurred_at = now_;
        if (person_) {
            command.actor_id = person_->user_id;
            command.actor_role = domain::kRoleNames[static_cast<std::size_t>(person_->role)];
        }
        if (approver) command.co_actor_id = approver->user_id;
        // As the engine does: a new record's id, and what was shown, frozen.
        const auto* spec = domain::find_command(command.name);
        if (spec != nullptr && spec->args->find("id") != nullptr && !command.args.contains("id"))
            command.args["id"] = house.next_id().to_string();
        if (command.terms.empty()) {
            const auto context = house.context_at(house.terminal);
            if (auto terms = domain::quote_terms(world, command, context))
                command.terms = std::move(*terms);
        }
        terminal::Submitted answer;
        if (next_outcome) {
            answer.outcome = *std::exchange(next_outcome, std::nullopt);
        } else {
            answer.outcome = house.submit(command, house.terminal);
        }
        submitted.push_back(command);
        if (answer.outcome.applied()) {
            ++link_.pending;
            refresh();
        }
        answer.command = std::move(command);
        return answer;
    }

    void name(const base::Uuid& user_id, std::string first, std::string last) {
        auto user = *world.get<domain::User>(user_id);
        user.first_name = std::move(first);
        user.last_name = std::move(last);
        world.put(user);
    }

    // The dealership of the rules' tests, with names one would meet.
    void dress_up() {
        name(house.seller, "Amina", "Hassan");
        name(house.other_seller, "Brian", "Mwangi");
        name(house.manager, "David", "Ochieng");
        auto branch = *world.get<domain::Branch>(house.nairobi);
        branch.name = "Westlands showroom";
        branch.legal_name = "Uhuru Motors";
        branch.address = "14 Waiyaki Way, Westlands, 00800 Nairobi, Kenya";
        branch.tax_number = "P000000001U";
        branch.email = "westlands@uhuru-motors.example";
        branch.bank_details = "Example Bank Kenya, account 0000 1000 2001";
        branch.invoice_footer = "Thank you for buying from us.";
        branch.time_zone = "Africa/Nairobi";
        world.put(branch);
        auto customer = *world.get<domain::Customer>(house.customer);
        customer.first_name = "Wanjiru";
        customer.last_name = "Otieno";
        customer.email = "wanjiru@example.com";
        world.put(customer);
        fill_lot();
        static_cast<void>(world.take_changes());
    }

    void fill_lot() {
        using domain::BodyStyle, domain::FuelType, domain::DriveType, domain::Transmission;
        struct Sample {
            const char *make, *model, *color;
            int year, mileage;
            std::int64_t price_minor;
            BodyStyle body;
            FuelType fuel;
            DriveType drive;
        };
        static const Sample kSamples[] = {
            {"Toyota", "Corolla Cross", "Barcelona Red", 2022, 21'400, 425'000'000,
             BodyStyle::kCompactSuv, FuelType::kHybrid, DriveType::kFrontWheel},
            {"Mazda", "CX-5 Touring", "Ocean Blue", 2021, 34'150, 398'000'000, BodyStyle::kSuv,
             FuelType::kPetrol, DriveType::kAllWheel},
            {"Subaru", "Forester", "Forest Green", 2020, 48'720, 315'000'000, BodyStyle::kSuv,
             FuelType::kPetrol, DriveType::kAllWheel},
            {"Ford", "Ranger Wildtrak", "Burnt Orange", 2021, 40'080, 560'000'000,
             BodyStyle::kPickup, FuelType::kDiesel, DriveType::kFourWheel},
            {"BYD", "Atto 3", "Sky Blue", 2023, 2'300, 452'000'000, BodyStyle::kCompactSuv,
             FuelType::kElectric, DriveType::kFrontWheel},
            {"Toyota", "Camry XLE", "Graphite Grey", 2022, 17'600, 489'000'000, BodyStyle::kSedan,
             FuelType::kHybrid, DriveType::kFrontWheel},
            {"Toyota", "RAV4", "Pearl White", 2021, 27'900, 470'000'000, BodyStyle::kSuv,
             FuelType::kPetrol, DriveType::kAllWheel},
        };
        int n = 100;
        for (const Sample& sample : kSamples) {
            domain::Car car;
            car.id = Dealership::car(n);
            // The first stands first: newest first is how Browse begins.
            car.created_at = car.updated_at = car.occurred_at = kMorning + (200 - n) * 1000;
            car.make = sample.make;
            car.model = sample.model;
            car.color = sample.color;
            car.year = sample.year;
            car.mileage = sample.mileage;
            car.price_minor = sample.price_minor;
            car.body_style = sample.body;
            car.fuel_type = sample.fuel;
            car.drive_type = sample.drive;
            car.transmission = Transmission::kAutomatic;
            car.engine_size = "1.8 L";
            car.trim_level = "XLE";
            car.doors = 5;
            car.features = {"Adaptive cruise control",
                            "Blind-spot monitor",
                            "Apple CarPlay",
                            "Rear camera",
                            "Heated seats",
                            "LED headlamps",
                            "Keyless entry and start"};
            car.description = "One owner, serviced every 10,000 km, with all its papers.";
            car.vin = "JTDBR32E7201" + std::to_string(10'000 + n);
            car.stock_number = "NBO-" + std::to_string(1000 + n);
            car.currency = "KES";
            car.tax_code = "standard";
            car.branch_id = house.nairobi;
            world.put(car);
            ++n;
        }
        for (int i = 1; i <= 6; ++i) {
            auto plain = *world.get<domain::Car>(Dealership::car(i));
            plain.body_style = BodyStyle::kHatchback;
            plain.fuel_type = FuelType::kPetrol;
            world.put(plain);
        }
    }

    std::vector<std::function<void()>> calls_;
    testing::FreshFolder blobs_;
    terminal::CarImages car_images_{[] {}};
    terminal::PictureStore pictures_store_;
    std::shared_ptr<terminal::Catalogue> catalogue_ = std::make_shared<terminal::Catalogue>();
    domain::Branch branch_;
    std::optional<terminal::Person> person_, approver_;
    int checks_ = 0;
    std::uint64_t version_ = 1;
    base::UtcMs now_ = 0;
};

}  // namespace showfloor::test
