"""Rows of the store as hits: what a result page shows of an entry."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.fact import FactKind
from index.search.cache import Cache
from index.search.excerpt import Marker, excerpt, marked
from index.search.plain import Plain, plain
from index.search.query import Copy, Hit, Match
from index.store import Store

_CACHE_BYTES = 16 << 20  # some thousand texts
_COLUMNS = "n, stamp, id, kind, title, url, published, lang, source, area, stage, part_of"


@dataclass(frozen=True, slots=True)
class _Reading:
    """An entry's words as they are marked."""

    title: Plain
    text: Plain

    @property
    def nbytes(self) -> int:
        return self.title.nbytes + self.text.nbytes


class Hits:
    """Reads the rows that the index found.

    The texts shown last are remembered: pages are turned and queries typed on.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cache: Cache[_Reading] = Cache(_CACHE_BYTES)

    def of(self, matches: Sequence[Match], mark: Marker) -> tuple[Hit, ...]:
        """The hits of these matches in their order; rows that have left meanwhile are skipped."""
        rows = self._rows([m.n for m in matches], _COLUMNS)
        readings = self._readings(rows.values())
        others = self._rows([n for m in matches for n in m.copies], _COLUMNS)
        services = self._services([row["id"] for row in rows.values()])
        return tuple(
            _hit(row, m, mark, readings[m.n], services.get(row["id"], ()), _copies(m, others))
            for m in matches
            if (row := rows.get(m.n)) is not None and m.n in readings
        )

    def _readings(self, rows: Iterable[sqlite3.Row]) -> dict[int, _Reading]:
        """What is searched for words to mark, by row number."""
        found: dict[int, _Reading] = {}
        missing = {}
        for row in rows:
            if kept := self._cache.get((row["n"], row["stamp"])):
                found[row["n"]] = kept
            else:
                missing[row["n"]] = row
        for n, text in self._rows(list(missing), "n, summary, text").items():
            title = Plain.of(missing[n]["title"])
            reading = _Reading(title, Plain.of(plain(text["text"] or text["summary"])))
            found[n] = self._cache.keep((n, missing[n]["stamp"]), reading)
        return found

    def titles(self, numbers: Iterable[int]) -> dict[int, str]:
        """Titles by row number."""
        return {n: row["title"] for n, row in self._rows(list(numbers), "n, title").items()}

    def _rows(self, numbers: Sequence[int], columns: str) -> dict[int, sqlite3.Row]:
        found: dict[int, sqlite3.Row] = {}
        for start in range(0, len(numbers), 500):
            some = list(numbers[start : start + 500])
            rows = self._store.read().execute(
                f"SELECT {columns} FROM entry WHERE n IN ({','.join('?' * len(some))})", some
            )
            found |= {row["n"]: row for row in rows}
        return found

    def _services(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        # `+` keeps SQLite from walking all facts of the kind instead of looking up the ids.
        rows = self._store.read().execute(
            "SELECT id, value FROM fact WHERE +kind = ? "
            f"AND id IN ({','.join('?' * len(ids))}) ORDER BY id, position",
            (FactKind.SERVICE, *ids),
        )
        found: dict[str, tuple[str, ...]] = {}
        for entry_id, value in rows:
            found[entry_id] = (*found.get(entry_id, ()), value)
        return found


def _copies(match: Match, rows: dict[int, sqlite3.Row]) -> tuple[Copy, ...]:
    return tuple(
        Copy(row["id"], row["kind"], row["title"], row["url"], row["lang"], row["source"])
        for n in match.copies
        if (row := rows.get(n)) is not None
    )


def _hit(
    row: sqlite3.Row,
    match: Match,
    mark: Marker,
    reading: _Reading,
    services: tuple[str, ...],
    copies: tuple[Copy, ...],
) -> Hit:
    return Hit(
        n=row["n"],
        id=row["id"],
        kind=row["kind"],
        title=row["title"],
        url=row["url"],
        published=datetime.fromtimestamp(row["published"], UTC),
        lang=row["lang"],
        source=row["source"],
        area=row["area"],
        services=services,
        stage=row["stage"],
        excerpt=excerpt(reading.text, mark),
        marked_title=marked(row["title"], mark.spans(reading.title)),
        score=match.score,
        copies=copies,
        part_of=row["part_of"],
    )
