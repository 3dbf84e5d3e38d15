"""Saved searches: a query with a name, and how much is new since a person last looked."""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from index.errors import ConfigError
from index.search.query import Query
from index.store import Store

_KEPT = tuple(f.name for f in fields(Query) if f.name not in ("limit", "offset"))
_DATES = ("since", "until")


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A named query; `new` counts the stories that arrived since it was last looked at."""

    name: str
    query: Query
    made: datetime
    new: int

    def newest(self, limit: int) -> Query:
        """The query with its newest hits first, unless it was saved with an order."""
        sort = "newest" if self.query.sort == "relevance" else self.query.sort
        return replace(self.query, sort=sort, limit=limit)


class SavedSearches:
    """The saved searches of one knowledge base. `count` is told a query and a row number, and
    counts the stories that match with a row above it."""

    def __init__(
        self, store: Store, count: Callable[[Query, int], int], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._count = count
        self._clock = clock

    def all(self) -> tuple[SavedSearch, ...]:
        """Every saved search, by name."""
        rows = self._store.read().execute("SELECT * FROM saved_search ORDER BY name")
        return tuple(self._saved(row) for row in rows.fetchall())

    def get(self, name: str) -> SavedSearch:
        """The saved search of this name. Raises ConfigError when there is none."""
        row = (
            self._store.read()
            .execute("SELECT * FROM saved_search WHERE name = ?", (name.strip(),))
            .fetchone()
        )
        if row is None:
            known = ", ".join(r.name for r in self.all()) or "none yet"
            raise ConfigError(f"no saved search is named {name!r}; there are: {known}")
        return self._saved(row)

    def save(self, name: str, query: Query) -> SavedSearch:
        """Keep a query under a name, replacing what had it; all that is there counts as seen.

        Raises ConfigError for a name without letters.
        """
        name = " ".join(name.split())
        if not name:
            raise ConfigError("a saved search needs a name")
        made = int(self._clock().timestamp())
        with self._store.write() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO saved_search VALUES (?,?,?,?)",
                (name, query_to_json(query), made, self._newest()),
            )
        return self.get(name)

    def look(self, name: str) -> SavedSearch:
        """The saved search as it stood until now; from here on nothing of it is new."""
        found = self.get(name)
        with self._store.write() as connection:
            connection.execute(
                "UPDATE saved_search SET seen = ? WHERE name = ?", (self._newest(), found.name)
            )
        return found

    def drop(self, name: str) -> None:
        """Forget a saved search. Raises ConfigError when there is none of this name."""
        found = self.get(name)
        with self._store.write() as connection:
            connection.execute("DELETE FROM saved_search WHERE name = ?", (found.name,))

    def _newest(self) -> int:
        return int(self._store.read().execute("SELECT max(n) FROM entry").fetchone()[0] or 0)

    def _saved(self, row: Any) -> SavedSearch:
        query = query_from_json(row["query"])
        return SavedSearch(
            row["name"],
            query,
            datetime.fromtimestamp(row["made"], UTC),
            self._count(query, row["seen"]),
        )


def query_to_json(query: Query) -> str:
    """A query as JSON: what differs from an empty one, its page left out."""
    plain = Query()
    found: dict[str, Any] = {}
    for name in _KEPT:
        value = getattr(query, name)
        if value != getattr(plain, name):
            found[name] = value.isoformat() if isinstance(value, datetime) else value
    return json.dumps(found, ensure_ascii=False)


def query_from_json(text: str) -> Query:
    """The query that `query_to_json` wrote; fields that it does not know are left out."""
    found = {k: v for k, v in json.loads(text).items() if k in _KEPT}
    for name, value in found.items():
        if name in _DATES:
            found[name] = datetime.fromisoformat(value)
        elif isinstance(value, list):
            found[name] = tuple(value)
    return Query(**found)
