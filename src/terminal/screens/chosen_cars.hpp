#pragma once
// The head that the screens of chosen cars share (compared ones, kept ones): the bar, the cars that
// are still there, and what stands there when there are none. Thread contract: UI thread.

#include <memory>
#include <vector>

#include "terminal/screens/shell.hpp"
#include "ui/widgets.hpp"

namespace showfloor::terminal {

struct ChosenCars {
    ui::Area whole, page;  // the screen, and what is below the bar within the margins
    std::shared_ptr<Catalogue> catalogue;
    std::vector<const CatalogueCar*> cars;  // of `catalogue`; empty: the empty state was drawn
};
ChosenCars begin_chosen(ui::Context& ui, Shell& shell, const std::vector<base::Uuid>& ids,
                        const ui::EmptyState& none);

}  // namespace showfloor::terminal
