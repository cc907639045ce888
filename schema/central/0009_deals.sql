-- Reservations with their deposits, goods over the counter, tills: papers and payments may belong to
-- any of them, and a payment says where it was taken.

CREATE TABLE "reservation" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "walk_in_name" TEXT,
    "seller_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "until" INTEGER,
    "currency" TEXT,
    "deposit_minor" INTEGER,
    "deposit_rule" TEXT,
    "deposit_state" TEXT,
    "status" TEXT,
    "car_was" TEXT,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "ended_at" INTEGER,
    "dispute_code" TEXT,
    "reason" TEXT,
    "reviews" TEXT
) STRICT;

CREATE INDEX "reservation_car_id" ON "reservation" ("car_id", "id");

CREATE INDEX "reservation_customer_id" ON "reservation" ("customer_id", "id");

CREATE INDEX "reservation_seller_id" ON "reservation" ("seller_id", "id");

CREATE INDEX "reservation_branch_id_until" ON "reservation" ("branch_id", "until", "id");

CREATE INDEX "reservation_status_until" ON "reservation" ("status", "until", "id");

CREATE TABLE "outgoing_order" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "seller_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "invoice_id" TEXT REFERENCES "invoice" ("id") DEFERRABLE INITIALLY DEFERRED,
    "status" TEXT,
    "currency" TEXT,
    "lines" TEXT,
    "total_minor" INTEGER,
    "order_date" INTEGER,
    "dispute_code" TEXT,
    "reason" TEXT,
    "notes" TEXT,
    "reviews" TEXT
) STRICT;

CREATE INDEX "outgoing_order_customer_id" ON "outgoing_order" ("customer_id", "id");

CREATE INDEX "outgoing_order_seller_id" ON "outgoing_order" ("seller_id", "id");

CREATE INDEX "outgoing_order_branch_id_order_date" ON "outgoing_order" ("branch_id", "order_date", "id");

CREATE INDEX "outgoing_order_status" ON "outgoing_order" ("status", "id");

CREATE INDEX "outgoing_order_invoice_id" ON "outgoing_order" ("invoice_id", "id");

CREATE TABLE "till" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "opened_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "closed_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "status" TEXT,
    "opened_at" INTEGER,
    "closed_at" INTEGER,
    "currency" TEXT,
    "opening_float_minor" INTEGER,
    "counts" TEXT,
    "takings" TEXT,
    "difference_minor" INTEGER,
    "reason" TEXT,
    "reviews" TEXT
) STRICT;

CREATE INDEX "till_terminal_id_status" ON "till" ("terminal_id", "status", "id");

CREATE INDEX "till_branch_id_opened_at" ON "till" ("branch_id", "opened_at", "id");

CREATE INDEX "till_opened_by" ON "till" ("opened_by", "id");

ALTER TABLE "branch" ADD COLUMN "deposit_rule" TEXT;

ALTER TABLE "sale" ADD COLUMN "reservation_id" TEXT REFERENCES "reservation" ("id") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "invoice" ADD COLUMN "order_id" TEXT REFERENCES "outgoing_order" ("id") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "invoice_line" ADD COLUMN "product_id" TEXT REFERENCES "product" ("id") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "invoice_line" ADD COLUMN "quantity" INTEGER;

ALTER TABLE "payment" ADD COLUMN "reservation_id" TEXT REFERENCES "reservation" ("id") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "payment" ADD COLUMN "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "payment" ADD COLUMN "till_id" TEXT REFERENCES "till" ("id") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "receipt" ADD COLUMN "reservation_id" TEXT REFERENCES "reservation" ("id") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "invoice_order_id" ON "invoice" ("order_id", "id");

CREATE INDEX "payment_reservation_id" ON "payment" ("reservation_id", "id");

CREATE INDEX "payment_till_id" ON "payment" ("till_id", "id");

CREATE INDEX "receipt_reservation_id" ON "receipt" ("reservation_id", "id");

CREATE INDEX "customer_user_id" ON "customer" ("user_id", "id");
