"""Maintenance: several segments become one, without the documents that were deleted."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.search.arrays import Array, gathered, sizes
from index.search.parts import Postings, Segment, Values
from index.search.schema import SEVERAL, SINGLE, TEXTS
from index.search.segment import OpenSegment

_AT_ONCE = 1_000_000  # positions sorted in one go: bounds the memory of a merge


def merged(segments: Sequence[OpenSegment], alive: Sequence[Array]) -> Segment:
    """One segment of the documents for which `alive` (a bool array each) says so, in order."""
    numbers = _new_numbers(alive)

    def joined(arrays: Iterator[Array]) -> Array:
        return np.concatenate([array[keep] for array, keep in zip(arrays, alive, strict=True)])

    return Segment(
        n=joined(s.n for s in segments),
        published=joined(s.published for s in segments),
        story=joined(s.story for s in segments),
        lengths={field: joined(s.lengths[field] for s in segments) for field in TEXTS},
        texts={field: _Merge(segments, numbers, field).postings() for field in TEXTS},
        values={
            field: merged_values([s.values[field] for s in segments], alive)
            for field in (*SINGLE, *SEVERAL)
        },
    )


def _new_numbers(alive: Sequence[Array]) -> list[Array]:
    """For each segment, the new number of each document, -1 where it is dropped."""
    found, base = [], 0
    for keep in alive:
        found.append(np.where(keep, base + np.cumsum(keep) - 1, -1))
        base += int(keep.sum())
    return found


def merged_values(values: Sequence[Values], alive: Sequence[Array]) -> Values:
    """The values of the documents kept, under one list of names."""
    names = sorted({name for v in values for name in v.names})
    code = {name: i for i, name in enumerate(names)}
    codes, several = [], []
    for found, keep in zip(values, alive, strict=True):
        new = np.array([code[name] for name in found.names], "<u2")
        if found.starts is None:
            codes.append(new[found.codes[keep]])
            continue
        size = sizes(found.starts)
        codes.append(new[found.codes[np.repeat(keep, size)]])
        several.append(size[keep])
    starts = None
    if several:
        ends = np.cumsum(np.concatenate(several), dtype=np.int64)
        starts = np.concatenate(([0], ends)).astype("<u4")
    return Values(tuple(names), np.concatenate(codes).astype("<u2"), starts)


class _Merge:
    """The merge of one text field: a range of terms after the other."""

    def __init__(
        self, segments: Sequence[OpenSegment], numbers: Sequence[Array], field: str
    ) -> None:
        self._segments, self._numbers, self._field = segments, numbers, field
        self._terms = sorted(set().union(*(s.terms[field] for s in segments)))
        rank = {term: i for i, term in enumerate(self._terms)}
        self._ranks = [
            np.fromiter((rank[t] for t in s.terms[field]), np.int64, len(s.terms[field]))
            for s in segments
        ]

    def postings(self) -> Postings:
        found = [self._between(a, b) for a, b in self._ranges()]
        if not found:
            return Postings.empty()
        terms = np.concatenate([f[0] for f in found])
        ids, weights, counts, positions = (
            np.concatenate([f[i] for f in found]) for i in range(1, 5)
        )
        del found
        kept, first = np.unique(terms, return_index=True)
        places = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        starts = np.append(first, len(terms))
        return Postings(
            terms=[self._terms[i] for i in kept.tolist()],
            starts=starts.astype("<u4"),
            position_starts=places[starts].astype("<u4"),
            ids=ids,
            weights=weights,
            counts=counts,
            positions=positions,
        )

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """Ranges of term ranks, each with about as many positions as are sorted at once."""
        found = np.zeros(len(self._terms), np.int64)
        for segment, ranks in zip(self._segments, self._ranks, strict=True):
            found[ranks] += sizes(segment.terms[self._field].position_starts)
        ends = np.cumsum(found)
        start = 0
        while start < len(ends):
            before = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
            yield start, stop
            start = stop

    def _between(self, start: int, stop: int) -> tuple[Array, Array, Array, Array, Array]:
        """(term ranks, ids, weights, counts, positions) of the terms of these ranks, sorted."""
        parts = []
        for segment, ranks, numbers in zip(self._segments, self._ranks, self._numbers, strict=True):
            first, last = np.searchsorted(ranks, (start, stop))
            found = segment.postings(self._field, int(first), int(last))
            terms = np.repeat(ranks[first:last], sizes(found.starts))
            ids = numbers[found.ids]
            keep = ids >= 0
            positions = found.positions[np.repeat(keep, found.counts)]
            parts.append(
                (terms[keep], ids[keep], found.weights[keep], found.counts[keep], positions)
            )
        terms, ids, weights, counts, positions = (
            np.concatenate([part[i] for part in parts]) for i in range(5)
        )
        # Segments follow each other, so a stable sort leaves the ids of a term rising.
        order = np.argsort(terms, kind="stable")
        return (
            terms[order],
            ids[order].astype("<u2"),
            weights[order],
            counts[order],
            gathered(positions, counts.astype(np.int64), order),
        )
