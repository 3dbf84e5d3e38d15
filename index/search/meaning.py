"""Near in meaning, across languages: vectors kept up with the store, and looked up."""

import re
import threading
from collections.abc import Callable, Sequence
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
_ENOUGH = 30  # entries of a language from which it has a mean of its own
_HANGUL = re.compile(r"[가-힣]")
_KANA_OR_KANJI = re.compile(r"[ぁ-ヿ一-鿿]")
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
        self._loaded: tuple[tuple[str, ...], Vectors, _Centres] | None = None

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
        vectors, _ = self._vectors()
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
        vectors, centres = self._vectors()
        if not words or not len(vectors):
            return ()
        vector = self._embedder.queries([words])[0]
        return self._nearest(vector - centres.of(language_of(words)), allowed, most)

    def near_entry(self, n: int, allowed: Array | None = None, most: int = 20) -> tuple[Near, ...]:
        """The entries nearest to the entry of this row, itself first; () while it has no vector."""
        vectors, centres = self._vectors()
        at = int(np.searchsorted(vectors.n, n))
        if at >= len(vectors) or int(vectors.n[at]) != n:
            return ()
        vector = vectors.rows(slice(at, at + 1))[0] - centres.means[centres.group[at]]
        return self._nearest(vector, allowed, most)

    def among(self, n: int, rows: Sequence[int]) -> dict[int, float]:
        """How near the entry of a row is to those of other rows; without those that have no
        vector yet."""
        allowed = np.unique(np.array(rows, np.int64))
        return {m.n: m.nearness for m in self.near_entry(n, allowed, len(allowed))}

    def _nearest(self, vector: Array, allowed: Array | None, most: int) -> tuple[Near, ...]:
        """The nearest to a vector from which its language's mean is taken."""
        vectors, centres = self._vectors()
        places = np.arange(len(vectors))
        if allowed is not None:
            places = np.flatnonzero(np.isin(vectors.n, allowed, assume_unique=True))
        if not len(places):
            return ()
        vector = vector / max(float(np.linalg.norm(vector)), 1e-9)
        offsets = centres.means @ vector
        scores = np.empty(len(places), np.float32)
        for start in range(0, len(places), _STRETCH):
            some = places[start : start + _STRETCH]
            apart = vectors.rows(some) @ vector - offsets[centres.group[some]]
            scores[start : start + _STRETCH] = apart / centres.lengths[some]
        best = np.argsort(-scores, kind="stable")[:most]
        return tuple(Near(int(vectors.n[places[i]]), float(scores[i])) for i in best)

    def _vectors(self) -> tuple[Vectors, "_Centres"]:
        """The vectors as on disk now, and their means."""
        parts = self._folder.state()[1]
        with self._lock:
            if self._loaded is None or self._loaded[0] != parts:
                vectors = self._folder.load(self._embedder.size)
                rows = self._store.read().execute("SELECT n, lang FROM entry")
                centres = _centred(vectors, dict(map(tuple, rows)), self._embedder.size)
                self._loaded = (parts, vectors, centres)
            return self._loaded[1:]


@dataclass(frozen=True, slots=True)
class _Centres:
    """The mean of each language's vectors, the mean of all as the last; for each vector its
    mean's number and its length without that mean."""

    langs: tuple[str, ...]
    means: Array
    group: Array
    lengths: Array

    def of(self, lang: str) -> Array:
        """The mean of a language, or of all where it has too few entries."""
        place = self.langs.index(lang) if lang in self.langs else -1
        return np.asarray(self.means[place])


def _centred(vectors: Vectors, lang_of: dict[int, str], size: int) -> _Centres:
    """All texts of a language lie in one direction: without it, what is left of a vector is
    what tells its text from others, in whatever language."""
    langs = np.array([lang_of.get(n, "") for n in vectors.n.tolist()], dtype=object)
    frequent = sorted(lang for lang in set(langs.tolist()) if (langs == lang).sum() >= _ENOUGH)
    group = np.full(len(vectors), len(frequent))
    for number, lang in enumerate(frequent):
        group[langs == lang] = number
    totals = np.zeros((len(frequent) + 1, size))
    stretches = [slice(s, s + _STRETCH) for s in range(0, len(vectors), _STRETCH)]
    for stretch in stretches:
        np.add.at(totals, group[stretch], vectors.rows(stretch))
    counts = np.bincount(group, minlength=len(totals))
    means = totals / np.maximum(counts, 1)[:, None]
    means[-1] = totals.sum(axis=0) / max(len(vectors), 1)
    means = means.astype(np.float32)
    lengths = [
        np.linalg.norm(vectors.rows(stretch) - means[group[stretch]], axis=1)
        for stretch in stretches
    ]
    joined = np.concatenate(lengths) if lengths else np.empty(0, np.float32)
    return _Centres(tuple(frequent), means, group, np.maximum(joined, 1e-6).astype(np.float32))


def language_of(text: str) -> str:
    """The language whose mean a question shares: ja, ko, else en."""
    if _HANGUL.search(text):
        return "ko"
    return "ja" if _KANA_OR_KANJI.search(text) else "en"


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
