/**
 * How the file came to look as it does, step by step: a file of version n needs those after the nth. A step is never changed once it
 * has been published; what is to be otherwise is a new one.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE sync (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL,
    salt TEXT NOT NULL,
    fence INTEGER NOT NULL
  ) STRICT;

  -- Numbers that are never given twice, not even after what had them is gone.
  CREATE TABLE counter (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO counter VALUES ('pair', 1), ('staged', 1);

  CREATE TABLE claim (
    sync INTEGER NOT NULL,
    task TEXT NOT NULL,
    holder TEXT NOT NULL,
    fence INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (sync, task)
  ) STRICT, WITHOUT ROWID;

  -- What every reading touches is apart from the values, so that a run in which nothing changed writes small rows only.
  CREATE TABLE pair (
    id INTEGER PRIMARY KEY,
    sync INTEGER NOT NULL,
    shard INTEGER NOT NULL,
    key_hash TEXT NOT NULL,
    source_id TEXT,
    source_seen INTEGER,
    target_id TEXT,
    target_seen INTEGER,
    flags INTEGER NOT NULL,
    problem TEXT
  ) STRICT;
  CREATE UNIQUE INDEX pair_source ON pair (sync, source_id) WHERE source_id IS NOT NULL;
  CREATE UNIQUE INDEX pair_target ON pair (sync, target_id) WHERE target_id IS NOT NULL;
  CREATE INDEX pair_key ON pair (sync, key_hash);
  CREATE INDEX pair_problem ON pair (sync) WHERE problem IS NOT NULL;

  CREATE TABLE pair_values (
    id INTEGER PRIMARY KEY,
    key TEXT,
    source_base_hash TEXT,
    source_base TEXT,
    source_read_hash TEXT,
    source_read TEXT,
    source_edited_at TEXT,
    source_own_at TEXT,
    target_base_hash TEXT,
    target_base TEXT,
    target_read_hash TEXT,
    target_read TEXT,
    target_edited_at TEXT,
    target_own_at TEXT
  ) STRICT;

  CREATE TABLE generation (
    sync INTEGER NOT NULL,
    side TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    cursor TEXT,
    read INTEGER NOT NULL,
    resumed INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (sync, side, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE intent (
    place INTEGER PRIMARY KEY,
    sync INTEGER NOT NULL,
    id TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    shard INTEGER NOT NULL,
    side TEXT NOT NULL,
    operation TEXT NOT NULL,
    key TEXT,
    record_id TEXT,
    other_id TEXT,
    written TEXT,
    fence INTEGER NOT NULL,
    sent_until INTEGER NOT NULL,
    UNIQUE (sync, id)
  ) STRICT;

  CREATE TABLE staged (
    sequence INTEGER PRIMARY KEY,
    sync INTEGER NOT NULL,
    shard INTEGER NOT NULL,
    side TEXT NOT NULL,
    generation INTEGER NOT NULL,
    contact TEXT NOT NULL
  ) STRICT;
  CREATE INDEX staged_shard ON staged (sync, shard);

  CREATE TABLE conflict (
    place INTEGER PRIMARY KEY,
    sync INTEGER NOT NULL,
    id TEXT NOT NULL,
    pair INTEGER NOT NULL,
    shard INTEGER NOT NULL,
    key TEXT,
    field TEXT NOT NULL,
    source TEXT,
    target TEXT,
    base TEXT,
    found_at INTEGER NOT NULL,
    decision TEXT,
    UNIQUE (sync, id)
  ) STRICT;
  CREATE INDEX conflict_pair ON conflict (pair);

  CREATE TABLE run (
    sync INTEGER NOT NULL,
    number INTEGER NOT NULL,
    phase TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    resumes INTEGER NOT NULL,
    notes TEXT,
    PRIMARY KEY (sync, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE run_count (
    sync INTEGER NOT NULL,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (sync, run, name)
  ) STRICT, WITHOUT ROWID;
  `,
]
