-- What is brought to customers.

CREATE TABLE "delivery" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "customer_id" TEXT REFERENCES "customer" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "tracking_number" TEXT,
    "carrier" TEXT,
    "status" TEXT,
    "estimated_delivery_date" INTEGER,
    "delivery_date" INTEGER,
    "delivery_person_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "notes" TEXT,
    "cost_minor" INTEGER,
    "currency" TEXT,
    "reviews" TEXT
) STRICT;

CREATE INDEX "delivery_sale_id" ON "delivery" ("sale_id", "id");

CREATE INDEX "delivery_tracking_number" ON "delivery" ("tracking_number", "id");

CREATE INDEX "delivery_branch_id_status" ON "delivery" ("branch_id", "status", "id");

CREATE INDEX "delivery_customer_id" ON "delivery" ("customer_id", "id");

CREATE INDEX "delivery_delivery_person_id" ON "delivery" ("delivery_person_id", "id");
