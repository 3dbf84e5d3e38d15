"""The study sessions that a knowledge base holds, read: by name, by day, by what changed."""

import sqlite3
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from index.errors import ConfigError
from index.meeting import StudyItem, StudySession
from index.store import Store
from index.stored import Stored

if TYPE_CHECKING:
    from index.library import Library


class StudyBook:
    """Reads sessions; `StudySessions` also writes them."""

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._store = library.store

    def all(self) -> tuple[StudySession, ...]:
        """Every session, the latest day first."""
        rows = self._read("SELECT * FROM study ORDER BY day DESC, number DESC")
        return tuple(self._session(row) for row in rows)

    def get(self, name: str = "last") -> StudySession:
        """The session of that number or day; "last" is the one of the latest day."""
        if name == "last":
            rows = self._read("SELECT * FROM study ORDER BY day DESC, number DESC LIMIT 1")
        elif name.isdecimal():
            rows = self._read("SELECT * FROM study WHERE number = ?", int(name))
        else:
            rows = self._read("SELECT * FROM study WHERE day = ? ORDER BY number", name)
        if not rows:
            known = ", ".join(f"{s.number} ({s.day})" for s in self.all()[:5])
            hint = f"known: {known}" if known else "`study new` makes one"
            raise ConfigError(f"there is no study session {name!r}; {hint}")
        if len(rows) > 1:
            numbers = ", ".join(str(row["number"]) for row in rows)
            raise ConfigError(
                f"several study sessions are on {name}; name one by number: {numbers}"
            )
        return self._session(rows[0])

    def before(self, day: date) -> StudySession | None:
        """The last session before that day, or None."""
        rows = self._read(
            "SELECT * FROM study WHERE day < ? ORDER BY day DESC, number DESC LIMIT 1",
            day.isoformat(),
        )
        return self._session(rows[0]) if rows else None

    def changed(self) -> tuple[tuple[StudySession, StudyItem], ...]:
        """What sources changed since it was presented, the latest session first; a story
        counts only with the session that presented it last."""
        seen: set[str] = set()
        found = []
        for session in self.all():
            for item in session.items:
                if item.covered and item.entry.id not in seen:
                    seen.add(item.entry.id)
                    if item.changed:
                        found.append((session, item))
        return tuple(found)

    def item(self, session: StudySession, name: str) -> StudyItem:
        """The session's item of that id (or its beginning, four digits or more) or place."""
        if name.isdecimal() and 0 < int(name) <= len(session.items) and len(name) < 4:
            return session.items[int(name) - 1]
        found = [i for i in session.items if len(name) >= 4 and i.entry.id.startswith(name)]
        if len(found) != 1:
            raise ConfigError(
                f"{name!r} is no item of study session {session.number}; "
                "name it by its place or id as `study show` prints them"
            )
        return found[0]

    def _session(self, row: sqlite3.Row) -> StudySession:
        rows = self._read(
            "SELECT * FROM study_item WHERE number = ? ORDER BY pinned DESC, place, id",
            row["number"],
        )
        known = {s.id: s for s in self._library.shelf.many([r["id"] for r in rows])}
        return StudySession(
            number=row["number"],
            day=date.fromisoformat(row["day"]),
            title=row["title"],
            items=tuple(_item(r, known[r["id"]]) for r in rows if r["id"] in known),
            start=None if row["start"] is None else _when(row["start"]),
        )

    def _read(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return list(self._store.read().execute(sql, values))


def last_day(store: Store, now: datetime) -> datetime | None:
    """The midnight (UTC) that began the day of the last session not after `now`, or None."""
    row = (
        store.read()
        .execute("SELECT max(day) AS day FROM study WHERE day <= ?", (now.date().isoformat(),))
        .fetchone()
    )
    return midnight(date.fromisoformat(row["day"])) if row["day"] else None


def _item(row: sqlite3.Row, entry: Stored) -> StudyItem:
    return StudyItem(
        entry=entry,
        pinned=bool(row["pinned"]),
        comment=row["comment"],
        covered=None if row["covered"] is None else _when(row["covered"]),
        revision=row["revision"],
        carried=row["carried"],
    )


def midnight(day: date) -> datetime:
    """The instant (UTC) that begins the day."""
    return datetime.combine(day, time(), UTC)


def _when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
