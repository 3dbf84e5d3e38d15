"""A file of named numpy arrays that knows when it is torn: header, aligned data, checksums.

Layout: magic, header length and checksum, a JSON header (each array's type, offset and count;
free `notes`), the arrays on 64-byte borders, then one CRC-32 for each 16 kB of data.
"""

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import SearchError

Array = npt.NDArray[Any]

_MAGIC = b"KBarray1"
_HEAD = struct.Struct("<8sII")
_CHUNK = 1 << 14
_BORDER = 64


def sizes(starts: Array) -> Array:
    """The sizes (int64) of groups that begin at `starts`, whose last item is the end of all."""
    wide = starts.astype(np.int64)
    return np.asarray(wide[1:] - wide[:-1])


def gathered(items: Array, sizes: Array, order: Array) -> Array:
    """Groups of `items` (group i has sizes[i] of them), the groups put into a new order."""
    ends = np.cumsum(sizes, dtype=np.int64)
    starts = (ends - sizes)[order]
    sizes = sizes[order]
    new_starts = np.cumsum(sizes, dtype=np.int64) - sizes
    return items[np.repeat(starts - new_starts, sizes) + np.arange(len(items))]


def all_of(masks: Sequence[Array]) -> Array | None:
    """For each item, whether all the masks say so; None where there is no mask."""
    if len(masks) < 2:
        return masks[0] if masks else None
    found: Array = masks[0] & masks[1]
    for mask in masks[2:]:
        found &= mask
    return found


class DamagedIndexError(SearchError):
    """A file of the index is missing, torn or not what it should be; a rebuild mends it."""


def write_arrays(path: Path, arrays: Mapping[str, Array], notes: Mapping[str, Any]) -> None:
    """Write the arrays and have the disk confirm them (fsync) before returning."""
    places: dict[str, tuple[str, int, int]] = {}
    end = 0
    for name, array in arrays.items():
        start = _border(end)
        places[name] = (array.dtype.newbyteorder("<").str, start, len(array))
        end = start + array.nbytes
    header = json.dumps(
        {"arrays": places, "notes": dict(notes), "size": end}, ensure_ascii=False
    ).encode("utf-8", "surrogatepass")
    with path.open("wb") as file:
        file.write(_HEAD.pack(_MAGIC, len(header), zlib.crc32(header)))
        file.write(header)
        file.write(bytes(_border(file.tell()) - file.tell()))
        sums = _Checksums(file)
        for name, array in arrays.items():
            sums.write(bytes(places[name][1] - sums.written))
            sums.write(np.ascontiguousarray(array, places[name][0]).view(np.uint8).data)
        file.write(np.array(sums.finish(), "<u4").tobytes())
        file.flush()
        os.fsync(file.fileno())


class _Checksums:
    """Passes bytes on to a file and keeps a CRC-32 for each chunk of them."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._sums: list[int] = []
        self._sum = 0
        self.written = 0

    def write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        view = memoryview(data)
        while view:
            part = view[: _CHUNK - self.written % _CHUNK]
            self._sum = zlib.crc32(part, self._sum)
            self.written += len(part)
            if self.written % _CHUNK == 0:
                self._close_chunk()
            view = view[len(part) :]

    def finish(self) -> list[int]:
        if self.written % _CHUNK:
            self._close_chunk()
        return self._sums

    def _close_chunk(self) -> None:
        self._sums.append(self._sum)
        self._sum = 0


class ArrayFile:
    """The arrays of a file as read-only views; nothing is read before it is asked for.

    Raises DamagedIndexError when the file is missing, cut short or its header is not whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read_header()
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            raise DamagedIndexError(f"the index file {path.name} is damaged: {error}") from error

    def _read_header(self) -> None:
        magic, length, checksum = _HEAD.unpack_from(self._map)
        header = self._map[_HEAD.size : _HEAD.size + length]
        if magic != _MAGIC or zlib.crc32(header) != checksum:
            raise ValueError("its header is not whole")
        found = json.loads(header.decode("utf-8", "surrogatepass"))
        self.notes: dict[str, Any] = found["notes"]
        self._places: dict[str, tuple[str, int, int]] = found["arrays"]
        self._base = _border(_HEAD.size + length)
        self._size: int = found["size"]
        chunks = -(-self._size // _CHUNK)
        if len(self._map) != self._base + self._size + 4 * chunks:
            raise ValueError("it was cut short")
        self._sums = np.frombuffer(self._map, "<u4", chunks, self._base + self._size)
        self._checked = bytearray(chunks)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> Array:
        """The whole array, every chunk of it checked."""
        return self.part(name, 0, self._places[name][2])

    def part(self, name: str, start: int, stop: int) -> Array:
        """The array's items from `start` to before `stop`, checked against their checksums."""
        kind, offset, _ = self._places[name]
        width = int(kind[2:])
        begin, end = offset + start * width, offset + stop * width
        for chunk in range(begin // _CHUNK, -(-end // _CHUNK)):
            if not self._checked[chunk]:
                self._check(chunk)
        return np.frombuffer(self._map, kind, stop - start, self._base + begin)

    def _check(self, chunk: int) -> None:
        start = self._base + chunk * _CHUNK
        stop = min(start + _CHUNK, self._base + self._size)
        if zlib.crc32(memoryview(self._map)[start:stop]) != self._sums[chunk]:
            raise DamagedIndexError(f"the index file {self.path.name} is damaged: wrong checksum")
        self._checked[chunk] = 1


def _border(offset: int) -> int:
    return -(-offset // _BORDER) * _BORDER
