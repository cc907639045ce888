-- A dealer's own colour on the screens, "#RRGGBB"; NULL is the product's.
ALTER TABLE "branch" ADD COLUMN "accent_color" TEXT;
