-- Who is signed in over the REST API, how often somebody tried, and answers that a repeated POST
-- gets again. No terminal and no API shows these tables.

-- One sign-in and all its refreshes. Refresh tokens are derived from the family, its generation and
-- central's token key: nothing here lets anybody in.
CREATE TABLE auth_session (
  family_id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  generation INTEGER NOT NULL,      -- of the refresh token that is good now
  signed_in_at INTEGER NOT NULL,
  refreshed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL DEFAULT 0,
  ended_why TEXT NOT NULL DEFAULT ''  -- logout, reuse, password, deactivated
) WITHOUT ROWID;
CREATE INDEX auth_session_user ON auth_session (user_id);
CREATE INDEX auth_session_expiry ON auth_session (expires_at);

-- Counted tries by name (hashes and ids, never a login as typed), so that a restart forgives nobody.
CREATE TABLE rate_window (
  name TEXT PRIMARY KEY,
  minute_start INTEGER NOT NULL,
  minute_count INTEGER NOT NULL,
  hour_start INTEGER NOT NULL,
  hour_count INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL
) WITHOUT ROWID;

-- The answer to each POST with an Idempotency-Key, kept for 48 hours, sealed with the token key.
CREATE TABLE idempotent_answer (
  actor_id TEXT NOT NULL,
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  sealed BLOB NOT NULL,
  answered_at INTEGER NOT NULL,
  PRIMARY KEY (actor_id, key)
) WITHOUT ROWID;
CREATE INDEX idempotent_answer_age ON idempotent_answer (answered_at);
