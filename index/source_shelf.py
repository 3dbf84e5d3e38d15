"""Where the state and the swept history of each source are kept."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from index.source_state import Slice, SourceState
from index.store import Store

_TIMES = {f.name for f in fields(SourceState) if "datetime" in str(f.type)}


def source_states(store: Store) -> tuple[SourceState, ...]:
    """The state of every source that was ever asked, by name."""
    rows = store.read().execute("SELECT name, state FROM source_state ORDER BY name")
    return tuple(_state(row["name"], json.loads(row["state"])) for row in rows)


def keep_source_states(store: Store, states: Iterable[SourceState]) -> None:
    """Replace what is known of these sources."""
    rows = [(s.name, json.dumps(_plain(s), ensure_ascii=False)) for s in states]
    with store.write() as connection:
        connection.executemany("INSERT OR REPLACE INTO source_state VALUES (?,?)", rows)


def forget_source(store: Store, name: str) -> None:
    """Drop what is known of a source; its entries stay."""
    with store.write() as connection:
        connection.execute("DELETE FROM source_state WHERE name = ?", (name,))
        connection.execute("DELETE FROM sweep WHERE source = ?", (name,))


def slices(store: Store, source: str | None = None) -> tuple[Slice, ...]:
    """The swept parts of one source's history, or of all, by source and name."""
    where, values = ("WHERE source = ?", (source,)) if source else ("", ())
    rows = store.read().execute(f"SELECT * FROM sweep {where} ORDER BY source, name", values)
    return tuple(
        Slice(
            source=row["source"],
            name=row["name"],
            total=row["total"],
            asked=row["asked"],
            seen=frozenset(json.loads(row["seen"])),
            done=bool(row["done"]),
            checked=datetime.fromtimestamp(row["checked"], UTC) if row["checked"] else None,
        )
        for row in rows
    )


def keep_slices(store: Store, found: Iterable[Slice]) -> None:
    """Replace what is known of these parts."""
    rows = [
        (
            s.source,
            s.name,
            s.total,
            s.asked,
            json.dumps(sorted(s.seen)),
            int(s.done),
            int(s.checked.timestamp()) if s.checked else None,
        )
        for s in found
    ]
    with store.write() as connection:
        connection.executemany("INSERT OR REPLACE INTO sweep VALUES (?,?,?,?,?,?,?)", rows)


def newest_published(store: Store, source: str) -> datetime | None:
    """When the newest entry of a source was published, or None where none is kept."""
    row = store.read().execute(
        "SELECT max(published) FROM entry WHERE source = ? AND part_of IS NULL", (source,)
    )
    found = row.fetchone()[0]
    return None if found is None else datetime.fromtimestamp(found, UTC)


def kept_by_year(store: Store, source: str) -> dict[int, int]:
    """How many entries of a source are kept, by the year of their publication in UTC."""
    rows = store.read().execute(
        "SELECT CAST(strftime('%Y', published, 'unixepoch') AS INTEGER) AS year, count(*) AS c "
        "FROM entry WHERE source = ? AND part_of IS NULL GROUP BY year ORDER BY year",
        (source,),
    )
    return {row["year"]: row["c"] for row in rows}


def entries_by_source(store: Store) -> dict[str, int]:
    """How many entries of each source are kept, digest items left out."""
    rows = store.read().execute(
        "SELECT source, count(*) AS c FROM entry WHERE part_of IS NULL GROUP BY source"
    )
    return {row["source"]: row["c"] for row in rows}


def _plain(state: SourceState) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in asdict(state).items()
        if key != "name" and value not in (None, "", (), 0, False)
    }


def _state(name: str, found: dict[str, Any]) -> SourceState:
    known = {f.name for f in fields(SourceState)} - {"name"}
    # A key of another version of the program is left out rather than refused.
    given = {key: value for key, value in found.items() if key in known}
    for key in _TIMES & given.keys():
        given[key] = datetime.fromisoformat(given[key])
    if "shape" in given:
        given["shape"] = tuple(given["shape"])
    return SourceState(name=name, **given)
