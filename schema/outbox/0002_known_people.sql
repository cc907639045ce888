-- Who has signed in at this terminal before, and when last by trusted time: they may go on after
-- the offline window has closed.
CREATE TABLE known_person (
  user_id TEXT PRIMARY KEY,
  signed_in_at INTEGER NOT NULL
) WITHOUT ROWID;
