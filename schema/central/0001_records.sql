-- The records of src/domain/records.cpp as central keeps them. Generated: after a change
-- of a description, run  SHOWFLOOR_WRITE_SCHEMA=1 build/bin/storage_test  and read the
-- difference. Frozen at the first release; from then on changes are scripts of their own.

CREATE TABLE "branch" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "name" TEXT,
    "code" TEXT,
    "legal_name" TEXT,
    "address" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "tax_number" TEXT,
    "bank_details" TEXT,
    "logo" TEXT,
    "invoice_footer" TEXT,
    "opening_hours" TEXT,
    "time_zone" TEXT,
    "locale" TEXT,
    "currency" TEXT,
    "tax_rates" TEXT,
    "prices_include_tax" INTEGER,
    "commission_rate_bp" INTEGER,
    "discount_limit_bp" INTEGER,
    "fees" TEXT,
    "finance_rates" TEXT,
    "offline_sign_in_days" INTEGER
) STRICT;

CREATE UNIQUE INDEX "branch_code" ON "branch" ("code");

CREATE TABLE "user" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "first_name" TEXT,
    "last_name" TEXT,
    "username" TEXT,
    "email" TEXT,
    "contact" TEXT,
    "address" TEXT,
    "role" TEXT,
    "image" TEXT,
    "status" TEXT,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "locale" TEXT,
    "specialty" TEXT,
    "must_change_password" INTEGER,
    "email_verified_at" INTEGER,
    "show_at_sign_in" INTEGER,
    "last_sign_in_at" INTEGER
) STRICT;

CREATE UNIQUE INDEX "user_username_any_case" ON "user" ("username" COLLATE NOCASE);

CREATE INDEX "user_username" ON "user" ("username", "id");

CREATE UNIQUE INDEX "user_email_any_case" ON "user" ("email" COLLATE NOCASE);

CREATE INDEX "user_email" ON "user" ("email", "id");

CREATE INDEX "user_contact" ON "user" ("contact", "id");

CREATE INDEX "user_branch_id" ON "user" ("branch_id", "id");

CREATE INDEX "user_role" ON "user" ("role", "id");

CREATE TABLE "terminal" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "code" TEXT,
    "name" TEXT,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "status" TEXT,
    "public_key" TEXT,
    "certificate_serial" TEXT,
    "certificate_expires_at" INTEGER
) STRICT;

CREATE INDEX "terminal_branch_id" ON "terminal" ("branch_id", "id");

CREATE TABLE "verifier" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "wrapped" TEXT
) STRICT;

CREATE INDEX "verifier_user_id" ON "verifier" ("user_id", "id");

CREATE INDEX "verifier_terminal_id" ON "verifier" ("terminal_id", "id");

CREATE TABLE "car" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "make" TEXT,
    "model" TEXT,
    "year" INTEGER,
    "vin" TEXT,
    "color" TEXT,
    "mileage" INTEGER,
    "mileage_unit" TEXT,
    "body_style" TEXT,
    "transmission" TEXT,
    "fuel_type" TEXT,
    "engine_size" TEXT,
    "drive_type" TEXT,
    "trim_level" TEXT,
    "condition" TEXT,
    "cylinders" INTEGER,
    "doors" INTEGER,
    "features" TEXT,
    "stock_number" TEXT,
    "price_minor" INTEGER,
    "currency" TEXT,
    "tax_code" TEXT,
    "availability" TEXT,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "created_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "description" TEXT
) STRICT;

CREATE INDEX "car_vin" ON "car" ("vin", "id");

CREATE INDEX "car_branch_id_stock_number" ON "car" ("branch_id", "stock_number", "id");

CREATE INDEX "car_availability" ON "car" ("availability", "id");

CREATE INDEX "car_make_model" ON "car" ("make", "model", "id");

