#pragma once
// The small public page of cars behind a kiosk's QR code, in its reader's language: self-contained
// HTML with schema.org descriptions; nothing is loaded from elsewhere but the cars' own public
// pictures.
// Thread contract: pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "domain/records.hpp"
#include "text/strings.hpp"

namespace showfloor::central {

struct PageCar {
    domain::Car car;
    domain::Branch branch;
    std::string picture;  // SHA-256 of its main picture; may be empty
};

// `host` is how the visitor reached us ("cars.example:8443"), for absolute addresses.
[[nodiscard]] std::string car_page(const std::vector<PageCar>& cars, std::string_view host,
                                   const text::Strings& strings);
// & < > " ' as entities.
[[nodiscard]] std::string html_escaped(std::string_view text);

}  // namespace showfloor::central
