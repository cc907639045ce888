-- PINs for a quick return at this terminal. Who they belong to is a lookup key; what they are
-- (Argon2id, the day, the password they were set after) stands sealed.
CREATE TABLE pin (
  user_id TEXT PRIMARY KEY,
  body BLOB NOT NULL,
  made_at INTEGER NOT NULL
) WITHOUT ROWID;
