"""Scored documents, and the bounded memory of what was looked up last."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

from index.search.arrays import Array


@dataclass(frozen=True, slots=True)
class Scored:
    """Documents (rising int64 numbers, which numpy looks up fastest) with a score (float32,
    not below 0) each."""

    ids: Array
    scores: Array

    def where(self, mask: Array) -> "Scored":
        """Those for which the mask (a bool for each) says so."""
        return Scored(self.ids.compress(mask), self.scores.compress(mask))

    @property
    def nbytes(self) -> int:
        return int(self.ids.nbytes + self.scores.nbytes) + 200


NOTHING = Scored(np.empty(0, np.int64), np.empty(0, np.float32))


class Sized(Protocol):
    """Something that knows how many bytes it holds, about."""

    @property
    def nbytes(self) -> int: ...


T = TypeVar("T", bound=Sized)


class Cache(Generic[T]):
    """What was used last, up to a number of bytes; may be shared by threads."""

    def __init__(self, most: int) -> None:
        self._most, self._bytes = most, 0
        self._kept: OrderedDict[object, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object) -> T | None:
        """The value kept under a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: object, value: T) -> T:
        """Keep a value, let the oldest go, and give it back."""
        with self._lock:
            if key not in self._kept and value.nbytes < self._most // 4:
                self._kept[key] = value
                self._bytes += value.nbytes
                while self._bytes > self._most:
                    _, old = self._kept.popitem(last=False)
                    self._bytes -= old.nbytes
        return value

    def clear(self) -> None:
        """Forget everything: the next queries are cold."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0
