-- outbox.db: the precious file of a terminal. Everything that says who somebody is stands sealed.

-- One row: who this terminal is and how far its journal has come.
CREATE TABLE state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  generation INTEGER NOT NULL DEFAULT 0,
  terminal_id TEXT NOT NULL DEFAULT '',
  terminal_code TEXT NOT NULL DEFAULT '',
  branch_id TEXT NOT NULL DEFAULT '',
  branch_code TEXT NOT NULL DEFAULT '',
  tail INTEGER NOT NULL DEFAULT 0,
  head_hash TEXT NOT NULL DEFAULT '',
  acknowledged INTEGER NOT NULL DEFAULT 0,
  confirmed INTEGER NOT NULL DEFAULT 0,
  epoch TEXT NOT NULL DEFAULT '',
  halted TEXT NOT NULL DEFAULT '',
  trusted_at INTEGER NOT NULL DEFAULT 0,
  last_contact_at INTEGER NOT NULL DEFAULT 0
);
INSERT INTO state (one) VALUES (1);

-- The journal. A generation is one identity; seq counts within it. outcome NULL = not answered.
CREATE TABLE entry (
  generation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  body BLOB NOT NULL,
  numbers TEXT NOT NULL,
  was_numbers TEXT NOT NULL,
  hash TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  created BLOB NOT NULL,
  doubt TEXT NOT NULL DEFAULT '',
  outcome TEXT,
  code TEXT NOT NULL DEFAULT '',
  details BLOB,
  answered_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (generation, seq)
);
CREATE UNIQUE INDEX entry_id ON entry (id);

-- Document numbers given out by this terminal, without gaps.
CREATE TABLE series (
  series TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) WITHOUT ROWID;

-- What a person has to see.
CREATE TABLE inbox (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  body BLOB NOT NULL,
  noted_at INTEGER NOT NULL,
  resolved INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX inbox_subject ON inbox (subject, kind);

CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  body BLOB NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX draft_owner ON draft (owner_id, updated_at);

CREATE TABLE upload (
  sha256 TEXT PRIMARY KEY,
  queued_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sign_in_lock (
  login TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  failed_at INTEGER NOT NULL
) WITHOUT ROWID;
