"""From matching documents to a page: filters, stories folded, order, exact totals."""

import numpy as np

from index.search.arrays import Array, all_of
from index.search.cache import Scored
from index.search.evaluate import has_value, published_during
from index.search.query import FacetCounts, Match, Matches, Query
from index.search.snapshot import Snapshot
from index.search.twins import Folded


def answer(snapshot: Snapshot, found: Scored, query: Query) -> Matches:
    """The page that a query asks for of what its tree has `found`, its exact total and the
    counts of every facet."""
    if query.since is not None or query.until is not None:
        found = found.where(published_during(snapshot, found.ids, query.since, query.until))
    masks = {name: has_value(snapshot, name, values, found.ids) for name, values in query.filters}
    before = found.ids
    if (mask := all_of([*masks.values()])) is not None:
        found = found.where(mask)
    folded = _folded(snapshot, query, found.ids)
    facets: FacetCounts = ()
    if query.facets:
        wider = {}
        for name in masks:
            others = all_of([mask for other, mask in masks.items() if other != name])
            ids = before if others is None else before.compress(others)
            wider[name] = _folded(snapshot, query, ids)
        facets = snapshot.facets.counts(folded, wider)
    order = _Order(snapshot, query, found)
    places = order.leaders(folded)
    start = max(query.offset, 0)
    chosen = order.best(places, start + max(query.limit, 0))[start:]
    return Matches(len(places), _matches(snapshot, query, order, chosen), facets)


def _folded(snapshot: Snapshot, query: Query, ids: Array) -> Folded:
    return snapshot.twins.folded(ids) if query.fold else Folded.apart(ids)


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

    def scores(self, places: Array) -> list[float]:
        """The documents' scores; 0 in an order by time."""
        return self.key.take(places).tolist() if self.by_score else [0.0] * len(places)

    def leaders(self, folded: Folded) -> Array:
        """The places of the documents that stand for their story: its best each."""
        places = np.arange(len(self.ids))
        if not len(folded.places):
            return places
        number = np.full(len(self.ids), -1, np.int64)
        number[folded.places] = folded.stories
        # What is written to a cell last stays: the best of each story.
        ranked = self._sorted(folded.places)[::-1]
        leader = np.empty(folded.count, np.int64)
        leader[number.take(ranked)] = ranked
        return np.concatenate((places.compress(number < 0), leader))

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


def _matches(snapshot: Snapshot, query: Query, order: _Order, places: Array) -> tuple[Match, ...]:
    documents = order.ids.take(places)
    others = snapshot.twins.others(documents) if query.fold else [[]] * len(documents)
    copies = [tuple(snapshot.n.take(found).tolist()) if found else () for found in others]
    rows = snapshot.n.take(documents).tolist()
    return tuple(map(Match, rows, order.scores(places), copies))
