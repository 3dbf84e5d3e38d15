"""Counts of values: how many stories each choice of a facet would show."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.search.arrays import Array, sizes
from index.search.parts import Values
from index.search.query import FACETS, FacetCounts
from index.search.schema import SEVERAL

_TABLE = 1 << 18  # cells of a table of stories and values that is filled rather than sorted


class FacetValues:
    """The values of every document in all facets, numbered through, so that one look counts
    all facets at once. `story` and `shared` are as in a snapshot."""

    def __init__(self, values: Mapping[str, Values], story: Array, shared: Array) -> None:
        self._story, self._shared = story, shared
        names: list[str] = []
        facet: list[int] = []
        base = {}
        for number, name in enumerate(FACETS):
            base[name] = len(names)
            names += values[name].names
            facet += [number] * len(values[name].names)
        self._names, self._facet = names, np.array(facet, np.int64)
        single = [name for name in FACETS if name not in SEVERAL]
        self._columns = {name: column for column, name in enumerate(single)}
        self._single = np.stack([values[n].codes.astype(np.int64) + base[n] for n in single], 1)
        several = [values[name] for name in SEVERAL]
        self._starts, self._codes = _joined(several, [base[name] for name in SEVERAL])

    def counts(self, ids: Array, filters: Mapping[str, Array], fold: bool) -> FacetCounts:
        """The counts of every facet among the documents, the most frequent value first.

        `filters` say for each document whether it passes the filter on a facet; a facet is not
        narrowed by its own filter, so that its other values keep their counts.
        """
        total = self._totals(ids, list(filters.values()), fold)
        for name in filters:
            others = [mask for facet, mask in filters.items() if facet != name]
            alone = self._facet == FACETS.index(name)
            total = np.where(alone, self._totals(ids, others, fold, name), total)
        return self._ranked(total)

    def _totals(
        self, ids: Array, masks: Sequence[Array], fold: bool, facet: str | None = None
    ) -> Array:
        """For each value (of one facet at least), how many stories have it; how many documents
        unless folded."""
        if masks:
            ids = ids.compress(np.logical_and.reduce(masks) if len(masks) > 1 else masks[0])
        shared = self._shared.take(ids) if fold else None
        if shared is None or not shared.any():
            return self._occurrences(ids, facet)
        some = ids.compress(shared)
        return self._occurrences(ids.compress(~shared), facet) + self._stories(some, facet)

    def _occurrences(self, ids: Array, facet: str | None) -> Array:
        """For each value, how many of these documents have it."""
        single, several, _ = self._values(ids, facet)
        size = len(self._names)
        total = np.bincount(single.ravel(), minlength=size)
        return total + np.bincount(several, minlength=size) if len(several) else total

    def _stories(self, ids: Array, facet: str | None) -> Array:
        """For each value, how many of these documents' stories have it: each counts once."""
        size = len(self._names)
        known, stories = np.unique(self._story.take(ids), return_inverse=True)
        single, several, owners = self._values(ids, facet)
        rows = stories * size
        pairs = np.concatenate(((single + rows[:, None]).ravel(), several + rows.take(owners)))
        if len(known) * size <= _TABLE:
            table = np.zeros(len(known) * size, bool)
            table[pairs] = True
            return np.asarray(np.count_nonzero(table.reshape(len(known), size), axis=0))
        return np.bincount(np.unique(pairs) % size, minlength=size)

    def _values(self, ids: Array, facet: str | None) -> tuple[Array, Array, Array]:
        """(values in the fields of one value, a row for each document; values in the others;
        the row that each of those belongs to). Only a facet's own, where one is named."""
        nothing = self._codes[:0]
        if facet in self._columns:
            return self._single[:, self._columns[facet]].take(ids)[:, None], nothing, nothing
        if facet is None:
            return self._single.take(ids, axis=0), *self._several(ids)
        return np.empty((len(ids), 0), np.int64), *self._several(ids)

    def _several(self, ids: Array) -> tuple[Array, Array]:
        """The values of these documents in the fields of several values, and the place in
        `ids` of the document that each belongs to."""
        starts = self._starts.take(ids)
        size = self._starts.take(ids + 1) - starts
        owners = np.repeat(np.arange(len(ids)), size)
        first = starts - (np.cumsum(size) - size)
        return self._codes.take(np.arange(len(owners)) + first.take(owners)), owners

    def _ranked(self, total: Array) -> FacetCounts:
        found = np.flatnonzero(total)
        # The names of a facet rise, and the sort is stable: equal counts are in their order.
        found = found.take(np.lexsort((-total.take(found), self._facet.take(found))))
        ends = np.searchsorted(self._facet.take(found), np.arange(len(FACETS) + 1)).tolist()
        names = [self._names[i] for i in found.tolist()]
        pairs = list(zip(names, total.take(found).tolist(), strict=True))
        return tuple(
            (facet, tuple(pair for pair in pairs[ends[i] : ends[i + 1]] if pair[0]))
            for i, facet in enumerate(FACETS)
        )


def _joined(several: Sequence[Values], bases: Sequence[int]) -> tuple[Array, Array]:
    """(starts, codes) of fields of several values as one: each document's codes in a row."""
    counts = [sizes(values.starts) for values in several if values.starts is not None]
    documents = [np.repeat(np.arange(len(count)), count) for count in counts]
    owners = np.concatenate(documents)
    codes = np.concatenate(
        [values.codes.astype(np.int64) + base for values, base in zip(several, bases, strict=True)]
    )
    starts = np.concatenate(([0], np.cumsum(np.sum(counts, axis=0))))
    return starts, codes.take(np.argsort(owners, kind="stable"))
