"""Rows of the store as hits: what a result page shows of an entry."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from index.fact import FactKind
from index.search.cache import Cache
from index.search.excerpt import excerpt, marked
from index.search.marking import Marker
from index.search.plain import Plain, plain
from index.search.query import Copy, Hit, Match
from index.store import Store

_CACHE_BYTES = 16 << 20  # some thousand entries
_COLUMNS = "n, id, kind, title, url, published, lang, source, area, stage, part_of"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What every query shows of an entry (fields of its hit), and where words are marked."""

    fields: Mapping[str, Any]
    title: Plain
    text: Plain

    @property
    def nbytes(self) -> int:
        return self.title.nbytes + self.text.nbytes


class Hits:
    """Reads the rows that the index found.

    What was shown last is remembered: pages are turned and queries typed on.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._cache: Cache[_Shown] = Cache(_CACHE_BYTES)

    def of(self, matches: Sequence[Match], mark: Marker) -> tuple[Hit, ...]:
        """The hits of these matches in their order; rows that have left meanwhile are skipped."""
        shown = self._shown([m.n for m in matches])
        others = self._rows([n for m in matches for n in m.copies], _COLUMNS)
        return tuple(
            _hit(found, m, mark, _copies(m, others))
            for m in matches
            if (found := shown.get(m.n)) is not None
        )

    def titles(self, numbers: Iterable[int]) -> dict[int, str]:
        """Titles by row number."""
        return {n: row["title"] for n, row in self._rows(list(numbers), "n, title").items()}

    def _shown(self, numbers: Sequence[int]) -> dict[int, _Shown]:
        """Entries by row number, as they are now: every change of a row gives it a new stamp."""
        stamps = {n: row["stamp"] for n, row in self._rows(numbers, "n, stamp").items()}
        kept = {n: self._cache.get((n, stamp)) for n, stamp in stamps.items()}
        found = {n: shown for n, shown in kept.items() if shown is not None}
        rows = self._rows([n for n in stamps if n not in found], f"{_COLUMNS}, summary, text")
        services = self._services([row["id"] for row in rows.values()])
        for n, row in rows.items():
            shown = _Shown(
                _fields(row, services.get(row["id"], ())),
                Plain.of(row["title"]),
                Plain.of(plain(row["text"] or row["summary"])),
            )
            found[n] = self._cache.keep((n, stamps[n]), shown)
        return found

    def _rows(self, numbers: Sequence[int], columns: str) -> dict[int, sqlite3.Row]:
        """Rows by their number, which is the first of the columns."""
        found: dict[int, sqlite3.Row] = {}
        for start in range(0, len(numbers), 500):
            some = list(numbers[start : start + 500])
            rows = self._store.read().execute(
                f"SELECT {columns} FROM entry WHERE n IN ({','.join('?' * len(some))})", some
            )
            found |= {row[0]: row for row in rows}
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


def _fields(row: sqlite3.Row, services: tuple[str, ...]) -> Mapping[str, Any]:
    fields = {n: value for n, value in dict(row).items() if n not in ("summary", "text")}
    published = datetime.fromtimestamp(row["published"], UTC)
    return fields | {"published": published, "services": services}


def _hit(shown: _Shown, match: Match, mark: Marker, copies: tuple[Copy, ...]) -> Hit:
    return Hit(
        **shown.fields,
        excerpt=excerpt(shown.text, mark),
        marked_title=marked(shown.title.text, mark.found(shown.title)),
        score=match.score,
        copies=copies,
    )
