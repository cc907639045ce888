-- Letters on their way. A letter is written when it is sent, out of the records it names, so that
-- nothing personal rests here and who was erased gets none. What no record holds (a one-time
-- password, a code) is sealed with a key of central's and wiped once the letter is gone.
CREATE TABLE mail (
  id TEXT PRIMARY KEY,                  -- also its Message-ID: the same at every try
  kind TEXT NOT NULL,                   -- new_user, invoice, ... (assets/emails)
  recipient TEXT NOT NULL,              -- user or customer
  recipient_id TEXT NOT NULL,
  record_id TEXT NOT NULL DEFAULT '',   -- what it is about
  sealed BLOB,
  state TEXT NOT NULL,                  -- waiting, sent, stuck (for a person to see), dropped
  queued_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,             -- of the next try
  expires_at INTEGER NOT NULL DEFAULT 0,-- not sent after that; 0 = any time
  claimed INTEGER NOT NULL DEFAULT 0,   -- 1: a sender has it
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT ''   -- a code, never what a server said
) WITHOUT ROWID;
CREATE INDEX mail_due ON mail (state, next_at);
CREATE INDEX mail_recipient ON mail (recipient_id, state);

-- From where somebody has signed in before, as keyed hashes: a sign-in from elsewhere is told.
CREATE TABLE known_address (
  user_id TEXT NOT NULL,
  address_hash TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, address_hash)
) WITHOUT ROWID;
