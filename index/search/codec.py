"""Whoosh's view of our segments: with this codec its own Searcher reads what numpy wrote.

Whoosh keeps the list of segments, their generations and deletions, and answers rare kinds of
queries; it is also the yardstick that the differential tests hold our searching against.
Segments are written by `index.search.folder`, never through a Whoosh writer.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index.search.arrays import Array
from index.search.parts import Values
from index.search.schema import TEXTS
from index.search.segment import OpenSegment


class KeptSegment(base.Segment):  # type: ignore[misc]
    """What the table of contents says of a segment: its name, size, deletions, and the stamp
    of the last change that the index held when the segment was last touched."""

    def __init__(self, name: str, size: int, stamp: int) -> None:
        super().__init__(name)
        self.size = size
        self.stamp = stamp
        self.deleted: frozenset[int] = frozenset()

    def codec(self, **_: Any) -> "ArrayCodec":
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self.size

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(sorted(self.deleted))

    def is_deleted(self, number: int) -> bool:
        return number in self.deleted

    def without(self, numbers: Array) -> "KeptSegment":
        """This segment with more documents deleted."""
        found = KeptSegment(self.indexname, self.size, self.stamp)
        found.segid = self.segid
        found.deleted = self.deleted | frozenset(numbers.tolist())
        return found


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads the three array files of a segment; those given, by name, are open already."""

    def __init__(self, opened: Mapping[str, OpenSegment] | None = None) -> None:
        self._opened = opened or {}

    def terms_reader(self, storage: Any, segment: KeptSegment) -> "TermsReader":
        return TermsReader(self._open(storage, segment))

    def per_document_reader(self, storage: Any, segment: KeptSegment) -> "DocumentReader":
        return DocumentReader(self._open(storage, segment), segment)

    def _open(self, storage: Any, segment: KeptSegment) -> OpenSegment:
        name = segment.segment_id()
        return self._opened.get(name) or OpenSegment(Path(storage.folder), name)


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """Terms and postings of one segment; value fields are read from their codes."""

    def __init__(self, segment: OpenSegment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._span(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return [*TEXTS, *self._segment.values]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(self.indexed_field_names()):
            yield from ((field, term) for term in self._terms(field, b""))

    def terms_from(self, field: str, start: bytes) -> Iterator[tuple[str, bytes]]:
        yield from ((field, term) for term in self._terms(field, start))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, start: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(field, start))

    def _terms(self, field: str, start: bytes) -> Iterator[bytes]:
        if field in TEXTS:
            terms = self._segment.terms[field]
            return (terms[i] for i in range(terms.place(start), len(terms)))
        names = sorted(name.encode() for name in self._segment.values[field].names)
        return (name for name in names if name >= start)

    def _span(self, field: str, term: bytes) -> tuple[int, int] | None:
        """Where the term's postings stand, from and to before; None for an unknown term."""
        if field in TEXTS:
            terms = self._segment.terms[field]
            number = terms.find(term)
            return None if number is None else (number, number + 1)
        found = documents_with(self._segment.values[field], term.decode("utf-8", "replace"))
        return (0, len(found)) if len(found) else None

    def term_info(self, field: str, term: bytes) -> TermInfo:
        ids, weights, _ = self._postings(field, term)
        lengths = self._segment.lengths[field][ids] if field in TEXTS else np.ones(len(ids))
        return TermInfo(
            weight=float(weights.sum()),
            df=len(ids),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(weights.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )

    def frequency(self, field: str, term: bytes) -> float:
        return float(self._postings(field, term)[1].sum()) if (field, term) in self else 0.0

    def doc_frequency(self, field: str, term: bytes) -> int:
        return len(self._postings(field, term)[0]) if (field, term) in self else 0

    def matcher(self, field: str, term: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        ids, weights, values = self._postings(field, term)
        return ListMatcher(
            ids.tolist(),
            weights.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(field, term),
            terminfo=self.term_info(field, term),
        )

    def _postings(self, field: str, term: bytes) -> tuple[Array, Array, list[bytes]]:
        """(ids, weights, positions as bytes); raises TermNotFound."""
        span = self._span(field, term)
        if span is None:
            raise TermNotFound(f"no term {field}:{term!r}")
        if field not in TEXTS:
            ids = documents_with(self._segment.values[field], term.decode("utf-8", "replace"))
            return ids, np.ones(len(ids)), [b""] * len(ids)
        found = self._segment.postings(field, *span)
        ends = np.cumsum(found.counts, dtype=np.int64).tolist()
        places = found.positions.astype("=u2")
        values = [
            places[e - c : e].tobytes() for e, c in zip(ends, found.counts.tolist(), strict=True)
        ]
        return found.ids.astype(np.int64), found.weights, values

    def close(self) -> None:
        """Nothing to close: the views go with their last user."""


class DocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths and deletions of one segment's documents."""

    def __init__(self, open_segment: OpenSegment, segment: KeptSegment) -> None:
        self._open = open_segment
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.size - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted)

    def is_deleted(self, number: int) -> bool:
        return self._segment.is_deleted(number)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, number: int, field: str, default: int = 0) -> int:
        lengths = self._open.lengths.get(field)
        return default if lengths is None else int(lengths[number])

    def field_length(self, field: str) -> int:
        return int(self._open.lengths[field].sum()) if field in TEXTS else 0

    def min_field_length(self, field: str) -> int:
        return int(self._open.lengths[field].min()) if field in TEXTS else 0

    def max_field_length(self, field: str) -> int:
        return int(self._open.lengths[field].max()) if field in TEXTS else 0

    def has_column(self, field: str) -> bool:
        return False

    def stored_fields(self, number: int) -> dict[str, Any]:
        return {}

    def close(self) -> None:
        """Nothing to close: the views go with their last user."""


def documents_with(values: Values, name: str) -> Array:
    """The rising numbers of the documents that have this value."""
    code = values.code(name)
    if code is None:
        return np.empty(0, np.int64)
    places = np.flatnonzero(values.codes == code)
    if values.starts is None:
        return places
    return np.unique(np.searchsorted(values.starts, places, side="right") - 1)
