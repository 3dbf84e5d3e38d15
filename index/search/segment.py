"""A segment on disk: three files of arrays, written once and never changed.

`.trm` the sorted terms of each text field, `.pst` their postings, `.val` what belongs to a
document: row number, time, story, lengths and values. Deletions stand in Whoosh's own list
of segments, so a segment's files never change.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.search.arrays import Array, ArrayFile, write_arrays
from index.search.parts import Postings, Segment, Values
from index.search.schema import SEVERAL, SINGLE, TEXTS

EXTENSIONS = (".trm", ".pst", ".val")
_STREAMS = ("ids", "weights", "counts", "positions")


def write_segment(folder: Path, name: str, segment: Segment) -> None:
    """Write the segment's three files and have the disk confirm them."""
    terms: dict[str, Array] = {}
    streams: dict[str, Array] = {}
    for field, text in segment.texts.items():
        lengths = np.fromiter(map(len, text.terms), np.int64, len(text.terms))
        terms[f"{field}.letters"] = np.frombuffer(b"".join(text.terms), np.uint8)
        terms[f"{field}.ends"] = np.concatenate(([0], np.cumsum(lengths))).astype("<u4")
        terms[f"{field}.starts"] = text.starts
        terms[f"{field}.position_starts"] = text.position_starts
        streams |= {f"{field}.{stream}": getattr(text, stream) for stream in _STREAMS}
    write_arrays(folder / f"{name}.trm", terms, {})
    write_arrays(folder / f"{name}.pst", streams, {})
    _write_values(folder / f"{name}.val", segment)


def _write_values(path: Path, segment: Segment) -> None:
    arrays = {"n": segment.n, "published": segment.published, "story": segment.story}
    arrays |= {f"{field}.length": lengths for field, lengths in segment.lengths.items()}
    for field, values in segment.values.items():
        arrays[f"{field}.codes"] = values.codes
        if values.starts is not None:
            arrays[f"{field}.starts"] = values.starts
    write_arrays(path, arrays, {field: values.names for field, values in segment.values.items()})


class Terms:
    """The sorted terms of one text field of a segment, and where their postings stand."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        # Views, since one item of a numpy array costs three times as much.
        self._letters = file[f"{field}.letters"].data
        self._ends = file[f"{field}.ends"].astype(np.uint32).data
        self.starts = file[f"{field}.starts"]
        self.position_starts = file[f"{field}.position_starts"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._letters[self._ends[number] : self._ends[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        letters, ends = bytes(self._letters), self._ends.tolist()
        return (letters[ends[i] : ends[i + 1]] for i in range(len(self)))

    def place(self, term: bytes) -> int:
        """The number of the first term that is not below `term`."""
        low, high = 0, len(self)
        letters, ends = self._letters, self._ends
        while low < high:
            middle = (low + high) // 2
            if bytes(letters[ends[middle] : ends[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int | None:
        """The term's number, or None."""
        number = self.place(term)
        return number if number < len(self) and self[number] == term else None

    def span(self, start: bytes) -> tuple[int, int]:
        """The numbers of the terms that begin so: from, to before."""
        # No UTF-8 term holds the byte 0xFF, so this is above every term that begins so.
        return self.place(start), self.place(start + b"\xff")


class OpenSegment:
    """A segment's arrays as views of its files; shared by readers, it never changes.

    Raises DamagedIndexError when a file is missing, torn or holds other bytes than written.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        terms = ArrayFile(folder / f"{name}.trm")
        values = ArrayFile(folder / f"{name}.val")
        self._streams = ArrayFile(folder / f"{name}.pst")
        self.terms = {field: Terms(terms, field) for field in TEXTS}
        self.n = values["n"]
        self.published = values["published"]
        self.story = values["story"]
        self.lengths = {field: values[f"{field}.length"] for field in TEXTS}
        self.values = {
            field: Values(
                tuple(values.notes[field]),
                values[f"{field}.codes"],
                values[f"{field}.starts"] if field in SEVERAL else None,
            )
            for field in (*SINGLE, *SEVERAL)
        }

    def __len__(self) -> int:
        return len(self.n)

    def check(self) -> None:
        """Read every byte once; raises DamagedIndexError when one differs from what was written."""
        for field in TEXTS:
            for stream in _STREAMS:
                self._streams[f"{field}.{stream}"]

    def stream(self, field: str, stream: str, start: int, stop: int) -> Array:
        """The items of ids, weights or counts of the postings from `start` to before `stop`;
        or of positions."""
        return self._streams.part(f"{field}.{stream}", start, stop)

    def postings(self, field: str, first: int, last: int) -> Postings:
        """The postings of the terms numbered from `first` to before `last`."""
        terms = self.terms[field]
        starts = terms.starts[first : last + 1]
        places = terms.position_starts[first : last + 1]
        a, b = int(starts[0]), int(starts[-1])
        return Postings(
            terms=[terms[i] for i in range(first, last)],
            starts=starts - a,
            position_starts=places - places[0],
            ids=self.stream(field, "ids", a, b),
            weights=self.stream(field, "weights", a, b),
            counts=self.stream(field, "counts", a, b),
            positions=self.stream(field, "positions", int(places[0]), int(places[-1])),
        )
