"""Near in meaning, across languages: vectors kept up with the store, and looked up."""

import re
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage

from index.errors import SearchError
from index.search.arrays import Array
from index.search.embedding import Embedder
from index.search.vectors import VectorFolder, Vectors, packed
from index.store import Store

FORMAT = 1
BATCH = 64  # texts that the embedder is given at once
PART = 1024  # texts after which what was made is kept: what a kill can cost
_STRETCH = 8192  # vectors compared at once: bounds memory
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Near:
    """An entry's row and how near it is: 1 the same, 0 as near as any."""

    n: int
    nearness: float


class Meaning:
    """The vectors of one knowledge base. May be shared by threads; one process writes."""

    def __init__(self, folder: Path, store: Store, embedder: Embedder) -> None:
        self._embedder = embedder
        self._store = store
        self._folder = VectorFolder(folder, f"{FORMAT}/{embedder.name}")
        self._lock = threading.Lock()
        self._loaded: tuple[tuple[str, ...], Vectors, Array, Array] | None = None

    def waiting(self) -> int:
        """How many rows have changed since vectors were last made."""
        seen, _ = self._folder.state()
        row = self._store.read().execute("SELECT count(*) FROM entry WHERE stamp > ?", (seen,))
        return int(row.fetchone()[0])

    def known(self) -> int:
        """How many vectors there are."""
        return len(self._vectors()[0])

    def catch_up(self, progress: Progress | None = None) -> int:
        """Make vectors of what changed in the store since last time; how many were made.

        What is done is kept every thousand texts, so that a stop costs little. Raises
        SearchError when another process is at it.
        """
        self._folder.root.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder.root)).lock("WRITER")
        if not lock.acquire():
            raise SearchError("another process is making vectors; wait for it, or leave it be")
        try:
            return self._catch_up(progress)
        finally:
            lock.release()

    def _catch_up(self, progress: Progress | None) -> int:
        total, done, made = self.waiting(), 0, 0
        while True:
            seen, _ = self._folder.state()
            rows = self._store.read().execute(
                "SELECT n, stamp, title FROM entry WHERE stamp > ? ORDER BY stamp, n LIMIT ?",
                (seen, PART),
            ).fetchall()  # fmt: skip
            if not rows:
                return made
            stamp = self._whole_stamp(rows, seen)
            rows = [row for row in rows if row["stamp"] <= stamp]
            texts = {row["n"]: row["title"] for row in rows}
            new = self._changed(texts)
            vectors: list[Array] = []
            for start in range(0, len(new), BATCH):
                some = [texts[n] for n in new[start : start + BATCH]]
                vectors.append(self._embedder.passages(some))
                if progress:
                    progress(done + start + len(some), total)
            found = np.concatenate(vectors) if vectors else np.empty((0, self._embedder.size))
            self._folder.add(packed(new, (_hash(texts[n]) for n in new), found), stamp)
            done, made = done + len(rows), made + len(new)
            if progress:
                progress(min(done, total), total)

    def _whole_stamp(self, rows: list, seen: int) -> int:  # type: ignore[type-arg]
        """The last stamp all of whose rows are here; rows of one stamp are never parted."""
        if len(rows) < PART:
            return int(rows[-1]["stamp"])
        whole = [row["stamp"] for row in rows if row["stamp"] < rows[-1]["stamp"]]
        return int(whole[-1]) if whole else int(rows[-1]["stamp"])

    def _changed(self, texts: dict[int, str]) -> list[int]:
        """The rows whose text is not what their vector was made of."""
        vectors, _, _ = self._vectors()
        at = np.searchsorted(vectors.n, list(texts))
        known = vectors.n.tolist()
        return [
            n
            for n, i in zip(texts, at.tolist(), strict=True)
            if i >= len(known) or known[i] != n or int(vectors.text[i]) != _hash(texts[n])
        ]

    def near(self, question: str, allowed: Array | None = None, most: int = 20) -> tuple[Near, ...]:
        """The entries nearest to a question, the nearest first.

        `allowed` are the row numbers that may be found (rising); None allows all.
        """
        words = re.sub(r"\s+", " ", question).strip()
        if not words or not len(self._vectors()[0]):
            return ()
        return self._nearest(self._embedder.queries([words])[0], allowed, most)

    def near_entry(self, n: int, allowed: Array | None = None, most: int = 20) -> tuple[Near, ...]:
        """The entries nearest to the entry of this row, itself first; () while it has no vector."""
        vectors, _, _ = self._vectors()
        at = int(np.searchsorted(vectors.n, n))
        if at >= len(vectors) or int(vectors.n[at]) != n:
            return ()
        return self._nearest(vectors.rows(slice(at, at + 1))[0], allowed, most)

    def _nearest(self, vector: Array, allowed: Array | None, most: int) -> tuple[Near, ...]:
        vectors, mean, lengths = self._vectors()
        places = np.arange(len(vectors))
        if allowed is not None:
            places = np.flatnonzero(np.isin(vectors.n, allowed, assume_unique=True))
        if not len(places):
            return ()
        # All texts of one collection lie in one direction; without their mean, what is left
        # is what tells them apart.
        vector = vector - mean
        vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
        offset = float(mean @ vector)
        scores = np.empty(len(places), np.float32)
        for start in range(0, len(places), _STRETCH):
            some = places[start : start + _STRETCH]
            scores[start : start + _STRETCH] = (vectors.rows(some) @ vector - offset) / lengths[
                some
            ]
        best = np.argsort(-scores, kind="stable")[:most]
        return tuple(Near(int(vectors.n[places[i]]), float(scores[i])) for i in best)

    def _vectors(self) -> tuple[Vectors, Array, Array]:
        """(vectors, their mean, the length of each without the mean), as on disk now."""
        parts = self._folder.state()[1]
        with self._lock:
            if self._loaded is None or self._loaded[0] != parts:
                vectors = self._folder.load(self._embedder.size)
                self._loaded = (parts, vectors, *_centred(vectors, self._embedder.size))
            return self._loaded[1:]


def _centred(vectors: Vectors, size: int) -> tuple[Array, Array]:
    total = np.zeros(size, np.float64)
    stretches = [slice(s, s + _STRETCH) for s in range(0, len(vectors), _STRETCH)]
    for stretch in stretches:
        total += vectors.rows(stretch).sum(axis=0)
    mean = (total / max(len(vectors), 1)).astype(np.float32)
    lengths = [np.linalg.norm(vectors.rows(stretch) - mean, axis=1) for stretch in stretches]
    joined = np.concatenate(lengths) if lengths else np.empty(0, np.float32)
    return mean, np.maximum(joined, 1e-6).astype(np.float32)


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def rows_of(found: Collection[Near], least: float) -> list[int]:
    """The rows at least so near."""
    return [near.n for near in found if near.nearness >= least]