CREATE TABLE "car_cost" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "purchase_cost_minor" INTEGER,
    "currency" TEXT,
    "rate_micro" INTEGER,
    "rate_at" INTEGER
) STRICT;

CREATE UNIQUE INDEX "car_cost_car_id" ON "car_cost" ("car_id");

CREATE TABLE "car_image" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "position" INTEGER,
    "sha256" TEXT,
    "sha256_medium" TEXT,
    "sha256_small" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "blurhash" TEXT
) STRICT;

CREATE INDEX "car_image_car_id_position" ON "car_image" ("car_id", "position", "id");

CREATE TABLE "customer" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "first_name" TEXT,
    "last_name" TEXT,
    "company_name" TEXT,
    "tax_number" TEXT,
    "id_kind" TEXT,
    "id_number" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "image" TEXT,
    "seller_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "notes" TEXT,
    "merged_into" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "placeholder" INTEGER
) STRICT;

CREATE INDEX "customer_phone" ON "customer" ("phone", "id");

CREATE INDEX "customer_email" ON "customer" ("email", "id");

CREATE INDEX "customer_branch_id" ON "customer" ("branch_id", "id");

CREATE INDEX "customer_seller_id" ON "customer" ("seller_id", "id");

CREATE TABLE "sale" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "seller_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "status" TEXT,
    "currency" TEXT,
    "price_minor" INTEGER,
    "discount_minor" INTEGER,
    "discount_reason" TEXT,
    "approver_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "trade_in_description" TEXT,
    "trade_in_value_minor" INTEGER,
    "commission_rate_bp" INTEGER,
    "commission_minor" INTEGER,
    "total_minor" INTEGER,
    "sale_date" INTEGER,
    "delivered_at" INTEGER,
    "dispute_code" TEXT,
    "reviews" TEXT,
    "notes" TEXT
) STRICT;

CREATE INDEX "sale_car_id" ON "sale" ("car_id", "id");

CREATE INDEX "sale_customer_id" ON "sale" ("customer_id", "id");

CREATE INDEX "sale_invoice_id" ON "sale" ("invoice_id", "id");

CREATE INDEX "sale_seller_id" ON "sale" ("seller_id", "id");

CREATE INDEX "sale_branch_id_sale_date" ON "sale" ("branch_id", "sale_date", "id");

CREATE INDEX "sale_status" ON "sale" ("status", "id");

CREATE TABLE "invoice" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "number" TEXT,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "seller_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "date_of_purchase" INTEGER,
    "currency" TEXT,
    "prices_include_tax" INTEGER,
    "taxes" TEXT,
    "total_amount_minor" INTEGER,
    "amount_paid_minor" INTEGER,
    "balance_minor" INTEGER,
    "credited_minor" INTEGER,
    "installments" TEXT,
    "warranty" TEXT,
    "terms_and_conditions" TEXT,
    "agreement_details" TEXT,
    "additional_accessories" TEXT,
    "notes_instructions" TEXT,
    "signature" TEXT,
    "payment_proof" TEXT,
    "status" TEXT
) STRICT;

CREATE UNIQUE INDEX "invoice_number" ON "invoice" ("number");

CREATE INDEX "invoice_sale_id" ON "invoice" ("sale_id", "id");

CREATE INDEX "invoice_customer_id" ON "invoice" ("customer_id", "id");

CREATE INDEX "invoice_branch_id" ON "invoice" ("branch_id", "id");

CREATE INDEX "invoice_status" ON "invoice" ("status", "id");

CREATE TABLE "invoice_line" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "position" INTEGER,
    "kind" TEXT,
    "description" TEXT,
    "amount_minor" INTEGER,
    "tax_code" TEXT,
    "tax_rate_bp" INTEGER
) STRICT;

CREATE INDEX "invoice_line_invoice_id_position" ON "invoice_line" ("invoice_id", "position", "id");

