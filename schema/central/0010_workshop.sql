-- The workshop: service tickets, their parts, labour and mechanics; invoices of them.

CREATE TABLE "service_ticket" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "vin" TEXT,
    "plate" TEXT,
    "vehicle" TEXT,
    "odometer" INTEGER,
    "odometer_unit" TEXT,
    "description" TEXT,
    "scheduled_at" INTEGER,
    "promised_at" INTEGER,
    "bay" TEXT,
    "notes" TEXT,
    "status" TEXT,
    "created_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "currency" TEXT,
    "prices_include_tax" INTEGER,
    "parts_minor" INTEGER,
    "labour_minor" INTEGER,
    "tax_minor" INTEGER,
    "total_minor" INTEGER,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "done_at" INTEGER,
    "collected_at" INTEGER,
    "reviews" TEXT
) STRICT;

CREATE INDEX "service_ticket_customer_id" ON "service_ticket" ("customer_id", "id");

CREATE INDEX "service_ticket_car_id" ON "service_ticket" ("car_id", "id");

CREATE INDEX "service_ticket_vin" ON "service_ticket" ("vin", "id");

CREATE INDEX "service_ticket_branch_id_status" ON "service_ticket" ("branch_id", "status", "id");

CREATE INDEX "service_ticket_invoice_id" ON "service_ticket" ("invoice_id", "id");

CREATE TABLE "ticket_part" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "ticket_id" TEXT REFERENCES "service_ticket" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "product_id" TEXT REFERENCES "product" ("id") DEFERRABLE INITIALLY DEFERRED,
    "description" TEXT,
    "quantity" INTEGER,
    "short_quantity" INTEGER,
    "unit_price_minor" INTEGER,
    "amount_minor" INTEGER,
    "tax_code" TEXT,
    "tax_rate_bp" INTEGER,
    "added_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "ticket_part_ticket_id" ON "ticket_part" ("ticket_id", "id");

CREATE INDEX "ticket_part_product_id" ON "ticket_part" ("product_id", "id");

CREATE TABLE "ticket_labour" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "ticket_id" TEXT REFERENCES "service_ticket" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "mechanic_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "description" TEXT,
    "minutes" INTEGER,
    "rate_minor" INTEGER,
    "amount_minor" INTEGER,
    "tax_code" TEXT,
    "tax_rate_bp" INTEGER
) STRICT;

CREATE INDEX "ticket_labour_ticket_id" ON "ticket_labour" ("ticket_id", "id");

CREATE INDEX "ticket_labour_mechanic_id" ON "ticket_labour" ("mechanic_id", "id");

CREATE TABLE "ticket_mechanic" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "ticket_id" TEXT REFERENCES "service_ticket" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "ticket_mechanic_ticket_id" ON "ticket_mechanic" ("ticket_id", "id");

CREATE INDEX "ticket_mechanic_user_id" ON "ticket_mechanic" ("user_id", "id");

ALTER TABLE "invoice" ADD COLUMN "ticket_id" TEXT REFERENCES "service_ticket" ("id") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "invoice_ticket_id" ON "invoice" ("ticket_id", "id");

ALTER TABLE "branch" ADD COLUMN "labour_rate_minor" INTEGER;

ALTER TABLE "branch" ADD COLUMN "labour_tax_code" TEXT;
