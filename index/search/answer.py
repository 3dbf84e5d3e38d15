"""From matching documents to a page: filters, stories folded, order, exact totals."""

import numpy as np

from index.search.arrays import Array
from index.search.cache import Scored
from index.search.evaluate import has_value, published_during
from index.search.query import Match, Matches, Query
from index.search.snapshot import Snapshot


def answer(snapshot: Snapshot, found: Scored, query: Query) -> Matches:
    """The page that a query asks for of what its tree has `found`, its exact total and the
    counts of every facet."""
    if query.since is not None or query.until is not None:
        found = found.where(published_during(snapshot, found.ids, query.since, query.until))
    filters = {name: has_value(snapshot, name, values, found.ids) for name, values in query.filters}
    facets = snapshot.facets.counts(found.ids, filters, query.fold) if query.facets else ()
    for mask in [np.logical_and.reduce(list(filters.values()))] if filters else ():
        found = found.where(mask)
    order = _Order(snapshot, query, found)
    places = order.leaders() if query.fold else np.arange(len(found.ids))
    start = max(query.offset, 0)
    chosen = order.best(places, start + max(query.limit, 0))[start:]
    matches = tuple(_match(snapshot, query, order, place) for place in chosen.tolist())
    return Matches(total=len(places), found=matches, facets=facets)


class _Order:
    """Ranks documents: by score and recency prior, or by time; ties by time, then row.

    A place is an index into the documents found.
    """

    def __init__(self, snapshot: Snapshot, query: Query, found: Scored) -> None:
        self._snapshot = snapshot
        self.ids = found.ids
        self._sign = -1 if query.sort == "oldest" else 1
        self.by_score = query.sort == "relevance" and bool(found.scores.any())
        if self.by_score:
            self.key: Array = found.scores * snapshot.prior.take(found.ids)
        else:
            self.key = self._sign * snapshot.published.take(found.ids)

    def score(self, place: int) -> float:
        """The document's score; 0 in an order by time."""
        return float(self.key[place]) if self.by_score else 0.0

    def leaders(self) -> Array:
        """The places of the documents that stand for their story: its best each."""
        shared = self._snapshot.shared.take(self.ids)
        some = np.flatnonzero(shared)
        if not len(some):
            return np.arange(len(self.ids))
        ranked = self._sorted(some)
        _, first = np.unique(self._snapshot.story.take(self.ids.take(ranked)), return_index=True)
        return np.concatenate((np.flatnonzero(~shared), ranked.take(first)))

    def best(self, places: Array, most: int) -> Array:
        """The best of these places, at most so many, the best first."""
        if not most:
            return places[:0]
        if len(places) > 4 * most + 100:
            key = self.key.take(places)
            least = np.partition(key, len(key) - most)[len(key) - most]
            # All that tie with the last one stay, so that pages never overlap.
            places = places.compress(key >= least)
        return self._sorted(places)[:most]

    def _sorted(self, places: Array) -> Array:
        ids = self.ids.take(places)
        times = -self._sign * self._snapshot.published.take(ids)
        keys = (self._snapshot.n.take(ids), times, -self.key.take(places))
        return np.asarray(places.take(np.lexsort(keys)))


def _match(snapshot: Snapshot, query: Query, order: _Order, place: int) -> Match:
    document = int(order.ids[place])
    copies = snapshot.copies(document) if query.fold and snapshot.shared[document] else []
    return Match(
        n=int(snapshot.n[document]),
        score=order.score(place),
        copies=tuple(int(snapshot.n[d]) for d in copies),
    )