CREATE TABLE "payment" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "amount_minor" INTEGER,
    "currency" TEXT,
    "method" TEXT,
    "reference" TEXT,
    "status" TEXT,
    "received_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "at" INTEGER,
    "reverses_id" TEXT REFERENCES "payment" ("id") DEFERRABLE INITIALLY DEFERRED,
    "reversed_by" TEXT REFERENCES "payment" ("id") DEFERRABLE INITIALLY DEFERRED,
    "reason" TEXT,
    "reviews" TEXT
) STRICT;

CREATE INDEX "payment_invoice_id" ON "payment" ("invoice_id", "id");

CREATE INDEX "payment_sale_id" ON "payment" ("sale_id", "id");

CREATE INDEX "payment_branch_id_method_reference" ON "payment" ("branch_id", "method", "reference", "id");

CREATE INDEX "payment_customer_id" ON "payment" ("customer_id", "id");

CREATE TABLE "receipt" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "number" TEXT,
    "payment_id" TEXT REFERENCES "payment" ("id") DEFERRABLE INITIALLY DEFERRED,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "currency" TEXT,
    "amount_paid_minor" INTEGER,
    "balance_after_minor" INTEGER
) STRICT;

CREATE UNIQUE INDEX "receipt_number" ON "receipt" ("number");

CREATE INDEX "receipt_payment_id" ON "receipt" ("payment_id", "id");

CREATE INDEX "receipt_invoice_id" ON "receipt" ("invoice_id", "id");

CREATE INDEX "receipt_customer_id" ON "receipt" ("customer_id", "id");

CREATE TABLE "credit_note" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "number" TEXT,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "issued_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "currency" TEXT,
    "reason" TEXT,
    "prices_include_tax" INTEGER,
    "taxes" TEXT,
    "total_minor" INTEGER
) STRICT;

CREATE UNIQUE INDEX "credit_note_number" ON "credit_note" ("number");

CREATE INDEX "credit_note_invoice_id" ON "credit_note" ("invoice_id", "id");

CREATE INDEX "credit_note_sale_id" ON "credit_note" ("sale_id", "id");

CREATE TABLE "report" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "seller_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "currency" TEXT,
    "sale_date" INTEGER,
    "price_minor" INTEGER,
    "purchase_cost_minor" INTEGER,
    "import_expense_minor" INTEGER,
    "commission_minor" INTEGER,
    "company_profit_minor" INTEGER,
    "incomplete" INTEGER,
    "reverses_id" TEXT REFERENCES "report" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "report_sale_id" ON "report" ("sale_id", "id");

CREATE INDEX "report_branch_id_sale_date" ON "report" ("branch_id", "sale_date", "id");

CREATE INDEX "report_seller_id" ON "report" ("seller_id", "id");

CREATE TABLE "notification" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "type" TEXT,
    "message" TEXT,
    "values" TEXT,
    "record" TEXT,
    "record_id" TEXT,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "audience" TEXT,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "read_by" TEXT,
    "dismissed_by" TEXT,
    "resolved_at" INTEGER
) STRICT;

CREATE INDEX "notification_branch_id" ON "notification" ("branch_id", "id");

CREATE INDEX "notification_record_id" ON "notification" ("record_id", "id");

CREATE INDEX "notification_user_id" ON "notification" ("user_id", "id");

CREATE TABLE "history" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "number" INTEGER,
    "command" TEXT,
    "command_id" TEXT,
    "actor_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "co_actor_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "record" TEXT,
    "record_id" TEXT,
    "before" TEXT,
    "after" TEXT,
    "salt" TEXT,
    "values_hash" TEXT,
    "chain_hash" TEXT
) STRICT;

CREATE UNIQUE INDEX "history_number" ON "history" ("number");

CREATE INDEX "history_record_id" ON "history" ("record_id", "id");

CREATE INDEX "history_actor_id" ON "history" ("actor_id", "id");

CREATE INDEX "history_branch_id" ON "history" ("branch_id", "id");
