-- A note finds its session, and a session its notes, by the code.
CREATE INDEX entry_code ON entry (json_extract(detail, '$.session.code'))
  WHERE json_extract(detail, '$.session.code') IS NOT NULL;
