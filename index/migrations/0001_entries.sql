-- Entries as last told, every name they are met under, every record ever told of them.
CREATE TABLE entry (
  n          INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  source     TEXT NOT NULL,
  lang       TEXT NOT NULL,
  title      TEXT NOT NULL,
  url        TEXT,
  published  INTEGER NOT NULL,           -- unix seconds, UTC, like every time here
  updated    INTEGER,
  text       TEXT NOT NULL,
  summary    TEXT NOT NULL,
  detail     TEXT NOT NULL,              -- JSON: the entry's other fields
  part_of    TEXT,                       -- the digest that this item stands in
  part       INTEGER,                    -- its place there, from 0
  revision   INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  changed    INTEGER NOT NULL,
  stamp      INTEGER NOT NULL,           -- grows with every change; views catch up by it
  area       TEXT NOT NULL DEFAULT 'Other',
  stage      TEXT NOT NULL DEFAULT '',
  story      TEXT NOT NULL,
  slug       TEXT                        -- the launch that the address names
);
CREATE INDEX entry_published ON entry (published);
CREATE INDEX entry_stamp ON entry (stamp);
CREATE INDEX entry_story ON entry (story);
CREATE INDEX entry_slug ON entry (slug) WHERE slug IS NOT NULL;
CREATE INDEX entry_part_of ON entry (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX entry_source ON entry (source, published);

CREATE TABLE entry_key (key TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sighting (
  id TEXT NOT NULL, source TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (id, source, hash)
) WITHOUT ROWID;
CREATE TABLE revision (
  id TEXT NOT NULL, revision INTEGER NOT NULL, seen INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (id, revision)
) WITHOUT ROWID;

CREATE TABLE fact (
  id TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
  evidence TEXT NOT NULL, words TEXT NOT NULL, weak INTEGER NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (id, position)
) WITHOUT ROWID;
CREATE INDEX fact_value ON fact (kind, value);

-- What a person said of an entry; survives re-import and re-reading.
CREATE TABLE correction (
  id TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, made INTEGER NOT NULL,
  PRIMARY KEY (id, kind, value)
) WITHOUT ROWID;
-- Why two entries stand in one story.
CREATE TABLE tie (
  id TEXT NOT NULL, other TEXT NOT NULL, how TEXT NOT NULL, weight REAL NOT NULL,
  PRIMARY KEY (id, other, how)
) WITHOUT ROWID;

CREATE TABLE gone (n INTEGER PRIMARY KEY, id TEXT NOT NULL, stamp INTEGER NOT NULL);
CREATE TABLE source_state (name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('stamp', '0');
