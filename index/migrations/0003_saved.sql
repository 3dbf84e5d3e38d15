-- Searches that a person named.
CREATE TABLE saved_search (
  name  TEXT PRIMARY KEY,
  query TEXT NOT NULL,                   -- JSON: the text, the filters and the order
  made  INTEGER NOT NULL,
  seen  INTEGER NOT NULL                 -- the newest row (entry.n) when last looked at
) WITHOUT ROWID;
