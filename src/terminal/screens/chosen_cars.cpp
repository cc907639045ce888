#include "terminal/screens/chosen_cars.hpp"

namespace showfloor::terminal {

ChosenCars begin_chosen(ui::Context& ui, Shell& shell, const std::vector<base::Uuid>& ids,
                        const ui::EmptyState& none) {
    ChosenCars chosen;
    ui::Area page = shell.page(ui);
    chosen.whole = page;
    shell.bar(ui, page, true);
    chosen.page = page.padded(ui.portrait() ? ui::space::k32 + ui::space::k8 : ui::space::k48, 0);
    chosen.catalogue = shell.app.catalogue();
    for (const base::Uuid& id : ids)
        if (const CatalogueCar* car = chosen.catalogue->find(id)) chosen.cars.push_back(car);
    if (!chosen.cars.empty())
        chosen.page.skip(ui::space::k8);
    else if (!ids.empty() && says_unreadable(ui, chosen.page, shell.app))
        return chosen;
    else if (empty_state(ui, chosen.page, none))
        shell.to_browse();
    return chosen;
}

}  // namespace showfloor::terminal
