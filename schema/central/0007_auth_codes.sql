-- Codes sent to an e-mail address: good for ten minutes, for one use, for few tries. Kept as keyed
-- hashes, one for each person and purpose.
CREATE TABLE auth_code (
  user_id TEXT NOT NULL,
  purpose TEXT NOT NULL,      -- reset, verify
  code_hash TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (user_id, purpose)
) WITHOUT ROWID;
