-- Goods sold over the counter are brought to people too.

ALTER TABLE "delivery" ADD COLUMN "order_id" TEXT REFERENCES "outgoing_order" ("id") DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX "delivery_order_id" ON "delivery" ("order_id", "id");
