"""From matching documents to a page: filters, facets, stories folded, order, totals."""

from dataclasses import dataclass

import numpy as np

from index.search.arrays import Array
from index.search.evaluate import has_value, published_during
from index.search.query import FACETS, FacetCounts, Match, Matches, Query
from index.search.schema import SEVERAL
from index.search.snapshot import Scored, Snapshot


def answer(snapshot: Snapshot, found: Scored, query: Query) -> Matches:
    """The page that a query asks for of what its tree has `found`, its exact total and the
    counts of every facet."""
    if query.since is not None or query.until is not None:
        keep = published_during(snapshot, query.since, query.until)[found.ids]
        found = Scored(found.ids[keep], found.scores[keep])
    filters = {name: has_value(snapshot, name, values)[found.ids] for name, values in query.filters}
    shared = snapshot.shared[found.ids] if query.fold else np.zeros(len(found.ids), bool)
    facets = tuple(
        (name, _counts(snapshot, name, _Group.of(snapshot, found.ids, shared, filters, name)))
        for name in (FACETS if query.facets else ())
    )
    if filters:
        keep = np.logical_and.reduce(list(filters.values()))
        found = Scored(found.ids[keep], found.scores[keep])
        shared = shared[keep]
    order = _Order(snapshot, query, found)
    return _page(snapshot, query, order, shared, facets)


@dataclass(frozen=True, slots=True)
class _Group:
    """The documents that a facet counts: those alone in their story, and the others with
    the number of their story."""

    single: Array
    shared: Array
    stories: Array

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        ids: Array,
        shared: Array,
        filters: dict[str, Array],
        facet: str,
    ) -> "_Group":
        """What the other facets' filters let through."""
        others = [mask for name, mask in filters.items() if name != facet]
        if others:
            keep = np.logical_and.reduce(others)
            ids, shared = ids[keep], shared[keep]
        some = ids[shared]
        return cls(ids[~shared], some, snapshot.story[some])


def _counts(snapshot: Snapshot, facet: str, group: _Group) -> tuple[tuple[str, int], ...]:
    """(value, number of stories) of a facet, the most frequent first."""
    values = snapshot.values[facet]
    if facet in SEVERAL:
        codes, _ = _codes_of(snapshot, facet, group.single)
    else:
        codes = values.codes[group.single]
    total = np.bincount(codes, minlength=len(values.names))
    if len(group.shared):
        if facet in SEVERAL:
            codes, owner = _codes_of(snapshot, facet, group.shared)
            stories = group.stories[owner]
        else:
            codes, stories = values.codes[group.shared], group.stories
        # A story counts once for each value that any of its documents has.
        pairs = np.unique(codes.astype(np.int64) << 32 | stories)
        total += np.bincount(pairs >> 32, minlength=len(values.names))
    found = [(values.names[i], int(total[i])) for i in np.flatnonzero(total).tolist()]
    return tuple(sorted((f for f in found if f[0]), key=lambda f: (-f[1], f[0])))


def _codes_of(snapshot: Snapshot, facet: str, ids: Array) -> tuple[Array, Array]:
    """The codes of these documents in a field of several values, and whose (place in `ids`)."""
    values = snapshot.values[facet]
    assert values.starts is not None
    if not len(values.codes):
        return values.codes, np.empty(0, np.int64)
    starts = values.starts[ids].astype(np.int64)
    size = values.starts[ids + 1] - starts
    owner = np.repeat(np.arange(len(ids)), size)
    first = np.cumsum(size) - size
    return values.codes[np.arange(len(owner)) + (starts - first)[owner]], owner


class _Order:
    """Ranks documents: by score and recency prior, or by time; ties by time, then row."""

    def __init__(self, snapshot: Snapshot, query: Query, found: Scored) -> None:
        self.ids = found.ids
        self.scores = found.scores
        published = snapshot.published[found.ids]
        by_score = query.sort == "relevance" and bool(found.scores.any())
        if by_score:
            self.scores = found.scores * snapshot.prior[found.ids]
            self.key = self.scores.astype(np.float64)
        else:
            self.scores = np.zeros(len(found.ids), np.float32)
            self.key = -published if query.sort == "oldest" else published
        self._ties = -published if query.sort == "oldest" else published
        self._n = snapshot.n[found.ids]
        self._story = snapshot.story

    def best(self, places: Array, most: int) -> Array:
        """The best of these places in `ids`, at most so many, the best first."""
        if len(places) > 4 * most + 100:
            key = self.key[places]
            # All that tie with the last one stay, so that pages never overlap.
            places = places[key >= np.partition(key, len(key) - most)[len(key) - most]]
        return self._sorted(places)[:most]

    def _sorted(self, places: Array) -> Array:
        keys = (self._n[places], -self._ties[places], -self.key[places])
        return places[np.lexsort(keys)]

    def leaders(self, places: Array) -> Array:
        """One place for each story: its best."""
        ranked = self._sorted(places)
        _, first = np.unique(self._story[self.ids[ranked]], return_index=True)
        return ranked[first]


def _page(
    snapshot: Snapshot, query: Query, order: _Order, shared: Array, facets: FacetCounts
) -> Matches:
    places = np.flatnonzero(~shared)
    others = np.flatnonzero(shared)
    if len(others):
        places = np.concatenate((places, order.leaders(others)))
    wanted = max(query.offset, 0) + max(query.limit, 0)
    chosen = order.best(places, wanted)[max(query.offset, 0) :] if wanted else places[:0]
    found = tuple(_match(snapshot, query, order, place) for place in chosen.tolist())
    return Matches(total=len(places), found=found, facets=facets)


def _match(snapshot: Snapshot, query: Query, order: _Order, place: int) -> Match:
    document = int(order.ids[place])
    copies = snapshot.copies(document) if query.fold and snapshot.shared[document] else []
    return Match(
        n=int(snapshot.n[document]),
        score=float(order.scores[place]),
        copies=tuple(int(snapshot.n[d]) for d in copies),
    )
