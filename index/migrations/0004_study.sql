-- Study sessions: a day, the stories chosen for it in order, and what the group said of them.
CREATE TABLE study (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  day    TEXT NOT NULL,                  -- ISO date of the meeting
  title  TEXT NOT NULL,
  start  INTEGER,                        -- the news considered: from (unix seconds) ...
  made   INTEGER NOT NULL
);
CREATE INDEX study_day ON study (day);
CREATE TABLE study_item (
  number   INTEGER NOT NULL REFERENCES study (number) ON DELETE CASCADE,
  id       TEXT NOT NULL,                -- the entry chosen for its story
  place    INTEGER NOT NULL,             -- order within the session
  pinned   INTEGER NOT NULL DEFAULT 0,
  comment  TEXT NOT NULL DEFAULT '',
  covered  INTEGER,                      -- when it was presented, unix seconds
  revision INTEGER,                      -- what the entry said then
  carried  INTEGER,                      -- the session that did not get to it
  PRIMARY KEY (number, id)
) WITHOUT ROWID;
CREATE INDEX study_item_id ON study_item (id);
