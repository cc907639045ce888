-- What a vehicle listing (Google's columns) said of a car, as it was written: what the car record
-- has no place for, and spellings, so that an export gives back what an import brought.
CREATE TABLE car_listing (
  car_id TEXT PRIMARY KEY,
  listing TEXT NOT NULL       -- JSON: [[title, value], ...]
) WITHOUT ROWID;
