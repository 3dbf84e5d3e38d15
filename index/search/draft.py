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
from index.text import postings


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
        self._words = _Inversion()
        self._titles = _Inversion()
        self._lengths: dict[str, list[int]] = {"words": [], "title": []}

    def __len__(self) -> int:
        return len(self._records)

    def add(self, record: Record) -> None:
        """Analyse a record and keep it as the next document."""
        number = len(self._records)
        title, width = _clipped(record.title, "title")
        self._titles.add(number, title, 0, 1)
        total = self._add_zone(number, "title", title, width)
        for zone in ("names", "lead", "body"):
            total += self._add_zone(number, zone, *_clipped(getattr(record, zone), zone))
        self._lengths["title"].append(width)
        self._lengths["words"].append(min(total, 65_535))
        self._records.append(record)

    def _add_zone(self, number: int, zone: str, terms: dict[str, list[int]], width: int) -> int:
        self._words.add(number, terms, ZONES[zone][0], WEIGHTS[zone])
        return width

    def segment(self) -> Segment:
        """The records so far, inverted and sorted."""
        records = self._records
        values = {name: _single([getattr(r, name) for r in records]) for name in SINGLE}
        values |= {name: _several([getattr(r, name) for r in records]) for name in SEVERAL}
        return Segment(
            n=np.array([r.n for r in records], "<i8"),
            published=np.array([r.published for r in records], "<i8"),
            story=np.array([story_hash(r.story) for r in records], "<i8"),
            lengths={name: np.array(found, "<u2") for name, found in self._lengths.items()},
            texts={"words": self._words.postings(), "title": self._titles.postings()},
            values=values,
        )


def story_hash(story: str) -> int:
    """A story's id as a number of eight bytes."""
    return int.from_bytes(blake2b(story.encode(), digest_size=8).digest(), "little", signed=True)


def _clipped(text: str, zone: str) -> tuple[dict[str, list[int]], int]:
    """The text's terms with positions, and its width; what exceeds the zone is left out."""
    terms, width = postings(text)
    start, stop = ZONES[zone]
    room = stop - start - 1
    if width <= room:
        return terms, width
    kept = {term: [p for p in found if p < room] for term, found in terms.items()}
    return {term: found for term, found in kept.items() if found}, room


class _Numbered(dict[str, int]):
    """Gives each new term the next number."""

    def __missing__(self, term: str) -> int:
        number = len(self)
        self[term] = number
        return number


class _Inversion:
    """One text field while it grows: flat arrays, one item for each term of a zone."""

    def __init__(self) -> None:
        self._numbers = _Numbered()
        self._terms = array("I")
        self._counts = array("H")
        self._positions = array("H")
        self._runs: list[tuple[int, int, int, int]] = []  # document, size, start, weight

    def add(self, document: int, terms: dict[str, list[int]], start: int, weight: int) -> None:
        self._terms.extend(map(self._numbers.__getitem__, terms))
        self._counts.extend(map(len, terms.values()))
        self._positions.extend(chain.from_iterable(terms.values()))
        self._runs.append((document, len(terms), start, weight))

    def postings(self) -> Postings:
        names = sorted(self._numbers)
        rank = np.empty(len(names), np.uint32)
        rank[[self._numbers[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
        runs = np.array(self._runs, np.uint32).reshape(-1, 4)
        sizes = runs[:, 1]
        terms = rank[np.frombuffer(self._terms, np.uint32)]
        counts = np.frombuffer(self._counts, np.uint16).astype(np.uint32)
        # Entries came in rising order of document and zone; a stable sort keeps that order.
        order = np.argsort(terms, kind="stable")
        positions = gathered(np.frombuffer(self._positions, np.uint16), counts, order)
        counts = counts[order]
        zone_starts = np.repeat(runs[:, 2], sizes)[order]
        positions += np.repeat(zone_starts, counts).astype(np.uint16)
        weights = np.repeat(runs[:, 3], sizes)[order] * counts
        documents = np.repeat(runs[:, 0], sizes)[order]
        return _folded(names, terms[order], documents, weights, counts, positions)


def gathered(items: Array, sizes: Array, order: Array) -> Array:
    """Groups of `items` (group i has sizes[i] of them), the groups put into a new order."""
    ends = np.cumsum(sizes, dtype=np.int64)
    starts = (ends - sizes)[order]
    sizes = sizes[order]
    new_starts = np.cumsum(sizes, dtype=np.int64) - sizes
    return items[np.repeat(starts - new_starts, sizes) + np.arange(len(items))]


def _folded(
    names: Sequence[str],
    terms: Array,
    documents: Array,
    weights: Array,
    counts: Array,
    positions: Array,
) -> Postings:
    """Postings from sorted entries: the zones of one document become one posting."""
    if not len(terms):
        return Postings.empty()
    new = np.empty(len(terms), bool)
    new[0] = True
    new[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    first = np.flatnonzero(new)
    weights = np.minimum(np.add.reduceat(weights, first), 255)
    counts = np.add.reduceat(counts, first)
    if counts.max() > MOST_REPEATS:
        place = np.arange(len(positions)) - np.repeat(np.cumsum(counts) - counts, counts)
        positions = positions[place < MOST_REPEATS]
        counts = np.minimum(counts, MOST_REPEATS)
    starts = np.searchsorted(terms[first], np.arange(len(names) + 1))
    ends = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    return Postings(
        terms=tuple(name.encode("utf-8", "surrogatepass") for name in names),
        starts=starts.astype("<u4"),
        position_starts=ends[starts].astype("<u4"),
        ids=documents[first].astype("<u2"),
        weights=weights.astype("u1"),
        counts=counts.astype("u1"),
        positions=positions.astype("<u2", copy=False),
    )


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
