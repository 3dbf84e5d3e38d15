"""From words in the order of texts to postings in the order of terms: a few steps of numpy."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.search.arrays import Array
from index.search.parts import Postings
from index.search.schema import MOST_REPEATS, ZONES
from index.text import terms_of

_START = np.array([start for start, _ in ZONES.values()])
ROOM = np.array([stop - start - 1 for start, stop in ZONES.values()])  # positions of each zone


class _Numbers(dict[str, int]):
    """Numbers of terms, in the order of their first occurrence."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class WordKinds(dict[str, int]):
    """Numbers each different word as texts hold it, and keeps its analysis as flat arrays: a
    word is analysed once for a segment, and numpy repeats what it gave."""

    def __init__(self) -> None:
        self.numbers = _Numbers()
        self.terms, self.offsets = array("I"), array("I")
        self.starts, self.widths = array("I", (0,)), array("I")

    def __missing__(self, word: str) -> int:
        terms, offsets, width = terms_of(word)
        self.terms.extend(map(self.numbers.__getitem__, terms))
        self.offsets.extend(offsets)
        self.starts.append(len(self.terms))
        self.widths.append(width)
        number = self[word] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Places:
    """Every occurrence of a term: its number, its text (document times zones plus zone) and
    its position, in the order of texts; and the width of each text."""

    term: Array
    text: Array
    position: Array
    widths: Array

    @classmethod
    def of(cls, kinds: WordKinds, words: Array, sizes: Array) -> "Places":
        """The occurrences of words; what exceeds its zone is left out."""
        width = np.array(kinds.widths, np.int64).take(words)
        ends = np.concatenate(([0], np.cumsum(width)))
        borders = ends.take(np.concatenate(([0], np.cumsum(sizes))))
        text = np.repeat(np.arange(len(sizes)), sizes)
        first = ends[:-1] - borders.take(text)
        starts = np.array(kinds.starts, np.int64)
        count = (starts[1:] - starts[:-1]).take(words)
        word = np.repeat(np.arange(len(words), dtype=np.uint32), count)
        shift = starts.take(words) - (np.cumsum(count) - count)
        analysed = np.arange(len(word)) + shift.take(word)
        position = first.take(word) + np.array(kinds.offsets, np.int64).take(analysed)
        text = text.take(word)
        keep = position < ROOM.take(text % len(ZONES))
        position += _START.take(text % len(ZONES))
        found = cls(
            np.array(kinds.terms, np.uint32).take(analysed),
            text.astype(np.uint32),
            position.astype(np.uint16),
            borders[1:] - borders[:-1],
        )
        return found if keep.all() else found.where(keep)

    def where(self, mask: Array) -> "Places":
        """The occurrences for which the mask says so."""
        term, text = self.term.compress(mask), self.text.compress(mask)
        return Places(term, text, self.position.compress(mask), self.widths)

    def postings(self, kinds: WordKinds, weight: Array) -> Postings:
        """The occurrences sorted by term; those of one document are one posting, whose weight
        is the sum of what its zones weigh."""
        if not len(self.term):
            return Postings.empty()
        used = np.zeros(len(kinds.numbers), bool)
        used[self.term] = True
        names = sorted(name for name, number in kinds.numbers.items() if used[number])
        rank = np.empty(len(kinds.numbers), np.uint32)
        rank[[kinds.numbers[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
        # Texts come in the order of documents; a stable sort keeps that order.
        order = _stable_order(rank.take(self.term))
        term, text = rank.take(self.term).take(order), self.text.take(order)
        return _grouped(
            names,
            term,
            text // len(ZONES),
            weight.take(text % len(ZONES)),
            self.position.take(order),
        )


def _stable_order(keys: Array) -> Array:
    """What `argsort(kind="stable")` gives, in two passes of two bytes, which numpy sorts by
    counting rather than comparing."""
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    high = (keys >> np.uint32(16)).astype(np.uint16)
    if high.any():
        order = order.take(np.argsort(high.take(order), kind="stable"))
    return order


def _grouped(
    names: Sequence[str], terms: Array, documents: Array, weights: Array, positions: Array
) -> Postings:
    """Postings of sorted occurrences."""
    new = np.empty(len(terms), bool)
    new[0] = True
    new[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    first = np.flatnonzero(new)
    counts = np.append(first[1:], len(terms)) - first
    total = np.minimum(np.add.reduceat(weights, first, dtype=np.uint32), 255)
    if counts.max() > MOST_REPEATS:
        place = np.arange(len(terms)) - np.repeat(first, counts)
        positions = positions.compress(place < MOST_REPEATS)
        counts = np.minimum(counts, MOST_REPEATS)
    starts = np.searchsorted(terms.take(first), np.arange(len(names) + 1))
    ends = np.concatenate(([0], np.cumsum(counts)))
    return Postings(
        terms=tuple(name.encode("utf-8", "surrogatepass") for name in names),
        starts=starts.astype("<u4"),
        position_starts=ends.take(starts).astype("<u4"),
        ids=documents.take(first).astype("<u2"),
        weights=total.astype("u1"),
        counts=counts.astype("u1"),
        positions=positions.astype("<u2", copy=False),
    )
