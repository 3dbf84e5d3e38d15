"""Notes of one's own: about an entry, about a session, or free; searchable like everything.

A note is an entry of kind "note" and source "own-notes". One that belongs to an entry bears
its id in the guid, so that there is one a person can go on writing.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from index.entry import Entry, Session, short_hash
from index.errors import StoreError
from index.shelf import Shelf
from index.stored import Stored

if TYPE_CHECKING:
    from index.stored import Added

SOURCE = "own-notes"


class Keeper(Protocol):
    """What notes need of the library."""

    shelf: Shelf

    def add(self, entries: Iterable[Entry]) -> "Added": ...

    def catch_up(self) -> int: ...


class OwnNotes:
    """The notes that people of this knowledge base wrote."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._shelf = keeper.shelf

    def all(self) -> tuple[Stored, ...]:
        """Every note, the newest first."""
        return tuple(self._shelf.where("source = ?", [SOURCE], "published DESC, n DESC"))

    def of(self, entry_id: str) -> Stored | None:
        """The note that belongs to an entry, or None."""
        row = (
            self._shelf.store.read()
            .execute("SELECT id FROM entry_key WHERE key = ?", (_key(entry_id),))
            .fetchone()
        )
        return self._shelf.get(row["id"]) if row else None

    def keep(self, about: Stored, text: str, now: datetime, title: str = "") -> Stored | None:
        """Write the note that belongs to an entry anew; nothing but blanks takes it away."""
        known = self.of(about.id)
        if not text.strip():
            if known:
                self.forget(known.id)
            return None
        entry = about.entry
        note = Entry(
            kind="note",
            title=title.strip() or entry.title,
            published=known.entry.published if known else now,
            source=SOURCE,
            lang=entry.lang if entry.lang in ("ja", "en") else "ja",
            guid=about.id,
            text=_linked(text, entry),
            updated=now if known else None,
            session=entry.session,
        )
        self._keeper.add([note])
        return self.of(about.id)

    def write(
        self, title: str, text: str, day: date, zone: ZoneInfo, session: Session | None = None
    ) -> Stored:
        """A note by itself, of that day. Raises StoreError without a title or a text."""
        if not title.strip() or not text.strip():
            raise StoreError("a note needs a title and a text")
        when = datetime.combine(day, time(12), zone)
        guid = short_hash(f"{day}:{title.strip()}")
        note = Entry(
            kind="note",
            title=title.strip(),
            published=when.astimezone(UTC),
            source=SOURCE,
            lang="ja" if any(c > "\u3040" for c in title + text) else "en",
            guid=guid,
            text=text.strip(),
            session=session,
        )
        self._keeper.add([note])
        kept = self.of(guid)
        assert kept is not None
        return kept

    def forget(self, note_id: str) -> None:
        """Take a note out of the knowledge base and of search. Raises StoreError when there
        is no own note of this id."""
        stored = self._shelf.get(note_id)
        if stored is None or stored.entry.source != SOURCE:
            raise StoreError(f"no own note {note_id!r}")
        store = self._shelf.store
        with store.write() as connection:
            gone = (stored.n, stored.id, store.next_stamp())
            connection.execute("INSERT OR REPLACE INTO gone VALUES (?,?,?)", gone)
            for table in ("entry", "fact", "entry_key", "sighting", "correction", "tie"):
                connection.execute(f"DELETE FROM {table} WHERE id = ?", (stored.id,))
        self._keeper.catch_up()


def _key(guid: str) -> str:
    return f"guid:{SOURCE}:{guid}"


def _linked(text: str, about: Entry) -> str:
    """The note's text, the address that it is about below: so the two find each other."""
    body = text.strip()
    return body if not about.url or about.url in body else f"{body}\n\n<{about.url}>"
