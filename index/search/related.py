"""Hits near in meaning, apart from those that have the words: one for each story."""

from collections.abc import Iterable

import numpy as np

from index.search.arrays import Array
from index.search.engine import SearchIndex
from index.search.evaluate import Evaluation
from index.search.filters import filter_nodes
from index.search.meaning import Meaning, Near
from index.search.query import And, Match, Query
from index.search.syntax import AllOf, AnyOf, FieldValue, Part, Quoted, Starred, Words, parse
from index.store import Store

MOST = 5
NEAR_ENOUGH, NEAR_BEST = 0.28, 0.7  # of 1, and of the nearest
_LOOKED_AT = 40


class Related:
    """Looks up what is near in meaning in one knowledge base."""

    def __init__(self, store: Store, index: SearchIndex, meaning: Meaning) -> None:
        self._store = store
        self._index = index
        self._meaning = meaning

    def to_query(self, query: Query, shown: Iterable[int]) -> tuple[Match, ...]:
        """What is near to a query's words under its filters; `shown` are rows shown already."""
        question = words_of(query.text)
        if not question:
            return ()
        found = self._meaning.near(question, self._allowed(query), _LOOKED_AT)
        return self._matches(found, shown)[:MOST]

    def to_entry(self, n: int, most: int) -> tuple[Match, ...]:
        """What is near to the entry of a row, its own story left out."""
        found = self._meaning.near_entry(n, None, _LOOKED_AT)
        return self._matches(tuple(f for f in found if f.n != n), [n])[:most]

    def _allowed(self, query: Query) -> Array | None:
        nodes = filter_nodes(query)
        if not nodes:
            return None
        snapshot = self._index.snapshot()
        return np.sort(snapshot.n[Evaluation(snapshot).scored(And(nodes)).ids])

    def _matches(self, found: tuple[Near, ...], shown: Iterable[int]) -> tuple[Match, ...]:
        """One match a story, the nearest of its entries; stories shown already are left out."""
        least = max(NEAR_ENOUGH, NEAR_BEST * max((f.nearness for f in found), default=0.0))
        near = {f.n: f.nearness for f in found if f.nearness >= least}
        stories = self._stories([*near, *shown])
        taken = {stories[n] for n in shown if n in stories}
        leaders: dict[str, int] = {}
        for n in near:
            if n in stories and stories[n] not in taken:
                leaders.setdefault(stories[n], n)
        copies = self._entries_of(list(leaders))
        return tuple(
            Match(n, near[n], tuple(c for c in copies.get(story, ()) if c != n))
            for story, n in leaders.items()
        )

    def _stories(self, rows: list[int]) -> dict[int, str]:
        found = self._store.read().execute(
            f"SELECT n, story FROM entry WHERE n IN ({','.join('?' * len(rows))})", rows
        )
        return {row["n"]: row["story"] for row in found}

    def _entries_of(self, stories: list[str]) -> dict[str, list[int]]:
        rows = self._store.read().execute(
            f"SELECT n, story FROM entry WHERE story IN ({','.join('?' * len(stories))}) "
            "ORDER BY published DESC, n",
            stories,
        )
        found: dict[str, list[int]] = {}
        for row in rows:
            found.setdefault(row["story"], []).append(row["n"])
        return found


def words_of(text: str) -> str:
    """The words of a query text without its language: fields, signs and what it excludes."""
    return " ".join(_words(parse(text).root))


def _words(part: Part) -> list[str]:
    match part:
        case Words(text) | Quoted(text):
            return [text]
        case Starred(text):
            return [text.replace("*", " ")]
        case FieldValue("title", value):
            return _words(value)
        case AllOf(parts) | AnyOf(parts):
            return [word for inner in parts for word in _words(inner)]
    return []
