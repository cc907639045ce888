-- What central keeps to itself beside the records: no terminal and no API shows these tables.

-- Single values: epoch, feed_head, history_number, history_chain, feed_horizon, sync_port ...
CREATE TABLE central_value (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Who must hear of which row: the newest entry of each (record, id, scope), compacted as it is
-- written. change_no grows in commit order over all scopes together.
CREATE TABLE feed (
  record TEXT NOT NULL,
  id TEXT NOT NULL,
  scope TEXT NOT NULL,
  change_no INTEGER NOT NULL,
  gone INTEGER NOT NULL,
  PRIMARY KEY (record, id, scope)
) WITHOUT ROWID;
CREATE UNIQUE INDEX feed_order ON feed (scope, change_no);

-- Every command ever settled, wherever it came from: a command id is settled once.
CREATE TABLE command_log (
  command_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  actor_id TEXT,
  terminal_id TEXT,
  occurred_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT NOT NULL,
  details TEXT NOT NULL
) WITHOUT ROWID;

-- The journal of each terminal as central accepted it, with the answer each entry was given.
CREATE TABLE push_log (
  terminal_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  command_id TEXT NOT NULL,
  feed_no INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  code TEXT NOT NULL,
  details TEXT NOT NULL,
  PRIMARY KEY (terminal_id, seq)
) WITHOUT ROWID;
CREATE INDEX push_log_feed ON push_log (terminal_id, feed_no);

-- Commands that record what happened but speak of what central does not know (any more): kept until
-- another terminal has sent it again (central/waiting.hpp).
CREATE TABLE push_waiting (
  number INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  terminal_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  numbers TEXT NOT NULL,
  was_numbers TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
);

-- What could not be taken as it came (poison, forged, wrong signature), kept for an admin.
CREATE TABLE quarantine (
  number INTEGER PRIMARY KEY,
  terminal_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  received_at INTEGER NOT NULL
);
CREATE INDEX quarantine_terminal ON quarantine (terminal_id, number);

CREATE TABLE terminal_state (
  terminal_id TEXT PRIMARY KEY,
  last_seq INTEGER NOT NULL DEFAULT 0,
  head_hash TEXT NOT NULL,
  last_contact_at INTEGER NOT NULL DEFAULT 0,
  forked_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Document numbers: the last of each series, and those that name no document, with the reason.
CREATE TABLE number_series (
  series TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE number_void (
  series TEXT NOT NULL,
  n INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (series, n)
) WITHOUT ROWID;

-- Argon2id hashes of passwords.
CREATE TABLE credential (
  user_id TEXT PRIMARY KEY,
  phc TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Codes are stored as SHA-256 and never as they were shown.
CREATE TABLE enroll_code (
  code_hash TEXT PRIMARY KEY,
  branch_id TEXT NOT NULL,
  name TEXT NOT NULL,
  made_by TEXT,
  expires_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL DEFAULT 0,
  terminal_id TEXT
) WITHOUT ROWID;

-- Token buckets by name, so that a restart forgives nobody.
CREATE TABLE rate_bucket (
  name TEXT PRIMARY KEY,
  window_start INTEGER NOT NULL,
  count INTEGER NOT NULL
) WITHOUT ROWID;

-- Files in DIR/blobs, by what they contain.
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  is_public INTEGER NOT NULL,
  branch_id TEXT,
  added_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A short exclusive hold on a car while a deal is worked on online.
CREATE TABLE lease (
  car_id TEXT PRIMARY KEY,
  terminal_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
