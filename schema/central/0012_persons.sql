-- What is one person's alone; customers that were joined or forgotten.

CREATE TABLE "owned_item" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "item_name" TEXT,
    "description" TEXT,
    "quantity" INTEGER,
    "price_minor" INTEGER,
    "currency" TEXT
) STRICT;

CREATE INDEX "owned_item_user_id" ON "owned_item" ("user_id", "id");

CREATE TABLE "user_pay" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "salary_minor" INTEGER,
    "currency" TEXT,
    "commission_rate_bp" INTEGER
) STRICT;

CREATE UNIQUE INDEX "user_pay_user_id" ON "user_pay" ("user_id");

ALTER TABLE "customer" ADD COLUMN "erased_at" INTEGER;

CREATE INDEX "customer_merged_into" ON "customer" ("merged_into", "id");

ALTER TABLE "invoice" ADD COLUMN "bill_to" TEXT;
