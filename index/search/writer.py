"""Changes of the store become segments; small segments become large ones."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.search.arrays import Array, DamagedIndexError
from index.search.codec import KeptSegment
from index.search.draft import Draft
from index.search.folder import Contents, IndexFolder
from index.search.merge import merged
from index.search.parts import Segment
from index.search.record import Changes, Record
from index.search.schema import NAME
from index.search.segment import OpenSegment, write_segment

MOST_SEGMENTS = 8
_LARGEST_MERGE = 32_768  # documents: bounds the memory and the time of a merge
_DELETED_SHARE = 0.25  # of a segment's documents; more, and it is written anew


class Segments:
    """The segments that are open, by folder and name: each is opened once while it is valid."""

    def __init__(self) -> None:
        self._open: dict[tuple[Path, str], OpenSegment] = {}

    def of(self, contents: Contents) -> list[OpenSegment]:
        """The open segments of a state; those of other states are forgotten.

        Raises DamagedIndexError.
        """
        wanted = [(contents.folder, segment.segment_id()) for segment in contents.segments]
        kept = self._open
        self._open = opened = {key: kept.get(key) or OpenSegment(*key) for key in wanted}
        found = [opened[key] for key in wanted]
        for known, segment in zip(contents.segments, found, strict=True):
            if known.size != len(segment):
                raise DamagedIndexError(f"the list of segments is damaged: {segment.name}")
        return found


def upsert(
    folder: IndexFolder, contents: Contents, segments: Segments, changes: Changes
) -> Contents:
    """Index the changed rows in a new segment, in place of what was known of them."""
    numbers = np.array([*(r.n for r in changes.records), *changes.gone], np.int64)
    kept = []
    for segment, found in zip(contents.segments, segments.of(contents), strict=True):
        places = np.flatnonzero(np.isin(found.n, numbers))
        kept.append(segment.without(places) if len(places) else segment)
    kept = [segment for segment in kept if segment.doc_count()]
    kept += [
        _written(contents.folder, segment, changes.stamp) for segment in drafted(changes.records)
    ]
    if not changes.records and kept:
        kept[-1] = kept[-1].without(np.empty(0, np.int64))
        kept[-1].stamp = changes.stamp
    return folder.commit(contents, kept)


def drafted(records: Sequence[Record]) -> Iterator[Segment]:
    """The records as segments: one, or several where the texts are long."""
    draft = Draft()
    for record in records:
        draft.add(record)
        if draft.full:
            yield draft.segment()
            draft = Draft()
    if len(draft):
        yield draft.segment()


def _written(folder: Path, segment: Segment, stamp: int) -> KeptSegment:
    kept = KeptSegment(NAME, len(segment.n), stamp)
    write_segment(folder, kept.segment_id(), segment)
    return kept


def maintain(folder: IndexFolder, contents: Contents, segments: Segments) -> Contents:
    """Merge what is small or half deleted, until nothing is left to do."""
    while chosen := choice([(int(s.doc_count()), s.size) for s in contents.segments]):
        contents = _merge(folder, contents, segments, chosen)
    return contents


def choice(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """Which segments to merge next, from their (living, all) documents; none: well as it is.

    Too many segments: the smallest are merged until the number is right, and with them every
    segment that is no larger than those before it together, so that a document is copied only
    a logarithmic number of times.
    """
    for i, (living, everything) in enumerate(sizes):
        if everything - living > _DELETED_SHARE * everything:
            return [i]
    order = sorted(range(len(sizes)), key=lambda i: sizes[i][0])
    surplus = len(sizes) - MOST_SEGMENTS
    chosen: list[int] = []
    total = 0
    for i in order if surplus > 0 else []:
        size = sizes[i][0]
        enough = len(chosen) > surplus and size > total
        if enough or total + size > _LARGEST_MERGE:
            break
        chosen.append(i)
        total += size
    return sorted(chosen) if len(chosen) > 1 else []


def _merge(
    folder: IndexFolder, contents: Contents, segments: Segments, chosen: Sequence[int]
) -> Contents:
    opened = segments.of(contents)
    parts = [contents.segments[i] for i in chosen]
    alive = [living(part) for part in parts]
    segment = merged([opened[i] for i in chosen], alive)
    new = _written(contents.folder, segment, max(part.stamp for part in parts))
    kept = [s for i, s in enumerate(contents.segments) if i not in chosen]
    return folder.commit(contents, [*kept, new])


def living(segment: KeptSegment) -> Array:
    """For each document of a segment, whether it is not deleted."""
    found = np.ones(segment.size, bool)
    found[list(segment.deleted)] = False
    return found
