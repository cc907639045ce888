-- What cars are offered cheaper for, for a while; and what a sale was made with.

CREATE TABLE "promotion" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "name" TEXT,
    "description" TEXT,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "percent_bp" INTEGER,
    "amount_minor" INTEGER,
    "currency" TEXT,
    "starts_at" INTEGER,
    "ends_at" INTEGER,
    "make" TEXT,
    "model" TEXT,
    "body_style" TEXT,
    "condition" TEXT,
    "active" INTEGER
) STRICT;

CREATE INDEX "promotion_branch_id" ON "promotion" ("branch_id", "id");

ALTER TABLE "sale" ADD COLUMN "promotions" TEXT;
