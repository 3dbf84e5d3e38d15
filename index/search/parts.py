"""What a segment is made of, in memory: postings by term, values by document."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.search.arrays import Array


@dataclass(frozen=True, slots=True)
class Postings:
    """A text field, inverted. `terms` rise; the postings of term i are the items
    `starts[i]` to `starts[i+1]` of ids (document numbers, rising), weights and counts; its
    positions are the items `position_starts[i]` to `position_starts[i+1]` of positions, `counts`
    of them for each posting."""

    terms: Sequence[bytes]
    starts: Array  # uint32
    position_starts: Array  # uint32
    ids: Array  # uint16
    weights: Array  # uint8
    counts: Array  # uint8
    positions: Array  # uint16

    @classmethod
    def empty(cls) -> "Postings":
        """No term at all."""
        none, twos, ones = np.zeros(1, "<u4"), np.empty(0, "<u2"), np.empty(0, "u1")
        return cls((), none, none, twos, ones, ones, twos)


@dataclass(frozen=True, slots=True)
class Values:
    """A value field (names rise): document d has the values `names[c]` for c in
    codes[starts[d]:starts[d+1]] (`starts` is None where each document has exactly one)."""

    names: tuple[str, ...]
    codes: Array  # uint16
    starts: Array | None = None  # uint32

    def code(self, name: str) -> int | None:
        """The code of a value, or None where no document has it."""
        place = bisect_left(self.names, name)
        return place if place < len(self.names) and self.names[place] == name else None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index in memory; arrays of one item for each document."""

    n: Array  # int64: row numbers
    published: Array  # int64: unix seconds
    story: Array  # int64: hash of the story's id
    lengths: dict[str, Array]  # uint16: positions by text field
    texts: dict[str, Postings]
    values: dict[str, Values]
