"""Rows of the store as hits: what a result page shows of an entry."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from index.fact import FactKind
from index.search.excerpt import Marker, excerpt, marked, plain
from index.search.query import Copy, Hit, Match
from index.store import Store

_COLUMNS = "n, id, kind, title, url, published, lang, source, area, stage, part_of"


class Hits:
    """Reads the rows that the index found."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, matches: Sequence[Match], mark: Marker) -> tuple[Hit, ...]:
        """The hits of these matches in their order; rows that have left meanwhile are skipped."""
        rows = self._rows([m.n for m in matches], f"{_COLUMNS}, summary, text")
        others = self._rows([n for m in matches for n in m.copies], _COLUMNS)
        services = self._services([row["id"] for row in rows.values()])
        return tuple(
            _hit(rows[m.n], m, mark, services.get(rows[m.n]["id"], ()), _copies(m, others))
            for m in matches
            if m.n in rows
        )

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
        excerpt=excerpt(plain(row["text"] or row["summary"]), mark),
        marked_title=marked(row["title"], mark.spans(row["title"])),
        score=match.score,
        copies=copies,
        part_of=row["part_of"],
    )
