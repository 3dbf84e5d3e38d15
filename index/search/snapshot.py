"""One valid state of the index as arrays over all documents: what queries are answered from.

A snapshot never changes. It numbers the documents of all segments through; postings come from
the files when first asked for and are kept in a bounded cache.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np

from index.search.arrays import Array, sizes
from index.search.cache import NOTHING, Cache, Scored
from index.search.facets import FacetValues
from index.search.folder import Contents
from index.search.merge import merged_values
from index.search.parts import Values
from index.search.phrases import phrase_in
from index.search.schema import K1, PRIOR, PRIOR_HALF_LIFE, SEVERAL, SINGLE, TEXTS, B
from index.search.segment import OpenSegment
from index.search.twins import Twins
from index.search.writer import living

_CACHE_BYTES = 24 << 20


class Snapshot:
    """All segments of one generation. Arrays are indexed by document number; deleted ones keep
    their number but occur in no answer."""

    def __init__(self, contents: Contents, segments: Sequence[OpenSegment]) -> None:
        self.contents = contents
        self.segments = tuple(segments)
        self.size = sum(len(segment) for segment in segments)
        ends = np.cumsum([len(segment) for segment in segments], dtype=np.int64)
        self._bases = [int(end) - len(s) for end, s in zip(ends, segments, strict=True)]
        self.alive = _joined([living(kept) for kept in contents.segments], bool)
        self.whole = bool(self.alive.all())
        self.count = int(self.alive.sum())
        self.n = _joined([s.n for s in segments], np.int64)
        self.published = _joined([s.published for s in segments], np.int64)
        stories = _joined([s.story for s in segments], np.int64)
        # Deleted documents get a story of their own (the last), which no answer shows.
        _, self.story = np.unique(stories, return_inverse=True)
        self.story = self.story.astype(np.int64)
        self._norms = {field: self._norm(field) for field in TEXTS}
        self._cache: Cache[Scored] = Cache(_CACHE_BYTES)

    def _norm(self, field: str) -> Array:
        """The part of BM25's denominator that depends on a document's length."""
        lengths = _joined([s.lengths[field] for s in self.segments], np.float32)
        average = float(lengths[self.alive].mean()) if self.count else 1.0
        norm: Array = K1 * (1 - B + B * lengths / max(average, 1.0))
        return norm.astype(np.float32)

    @cached_property
    def values(self) -> dict[str, Values]:
        """The value fields, coded alike over all segments."""
        if not self.segments:
            none = np.empty(0, np.uint16)
            starts = np.zeros(1, np.uint32)
            return {f: Values((), none) for f in SINGLE} | {
                f: Values((), none, starts) for f in SEVERAL
            }
        everything = [np.ones(len(s), bool) for s in self.segments]
        return {
            field: merged_values([s.values[field] for s in self.segments], everything)
            for field in (*SINGLE, *SEVERAL)
        }

    @cached_property
    def facets(self) -> FacetValues:
        """The values of all facets, for counting."""
        return FacetValues(self.values)

    @cached_property
    def owners(self) -> dict[str, Array]:
        """For each code of a field of several values, its document."""
        found = {}
        for field in SEVERAL:
            starts = self.values[field].starts
            assert starts is not None
            found[field] = np.repeat(np.arange(self.size), sizes(starts))
        return found

    @cached_property
    def prior(self) -> Array:
        """The factor by which recent documents score more: 1 … 1 + PRIOR."""
        newest = int(self.published[self.alive].max()) if self.count else 0
        age = np.maximum(newest - self.published, 0)
        factor: Array = 1 + PRIOR * np.exp2(-age / PRIOR_HALF_LIFE)
        return factor.astype(np.float32)

    @cached_property
    def twins(self) -> Twins:
        """Which living documents tell one story."""
        return Twins(self.alive, self.story, self.published)

    # Text

    def forget(self) -> None:
        """Empty the cache: the next queries read the files again."""
        self._cache.clear()

    def remembered(self, key: object, find: Callable[[], Scored]) -> Scored:
        """What was found under a key last time, else what `find` gives."""
        return self._cache.get(key) or self._cache.keep(key, find())

    def term(self, field: str, term: str) -> Scored:
        """The documents with this term and their BM25 scores."""
        return self.remembered((field, term), lambda: self._term(field, term))

    def _term(self, field: str, term: str) -> Scored:
        name = term.encode("utf-8", "surrogatepass")
        spans = []
        for segment in self.segments:
            number = segment.terms[field].find(name)
            spans.append((0, 0) if number is None else (number, number + 1))
        return self.scored(field, *self._postings(field, spans))

    def prefix(self, field: str, start: str) -> Scored:
        """The documents with any term that begins so, scored as if it were one term."""
        if not start:
            return NOTHING
        return self.remembered((field, start, "prefix"), lambda: self._prefix(field, start))

    def _prefix(self, field: str, start: str) -> Scored:
        name = start.encode("utf-8", "surrogatepass")
        spans = [segment.terms[field].span(name) for segment in self.segments]
        ids, weights = self._postings(field, spans)
        total = np.bincount(ids, weights=weights, minlength=self.size)
        found = np.flatnonzero(total)
        return self.scored(field, found, total[found])

    def _postings(self, field: str, spans: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
        """(documents, weights) of the terms of each segment's span, deleted ones left out."""
        ids, weights = [], []
        for segment, base, (first, last) in zip(self.segments, self._bases, spans, strict=True):
            if first >= last:
                continue
            starts = segment.terms[field].starts
            a, b = int(starts[first]), int(starts[last])
            ids.append(segment.stream(field, "ids", a, b).astype(np.int64) + base)
            weights.append(segment.stream(field, "weights", a, b))
        found, weight = _joined(ids, np.int64), _joined(weights, np.uint8)
        if self.whole:
            return found, weight
        keep = self.alive[found]
        return found[keep], weight[keep]

    def phrase(self, field: str, terms: tuple[str, ...]) -> Scored:
        """The documents with these terms side by side, scored as if it were one term."""
        if len(terms) == 1:
            return self.term(field, terms[0])
        return self.remembered((field, terms), lambda: self._phrase(field, terms))

    def _phrase(self, field: str, terms: tuple[str, ...]) -> Scored:
        names = [term.encode("utf-8", "surrogatepass") for term in terms]
        ids, weights = [], []
        for segment, base in zip(self.segments, self._bases, strict=True):
            found, weight = phrase_in(segment, field, names)
            ids.append(found + base)
            weights.append(weight)
        documents, weight = _joined(ids, np.int64), _joined(weights, np.float64)
        keep = self.alive[documents]
        return self.scored(field, documents[keep], weight[keep])

    def scored(self, field: str, ids: Array, weights: Array) -> Scored:
        """BM25 of one term, or what stands for one: its documents and weights are all given."""
        if not len(ids):
            return NOTHING
        rarity = np.log(1 + (self.count - len(ids) + 0.5) / (len(ids) + 0.5))
        weight = weights.astype(np.float32)
        scores = weight * np.float32(rarity * (K1 + 1)) / (weight + self._norms[field][ids])
        return Scored(ids, scores.astype(np.float32, copy=False))


def _joined(arrays: Sequence[Array], kind: type) -> Array:
    if not arrays:
        return np.empty(0, kind)
    return np.concatenate(arrays).astype(kind, copy=False)
