"""The folder of the index: which files are valid, one writer, and switches that never tear.

    search/CURRENT          names the valid folder and the version of what is in it
    search/i-…/             a Whoosh folder: _MAIN_<generation>.toc and the segments' files
    search/WRITER           locked by the one process that writes

New files are written and confirmed by the disk first; a rename then makes them valid. Killed
at any moment, the folder holds the old state or the new one.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, clean_files

from index.errors import SearchError
from index.search.arrays import DamagedIndexError
from index.search.codec import KeptSegment
from index.search.schema import NAME, schema

_CURRENT, _WRITER = "CURRENT", "WRITER"
_TRIES = 5
_STALE = (OSError, EmptyIndexError)  # what a reader may meet while a writer switches


class BusyError(SearchError):
    """Another process writes the index and did not finish in time."""


@dataclass(frozen=True, slots=True)
class Contents:
    """One valid state of the index, told from others by folder and generation; `stamp` is the
    last change of the store that it holds."""

    folder: Path
    version: str
    generation: int
    segments: tuple[KeptSegment, ...] = field(compare=False)

    @property
    def stamp(self) -> int:
        return max((segment.stamp for segment in self.segments), default=0)

    @property
    def documents(self) -> int:
        """How many documents it holds, deleted ones not counted."""
        return sum(int(segment.doc_count()) for segment in self.segments)


Mark = tuple[int, ...]


class IndexFolder:
    """The index's folder on disk. Reading needs no lock; every write needs `writing()`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._current = root / _CURRENT

    def contents(self) -> Contents | None:
        """The valid state, or None where there is no index yet.

        Raises DamagedIndexError when it cannot be read.
        """
        for attempt in range(_TRIES):
            try:
                return self._read()
            except _STALE as error:
                if attempt == _TRIES - 1:
                    raise DamagedIndexError(f"the index cannot be read: {error}") from error
            except Exception as error:  # torn files raise anything, from AssertionError to …
                raise DamagedIndexError(f"the index cannot be read: {error!r}") from error
        return None

    def _read(self) -> Contents | None:
        try:
            current = json.loads((self.root / _CURRENT).read_text("utf-8"))
        except FileNotFoundError:
            return None
        folder = self.root / Path(current["folder"]).name
        toc = TOC.read(_Storage(folder), NAME)
        return Contents(folder, current["version"], toc.generation, tuple(toc.segments))

    def mark(self, contents: Contents | None) -> Mark:
        """Another value whenever `contents` is no longer the valid state; costs two looks at
        the file system."""
        try:
            found = [self._current.stat()]
            if contents is not None:
                found.append(contents.folder.stat())
        except OSError:
            return ()
        newest = max(stat.st_mtime_ns for stat in found)
        # Two changes within a tick of the clock look like one: a fresh mark is never trusted.
        now = time.time_ns()
        fresh = now if now - newest < 50_000_000 else 0
        return (fresh, *(number for stat in found for number in (stat.st_mtime_ns, stat.st_ino)))

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Be the one writer; wait up to so many seconds. Raises BusyError."""
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self.root)).lock(_WRITER)
        until = time.monotonic() + wait
        while not lock.acquire():
            if time.monotonic() >= until:
                raise BusyError(
                    f"the search index {self.root} is being written by another process; "
                    f"waited {wait:.0f} s; wait for it to finish and try again"
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            lock.release()

    def begin(self, version: str) -> Contents:
        """A new empty folder that is not valid yet."""
        folder = self.root / f"i-{uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        TOC(schema(), [], 0).write(_Storage(folder), NAME)
        return Contents(folder, version, 0, ())

    def commit(self, old: Contents, segments: Sequence[KeptSegment]) -> Contents:
        """Make these segments the state of the folder; their files are written already."""
        storage = _Storage(old.folder)
        for name in storage.list():
            if ".toc." in name:  # of a writer that was killed before its rename
                storage.delete_file(name)
        generation = old.generation + 1
        TOC(schema(), list(segments), generation).write(storage, NAME)
        clean_files(storage, NAME, generation, segments)
        return Contents(old.folder, old.version, generation, tuple(segments))

    def switch(self, contents: Contents) -> None:
        """Make this folder the valid one and drop all others."""
        pointer = {"folder": contents.folder.name, "version": contents.version}
        draft = self.root / f"{_CURRENT}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(pointer, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.root / _CURRENT)
        _confirm(self.root)
        self.clear(contents)

    def clear(self, contents: Contents) -> None:
        """Drop every folder but this one; readers keep what they have open."""
        for other in self.root.glob("i-*"):
            if other != contents.folder:
                shutil.rmtree(other, ignore_errors=True)


class _Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage, with a rename that survives a power cut."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))

    def rename_file(self, old: str, new: str, safe: bool = False) -> None:
        path = Path(self.folder)
        with (path / old).open("rb") as file:
            os.fsync(file.fileno())
        (path / old).replace(path / new)
        _confirm(path)


def _confirm(folder: Path) -> None:
    """Have the disk confirm the names in a folder (Windows offers no such thing)."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
