"""Study sessions: meetings with a day, the stories chosen for them in order, our comments.

What one session did not get to, the next one carries over. What was presented is remembered
with the entry's revision, so that a later change of the source can be shown. A session with
comments also stands in the knowledge base as a note, where search finds it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from index.address import canonical_url, is_web_address
from index.errors import ConfigError
from index.meeting import StudyItem, StudySession
from index.period import Period, span_label
from index.stored import Stored
from index.study_book import StudyBook, midnight

if TYPE_CHECKING:
    pass

SOURCE = "study"
MOST_CHOSEN = 10
_WEEK = timedelta(days=7)


class StudySessions(StudyBook):
    """The study sessions of a knowledge base; every method keeps what it changed.

    Sessions are named by their number, their day (2026-11-30) or "last"; entries by their
    id or its beginning. Raises ConfigError for a name that fits none or several.
    """

    def new(
        self,
        day: date,
        title: str = "",
        *,
        since_last: bool = False,
        carry: bool = True,
        most: int = MOST_CHOSEN,
    ) -> StudySession:
        """A new session on that day. What the session before left uncovered comes along
        (`carry`); `since_last` adds the `most` weightiest stories since then, or of the week
        before where there was none."""
        former = self.before(day)
        start = midnight(former.day) if former else midnight(day) - _WEEK
        chosen = self._news(start, day, most) if since_last else ()
        with self._store.write():
            number = self._insert(day, title.strip(), start if since_last else None)
            if carry and former:
                for item in former.left:
                    self._append(number, item.entry, item.carried or former.number)
            for stored in chosen:
                self._append(number, stored)
        return self.get(str(number))

    def remove(self, session: StudySession) -> None:
        """Forget the session and its comments, its note included."""
        self._write("DELETE FROM study WHERE number = ?", session.number)
        self._forget_note(session.number)

    def add(self, session: StudySession, ids: Iterable[str]) -> StudySession:
        """Choose these entries too, at the end; a story that is already there stays once."""
        chosen = [self._entry(name) for name in ids]
        with self._store.write():
            for stored in chosen:
                self._append(session.number, stored)
        return self._noted(session.number)

    def drop(self, session: StudySession, ids: Iterable[str]) -> StudySession:
        """Take these out of the session."""
        for item in [self.item(session, name) for name in ids]:
            self._write(
                "DELETE FROM study_item WHERE number = ? AND id = ?",
                session.number,
                item.entry.id,
            )
        return self._noted(session.number)

    def move(self, session: StudySession, name: str, place: int) -> StudySession:
        """Put the item at that place, counted from 1; the others keep their order."""
        item = self.item(session, name)
        rest = [i.entry.id for i in session.items if i is not item]
        rest.insert(max(0, min(place - 1, len(rest))), item.entry.id)
        with self._store.write() as connection:
            connection.executemany(
                "UPDATE study_item SET place = ? WHERE number = ? AND id = ?",
                [(at, session.number, entry_id) for at, entry_id in enumerate(rest)],
            )
        return self._noted(session.number)

    def pin(self, session: StudySession, name: str, pinned: bool = True) -> StudySession:
        """Hold the item at the top, or let it go."""
        return self._set(session, name, "pinned", int(pinned))

    def comment(self, session: StudySession, name: str, text: str) -> StudySession:
        """What the group thinks of the item, in place of what stood there."""
        return self._set(session, name, "comment", text.strip())

    def cover(
        self, session: StudySession, ids: Iterable[str], covered: bool = True
    ) -> StudySession:
        """Mark the items as presented now (or not), with what their sources say today."""
        moment = int(self._library.clock().timestamp()) if covered else None
        for item in [self.item(session, name) for name in ids]:
            self._write(
                "UPDATE study_item SET covered = ?, revision = ? WHERE number = ? AND id = ?",
                moment,
                item.entry.revision if covered else None,
                session.number,
                item.entry.id,
            )
        return self._noted(session.number)

    def keep(self, session: StudySession) -> StudySession:
        """The session as given, in place of the one of the same day and title if there is
        one: importing twice is importing once. Its number is the store's, not the given."""
        day = session.day.isoformat()
        with self._store.write() as connection:
            rows = self._read(
                "SELECT number FROM study WHERE day = ? AND title = ?", day, session.title
            )
            if rows:
                number = int(rows[0]["number"])
                connection.execute("DELETE FROM study_item WHERE number = ?", (number,))
            else:
                number = self._insert(session.day, session.title, session.start)
            connection.executemany(
                "INSERT OR IGNORE INTO study_item VALUES (?,?,?,?,?,?,?,?)",
                [_row(number, place, item) for place, item in enumerate(session.items)],
            )
        return self._noted(number)

    def take(self, text: str, name: str) -> tuple[StudySession, tuple[str, ...]]:
        """Keep the session that Markdown holds (`study_text.export_session` writes it): the
        session, and the titles of items whose entries are not in the knowledge base.

        Raises FeedError, naming the file `name`, when the text is no session.
        """
        from index.study_text import read_session

        read = read_session(text, name, self._find)
        return self.keep(read.session), read.unknown

    def _news(self, start: datetime, day: date, most: int) -> tuple[Stored, ...]:
        end = max(midnight(day) + timedelta(days=1), start + _WEEK / 7)
        digest = self._library.digest(Period(start, end, span_label(start, end)))
        ranked = sorted(digest.items, key=lambda i: (not i.pinned, not i.watched, -i.score))
        return tuple(self._library.shelf.many([item.id for item in ranked[:most]]))

    def _insert(self, day: date, title: str, start: datetime | None) -> int:
        """A new row of the table `study`; its number."""
        made = int(self._library.clock().timestamp())
        since = int(start.timestamp()) if start else None
        cursor = self._store.read().execute(
            "INSERT INTO study (day, title, start, made) VALUES (?,?,?,?)",
            (day.isoformat(), title, since, made),
        )
        return int(cursor.lastrowid or 0)

    def _entry(self, name: str) -> Stored:
        stored = self._library.get(name)
        if stored is None:
            raise ConfigError(f"no entry {name!r}; `find` and `week` print the ids of theirs")
        return stored

    def _find(self, entry_id: str, url: str) -> Stored | None:
        """The entry of that id, else of that address."""
        if stored := self._library.shelf.get(entry_id):
            return stored
        if not is_web_address(url):
            return None
        rows = self._read("SELECT id FROM entry_key WHERE key = ?", canonical_url(url))
        return self._library.shelf.get(rows[0]["id"]) if rows else None

    def _append(self, number: int, stored: Stored, carried: int | None = None) -> None:
        rows = self._read(
            "SELECT e.story FROM study_item i JOIN entry e USING (id) WHERE i.number = ?", number
        )
        if stored.story in {row["story"] for row in rows}:
            return
        self._write(
            "INSERT OR IGNORE INTO study_item (number, id, place, carried) "
            "SELECT ?, ?, coalesce(max(place) + 1, 0), ? FROM study_item WHERE number = ?",
            number,
            stored.id,
            carried,
            number,
        )

    def _set(self, session: StudySession, name: str, column: str, value: str | int) -> StudySession:
        item = self.item(session, name)
        self._write(
            f"UPDATE study_item SET {column} = ? WHERE number = ? AND id = ?",
            value,
            session.number,
            item.entry.id,
        )
        return self._noted(session.number)

    def _noted(self, number: int) -> StudySession:
        """The session as it is now, and its note brought up to date for search."""
        from index.study_text import note_of

        session = self.get(str(number))
        if any(item.comment for item in session.items):
            self._library.add([note_of(session)])
        else:
            self._forget_note(number)
        return session

    def _forget_note(self, number: int) -> None:
        """Take the session's note out of the knowledge base and out of search."""
        key = f"guid:{SOURCE}:{SOURCE}:{number}"
        rows = self._read(
            "SELECT n, e.id FROM entry e JOIN entry_key USING (id) WHERE key = ?", key
        )
        for row in rows:
            with self._store.write() as connection:
                gone = (row["n"], row["id"], self._store.next_stamp())
                connection.execute("INSERT OR REPLACE INTO gone VALUES (?,?,?)", gone)
                for table in ("entry", "fact", "entry_key", "sighting"):
                    connection.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
            self._library.index.catch_up()

    def _write(self, sql: str, *values: object) -> None:
        with self._store.write() as connection:
            connection.execute(sql, values)


def _row(number: int, place: int, item: StudyItem) -> tuple[object, ...]:
    covered = int(item.covered.timestamp()) if item.covered else None
    pinned = int(item.pinned)
    return (
        *(number, item.entry.id, place, pinned),
        *(item.comment, covered, item.revision, item.carried),
    )
