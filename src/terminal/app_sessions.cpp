// AppImpl: who is signed in here, and who approves.
#include <filesystem>
#include <utility>

#include "terminal/app_impl.hpp"

namespace showfloor::terminal {

void AppImpl::check(SignIn who, std::function<void(base::Result<Person>)> done) {
    const std::uint64_t mine = ++checks_;
    const auto told = [this, mine, done](base::Result<Person> person) {
        later([this, mine, done, person = std::move(person)]() mutable {
            if (mine != checks_)
                person = base::fail(base::ErrorKind::kRefused, "Nobody waits for it.", "gone");
            done(std::move(person));
        });
    };
    const bool posted = engine_->post([who = std::move(who), told](Engine& engine) {
        if (who.pin)
            engine.sign_in_by_pin(who.login, who.secret, told);
        else
            engine.sign_in(who.login, who.secret, told);
    });
    if (!posted) later([done] { done(stuck()); });
}

void AppImpl::sign_in(SignIn who, std::function<void(base::Result<Person>)> done) {
    check(std::move(who), [this, done](base::Result<Person> person) {
        approver_.reset();
        if (person) person_ = *person;
        ++version_;
        done(std::move(person));
    });
}

void AppImpl::sign_out() {
    person_.reset();
    // Papers name people: what was made for this person goes with them.
    (void)post_errand([folder = folder_.papers()] {
        std::error_code problem;
        std::vector<std::filesystem::path> papers;
        for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end;
             at.increment(problem))
            if (at->path().extension() == ".pdf") papers.push_back(at->path());
        for (const auto& paper : papers)
            std::filesystem::remove(paper, problem);
    });
    forget_approval();
    ++version_;
}

void AppImpl::approve(SignIn who, std::function<void(base::Result<Person>)> done) {
    check(std::move(who), [this, done](base::Result<Person> person) {
        if (person) approver_ = *person;
        done(std::move(person));
    });
}

void AppImpl::set_pin(std::string pin, std::function<void(base::Result<void>)> done) {
    if (!person_ || person_->by_pin) {
        later([done] {
            done(base::fail(base::ErrorKind::kRefused,
                            "Sign in with the password first; then a PIN can be set.", "by_pin"));
        });
        return;
    }
    on_engine(
        [this, pin = std::move(pin), done, user = person_->user_id](Engine& engine) {
            auto set = pin.empty() ? engine.accounts().drop_pin(user) : engine.set_pin(user, pin);
            later([done, set] { done(set); });
        },
        done);
}

void AppImpl::change_password(std::string former, std::string fresh,
                              std::function<void(base::Result<void>)> done) {
    if (!person_) {
        later([done] {
            done(base::fail(base::ErrorKind::kRefused, "Nobody is signed in.", "gone"));
        });
        return;
    }
    on_engine(
        [this, former = std::move(former), fresh = std::move(fresh), done,
         person = *person_](Engine& engine) {
            engine.change_password(person, former, fresh, [this, done](base::Result<void> changed) {
                later([done, changed] { done(changed); });
            });
        },
        done);
}

void AppImpl::sign_in_tiles(std::function<void(std::vector<SignInTile>)> done) {
    on_engine([this, done](Engine& engine) {
        later([done, tiles = engine.accounts().tiles(engine.trusted_now())] { done(tiles); });
    });
}

}  // namespace showfloor::terminal
