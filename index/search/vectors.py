"""Vectors of entries on disk: parts of arrays beside the index, a view of the store.

    vectors/CURRENT      JSON: the version, the last change followed, the parts in order
    vectors/p-….npz      n (row numbers), text (a hash of what was read), numbers (int8), scale

A vector is kept as bytes with a scale of its own (an eighth of float64, a quarter of what the
model gives); a later part outdates an earlier one. Parts are whole before CURRENT names them.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np

from index.search.arrays import Array

_CURRENT = "CURRENT"
_MOST_PARTS = 12


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors by row number: `n` rises; row i of `numbers` times `scale[i]` is a vector;
    `text[i]` is the hash of what it was made of."""

    n: Array  # int64
    text: Array  # uint64
    numbers: Array  # int8, one row each
    scale: Array  # float32

    def __len__(self) -> int:
        return len(self.n)

    def rows(self, places: Array | slice) -> Array:
        """The vectors at these places, float32."""
        found: Array = self.numbers[places].astype(np.float32) * self.scale[places, None]
        return found


def packed(n: Iterable[int], text: Iterable[int], vectors: Array) -> Vectors:
    """Vectors (float32 rows) in the form that is kept, in the order of their row numbers."""
    largest = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9)
    numbers = np.rint(vectors / largest[:, None] * 127).astype(np.int8)
    scale = (largest / 127).astype(np.float32)
    rows, hashes = np.fromiter(n, np.int64), np.fromiter(text, np.uint64)
    order = np.argsort(rows, kind="stable")
    return Vectors(rows[order], hashes[order], numbers[order], scale[order])


class VectorFolder:
    """The folder of vectors. A folder that cannot be read counts as empty: it is made anew."""

    def __init__(self, root: Path, version: str) -> None:
        self.root = root
        self._version = version

    def state(self) -> tuple[int, tuple[str, ...]]:
        """(the last change followed, the parts in order); (0, ()) where there is nothing."""
        try:
            current = json.loads((self.root / _CURRENT).read_text("utf-8"))
            if current["version"] != self._version:
                return 0, ()
            return int(current["stamp"]), tuple(str(part) for part in current["parts"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, ()

    def load(self, size: int) -> Vectors:
        """All vectors of `size` numbers, each row's latest."""
        parts = [self._part(name) for name in self.state()[1]]
        if any(part is None for part in parts):
            (self.root / _CURRENT).unlink(missing_ok=True)
            parts = []
        return _merged([part for part in parts if part is not None], size)

    def add(self, vectors: Vectors, stamp: int) -> None:
        """Keep these vectors after all others; `stamp` is the change that they reach."""
        _, parts = self.state()
        if len(vectors):
            parts = (*parts, self._write(vectors))
        if len(parts) > _MOST_PARTS:
            found = [self._part(name) for name in parts]
            merged = _merged([part for part in found if part is not None], vectors.numbers.shape[1])
            parts = (self._write(merged),)
        self._switch(parts, stamp)

    def _write(self, vectors: Vectors) -> str:
        self.root.mkdir(parents=True, exist_ok=True)
        name = f"p-{uuid4().hex[:12]}.npz"
        with (self.root / name).open("wb") as file:
            np.savez(file, n=vectors.n, text=vectors.text, numbers=vectors.numbers,
                     scale=vectors.scale)  # fmt: skip
            file.flush()
            os.fsync(file.fileno())
        return name

    def _part(self, name: str) -> Vectors | None:
        try:
            with np.load(self.root / name) as found:
                return Vectors(found["n"], found["text"], found["numbers"], found["scale"])
        except Exception:  # a torn archive raises anything; the vectors are made anew
            return None

    def _switch(self, parts: tuple[str, ...], stamp: int) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        draft = self.root / f"{_CURRENT}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"version": self._version, "stamp": stamp, "parts": parts}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / _CURRENT)
        for old in self.root.glob("p-*.npz"):
            if old.name not in parts:
                old.unlink(missing_ok=True)


def _merged(parts: list[Vectors], size: int) -> Vectors:
    """One set of vectors, the later part winning."""
    if not parts:
        empty = np.empty(0, np.int64)
        return Vectors(empty, empty.astype(np.uint64), np.empty((0, size), np.int8),
                       np.empty(0, np.float32))  # fmt: skip
    n = np.concatenate([part.n for part in parts])
    # np.unique names the first of equals: seen from the end, that is the latest.
    _, last = np.unique(n[::-1], return_index=True)
    keep = len(n) - 1 - last
    return Vectors(
        n[keep],
        np.concatenate([part.text for part in parts])[keep],
        np.concatenate([part.numbers for part in parts])[keep],
        np.concatenate([part.scale for part in parts])[keep],
    )
