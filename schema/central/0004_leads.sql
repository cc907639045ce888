-- Leads and calls for a seller.

CREATE TABLE "lead" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "kind" TEXT,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "name" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "preferred_at" INTEGER,
    "notes" TEXT,
    "consent_version" TEXT,
    "consent_at" INTEGER,
    "status" TEXT,
    "owner_id" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "answered_at" INTEGER,
    "sale_id" TEXT REFERENCES "sale" ("id") DEFERRABLE INITIALLY DEFERRED,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "lead_branch_id_status" ON "lead" ("branch_id", "status", "id");
CREATE INDEX "lead_owner_id" ON "lead" ("owner_id", "id");
CREATE INDEX "lead_car_id" ON "lead" ("car_id", "id");
CREATE INDEX "lead_phone" ON "lead" ("phone", "id");
CREATE INDEX "lead_email" ON "lead" ("email", "id");

CREATE TABLE "assistance" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER,
    "updated_at" INTEGER,
    "occurred_at" INTEGER,
    "archived" INTEGER,
    "branch_id" TEXT REFERENCES "branch" ("id") DEFERRABLE INITIALLY DEFERRED,
    "terminal_id" TEXT REFERENCES "terminal" ("id") DEFERRABLE INITIALLY DEFERRED,
    "car_id" TEXT REFERENCES "car" ("id") DEFERRABLE INITIALLY DEFERRED,
    "status" TEXT,
    "called_at" INTEGER,
    "answered_by" TEXT REFERENCES "user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "answered_at" INTEGER
) STRICT;

CREATE INDEX "assistance_branch_id_status" ON "assistance" ("branch_id", "status", "id");
CREATE INDEX "assistance_terminal_id_status" ON "assistance" ("terminal_id", "status", "id");
