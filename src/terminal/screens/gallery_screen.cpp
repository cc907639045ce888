#include "terminal/screens/gallery_screen.hpp"

#include <algorithm>

namespace showfloor::terminal {

namespace {

constexpr float kButton = 72, kZoomStep = 1.6F;

}  // namespace

void GalleryScreen::draw_controls(ui::Context& ui, ui::Area screen, std::size_t count) {
    ui::Area inside =
        screen.padded(ui.portrait() ? ui::space::k32 : ui::space::k48, ui::space::k32);
    ui::Area top = inside.cut_top(kButton);
    const bool closes = icon_button(ui, top.cut_end(kButton, ui::space::k16),
                                    {.id = "close_gallery",
                                     .label = ui.tr("ui.close"),
                                     .icon = ui::icons::kClose,
                                     .on_picture = true});
    if (closes || ui.back_pressed()) shell_.navigator.pop();
    shell_.access_button(ui, top.cut_end(kButton, ui::space::k16), Shell::AccessLook::kOnPicture);
    // On a pill of its own: what lies below may be as light as the figure, or as dark as the
    // ground.
    const std::string where = std::to_string(picture_ + 1) + " / " + std::to_string(count);
    const float width = text_width(ui, where, ui::Style::kBodyStrong) + 2 * ui::space::k24;
    const ui::Area pill = top.cut_start(width).centred(width, 56);
    ui.painter().fill(pill.rect, ui.color().badge, 28);
    ui.painter().text(pill.rect, where, ui.text(ui::Style::kBodyStrong), ui.color().on_badge,
                      ui::Align::kCentre);
    ui::Area foot = inside.cut_bottom(kButton);
    ui::Area row = foot.centred(2 * kButton + ui::space::k16, kButton);
    if (icon_button(ui, row.cut_start(kButton, ui::space::k16),
                    {.id = "zoom_out",
                     .label = ui.tr("gallery.smaller"),
                     .icon = ui::icons::kZoomOut,
                     .enabled = zoom_.zoom > 1,
                     .on_picture = true})) {
        zoom_.zoom = std::max(1.F, zoom_.zoom / kZoomStep);
        if (zoom_.zoom < 1.05F) zoom_ = {};
        ui.draw_again();
    }
    if (icon_button(ui, row.cut_start(kButton),
                    {.id = "zoom_in",
                     .label = ui.tr("gallery.larger"),
                     .icon = ui::icons::kZoomIn,
                     .enabled = zoom_.zoom < ui::kMostZoom,
                     .on_picture = true})) {
        zoom_.zoom = std::min(ui::kMostZoom, zoom_.zoom * kZoomStep);
        ui.draw_again();
    }
    if (count < 2) return;
    ui::Area middle = screen.centred(inside.width(), kButton);
    const auto turn = [&](std::size_t to) {
        picture_ = to;
        zoom_ = {};
        ui.draw_again();
    };
    if (picture_ > 0 &&
        icon_button(ui, middle.cut_start(kButton),
                    {.id = "picture_before",
                     .label = ui.tr("gallery.before"),
                     .icon = ui.mirrored() ? ui::icons::kChevronRight : ui::icons::kChevronLeft,
                     .on_picture = true}))
        turn(picture_ - 1);
    else if (picture_ + 1 < count && icon_button(ui, middle.cut_end(kButton),
                                                 {.id = "picture_after",
                                                  .label = ui.tr("gallery.after"),
                                                  .icon = chevron_forward(ui),
                                                  .on_picture = true}))
        turn(picture_ + 1);
}

void GalleryScreen::draw(ui::Context& ui) {
    const ui::Area screen = ui.whole();
    ui.painter().fill(screen.rect, ui.color().picture_ground);
    const CarImages::Images* images = shell_.app.car_images().of(car_id_);
    const std::size_t count = images == nullptr ? 0 : images->size();
    if (count == 0) {
        shell_.navigator.pop();
        return;
    }
    picture_ = std::min(picture_, count - 1);
    const std::size_t before = picture_;
    const ui::Pager pages{.id = "gallery", .count = count, .label = ui.tr("car.pictures")};
    if (zoom_.zoom > 1) {
        zoom_picture(ui, screen, "gallery", shell_.large_picture(ui, (*images)[picture_]), zoom_);
    } else {
        pager(ui, screen, pages, picture_, [&](std::size_t index, ui::Area area) {
            // The picture alone, on a dark ground: colours that go on beside it show their seam.
            ui::ZoomState whole;
            const std::string& id = ui.keep("gallery_" + std::to_string(index));
            zoom_picture(ui, area, id, shell_.large_picture(ui, (*images)[index]),
                         index == picture_ ? zoom_ : whole);
        });
    }
    if (picture_ != before) zoom_ = {};
    draw_controls(ui, ui.screen(), count);
}

}  // namespace showfloor::terminal
