"""Whoosh's own searcher over a snapshot: answers rare kinds of queries, and is the yardstick.

It reads the same files through our codec but finds, joins and scores by itself; the
differential tests compare it with `index.search.evaluate`.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import Any

import numpy as np
from whoosh import query
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.reading import MultiReader, SegmentReader, TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from index.search.arrays import Array
from index.search.cache import NOTHING, Scored
from index.search.codec import ArrayCodec
from index.search.query import (
    And,
    Best,
    Boosted,
    During,
    Everything,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Term,
    Value,
)
from index.search.schema import K1, B, schema
from index.search.snapshot import Snapshot


class WhooshSearch:
    """Evaluates trees with Whoosh. For one thread: Whoosh's searchers are not to be shared."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._searcher = _searcher(snapshot) if snapshot.segments else None

    def scored(self, node: Node) -> Scored:
        """The living documents that match, with Whoosh's scores."""
        if self._searcher is None:
            return NOTHING
        found = list(self._found(self._whoosh(node)))
        ids = np.array([number for number, _ in found], np.int64)
        return Scored(ids, np.array([score for _, score in found], np.float32))

    def _found(self, asked: query.Query) -> Iterator[tuple[int, float]]:
        assert self._searcher is not None
        for searcher, base in self._searcher.leaf_searchers():
            for number, score in _scores(asked.matcher(searcher, searcher.context())):
                yield base + number, score

    def _whoosh(self, node: Node) -> query.Query:
        """The Whoosh query of a tree."""
        match node:
            case Everything():
                return _unscored(query.Every())
            case Term(term, field, boost):
                return query.Term(field, term, boost=boost)
            case Phrase(terms, field, boost) if len(terms) == 1:
                return query.Term(field, terms[0], boost=boost)
            case Phrase(terms, field, boost):
                return query.Phrase(field, list(terms), boost=boost)
            case Prefix(start, field, boost):
                return query.Prefix(field, start, boost=boost) if start else query.NullQuery
            case Pattern(shape, field):
                return _unscored(query.Wildcard(field, shape))
            case Near(terms, gap, field):
                return _unscored(query.Phrase(field, list(terms), slop=gap))
            case Value(field, value):
                return _unscored(query.Term(field, value))
            case During():
                return self._during(node)
            case Not(part):
                # Whoosh's own `Not` brings back documents that were deleted.
                return _unscored(query.AndNot(query.Every(), self._whoosh(part)))
            case And(()):
                return _unscored(query.Every())
            case And(parts):
                return query.And([self._whoosh(part) for part in parts])
            case Or(parts):
                return _any([self._whoosh(part) for part in parts])
            case Best(parts):
                return _Best([self._whoosh(part) for part in parts])
            case Boosted(base, boosts):
                more = _any([self._whoosh(part) for part in boosts])
                # Without `Require`, Whoosh gives the optional part where the base has nothing.
                return query.Require(query.AndMaybe(self._whoosh(base), more), self._whoosh(base))

    def _during(self, node: During) -> query.Query:
        since = node.since.timestamp() if node.since else float("-inf")
        until = node.until.timestamp() if node.until else float("inf")
        return _Documents(
            [
                [i for i, when in enumerate(s.published.tolist()) if since <= when < until]
                for s in self._snapshot.segments
            ],
            {s.name: i for i, s in enumerate(self._snapshot.segments)},
        )


def rare(snapshot: Snapshot, node: Pattern | Near) -> Array:
    """The documents that a rare kind of query matches, rising."""
    if isinstance(node, Near) and len(node.terms) < 2:
        return WhooshSearch(snapshot).scored(Phrase(node.terms, node.field)).ids
    return WhooshSearch(snapshot).scored(node).ids


def _unscored(asked: query.Query) -> query.Query:
    return _Unscored(asked)


