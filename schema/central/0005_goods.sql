-- Price history and importations of cars.

CREATE TABLE "price_change" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "old_price_minor" INTEGER,
    "new_price_minor" INTEGER,
    "currency" TEXT,
    "changed_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "at" INTEGER
) STRICT;

CREATE INDEX "price_change_car_id_at" ON "price_change" ("car_id", "at", "id");

CREATE TABLE "importation" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "country_of_origin" TEXT,
    "transport_fee_minor" INTEGER,
    "import_duty_minor" INTEGER,
    "currency" TEXT,
    "rate_micro" INTEGER,
    "rate_at" INTEGER,
    "import_date" INTEGER,
    "document" TEXT,
    "document_missing" INTEGER
) STRICT;

CREATE INDEX "importation_car_id" ON "importation" ("car_id", "id");


-- Goods: catalogue, suppliers, stock and its ledger, incoming orders.

CREATE TABLE "category" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "name" TEXT,
    "description" TEXT
) STRICT;

CREATE INDEX "category_name" ON "category" ("name", "id");

CREATE TABLE "product" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "sku" TEXT,
    "name" TEXT,
    "description" TEXT,
    "price_minor" INTEGER,
    "currency" TEXT,
    "tax_code" TEXT,
    "category_id" TEXT REFERENCES "category" ("id") DEFERRABLE INITIALLY DEFERRED,
    "kind" TEXT,
    "low_stock_threshold" INTEGER,
    "active" INTEGER,
    "image" TEXT
) STRICT;

CREATE INDEX "product_sku" ON "product" ("sku", "id");

CREATE INDEX "product_name" ON "product" ("name", "id");

CREATE INDEX "product_category_id" ON "product" ("category_id", "id");

CREATE TABLE "supplier" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "name" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "address" TEXT,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "supplier_name" ON "supplier" ("name", "id");

CREATE INDEX "supplier_user_id" ON "supplier" ("user_id", "id");

CREATE TABLE "stock_batch" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "product_id" TEXT REFERENCES "product" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "batch_number" TEXT,
    "available_quantity" INTEGER,
    "expiry_date" INTEGER,
    "unit_cost_minor" INTEGER,
    "currency" TEXT,
    "incoming_order_id" TEXT REFERENCES "incoming_order" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "stock_batch_product_id_branch_id" ON "stock_batch" ("product_id", "branch_id", "id");

CREATE INDEX "stock_batch_branch_id" ON "stock_batch" ("branch_id", "id");

CREATE INDEX "stock_batch_incoming_order_id" ON "stock_batch" ("incoming_order_id", "id");

CREATE TABLE "stock_movement" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "batch_id" TEXT REFERENCES "stock_batch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "product_id" TEXT REFERENCES "product" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "kind" TEXT,
    "quantity" INTEGER,
    "old_quantity" INTEGER,
    "new_quantity" INTEGER,
    "reason" TEXT,
    "record" TEXT,
    "record_id" TEXT,
    "user_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "at" INTEGER
) STRICT;

CREATE INDEX "stock_movement_batch_id" ON "stock_movement" ("batch_id", "id");

CREATE INDEX "stock_movement_record_id" ON "stock_movement" ("record_id", "id");

CREATE INDEX "stock_movement_branch_id_at" ON "stock_movement" ("branch_id", "at", "id");

CREATE TABLE "incoming_order" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "supplier_id" TEXT REFERENCES "supplier" ("id") DEFERRABLE INITIALLY DEFERRED,
    "product_id" TEXT REFERENCES "product" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "batch_number" TEXT,
    "quantity" INTEGER,
    "received_quantity" INTEGER,
    "unit_cost_minor" INTEGER,
    "total_cost_minor" INTEGER,
    "currency" TEXT,
    "supply_date" INTEGER,
    "expiry_date" INTEGER,
    "status" TEXT,
    "ordered_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "reviews" TEXT
) STRICT;

CREATE INDEX "incoming_order_supplier_id" ON "incoming_order" ("supplier_id", "id");

CREATE INDEX "incoming_order_product_id" ON "incoming_order" ("product_id", "id");

CREATE INDEX "incoming_order_branch_id_status" ON "incoming_order" ("branch_id", "status", "id");

