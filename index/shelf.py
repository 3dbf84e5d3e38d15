"""Keeping entries: what is new, what changed, and how two records of one thing are joined."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from index.address import launch_slug
from index.entry import Entry, entry_from_dict, entry_to_dict, part_id
from index.fact import Evidence, Fact, FactKind, Facts
from index.store import Store
from index.stored import Revision, Stored

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
_COLUMNS = ("kind", "source", "lang", "title", "url", "text", "summary")
_DETAIL = ("tags", "guid", "author", "dated_by", "session", "series", "label")


class Shelf:
    """Reads and writes entries in a store; knows nothing of facts' meaning or of search."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def put(self, entry: Entry, now: datetime) -> tuple[str, str]:
        """(id, new | changed | unchanged); a record that was met before says nothing new.

        Call it inside `store.write()`.
        """
        keys = entry.keys
        known = self._id_of(keys)
        entry_id = known or entry.id
        if not self._note_sighting(entry_id, entry, keys) and known:
            return entry_id, UNCHANGED
        if not known:
            self._insert(entry_id, entry, now)
            return entry_id, NEW
        old = self.get(entry_id)
        assert old is not None
        merged = merge(old.entry, entry)
        if merged == old.entry:
            return entry_id, UNCHANGED
        self._update(old, merged, now)
        return entry_id, CHANGED

    def get(self, entry_id: str) -> Stored | None:
        """The entry of this id, or None; a digest comes without its items' text."""
        return next(iter(self.many([entry_id])), None)

    def many(self, ids: Sequence[str]) -> list[Stored]:
        """The entries of these ids in their order; unknown ids are left out."""
        found: dict[str, Stored] = {}
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            where = f"id IN ({','.join('?' * len(some))})"
            found |= {stored.id: stored for stored in self.where(where, some)}
        return [found[i] for i in ids if i in found]

    def where(
        self, condition: str, values: Sequence[object] = (), order: str = "n"
    ) -> Iterator[Stored]:
        """The entries that meet an SQL condition on the table `entry`, with their facts."""
        sql = f"SELECT * FROM entry WHERE {condition} ORDER BY {order}"
        rows = self.store.read().execute(sql, tuple(values))
        while some := rows.fetchmany(500):
            facts = self._facts([row["id"] for row in some])
            for row in some:
                yield _stored(row, facts.get(row["id"], Facts()))

    def revisions(self, entry_id: str) -> tuple[Revision, ...]:
        """Everything that was ever said under this id, oldest first."""
        rows = self.store.read().execute(
            "SELECT * FROM revision WHERE id = ? ORDER BY revision", (entry_id,)
        )
        return tuple(
            Revision(
                revision=row["revision"],
                seen=_when(row["seen"]),
                entry=entry_from_dict(json.loads(row["record"])),
            )
            for row in rows
        )

    def keep_facts(self, entry_id: str, facts: Facts) -> bool:
        """Replace the entry's facts; True when they differ from what was kept."""
        if self._facts([entry_id]).get(entry_id, Facts()) == facts:
            return False
        with self.store.write() as connection:
            connection.execute("DELETE FROM fact WHERE id = ?", (entry_id,))
            connection.executemany(
                "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?)",
                [
                    (entry_id, i, f.kind, f.value, f.evidence, f.words, f.weak, f.detail)
                    for i, f in enumerate(facts)
                ],
            )
            connection.execute(
                "UPDATE entry SET area = ?, stage = ?, stamp = ? WHERE id = ?",
                (facts.area, facts.stage, self.store.next_stamp(), entry_id),
            )
        return True

    def _id_of(self, keys: tuple[str, ...]) -> str | None:
        marks = ",".join("?" * len(keys))
        rows = self.store.read().execute(
            f"SELECT key, id FROM entry_key WHERE key IN ({marks})", keys
        )
        found = {row["key"]: row["id"] for row in rows}
        return next((found[key] for key in keys if key in found), None)

    def _note_sighting(self, entry_id: str, entry: Entry, keys: tuple[str, ...]) -> bool:
        """True when the record is met for the first time."""
        connection = self.store.read()
        noted = connection.execute(
            "INSERT OR IGNORE INTO sighting VALUES (?,?,?)",
            (entry_id, entry.source, entry.content_hash),
        )
        if not noted.rowcount:
            return False
        connection.executemany(
            "INSERT OR IGNORE INTO entry_key VALUES (?,?)", [(key, entry_id) for key in keys]
        )
        return True

    def _insert(
        self,
        entry_id: str,
        entry: Entry,
        now: datetime,
        part_of: str | None = None,
        part: int | None = None,
    ) -> None:
        seen = int(now.timestamp())
        columns = _row(entry) | {
            "id": entry_id,
            "part_of": part_of,
            "part": part,
            "revision": 1,
            "first_seen": seen,
            "changed": seen,
            "stamp": self.store.next_stamp(),
            "story": entry_id,
        }
        names = ", ".join(columns)
        self.store.read().execute(
            f"INSERT INTO entry ({names}) VALUES ({','.join('?' * len(columns))})",
            tuple(columns.values()),
        )
        self._keep_revision(entry_id, 1, seen, entry)
        self._keep_parts(entry_id, entry.parts, now)

    def _update(self, old: Stored, entry: Entry, now: datetime) -> None:
        seen = int(now.timestamp())
        columns = _row(entry) | {
            "revision": old.revision + 1,
            "changed": seen,
            "stamp": self.store.next_stamp(),
        }
        names = ", ".join(f"{name} = ?" for name in columns)
        self.store.read().execute(
            f"UPDATE entry SET {names} WHERE id = ?", (*columns.values(), old.id)
        )
        self._keep_revision(old.id, old.revision + 1, seen, entry)
        if entry.parts:
            self._keep_parts(old.id, entry.parts, now)

    def _keep_revision(self, entry_id: str, number: int, seen: int, entry: Entry) -> None:
        record = json.dumps(entry_to_dict(replace(entry, parts=())), ensure_ascii=False)
        self.store.read().execute(
            "INSERT INTO revision VALUES (?,?,?,?)", (entry_id, number, seen, record)
        )

    def _keep_parts(self, parent: str, parts: tuple[Entry, ...], now: datetime) -> None:
        """The digest's items become as many rows; one that left the digest leaves the shelf."""
        connection = self.store.read()
        kept = {s.id: s for s in self.where("part_of = ?", [parent])}
        wanted = {part_id(parent, part): (i, part) for i, part in enumerate(parts)}
        for entry_id, (place, part) in wanted.items():
            if entry_id not in kept:
                self._insert(entry_id, part, now, parent, place)
            elif kept[entry_id].entry != part:
                self._update(kept[entry_id], part, now)
            connection.execute("UPDATE entry SET part = ? WHERE id = ?", (place, entry_id))
        for entry_id in kept.keys() - wanted.keys():
            row = (kept[entry_id].n, entry_id, self.store.next_stamp())
            connection.execute("INSERT OR REPLACE INTO gone VALUES (?,?,?)", row)
            connection.execute("DELETE FROM entry WHERE id = ?", (entry_id,))
            connection.execute("DELETE FROM fact WHERE id = ?", (entry_id,))

    def _facts(self, ids: Sequence[str]) -> dict[str, Facts]:
        rows = self.store.read().execute(
            f"SELECT * FROM fact WHERE id IN ({','.join('?' * len(ids))}) ORDER BY id, position",
            tuple(ids),
        )
        found: dict[str, list[Fact]] = {}
        for row in rows:
            fact = Fact(
                FactKind(row["kind"]),
                row["value"],
                Evidence(row["evidence"]),
                row["words"],
                bool(row["weak"]),
                row["detail"],
            )
            found.setdefault(row["id"], []).append(fact)
        return {entry_id: Facts(tuple(facts)) for entry_id, facts in found.items()}