def _any(parts: Sequence[query.Query]) -> query.Query:
    found = query.Or(parts)
    # The other kinds of matchers take a document with score 0 for one that does not match.
    found.matcher_type = query.Or.DEFAULT_MATCHER
    return found


def _searcher(snapshot: Snapshot) -> "_Searcher":
    storage = FileStorage(str(snapshot.contents.folder))
    fields = schema()
    codec = ArrayCodec({segment.name: segment for segment in snapshot.segments})
    readers = [
        SegmentReader(storage, fields, segment, codec=codec)
        for segment in snapshot.contents.segments
    ]
    return _Searcher(readers[0] if len(readers) == 1 else MultiReader(readers), _Weighting())


class _Searcher(Searcher):  # type: ignore[misc]
    """Statistics of living documents only, as ours are."""

    def avg_field_length(self, field: str, default: float | None = None) -> float:
        reader = self.reader()
        lengths = [reader.doc_field_length(i, field) for i in reader.all_doc_ids()]
        return sum(lengths) / len(lengths) if lengths else 1.0


class _Weighting(BM25F):  # type: ignore[misc]
    """BM25 with the rarity that we use (Whoosh's own gives the commonest word 1)."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Any, field: str, text: str) -> float:
        reader = searcher.get_parent().reader()
        try:
            found = sum(1 for _ in reader.postings(field, text).all_ids())
        except TermNotFound:
            found = 0
        count = int(reader.doc_count())
        return log(1 + (count - found + 0.5) / (found + 0.5))


class _Unscored(query.Query):  # type: ignore[misc]
    """What another query matches, without its score (Whoosh's own reads a constant 0 as 1)."""

    def __init__(self, child: query.Query) -> None:
        self.child = child

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        matcher = self.child.matcher(searcher, searcher.boolean_context())
        return _listed((number, 0.0) for number, _ in _scores(matcher))

    def is_leaf(self) -> bool:
        return True

    def normalize(self) -> query.Query:
        return self

    def estimate_size(self, reader: Any) -> int:
        return int(self.child.estimate_size(reader))

    def estimate_min_size(self, reader: Any) -> int:
        return int(self.child.estimate_min_size(reader))


class _Best(query.Query):  # type: ignore[misc]
    """The best score of several queries (Whoosh's own also gives a document the scores of the
    documents after it)."""

    def __init__(self, children: Sequence[query.Query]) -> None:
        self._children = tuple(children)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        best: dict[int, float] = {}
        for child in self._children:
            for number, score in _scores(child.matcher(searcher, searcher.context())):
                best[number] = max(score, best.get(number, 0.0))
        return _listed(sorted(best.items()))

    def is_leaf(self) -> bool:
        return True

    def normalize(self) -> query.Query:
        return self

    def estimate_size(self, reader: Any) -> int:
        return sum(int(child.estimate_size(reader)) for child in self._children)

    estimate_min_size = estimate_size


def _scores(matcher: Any) -> Iterator[tuple[int, float]]:
    while matcher.is_active():
        yield matcher.id(), matcher.score()
        matcher.next()


def _listed(scores: Iterable[tuple[int, float]]) -> Any:
    """A matcher of rising document numbers with their scores."""
    found = list(scores)
    if not found:
        return NullMatcher()
    return ListMatcher([n for n, _ in found], weights=[score for _, score in found])


class _Documents(query.Query):  # type: ignore[misc]
    """Given documents of each segment, without a score."""

    def __init__(self, numbers: Sequence[Sequence[int]], places: dict[str, int]) -> None:
        self._numbers, self._places = numbers, places

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        numbers = self._numbers[self._places[reader.segment().segment_id()]]
        return _listed((number, 0.0) for number in numbers if not reader.is_deleted(number))

    def is_leaf(self) -> bool:
        return True

    def normalize(self) -> query.Query:
        return self

    def estimate_size(self, reader: Any) -> int:
        return sum(map(len, self._numbers))

    estimate_min_size = estimate_size
