-- How far each part of a source's history was swept.
CREATE TABLE sweep (
  source  TEXT NOT NULL,
  name    TEXT NOT NULL,                 -- "year 2014", "without a year", "entries 2019"
  total   INTEGER NOT NULL,              -- what the source says it holds
  asked   INTEGER NOT NULL,              -- how many records from its start were asked for
  seen    TEXT NOT NULL,                 -- JSON: short hashes of the records received
  done    INTEGER NOT NULL,
  checked INTEGER,
  PRIMARY KEY (source, name)
) WITHOUT ROWID;
