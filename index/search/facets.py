"""Counts of values: how many stories each choice of a facet would show."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.search.arrays import Array
from index.search.query import FACETS, FacetCounts
from index.search.schema import SEVERAL
from index.search.snapshot import Snapshot

_TABLE = 1 << 16  # cells of a table of stories and values that is filled rather than sorted


def facet_counts(
    snapshot: Snapshot, ids: Array, filters: Mapping[str, Array], fold: bool
) -> FacetCounts:
    """The counts of every facet among the documents `ids`, the most frequent value first.

    `filters` say for each document whether it passes the filter on a facet; a facet is not
    narrowed by its own filter, so that its other values keep their counts.
    """
    narrowed = _Group.of(snapshot, ids, list(filters.values()), fold)
    found = []
    for name in FACETS:
        others = [mask for facet, mask in filters.items() if facet != name]
        group = _Group.of(snapshot, ids, others, fold) if name in filters else narrowed
        found.append((name, _counts(snapshot, name, group)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents that are counted: those alone in their story, and those that share one, with
    the story's place among the `count` stories shared."""

    single: Array
    shared: Array
    stories: Array
    count: int

    @classmethod
    def of(cls, snapshot: Snapshot, ids: Array, masks: list[Array], fold: bool) -> "_Group":
        if masks:
            ids = ids.compress(np.logical_and.reduce(masks) if len(masks) > 1 else masks[0])
        shared = snapshot.shared.take(ids) if fold else np.zeros(len(ids), bool)
        some = ids.compress(shared)
        if not len(some):
            return cls(ids, some, some, 0)
        known, stories = np.unique(snapshot.story.take(some), return_inverse=True)
        return cls(ids.compress(~shared), some, stories, len(known))


def _counts(snapshot: Snapshot, facet: str, group: _Group) -> tuple[tuple[str, int], ...]:
    names = snapshot.values[facet].names
    total = np.bincount(_codes(snapshot, facet, group.single)[0], minlength=len(names))
    if len(group.shared) and names:
        codes, owners = _codes(snapshot, facet, group.shared)
        stories = group.stories if owners is None else group.stories.take(owners)
        total = total + _distinct(codes, stories, len(names), group.count)
    found = np.flatnonzero(total)
    # The names rise, so a stable sort leaves those of one count in their order.
    order = found.take(np.argsort(-total.take(found), kind="stable"))
    pairs = zip(order.tolist(), total.take(order).tolist(), strict=True)
    return tuple((names[i], count) for i, count in pairs if names[i])


def _distinct(codes: Array, stories: Array, values: int, count: int) -> Array:
    """In how many of the stories each code occurs: a story counts once for each value."""
    pairs = stories * values + codes
    if count * values <= _TABLE:
        table = np.bincount(pairs, minlength=count * values).reshape(count, values)
        return np.asarray(np.count_nonzero(table, axis=0))
    return np.bincount(np.unique(pairs) % values, minlength=values)


def _codes(snapshot: Snapshot, facet: str, ids: Array) -> tuple[Array, Array | None]:
    """The codes of these documents, and for a field of several values the place in `ids` of
    the document that each belongs to."""
    values = snapshot.values[facet]
    if facet not in SEVERAL:
        return values.codes.take(ids), None
    assert values.starts is not None
    starts = values.starts.take(ids).astype(np.int64)
    size = values.starts.take(ids + 1) - starts
    owners = np.repeat(np.arange(len(ids)), size)
    first = starts - (np.cumsum(size) - size)
    return values.codes.take(np.arange(len(owners)) + first.take(owners)), owners
