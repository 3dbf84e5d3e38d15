"""Counts of values: how many stories each choice of a facet would show."""

from collections.abc import Mapping, Sequence

import numpy as np

from index.search.arrays import Array, sizes
from index.search.parts import Values
from index.search.query import FACETS, FacetCounts
from index.search.schema import SEVERAL
from index.search.twins import Folded

_TABLE = 1 << 23  # cells (bytes) of a table of stories and values, filled rather than sorted
_WIDTH = 3  # services and Regions of a document that stand in the table of all values
_MOST = 1 << 32  # more than there are documents


class FacetValues:
    """The values of every document in all facets, numbered through, so that one look counts
    all facets at once.

    A document's values stand in a row of a table. Where a document has more of them than the
    table is wide (a launch in many Regions), the rest stand apart.
    """

    def __init__(self, values: Mapping[str, Values]) -> None:
        names: list[str] = []
        facet: list[int] = []
        base = {}
        for number, name in enumerate(FACETS):
            base[name] = len(names)
            names += values[name].names
            facet += [number] * len(values[name].names)
        self._names, self._facet = np.array(names, object), np.array(facet, np.int64)
        self._named = np.array([bool(name) for name in names], bool)
        single = [name for name in FACETS if name not in SEVERAL]
        self._columns = {name: values[name].codes.astype(np.int64) + base[name] for name in single}
        starts, codes = _joined([values[f] for f in SEVERAL], [base[name] for name in SEVERAL])
        first, self._starts, self._rest = _cut(starts, codes, _WIDTH, len(names))
        table = np.concatenate((np.stack([*self._columns.values()], 1), first), 1)
        # As narrow as can be: large answers take as long as the memory that they touch.
        self._table = table.astype(np.min_scalar_type(len(names)))
        self._more = sizes(self._starts) > 0

    def counts(self, found: Folded, wider: Mapping[str, Folded]) -> FacetCounts:
        """The counts of every facet among the stories found, the most frequent value first.

        `wider` names the facets that are filtered, with what would be found without the filter
        on them: a facet's other values keep their counts.
        """
        total = self._totals(found)
        for name, others in wider.items():
            alone = self._facet == FACETS.index(name)
            total = np.where(alone, self._totals(others, name), total)
        return self._ranked(total)

    def _totals(self, found: Folded, facet: str | None = None) -> Array:
        """For each value (of one facet at least), how many stories have it."""
        size = len(self._names) + 1  # the last is no value: it fills rows up
        row, more, _ = self._values(found.ids, facet)
        total = np.bincount(row.ravel(), minlength=size)
        if len(more):
            total += np.bincount(more, minlength=size)
        if len(found.places):
            total -= self._repeated(found, facet)
        return total[:-1]

    def _repeated(self, found: Folded, facet: str | None) -> Array:
        """For each value, how often it was counted again for a story that had it already."""
        size = len(self._names) + 1
        row, more, owners = self._values(found.ids.take(found.places), facet)
        base = found.stories * size
        pairs = np.concatenate(((row + base[:, None]).ravel(), more + base.take(owners)))
        if found.count * size <= _TABLE:
            table = np.zeros(found.count * size, bool)
            table[pairs] = True
            once = np.flatnonzero(table)
        else:
            once = np.unique(pairs)
        again: Array = np.bincount(pairs % size, minlength=size)
        again -= np.bincount(once % size, minlength=size)
        return again

    def _values(self, ids: Array, facet: str | None) -> tuple[Array, Array, Array]:
        """(values in the table, a row for each document; the rest of their values; the row that
        each of those belongs to). Only a facet's own, where one of one value is named."""
        if facet in self._columns:
            nothing = ids[:0]
            return self._columns[facet].take(ids)[:, None], nothing, nothing
        row = self._table.take(ids, axis=0)
        rows = np.flatnonzero(self._more.take(ids))
        some = ids.take(rows)
        starts = self._starts.take(some)
        size = self._starts.take(some + 1) - starts
        owners = np.repeat(np.arange(len(some)), size)
        first = starts - (np.cumsum(size) - size)
        return row, self._rest.take(np.arange(len(owners)) + first.take(owners)), rows.take(owners)

    def _ranked(self, total: Array) -> FacetCounts:
        found = np.flatnonzero(total * self._named)
        counts, facet = total.take(found), self._facet.take(found)
        # The names of a facet rise, and the sort is stable: equal counts are in their order.
        order = np.argsort(facet * _MOST - counts, kind="stable")
        names = self._names.take(found.take(order)).tolist()
        pairs = tuple(zip(names, counts.take(order).tolist(), strict=True))
        ends = np.searchsorted(facet, np.arange(len(FACETS) + 1)).tolist()
        return tuple((name, pairs[ends[i] : ends[i + 1]]) for i, name in enumerate(FACETS))


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


def _cut(starts: Array, codes: Array, width: int, filler: int) -> tuple[Array, Array, Array]:
    """(the first codes of each document in a row of this width, filled up; the starts of the
    rest of each; the rest)."""
    owners = np.repeat(np.arange(len(starts) - 1), sizes(starts))
    place = np.arange(len(codes)) - starts.take(owners)
    early = place < width
    first = np.full((len(starts) - 1, width), filler, np.int64)
    first[owners.compress(early), place.compress(early)] = codes.compress(early)
    rest = np.maximum(sizes(starts) - width, 0)
    return first, np.concatenate(([0], np.cumsum(rest))), codes.compress(~early)
