-- The dashboard over 100,000 cars without a walk over them: sums kept by triggers in the transaction of
-- the row, as those of sales are (0014_speed.sql). Archived cars are in neither. '' stands for null.

CREATE TABLE "car_by_state" (
    "branch_id" TEXT NOT NULL,
    "availability" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "cars" INTEGER NOT NULL,
    "worth_minor" INTEGER NOT NULL,
    PRIMARY KEY ("branch_id", "availability", "currency")
) STRICT, WITHOUT ROWID;

-- When the cars that still stand here came; the day is that of UTC, counted from 1970.
CREATE TABLE "car_by_day" (
    "day" INTEGER NOT NULL,
    "branch_id" TEXT NOT NULL,
    "cars" INTEGER NOT NULL,
    PRIMARY KEY ("day", "branch_id")
) STRICT, WITHOUT ROWID;

INSERT INTO "car_by_state" SELECT COALESCE("branch_id", ''), COALESCE("availability", ''),
    COALESCE("currency", ''), COUNT(*), SUM(COALESCE("price_minor", 0)) FROM "car"
    WHERE "archived" = 0 GROUP BY 1, 2, 3;
INSERT INTO "car_by_day" SELECT COALESCE("created_at", 0) / 86400000, COALESCE("branch_id", ''),
    COUNT(*) FROM "car" WHERE "archived" = 0 AND "availability" NOT IN ('sold', 'archived')
    GROUP BY 1, 2;

CREATE TRIGGER "car_comes" AFTER INSERT ON "car" WHEN NEW."archived" = 0 BEGIN
    INSERT INTO "car_by_state" VALUES (COALESCE(NEW."branch_id", ''),
        COALESCE(NEW."availability", ''), COALESCE(NEW."currency", ''), 1,
        COALESCE(NEW."price_minor", 0)) ON CONFLICT DO UPDATE SET "cars" = "cars" + 1,
        "worth_minor" = "worth_minor" + excluded."worth_minor";
    INSERT INTO "car_by_day" SELECT COALESCE(NEW."created_at", 0) / 86400000,
        COALESCE(NEW."branch_id", ''), 1 WHERE NEW."availability" NOT IN ('sold', 'archived')
        ON CONFLICT DO UPDATE SET "cars" = "cars" + 1;
END;

CREATE TRIGGER "car_goes" AFTER DELETE ON "car" WHEN OLD."archived" = 0 BEGIN
    UPDATE "car_by_state" SET "cars" = "cars" - 1,
        "worth_minor" = "worth_minor" - COALESCE(OLD."price_minor", 0)
        WHERE "branch_id" = COALESCE(OLD."branch_id", '')
        AND "availability" = COALESCE(OLD."availability", '')
        AND "currency" = COALESCE(OLD."currency", '');
    UPDATE "car_by_day" SET "cars" = "cars" - 1
        WHERE "day" = COALESCE(OLD."created_at", 0) / 86400000
        AND "branch_id" = COALESCE(OLD."branch_id", '')
        AND OLD."availability" NOT IN ('sold', 'archived');
END;

CREATE TRIGGER "car_changes_state" AFTER UPDATE ON "car"
    WHEN OLD."branch_id" IS NOT NEW."branch_id" OR OLD."availability" IS NOT NEW."availability"
        OR OLD."currency" IS NOT NEW."currency" OR OLD."price_minor" IS NOT NEW."price_minor"
        OR OLD."archived" IS NOT NEW."archived"
BEGIN
    UPDATE "car_by_state" SET "cars" = "cars" - 1,
        "worth_minor" = "worth_minor" - COALESCE(OLD."price_minor", 0)
        WHERE OLD."archived" = 0 AND "branch_id" = COALESCE(OLD."branch_id", '')
        AND "availability" = COALESCE(OLD."availability", '')
        AND "currency" = COALESCE(OLD."currency", '');
    INSERT INTO "car_by_state" SELECT COALESCE(NEW."branch_id", ''),
        COALESCE(NEW."availability", ''), COALESCE(NEW."currency", ''), 1,
        COALESCE(NEW."price_minor", 0) WHERE NEW."archived" = 0
        ON CONFLICT DO UPDATE SET "cars" = "cars" + 1,
        "worth_minor" = "worth_minor" + excluded."worth_minor";
END;

CREATE TRIGGER "car_changes_day" AFTER UPDATE ON "car"
    WHEN OLD."branch_id" IS NOT NEW."branch_id" OR OLD."availability" IS NOT NEW."availability"
        OR OLD."created_at" IS NOT NEW."created_at" OR OLD."archived" IS NOT NEW."archived"
BEGIN
    UPDATE "car_by_day" SET "cars" = "cars" - 1
        WHERE OLD."archived" = 0 AND OLD."availability" NOT IN ('sold', 'archived')
        AND "day" = COALESCE(OLD."created_at", 0) / 86400000
        AND "branch_id" = COALESCE(OLD."branch_id", '');
    INSERT INTO "car_by_day" SELECT COALESCE(NEW."created_at", 0) / 86400000,
        COALESCE(NEW."branch_id", ''), 1
        WHERE NEW."archived" = 0 AND NEW."availability" NOT IN ('sold', 'archived')
        ON CONFLICT DO UPDATE SET "cars" = "cars" + 1;
END;

DROP INDEX "central_car_worth";

-- What else the dashboard counts and what grows with the years.
CREATE INDEX "central_order_worth" ON "outgoing_order" ("status", "currency", "branch_id", "seller_id",
    "total_minor") WHERE "archived" = 0;
CREATE INDEX "central_order_by_date" ON "outgoing_order" ("order_date", "id");
CREATE INDEX "central_ticket_count" ON "service_ticket" ("status", "branch_id") WHERE "archived" = 0;
CREATE INDEX "central_delivery_count" ON "delivery" ("status", "branch_id") WHERE "archived" = 0;