def merge(old: Entry, new: Entry) -> Entry:
    """What is known after both: a source may correct itself, another may only add.

    The same source's record replaces title, text, date and tags, but never with nothing.
    Another source's fills what is empty and adds its tags; its text replaces none.
    """
    if new.source == old.source or (not old.text and new.text):
        tags = new.tags or old.tags
        base, more = new, old
    else:
        tags = tuple(dict.fromkeys(old.tags + new.tags))
        base, more = old, new
    return replace(
        base,
        kind=old.kind,
        source=old.source,
        tags=tags,
        url=base.url or more.url,
        text=base.text or more.text,
        summary=base.summary or more.summary,
        guid=base.guid or more.guid,
        author=base.author or more.author,
        updated=base.updated or more.updated,
        session=base.session or more.session,
        series=base.series or more.series,
        label=base.label or more.label,
        parts=base.parts or more.parts,
    )


def _row(entry: Entry) -> dict[str, object]:
    plain = entry_to_dict(entry)
    detail = {name: plain[name] for name in _DETAIL if plain[name]}
    return {name: plain[name] for name in _COLUMNS} | {
        "published": int(entry.published.timestamp()),
        "updated": int(entry.updated.timestamp()) if entry.updated else None,
        "detail": json.dumps(detail, ensure_ascii=False),
        "slug": launch_slug(entry.url),
    }


def _stored(row: sqlite3.Row, facts: Facts) -> Stored:
    fields = {name: row[name] for name in _COLUMNS} | json.loads(row["detail"])
    fields["published"] = _when(row["published"]).isoformat()
    fields["updated"] = _when(row["updated"]).isoformat() if row["updated"] is not None else None
    return Stored(
        n=row["n"],
        id=row["id"],
        entry=entry_from_dict(fields),
        facts=facts,
        story=row["story"],
        revision=row["revision"],
        first_seen=_when(row["first_seen"]),
        changed=_when(row["changed"]),
        part_of=row["part_of"],
    )


def _when(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
