"""Entries on their way into a segment: their words one by one, then all in one go by numpy."""

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain

import numpy as np

from index.search.inversion import ROOM, Places, WordKinds
from index.search.parts import Segment, Values
from index.search.record import Record
from index.search.schema import SEVERAL, SINGLE, WEIGHTS, ZONES
from index.text import raw_words

_MOST_WORDS = 1_500_000  # of a segment's first writing: some 200 MB while they are sorted
_WEIGHT = np.array([WEIGHTS[zone] for zone in ZONES], np.uint8)


class Draft:
    """Collects records; `segment()` gives them back as one segment, in the order added."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._kinds = WordKinds()
        self._words = array("I")  # the kind of each word of each text
        self._sizes = array("I")  # words in each text; a record has one text for each zone

    def __len__(self) -> int:
        return len(self._records)

    @property
    def full(self) -> bool:
        """True when sorting more words at once would take too much memory."""
        return len(self._words) >= _MOST_WORDS

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
        places = Places.of(self._kinds, words, np.array(self._sizes, np.int64))
        titles = places.where(places.text % len(ZONES) == 0)
        lengths = np.minimum(places.widths.reshape(-1, len(ZONES)), ROOM)
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
