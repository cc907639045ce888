#pragma once
// Every record of the dealership, as structs. What each field may hold, who may see it and where
// it may lie is said once, in records.cpp. Thread contract: plain values.
//
// Conventions: *_minor = minor units of the record's currency; *_bp = basis points; *_at = UTC ms
// (0 = not yet); nil Uuid and empty text = none.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/uuid.hpp"
#include "domain/description.hpp"

namespace showfloor::domain {

using base::UtcMs;
using base::Uuid;

struct RecordBase {
    Uuid id;
    UtcMs created_at = 0;  // central's receive time; at a terminal until confirmed: occurred_at
    UtcMs updated_at = 0;
    UtcMs occurred_at = 0;  // when the last change happened, by the clock of whoever made it
    bool archived = false;  // hidden from lists, kept for history and reports
};

// ---- people and places ------------------------------------------------------------------------

struct TaxRate {
    std::string code;  // "standard"; a car and a line name their class by it
    std::string name;  // "VAT"
    std::int64_t rate_bp = 0;
};
struct Fee {
    std::string name;  // "Registration fee"
    std::int64_t amount_minor = 0;
    std::string tax_code;       // empty = untaxed
    std::string currency = {};  // empty = the branch's own
};
struct FinanceRate {
    std::int64_t months = 0;
    std::int64_t annual_rate_bp = 0;
};

// What becomes of a reservation's deposit when it comes to nothing.
enum class DepositRule { kRefund, kForfeit };
inline constexpr std::array<std::string_view, 2> kDepositRuleNames = {"refund", "forfeit"};

struct Branch : RecordBase {
    std::string name, code, legal_name, address, phone, email, tax_number, bank_details;
    std::string logo;          // blob
    std::string accent_color;  // "#RRGGBB", of the dealer's screens; empty = the product's own
    std::string invoice_footer, opening_hours, time_zone, locale, currency;
    std::vector<TaxRate> tax_rates;
    bool prices_include_tax = true;
    std::int64_t commission_rate_bp = 2000;
    std::int64_t discount_limit_bp = 300;
    std::vector<Fee> fees;  // added to every sale of a car priced in their currency
    std::vector<FinanceRate> finance_rates;
    // So long after the last contact anybody of the branch may sign in at a terminal; then only who
    // did so there before.
    std::int64_t offline_sign_in_days = 30;
    std::int64_t labour_rate_minor = 0;  // the workshop's hour
    std::string labour_tax_code;         // empty = untaxed
    DepositRule deposit_rule = DepositRule::kRefund;
};

enum class Role {
    kSuperAdmin,
    kAdmin,
    kStaff,
    kSeller,
    kMechanic,
    kDelivery,
    kSupplier,
    kCustomer,
    kNobody,  // the kiosk; never stored
};
inline constexpr std::array<std::string_view, 9> kRoleNames = {
    "super_admin", "admin",    "staff",    "seller", "mechanic",
    "delivery",    "supplier", "customer", "nobody"};

[[nodiscard]] std::optional<Role> parse_role(std::string_view name);  // nullopt when unknown

enum class UserStatus { kActive, kInactive };
inline constexpr std::array<std::string_view, 2> kUserStatusNames = {"active", "inactive"};

struct User : RecordBase {
    std::string first_name, last_name, username, email, contact, address;
    Role role = Role::kCustomer;
    std::string image;  // blob
    UserStatus status = UserStatus::kActive;
    Uuid branch_id;  // nil: an admin of all branches
    std::string locale, specialty;
    bool must_change_password = false;
    UtcMs email_verified_at = 0;
    bool show_at_sign_in = false;
    UtcMs last_sign_in_at = 0;  // central's; decides which verifiers terminals hold
};

// What lets one person sign in at one terminal while central is away: the password's Argon2id
// hash, encrypted to that terminal's public key. Readable by nothing but sign-in.
struct Verifier : RecordBase {
    Uuid user_id, terminal_id;
    std::string wrapped;  // base64
};

enum class TerminalStatus { kActive, kRevoked };
inline constexpr std::array<std::string_view, 2> kTerminalStatusNames = {"active", "revoked"};

struct Terminal : RecordBase {
    std::string code;  // "T03", unique in its branch, in document numbers
    std::string name;
    Uuid branch_id;
    TerminalStatus status = TerminalStatus::kActive;
    std::string public_key;          // P-256, PEM
    std::string certificate_serial;  // hex
    UtcMs certificate_expires_at = 0;
};

// ---- cars -------------------------------------------------------------------------------------

enum class Condition { kNew, kUsed, kCertified };
inline constexpr std::array<std::string_view, 3> kConditionNames = {"new", "used", "certified"};

enum class Availability { kInStock, kReserved, kSold, kInTransit, kArchived };
inline constexpr std::array<std::string_view, 5> kAvailabilityNames = {
    "in_stock", "reserved", "sold", "in_transit", "archived"};

enum class MileageUnit { kKm, kMi };
inline constexpr std::array<std::string_view, 2> kMileageUnitNames = {"km", "mi"};

enum class BodyStyle {
    kUnknown,
    kSedan,
    kHatchback,
    kSuv,
    kCompactSuv,
    kPickup,
    kVan,
    kCoupe,
    kWagon,
    kConvertible,
    kOther,
};
inline constexpr std::array<std::string_view, 11> kBodyStyleNames = {
    "unknown", "sedan", "hatchback", "suv",         "compact_suv", "pickup",
    "van",     "coupe", "wagon",     "convertible", "other"};

enum class Transmission { kUnknown, kAutomatic, kManual, kOther };
inline constexpr std::array<std::string_view, 4> kTransmissionNames = {"unknown", "automatic",
                                                                       "manual", "other"};

enum class FuelType {
    kUnknown,
    kPetrol,
    kDiesel,
    kHybrid,
    kPlugInHybrid,
    kElectric,
    kLpg,
    kHydrogen,
    kOther,
};
inline constexpr std::array<std::string_view, 9> kFuelTypeNames = {
    "unknown",  "petrol", "diesel",   "hybrid", "plug_in_hybrid",
    "electric", "lpg",    "hydrogen", "other"};

enum class DriveType { kUnknown, kFrontWheel, kRearWheel, kAllWheel, kFourWheel };
inline constexpr std::array<std::string_view, 5> kDriveTypeNames = {"unknown", "fwd", "rwd", "awd",
                                                                    "4wd"};

struct Car : RecordBase {
    std::string make, model;
    std::int64_t year = 0;
    std::string vin, color;
    std::int64_t mileage = 0;
    MileageUnit mileage_unit = MileageUnit::kKm;
    BodyStyle body_style = BodyStyle::kUnknown;
    Transmission transmission = Transmission::kUnknown;
    FuelType fuel_type = FuelType::kUnknown;
    std::string engine_size;  // as the trade writes it: "2.0 L"
    DriveType drive_type = DriveType::kUnknown;
    std::string trim_level;
    Condition condition = Condition::kUsed;
    std::optional<std::int64_t> cylinders, doors;
    std::vector<std::string> features;
    std::string stock_number;  // unique per branch, generated when empty
    std::int64_t price_minor = 0;
    std::string currency, tax_code;
    Availability availability = Availability::kInStock;
    Uuid branch_id, created_by;
    std::string description;
};

struct CarCost : RecordBase {
    Uuid car_id;
    std::int64_t purchase_cost_minor = 0;
    std::string currency;
    std::int64_t rate_micro = 0;  // to the branch's currency x 10^6; 0 = unknown, profit incomplete
    UtcMs rate_at = 0;
};

struct CarImage : RecordBase {
    Uuid car_id;
    std::int64_t position = 0;  // 0 = main
    std::string sha256;         // largest size; blob
    std::string sha256_medium, sha256_small;
    std::int64_t width = 0, height = 0;  // of the largest
    std::string blurhash;
};

// ---- customers and sales ----------------------------------------------------------------------

struct Customer : RecordBase {
    std::string first_name, last_name, company_name, tax_number, id_kind, id_number, email, phone,
        address, image;
    Uuid seller_id, branch_id, user_id;
    std::string notes;
    Uuid merged_into;
    bool placeholder = false;  // made from a sale's paper; its own create_customer is to come
    UtcMs erased_at = 0;       // who they were is forgotten
};

enum class SaleStatus {
    kDraft,
    kReserved,
    kCompleted,
    kDelivered,
    kDisputed,
    kRefunded,
    kCancelled,
};
inline constexpr std::array<std::string_view, 7> kSaleStatusNames = {
    "draft", "reserved", "completed", "delivered", "disputed", "refunded", "cancelled"};

// A promotion as it stood when the sale was made (records_promotions.hpp).
struct GivenPromotion {
    Uuid promotion_id;
    std::string name;
    std::int64_t amount_minor = 0;
};

struct Sale : RecordBase {
    Uuid car_id, customer_id, seller_id, branch_id, terminal_id, invoice_id;
    Uuid reservation_id;  // the one it fulfilled
    SaleStatus status = SaleStatus::kCompleted;
    std::string currency;
    std::int64_t price_minor = 0;  // list price, as shown
    std::int64_t discount_minor = 0;
    std::string discount_reason;
    std::vector<GivenPromotion> promotions;  // beside the discount, and not under its limit
    Uuid approver_id;
    std::string trade_in_description;
    std::int64_t trade_in_value_minor = 0;
    std::int64_t commission_rate_bp = 0;
    std::int64_t commission_minor = 0;  // rate x price less discount and promotions, half up
    std::int64_t total_minor = 0;       // the invoice's total
    UtcMs sale_date = 0;
    UtcMs delivered_at = 0;
    std::string dispute_code;          // why it is disputed; empty otherwise
    std::vector<std::string> reviews;  // codes a person should look at
    std::string notes;
};

enum class InvoiceStatus { kOpen, kPartlyPaid, kPaid, kVoid, kCredited };
inline constexpr std::array<std::string_view, 5> kInvoiceStatusNames = {"open", "partly_paid",
                                                                        "paid", "void", "credited"};

struct InvoiceTax {
    std::string code, name;
    std::int64_t rate_bp = 0;
    std::int64_t base_minor = 0;  // sum of the lines of this class, as priced
    std::int64_t tax_minor = 0;   // inside the base or on top of it, as the invoice says
};
struct Installment {
    UtcMs due_at = 0;
    std::int64_t amount_minor = 0;
};

struct Invoice : RecordBase {
    std::string number;
    Uuid sale_id;    // what it is of: a car's sale,
    Uuid order_id;   // goods over the counter,
    Uuid ticket_id;  // or a service ticket
    Uuid customer_id, branch_id, seller_id;
    UtcMs date_of_purchase = 0;
    std::string currency;
    bool prices_include_tax = true;
    std::vector<InvoiceTax> taxes;
    std::int64_t total_amount_minor = 0;  // lines + taxes not already inside
    std::int64_t amount_paid_minor = 0;   // cleared payments
    std::int64_t balance_minor = 0;       // total - paid - credited
    std::int64_t credited_minor = 0;
    std::vector<Installment> installments;
    std::string warranty, terms_and_conditions, agreement_details, additional_accessories,
        notes_instructions;
    std::string signature;      // strokes: JSON [[[x,y],...],...] in 0..1000
    std::string payment_proof;  // blob
    // JSON: whom the paper names, kept for tax law when the customer was erased.
    std::string bill_to;
    InvoiceStatus status = InvoiceStatus::kOpen;
};

enum class LineKind { kCar, kFee, kAccessory, kDiscount, kPart, kLabour, kProduct };
inline constexpr std::array<std::string_view, 7> kLineKindNames = {
    "car", "fee", "accessory", "discount", "part", "labour", "product"};

struct InvoiceLine : RecordBase {
    Uuid invoice_id;
    std::int64_t position = 0;
    LineKind kind = LineKind::kCar;
    std::string description;
    std::int64_t amount_minor = 0;  // only a discount is negative
    std::string tax_code;
    std::int64_t tax_rate_bp = 0;
    Uuid product_id;            // goods out of stock
    std::int64_t quantity = 0;  // of them
};

enum class PaymentMethod {
    kCash,
    kCard,
    kBankTransfer,
    kCheque,
    kMobileMoney,
    kFinance,
    kTradeIn,
};
inline constexpr std::array<std::string_view, 7> kPaymentMethodNames = {
    "cash", "card", "bank_transfer", "cheque", "mobile_money", "finance", "trade_in"};

enum class PaymentStatus { kPending, kCleared, kFailed };
inline constexpr std::array<std::string_view, 3> kPaymentStatusNames = {"pending", "cleared",
                                                                        "failed"};

struct Payment : RecordBase {
    Uuid invoice_id;      // nil: a deposit that no invoice has been credited with
    Uuid reservation_id;  // a deposit's
    Uuid sale_id, branch_id, customer_id;
    Uuid terminal_id, till_id;      // where it was taken; nil at central, without an open till
    std::int64_t amount_minor = 0;  // negative: the counter-payment of a reversal or refund
    std::string currency;
    PaymentMethod method = PaymentMethod::kCash;
    std::string reference;  // unique per branch and method
    PaymentStatus status = PaymentStatus::kPending;
    Uuid received_by;
    UtcMs at = 0;
    Uuid reverses_id;  // the payment this one takes back
    Uuid reversed_by;  // set on the payment taken back
    std::string reason;
    std::vector<std::string> reviews;
};

struct Receipt : RecordBase {
    std::string number;
    Uuid payment_id, invoice_id, reservation_id, customer_id, user_id, branch_id;
    std::string currency;
    std::int64_t amount_paid_minor = 0;
    std::int64_t balance_after_minor = 0;
};

struct CreditNote : RecordBase {
    std::string number;
    Uuid invoice_id, sale_id, customer_id, branch_id, issued_by;
    std::string currency, reason;
    bool prices_include_tax = true;
    std::vector<InvoiceTax> taxes;
    std::int64_t total_minor = 0;
};

// ---- made by central alone --------------------------------------------------------------------

struct Report : RecordBase {
    Uuid sale_id, branch_id, seller_id;
    std::string currency;
    UtcMs sale_date = 0;
    std::int64_t price_minor = 0;  // after discount, without tax
    std::int64_t purchase_cost_minor = 0, import_expense_minor = 0, commission_minor = 0;
    std::int64_t company_profit_minor = 0;
    bool incomplete = false;  // a cost or its rate is missing: the profit says nothing
    Uuid reverses_id;         // a refund books the reverse, it edits nothing
};

struct Notification : RecordBase {
    std::string type;     // "sale", "dispute", ... (domain.md section 6)
    std::string message;  // translation key
    std::string values;   // JSON object of values for the message; no personal data
    std::string record;   // record name and id it speaks of
    Uuid record_id;
    Uuid branch_id;                     // nil: admins of all branches
    std::vector<std::string> audience;  // role names; or the one user below
    Uuid user_id;
    std::vector<std::string> read_by, dismissed_by;  // user ids
    UtcMs resolved_at = 0;
};

struct History : RecordBase {
    std::int64_t number = 0;  // 1, 2, 3, ... in commit order
    std::string command;      // or an event: sign_in, sign_out, sign_in_failed, lock, export, ...
    Uuid command_id, actor_id, co_actor_id, terminal_id, branch_id;
    std::string record;
    Uuid record_id;
    std::string before, after;                  // JSON of the changed fields only
    std::string salt, values_hash, chain_hash;  // hex; chain over salted hashes of the values
};

// Every described record, in a fixed order (parents before children).
[[nodiscard]] const std::vector<const Description*>& all_records();
// nullptr when no record has that name (or plural).
[[nodiscard]] const Description* find_record(std::string_view name_or_plural);

#define SHOWFLOOR_DESCRIBED(Type) \
    template <>                   \
    const Description& describe<Type>()
SHOWFLOOR_DESCRIBED(TaxRate);
SHOWFLOOR_DESCRIBED(Fee);
SHOWFLOOR_DESCRIBED(FinanceRate);
SHOWFLOOR_DESCRIBED(Branch);
SHOWFLOOR_DESCRIBED(User);
SHOWFLOOR_DESCRIBED(Verifier);
SHOWFLOOR_DESCRIBED(Terminal);
SHOWFLOOR_DESCRIBED(Car);
SHOWFLOOR_DESCRIBED(CarCost);
SHOWFLOOR_DESCRIBED(CarImage);
SHOWFLOOR_DESCRIBED(Customer);
SHOWFLOOR_DESCRIBED(GivenPromotion);
SHOWFLOOR_DESCRIBED(Sale);
SHOWFLOOR_DESCRIBED(InvoiceTax);
SHOWFLOOR_DESCRIBED(Installment);
SHOWFLOOR_DESCRIBED(Invoice);
SHOWFLOOR_DESCRIBED(InvoiceLine);
SHOWFLOOR_DESCRIBED(Payment);
SHOWFLOOR_DESCRIBED(Receipt);
SHOWFLOOR_DESCRIBED(CreditNote);
SHOWFLOOR_DESCRIBED(Report);
SHOWFLOOR_DESCRIBED(Notification);
SHOWFLOOR_DESCRIBED(History);

}  // namespace showfloor::domain
