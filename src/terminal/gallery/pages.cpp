#include "terminal/gallery/pages.hpp"

#include <array>

#include "text/format.hpp"
#include "ui/scroll.hpp"
#include "ui/widgets.hpp"

namespace showfloor::terminal {

using namespace ui;

void Pages::draw(Context& ui, Area page, std::size_t number) {
    arabic_ = ui.mirrored();
    constexpr std::array<void (Pages::*)(Context&, Area), kCount> kPages = {
        &Pages::parts, &Pages::controls,   &Pages::figures,    &Pages::moving, &Pages::browse,
        &Pages::home,  &Pages::sign_in,    &Pages::messages,   &Pages::states, &Pages::fields,
        &Pages::over,  &Pages::states_set, &Pages::states_pads};
    (this->*kPages.at(number % kCount))(ui, page);
}

// A studio gradient with a shape, different for each index.
Picture Pages::demo_picture(Context& ui, std::size_t index) {
    const PictureKey key = 1000 + index % 6;
    const Picture known = ui.textures().find(key);
    if (known.ready()) return known;
    constexpr int kWidth = 320, kHeight = 200;
    std::vector<std::uint8_t> rgba(static_cast<std::size_t>(kWidth) * kHeight * 4, 255);
    for (int y = 0; y < kHeight; ++y)
        for (int x = 0; x < kWidth; ++x) {
            const std::size_t at =
                (static_cast<std::size_t>(y) * kWidth + static_cast<std::size_t>(x)) * 4;
            const int light = 225 - y / 4 - static_cast<int>(index % 6) * 6;
            const bool body = (x - 160) * (x - 160) / 4 + (y - 120) * (y - 120) * 4 < 3600;
            rgba[at] =
                static_cast<std::uint8_t>(body ? 40 + static_cast<int>(index % 6) * 25 : light);
            rgba[at + 1] = static_cast<std::uint8_t>(body ? 70 : light - 3);
            rgba[at + 2] = static_cast<std::uint8_t>(body ? 120 - static_cast<int>(index % 6) * 12
                                                          : light - 10);
        }
    return ui.textures().upload(key, kWidth, kHeight, rgba);
}

void Pages::parts(Context& ui, Area page) {
    Area bar = top_bar(ui, page);
    label(ui, bar.cut_start(320), say("Toolkit", "أدوات الواجهة"), Style::kTitle);
    const std::string state =
        say("Offline since 10:42 · 3 sales safe here", "غير متصل منذ 10:42 · 3 مبيعات محفوظة هنا");
    status_words(ui, bar.cut_end(status_width(ui, state)), icons::kCloudOff, state, Ink::kOffline);
    page = page.padded(space::k48, space::k32);
    std::array<std::string, 5> steps = {say("Car", "السيارة"), say("Customer", "العميل"),
                                        say("Price", "السعر"), say("Payment", "الدفع"),
                                        say("Review & sign", "المراجعة والتوقيع")};
    stepper(ui, page.cut_top(48, space::k24), steps, 2);
    Area left = page.cut_start(page.width() * 0.55F, space::k32);
    Area buttons = left.cut_top(kButtonHeight, space::k24);
    const std::array<Button, 5> specs = {{
        {"primary", say("Continue", "متابعة"), icons::kNone, ButtonKind::kPrimary},
        {"secondary", say("Back", "رجوع"), icons::kNone, ButtonKind::kSecondary},
        {"ghost", say("Save for later", "حفظ لوقت لاحق"), icons::kNone, ButtonKind::kGhost},
        {"danger", say("Delete", "حذف"), icons::kDelete, ButtonKind::kDanger},
        {"off", say("Not now", "ليس الآن"), icons::kNone, ButtonKind::kPrimary, false},
    }};
    for (const Button& spec : specs)
        (void)button(ui, buttons.cut_start(button_width(ui, spec), space::k12), spec);
    const std::array<Chip, 6> chip_specs = {{
        {.id = "suv", .label = "SUV", .count = 46, .selected = suv_},
        {.id = "sedan", .label = say("Sedan", "سيدان"), .count = 38},
        {.id = "price",
         .label = say("up to KES 5.6 M", "حتى KES 5.6 مليون"),
         .selected = true,
         .removable = true},
        {.id = "picks",
         .label = say("My picks", "مختاراتي"),
         .count = 2,
         .icon = icons::kFavoriteBorder},
        {.id = "sort", .label = say("Newest first", "الأحدث أولا"), .icon_end = icons::kExpandMore},
        {.id = "access", .label = "", .icon = icons::kAccessibilityNew},
    }};
    if (chips(ui, left, chip_specs) == 0) suv_ = !suv_;
    left.skip(space::k24);
    Area sheet = card(ui, left.cut_top(468, space::k24));
    const auto columns = sheet.columns(2, space::k24);
    Area a = columns[0], b = columns[1];
    const Field name{.id = "name",
                     .label = say("Customer", "العميل"),
                     .hint = say("as on the ID", "كما في الهوية")};
    (void)text_field(ui, a.cut_top(field_height(name), space::k12), name, name_);
    const Field money{.id = "discount",
                      .label = say("Discount", "الخصم"),
                      .kind = FieldKind::kMoney,
                      .hint = " ",
                      .currency = "KES",
                      .suffix = "4.0 %"};
    (void)text_field(ui, b.cut_top(field_height(money), space::k12), money, money_);
    const Field password{
        .id = "password",
        .label = say("Password", "كلمة المرور"),
        .kind = FieldKind::kPassword,
        .error = say("Wrong password. 3 tries left.", "كلمة مرور خاطئة. بقيت 3 محاولات."),
        .done = say("Sign in", "دخول")};
    (void)text_field(ui, a.cut_top(field_height(password), space::k12), password, password_);
    const Field email{.id = "email",
                      .label = say("E-mail", "البريد"),
                      .kind = FieldKind::kEmail,
                      .placeholder = "name@example.com",
                      .hint = " "};
    (void)text_field(ui, b.cut_top(field_height(email), space::k12), email, email_);
    const Field off{.id = "list_price",
                    .label = say("List price", "سعر القائمة"),
                    .kind = FieldKind::kMoney,
                    .currency = "KES",
                    .enabled = false};
    std::string list_price = "4250000";
    (void)text_field(ui, a.cut_top(field_height(off)), off, list_price);
    Area type = card(ui, page.cut_top(400, space::k24));
    label(ui, type.cut_top(60), say("Display 48", "عنوان 48"), Style::kDisplay);
    label(ui, type.cut_top(50), "KES 4,250,000", Style::kFigure);
    label(ui, type.cut_top(44), say("Title 30 with AVATAR kerning", "عنوان فرعي 30 لا إله"),
          Style::kTitle);
    label(ui, type.cut_top(36), say("2022 Toyota Corolla Cross", "تويوتا كورولا كروس 2022"),
          Style::kHeading);
    label(ui, type.cut_top(34), say("Large body: what people read first.", "نص كبير يقرأ أولا."),
          Style::kBodyLarge);
    label(ui, type.cut_top(32), say("Body text. Hamburgefonstiv 0123456789", "نص عادي 0123456789"),
          Style::kBody);
    label(ui, type.cut_top(30), say("Quiet note under it", "ملاحظة هادئة"), Style::kSmall,
          Ink::kQuiet);
    paragraph(ui, type,
              say("Caption: a paragraph that is long enough to break into two lines, so that one "
                  "sees how lines follow each other.",
                  "فقرة طويلة بما يكفي لتنقسم إلى سطرين حتى يرى المرء كيف تتبع الأسطر بعضها بعضا "
                  "في هذه اللغة أيضا."),
              Style::kCaption, Ink::kQuiet);
    Area rows = card(ui, page.cut_top(84 * 3 + 32), space::k16);
    (void)list_row(ui, rows.cut_top(kRowHeight),
                   {.id = "drive",
                    .title = say("10:30 Test drive, Forester", "10:30 تجربة قيادة فورستر"),
                    .subtitle = "Peter Kamau, 0722 … 118",
                    .icon = icons::kEvent,
                    .chevron = true});
    (void)list_row(ui, rows.cut_top(kRowHeight),
                   {.id = "inv",
                    .title = "NBO1-T03-000117",
                    .subtitle = say("Wanjiru O.", "وانجيرو"),
                    .trailing = "KES 350,000",
                    .trailing_note = say("due today", "مستحق اليوم")});
    (void)list_row(ui, rows.cut_top(kRowHeight),
                   {.id = "late",
                    .title = say("Ranger KDG 412B is ready", "رينجر جاهزة"),
                    .icon = icons::kBuild,
                    .trailing = say("overdue", "متأخر"),
                    .trailing_ink = Ink::kDanger,
                    .divider = false});
}

void Pages::browse(Context& ui, Area page) {
    Area bar = top_bar(ui, page, false);
    label(ui, bar.cut_start(280), "Uhuru Motors", Style::kTitle);
    const Chip access{.id = "access", .label = "", .icon = icons::kAccessibilityNew};
    const Chip language{
        .id = "language", .label = say("English", "العربية"), .icon = icons::kLanguage};
    (void)chip(ui,
               bar.cut_end(chip_width(ui, access), space::k16)
                   .centred(chip_width(ui, access), kChipHeight),
               access);
    (void)chip(ui,
               bar.cut_end(chip_width(ui, language), space::k16)
                   .centred(chip_width(ui, language), kChipHeight),
               language);
    const Field search{
        .id = "search",
        .label = "",
        .kind = FieldKind::kSearch,
        .placeholder = say("Search make, model, “awd toyota 2019”", "ابحث عن الصنع أو الطراز")};
    (void)text_field(ui, bar.centred(std::min(560.0F, bar.width()), field_height(search)), search,
                     search_);
    page = page.padded(space::k48, 0);
    const Grid spec{.id = "cars", .count = 100000, .least_width = 400, .item_height = 408};
    grid(ui, page, spec, [&](std::size_t index, Area area) {
        const std::string id = std::to_string(index);
        (void)tap_card(ui, area, id, "2022 Toyota Corolla Cross");
        const Area top = area.cut_top(268);
        picture(ui, top, demo_picture(ui, index),
                {.radius = ui.theme().radius_card, .only_top_corners = true});
        if (index % 3 == 0) badge(ui, top.padded(16), say("Just in", "وصل حديثا"));
        Area heart = top.padded(16);
        (void)icon_button(ui, heart.cut_top(52).cut_end(52),
                          {.id = "keep/" + id, .label = "Keep", .icon = icons::kFavoriteBorder});
        Area words = area.padded(space::k24, 16);
        label(ui, words.cut_top(34), "2022 Toyota Corolla Cross", Style::kHeading);
        label(ui, words.cut_top(30),
              say("Hybrid · Automatic · 21,400 km", "هجين · أوتوماتيك · 21,400 كم"), Style::kSmall,
              Ink::kQuiet);
        Area price = words.cut_top(42);
        label(ui, price.cut_end(150), "KES 89,900 / mo", Style::kCaption, Ink::kQuiet, Align::kEnd);
        TextStyle style = ui.text(Style::kTitle);
        style.tabular = true;
        ui.painter().text(price.rect, text::money(ui.locale(), 425000000, "KES", 2), style,
                          ui.color().ink);
    });
    const Button call{.id = "call",
                      .label = say("Call a seller", "اتصل ببائع"),
                      .icon = icons::kSupportAgent,
                      .kind = ButtonKind::kPrimary};
    Area floating = ui.screen().padded(space::k48, 36);
    (void)button(ui, floating.cut_bottom(kButtonHeight).cut_end(button_width(ui, call)), call);
}

void Pages::home(Context& ui, Area page) {
    Area bar = top_bar(ui, page);
    label(ui, bar.cut_start(280), "Uhuru Motors", Style::kTitle);
    const Chip me{.id = "me", .label = "Amina W. · Westlands", .icon_end = icons::kLockOpen};
    (void)chip(ui, bar.cut_end(chip_width(ui, me), 20).centred(chip_width(ui, me), kChipHeight),
               me);
    label(ui, bar.cut_end(70, 12), "09:14", Style::kBodyLarge, Ink::kQuiet, Align::kCentre);
    const std::string state = say("All safe at central · 4 s ago", "كل شيء محفوظ · قبل 4 ث");
    status_words(ui, bar.cut_end(status_width(ui, state)), icons::kCloudDone, state, Ink::kGood);
    Area rail = page.cut_start(300, 12).padded(24, 32);
    const std::array<RailItem, 6> items = {
        {{"home", say("Home", "الرئيسية"), icons::kHome, true},
         {"cars", say("Cars", "السيارات"), icons::kDirectionsCar},
         {"sales", say("Sales", "المبيعات"), icons::kSell},
         {"customers", say("Customers", "العملاء"), icons::kPeople},
         {"workshop", say("Workshop", "الورشة"), icons::kHandyman},
         {"attention", say("Attention", "تنبيه"), icons::kReport, false, 1}}};
    for (const RailItem& item : items)
        (void)rail_item(ui, rail.cut_top(64, 8), item);
    (void)page.cut_end(48);
    page.skip(32);
    Area head = page.cut_top(92, 24);
    const Button sale{.id = "new_sale",
                      .label = say("New sale", "بيع جديد"),
                      .icon = icons::kAdd,
                      .kind = ButtonKind::kPrimary};
    (void)button(ui, head.cut_end(button_width(ui, sale)).centred(button_width(ui, sale), 76),
                 sale);
    label(ui, head.cut_top(30), text::long_date(ui.locale(), text::civil_time(1795255200000, 180)),
          Style::kBodyLarge, Ink::kQuiet);
    label(ui, head, say("Good morning, Amina", "صباح الخير يا أمينة"), Style::kDisplay);
    const auto tiles = page.cut_top(150, 24).columns(4, 24);
    figure_tile(ui, tiles[0], say("Sold this month", "بيعت هذا الشهر"), say("7 cars", "7 سيارات"),
                say("2 more than October", "أكثر بسيارتين من أكتوبر"));
    figure_tile(ui, tiles[1], say("Revenue", "الإيراد"),
                text::money_compact(ui.locale(), 2740000000, "KES", 2),
                say("68 % of target", "68 % من الهدف"));
    figure_tile(ui, tiles[2], say("Commission", "العمولة"), "KES 1.92 M",
                say("paid 30 Nov", "تدفع 30 نوفمبر"));
    figure_tile(ui, tiles[3], say("Open balances", "أرصدة مفتوحة"), "KES 6.1 M",
                say("4 invoices, 1 overdue", "4 فواتير، واحدة متأخرة"));
    Area middle = page.cut_top(440, 24);
    Area chart = card(ui, middle.cut_start(middle.width() * 0.57F, 24), 32);
    (void)section_header(ui, chart.cut_top(48, 16), say("Sales by week", "المبيعات أسبوعيا"),
                         "all_weeks", say("Year", "السنة"));
    const std::array<double, 12> weeks = {9, 13, 7, 16, 19, 12, 21, 15, 24, 18, 22.5, 19.6};
    const std::array<std::string, 12> names = {"36", "37", "38", "39", "40", "41",
                                               "42", "43", "44", "45", "46", "47"};
    bar_chart(ui, chart, {weeks, names, 11});
    Area today = card(ui, middle, 32);
    label(ui, today.cut_top(48, 8), say("Today", "اليوم"), Style::kTitle);
    (void)list_row(ui, today.cut_top(80),
                   {.id = "a",
                    .title = say("10:30 Test drive, Forester", "10:30 تجربة قيادة فورستر"),
                    .subtitle = "Peter Kamau, 0722 … 118",
                    .icon = icons::kEvent});
    (void)list_row(ui, today.cut_top(80),
                   {.id = "b",
                    .title = say("Call back about CX-5", "اتصل بشأن CX-5"),
                    .subtitle = say("left at terminal 2, 08:51", "من الجهاز 2، 08:51"),
                    .icon = icons::kPhoneCallback});
    (void)list_row(ui, today.cut_top(80),
                   {.id = "c",
                    .title = say("Instalment due: Wanjiru O.", "قسط مستحق: وانجيرو"),
                    .subtitle = "KES 350,000, NBO1-T03-000117",
                    .icon = icons::kPayments});
    (void)list_row(ui, today.cut_top(80),
                   {.id = "d",
                    .title = say("Ranger KDG 412B is ready", "رينجر KDG 412B جاهزة"),
                    .subtitle = say("workshop, collect after 15:00", "الورشة، بعد 15:00"),
                    .icon = icons::kBuild,
                    .divider = false});
    const Banner decision{
        .id = "see_both",
        .tone = Tone::kDanger,
        .title = say("One sale needs a decision.", "بيع يحتاج قرارا."),
        .words =
            say("The 2021 CX-5 was also sold at Mombasa while both were offline. Nothing is lost.",
                "بيعت CX-5 2021 أيضا في مومباسا أثناء انقطاع الشبكة. لم يضع شيء."),
        .action = say("See both", "عرض الاثنين")};
    (void)banner(ui, page.cut_top(banner_height(ui, decision, page.width())), decision);
}

void Pages::sign_in(Context& ui, Area page) {
    Area bar = top_bar(ui, page, false);
    const Chip back{.id = "back",
                    .label = say("Back to the cars", "العودة إلى السيارات"),
                    .icon = arrow_back(ui)};
    (void)chip(ui, bar.cut_start(chip_width(ui, back)).centred(chip_width(ui, back), kChipHeight),
               back);
    page.skip(12);
    label(ui, page.cut_top(64, 24), say("Who is selling?", "من البائع؟"), Style::kDisplay,
          Ink::kInk, Align::kCentre);
    const std::array<Avatar, 4> people = {{{"amina", "Amina W.", say("Seller", "بائعة")},
                                           {"james", "James K.", say("Seller", "بائع")},
                                           {"faith", "Faith O.", say("Manager", "مديرة")},
                                           {"daniel", "Daniel M.", say("Workshop", "الورشة")}}};
    Area row = page.cut_top(kAvatarHeight, 12).centred(kAvatarWidth * 4 + 28 * 3, kAvatarHeight);
    for (Avatar person : people) {
        person.selected = person.id == who_;
        person.faded = !person.selected;
        if (avatar(ui, row.cut_start(kAvatarWidth, 28), person)) who_ = person.id;
    }
    page.skip(160);
    const Field password{.id = "password",
                         .label = "",
                         .kind = FieldKind::kPassword,
                         .placeholder = say("Password", "كلمة المرور"),
                         .hint = say("Wrong password. 3 tries left, then a one-minute wait.",
                                     "كلمة مرور خاطئة. بقيت 3 محاولات."),
                         .done = say("Sign in", "دخول")};
    (void)text_field(ui, page.cut_top(field_height(password)).centred(560, field_height(password)),
                     password, password_);
}

void Pages::messages(Context& ui, Area page) {
    page = page.padded(space::k48, space::k32);
    const std::array<Banner, 4> banners = {{
        {"i", Tone::kInfo, "", say("Prices as of 10:42.", "الأسعار كما في 10:42."), ""},
        {"g", Tone::kGood, say("Saved.", "تم الحفظ."),
         say("The sale is safe on this terminal.", "البيع محفوظ على هذا الجهاز."), ""},
        {"w", Tone::kWarning, "",
         say("Up to 3.0 % is yours to give. 4.0 % needs a manager’s approval at this terminal or "
             "by phone code.",
             "يمكنك منح 3.0 %. ما فوق ذلك يحتاج موافقة المدير."),
         say("Ask now", "اطلب الآن")},
        {"d", Tone::kDanger, say("The printer has no paper.", "لا ورق في الطابعة."),
         say("The receipt is kept; print it again when paper is in.",
             "الإيصال محفوظ؛ اطبعه عند توفر الورق."),
         ""},
    }};
    for (const Banner& spec : banners)
        (void)banner(ui, page.cut_top(banner_height(ui, spec, page.width()), space::k16), spec);
    Area row = page.cut_top(420, space::k24);
    (void)empty_state(
        ui, card(ui, row.cut_start(row.width() / 2 - 12, space::k24)),
        {.id = "clear",
         .icon = icons::kSearch,
         .title = say("No car fits all of this", "لا سيارة تناسب كل هذا"),
         .words = say("Take one wish away, or ask a seller: new cars arrive every week.",
                      "أزل شرطا أو اسأل بائعا: تصل سيارات جديدة كل أسبوع."),
         .action = say("Clear filters", "مسح المرشحات")});
    Area loading = card(ui, row);
    skeleton(ui, loading.cut_top(200, space::k16));
    skeleton(ui, loading.cut_top(32, space::k12).cut_start(320));
    skeleton(ui, loading.cut_top(24).cut_start(200));
    if (button(ui, page.cut_top(kButtonHeight).cut_start(260),
               {.id = "open_dialog", .label = say("Open dialog", "افتح الحوار")})) {
        dialog_open_ = true;
        ui.toast(say("Receipt printed", "تمت الطباعة"), Tone::kGood);
    }
    if (!dialog_open_) return;
    const Dialog spec{
        .id = "leave",
        .title = say("Leave this sale?", "مغادرة البيع؟"),
        .words = say("The draft stays safe on this terminal; you find it under Sales.",
                     "تبقى المسودة محفوظة على هذا الجهاز في المبيعات."),
        .confirm = say("Leave", "مغادرة"),
        .cancel = say("Stay here", "البقاء"),
        .danger = true};
    if (dialog(ui, spec) != DialogAnswer::kOpen) dialog_open_ = false;
}

}  // namespace showfloor::terminal
