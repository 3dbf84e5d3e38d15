"""Entries on their way into a segment: analysed one by one, then sorted by numpy in one go."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

import numpy as np

from index.search.arrays import Array
from index.search.record import Record
from index.search.schema import MOST_REPEATS, SEVERAL, SINGLE, WEIGHTS, ZONES
from index.text import raw_words, terms_of

_START = np.array([start for start, _ in ZONES.values()])
_ROOM = np.array([stop - start - 1 for start, stop in ZONES.values()])
_WEIGHT = np.array([WEIGHTS[zone] for zone in ZONES], np.uint8)


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


class Draft:
    """Collects records; `segment()` gives them back as one segment, in the order added."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._kinds = _WordKinds()
        self._words = array("I")  # the kind of each word of each text
        self._sizes = array("I")  # words in each text; a record has one text for each zone

    def __len__(self) -> int:
        return len(self._records)

    def add(self, record: Record) -> None:
        """Take a record in as the next document."""
        for zone in ZONES:
            before = len(self._words)
            self._words.extend(map(self._kinds.__getitem__, raw_words(getattr(record, zone))))
            self._sizes.append(len(self._words) - before)
        self._records.append(record)

    def segment(self) -> Segment:
        """The records so far, inverted and sorted."""
        records = self._records
        values = {name: _single([getattr(r, name) for r in records]) for name in SINGLE}
        values |= {name: _several([getattr(r, name) for r in records]) for name in SEVERAL}
        words = np.frombuffer(self._words, np.uint32) if self._words else np.empty(0, np.uint32)
        places = _Places.of(self._kinds, words, np.array(self._sizes, np.int64))
        titles = places.where(places.text % len(ZONES) == 0)
        lengths = np.minimum(places.widths.reshape(-1, len(ZONES)), _ROOM)
        return Segment(
            n=np.array([r.n for r in records], "<i8"),
            published=np.array([r.published for r in records], "<i8"),
            story=np.array([story_hash(r.story) for r in records], "<i8"),
            lengths={
                "words": np.minimum(lengths.sum(axis=1), 65_535).astype("<u2"),
                "title": lengths[:, 0].astype("<u2"),
            },
            texts={
                "words": places.postings(self._kinds, _WEIGHT),
                "title": titles.postings(self._kinds, np.ones(len(ZONES), np.uint8)),
            },
            values=values,
        )


def story_hash(story: str) -> int:
    """A story's id as a number of eight bytes."""
    return int.from_bytes(blake2b(story.encode(), digest_size=8).digest(), "little", signed=True)


class _WordKinds(dict[str, int]):
    """Numbers each different word as texts hold it, and keeps its analysis as flat arrays: a
    word is analysed once for a segment, and numpy repeats what it gave."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}  # of terms, in the order of their first occurrence
        self.terms, self.offsets = array("I"), array("I")
        self.starts, self.widths = array("I", (0,)), array("I")

    def __missing__(self, word: str) -> int:
        terms, width = terms_of(word)
        for term, offset in terms:
            self.terms.append(self.numbers.setdefault(term, len(self.numbers)))
            self.offsets.append(offset)
        self.starts.append(len(self.terms))
        self.widths.append(width)
        number = self[word] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class _Places:
    """Every occurrence of a term: its number, its text (document times zones plus zone) and
    its position, in the order of texts; and the width of each text."""

    term: Array
    text: Array
    position: Array
    widths: Array

    @classmethod
    def of(cls, kinds: _WordKinds, words: Array, sizes: Array) -> "_Places":
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
        keep = position < _ROOM.take(text % len(ZONES))
        position += _START.take(text % len(ZONES))
        found = cls(
            np.array(kinds.terms, np.uint32).take(analysed),
            text.astype(np.uint32),
            position.astype(np.uint16),
            borders[1:] - borders[:-1],
        )
        return found if keep.all() else found.where(keep)

    def where(self, mask: Array) -> "_Places":
        """The occurrences for which the mask says so."""
        term, text = self.term.compress(mask), self.text.compress(mask)
        return _Places(term, text, self.position.compress(mask), self.widths)

    def postings(self, kinds: _WordKinds, weight: Array) -> Postings:
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


def gathered(items: Array, sizes: Array, order: Array) -> Array:
    """Groups of `items` (group i has sizes[i] of them), the groups put into a new order."""
    ends = np.cumsum(sizes, dtype=np.int64)
    starts = (ends - sizes)[order]
    sizes = sizes[order]
    new_starts = np.cumsum(sizes, dtype=np.int64) - sizes
    return items[np.repeat(starts - new_starts, sizes) + np.arange(len(items))]


def _single(found: Sequence[str]) -> Values:
    names = sorted(set(found))
    code = {name: i for i, name in enumerate(names)}
    return Values(tuple(names), np.array([code[value] for value in found], "<u2"))


def _several(found: Sequence[tuple[str, ...]]) -> Values:
    names = sorted(set(chain.from_iterable(found)))
    code = {name: i for i, name in enumerate(names)}
    starts = np.zeros(len(found) + 1, "<u4")
    np.cumsum([len(values) for values in found], out=starts[1:])
    codes = [code[value] for values in found for value in values]
    return Values(tuple(names), np.array(codes, "<u2"), starts)
