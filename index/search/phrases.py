"""Where terms stand side by side: positions met by shifting and intersecting arrays."""

from collections.abc import Sequence

import numpy as np

from index.search.arrays import Array
from index.search.schema import ZONE_WEIGHT
from index.search.segment import OpenSegment


def phrase_in(segment: OpenSegment, field: str, names: Sequence[bytes]) -> tuple[Array, Array]:
    """(documents, weights) of the places where the terms stand side by side in a segment.

    A place is one number, document and position: the phrase stands where the places of its
    terms, each shifted back by its rank, meet. The rarest terms go first.
    """
    nothing = np.empty(0, np.int64), np.empty(0, np.float64)
    terms = segment.terms[field]
    numbers = [terms.find(name) for name in names]
    if None in numbers or not numbers:
        return nothing
    ranked = [(int(n), rank) for rank, n in enumerate(numbers) if n is not None]
    ranked.sort(key=lambda pair: int(terms.starts[pair[0] + 1]) - int(terms.starts[pair[0]]))
    candidates = np.ones(len(segment), bool)
    for number, _ in ranked:
        here = np.zeros(len(segment), bool)
        a, b = int(terms.starts[number]), int(terms.starts[number + 1])
        here[segment.stream(field, "ids", a, b)] = True
        candidates &= here
    if not candidates.any():
        return nothing
    places: Array | None = None
    for number, rank in ranked:
        found = _places(segment, field, number, candidates)
        found = found[np.searchsorted(found, rank) :] - np.uint32(rank)
        places = found if places is None else _common(places, found)
        if not len(places):
            return nothing
    assert places is not None
    weights = ZONE_WEIGHT[(places & 0xFFFF) >> 8] if field == "words" else np.ones(len(places))
    total = np.bincount(places >> 16, weights=weights)
    documents = np.flatnonzero(total)
    return documents, total[documents]


def _places(segment: OpenSegment, field: str, number: int, candidates: Array) -> Array:
    """The places (document << 16 | position) of a term in the candidate documents, rising."""
    terms = segment.terms[field]
    a, b = int(terms.starts[number]), int(terms.starts[number + 1])
    c, d = int(terms.position_starts[number]), int(terms.position_starts[number + 1])
    ids = segment.stream(field, "ids", a, b)
    counts = segment.stream(field, "counts", a, b)
    positions = segment.stream(field, "positions", c, d)
    keep = candidates[ids]
    documents = np.repeat(ids[keep].astype(np.uint32) << np.uint32(16), counts[keep])
    return np.asarray(documents | positions[np.repeat(keep, counts)])


def _common(some: Array, others: Array) -> Array:
    """The items of `some` that are among `others`; both rise."""
    if not len(others):
        return others
    at = np.minimum(np.searchsorted(others, some), len(others) - 1)
    return np.asarray(some[others[at] == some])
