"""The search index of a knowledge base: keeps up with the store, answers, and heals itself."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.search.answer import answer
from index.search.arrays import DamagedIndexError
from index.search.evaluate import Evaluation
from index.search.folder import BusyError, Contents, IndexFolder, Mark
from index.search.notices import Notice
from index.search.query import Matches, Node, Query
from index.search.record import changes_after
from index.search.schema import version
from index.search.snapshot import Snapshot
from index.search.writer import Segments, maintain, upsert
from index.store import Store

BATCH = 3_000  # rows of one commit: bounds memory, and what a kill can cost
WAIT = 60.0  # seconds for another writer
_LOOKS = 20  # at a folder that another process keeps changing

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the index: fresh, behind, missing, outdated or damaged (`message` says
    what of it); `documents` and `bytes` on disk, `segments`, and how many changes it lacks."""

    state: str
    documents: int = 0
    segments: int = 0
    bytes: int = 0
    behind: int = 0
    message: str = ""


class SearchIndex:
    """The index in `folder`, a view of `store`. May be shared by threads, and the folder by
    processes: one writes while all others go on reading the state before.

    A missing, damaged or outdated index is rebuilt from the store when it is next used.
    """

    def __init__(self, folder: Path, store: Store, *, wait: float = WAIT) -> None:
        self._folder = IndexFolder(folder)
        self._store = store
        self._wait = wait
        self._read, self._written = Segments(), Segments()
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._mark: Mark = ()
        self._notice: Notice | None = None
        self._met_store = False

    # Reading

    def matches(self, root: Node, query: Query) -> Matches:
        """The page of matches of a tree under a query's filters and order."""
        for _ in range(2):
            snapshot = self.snapshot()
            try:
                found = answer(snapshot, Evaluation(snapshot).answered(root), query)
            except (DamagedIndexError, OSError) as error:
                self._renew(snapshot.contents, Notice("healed", error=error))
                continue
            return Matches(found.total, found.found, found.facets, self._told())
        raise DamagedIndexError(
            f"the search index {self._folder.root} stays damaged after a rebuild; "
            "check the disk, then run `reinvent-kb rebuild`"
        )

    def snapshot(self) -> Snapshot:
        """The newest valid state; cheap when nothing changed since the last call."""
        with self._lock:
            contents = self._snapshot.contents if self._snapshot else None
            mark = self._folder.mark(contents)
            if self._snapshot is None or not mark or mark != self._mark:
                self._snapshot = self._load()
                self._mark = self._folder.mark(self._snapshot.contents)
            return self._snapshot

    def _load(self) -> Snapshot:
        """Open the valid state; a first look also catches up with the store."""
        if not self._met_store:
            self._met_store = True
            self._meet_store()
        for _ in range(_LOOKS):
            contents: Contents | None = None
            try:
                contents = self._folder.contents()
                if contents is not None and contents.version == version():
                    return self._snapshot_of(contents)
            except DamagedIndexError as error:
                # A writer may have replaced the files between two looks: that is no damage.
                if not self._has_moved_on(contents):
                    self._renew(contents, Notice("healed", error=error))
            else:
                self._renew(contents, Notice("renewed") if contents else None)
        raise DamagedIndexError(f"the search index {self._folder.root} cannot be opened")

    def _has_moved_on(self, met: Contents | None) -> bool:
        try:
            contents = self._folder.contents()
        except DamagedIndexError:
            return False
        return met is not None and contents is not None and contents != met

    def _snapshot_of(self, contents: Contents) -> Snapshot:
        known = self._snapshot
        if known is not None and known.contents == contents:
            return known
        return Snapshot(contents, self._read.of(contents))

    def _meet_store(self) -> None:
        """Bring the index up to date, unless another process is at it already."""
        try:
            self.catch_up(wait=0.0)
        except BusyError:
            if self._folder.contents() is None:
                self.catch_up()

    def _told(self) -> Notice | None:
        """What the person should know, once."""
        with self._lock:
            notice, self._notice = self._notice, None
            return notice

    # Writing

    def catch_up(self, progress: Progress | None = None, *, wait: float | None = None) -> int:
        """Index what changed in the store since last time; how many rows that were.

        Waits for another writer; raises BusyError when it does not finish in time.
        """
        if self._is_current():
            return 0
        with self._writing(wait):
            contents = self._writable()
            if contents is None:
                return self._rebuild(progress)
            contents, done = self._follow(contents, progress)
            maintain(self._folder, contents, self._written)
            return done

    def rebuild(self, progress: Progress | None = None) -> int:
        """Build the index anew from the store beside the old one, then switch; the rows."""
        with self._writing(None):
            return self._rebuild(progress)

    @contextmanager
    def _writing(self, wait: float | None) -> Iterator[None]:
        # Readers go on meanwhile, those of this process too: only the folder is locked.
        with self._folder.writing(self._wait if wait is None else wait):
            yield

    def _is_current(self) -> bool:
        try:
            contents = self._folder.contents()
        except DamagedIndexError:
            return False
        return (
            contents is not None
            and contents.version == version()
            and not self._behind(contents.stamp)
        )

    def _writable(self) -> Contents | None:
        """The state to write on, a new one where there was none; None when it is of no use."""
        try:
            contents = self._folder.contents()
            if contents is None:
                # Valid at once: what a kill leaves of a first build is gone on with.
                contents = self._folder.begin(version())
                self._folder.switch(contents)
            if contents.version == version():
                self._written.of(contents)
                return contents
            self._notice = Notice("renewed")
        except DamagedIndexError as error:
            self._notice = Notice("healed", error=error)
        return None

    def _rebuild(self, progress: Progress | None) -> int:
        contents, done = self._follow(self._folder.begin(version()), progress)
        contents = maintain(self._folder, contents, self._written)
        self._folder.switch(contents)
        return done

    def _follow(self, contents: Contents, progress: Progress | None) -> tuple[Contents, int]:
        done, seen = 0, contents.stamp
        while (changes := changes_after(self._store, seen, BATCH)).stamp > seen:
            contents = upsert(self._folder, contents, self._written, changes)
            seen = changes.stamp
            done += len(changes.records) + len(changes.gone)
            if progress:
                progress(done, None)
        return contents, done

    def _renew(self, met: Contents | None, notice: Notice | None) -> None:
        """Rebuild what was met, unless another process has replaced it in the meantime."""
        with self._writing(None):
            try:
                contents = self._folder.contents()
                if contents is not None and contents != met and contents.version == version():
                    return
            except DamagedIndexError:
                pass
            self._rebuild(None)
            self._snapshot = None
            self._notice = notice

    # Health

    def health(self) -> Health:
        """How the index is, without changing it."""
        try:
            contents = self._folder.contents()
            if contents is None:
                return Health("missing", message="it is built when it is next needed")
            for segment in Segments().of(contents):
                segment.check()
        except DamagedIndexError as error:
            return Health("damaged", message=str(error))
        size = sum(path.stat().st_size for path in contents.folder.iterdir())
        behind = self._behind(contents.stamp)
        state = "outdated" if contents.version != version() else "behind" if behind else "fresh"
        return Health(state, contents.documents, len(contents.segments), size, behind)

    def _behind(self, stamp: int) -> int:
        row = self._store.read().execute(
            "SELECT (SELECT count(*) FROM entry WHERE stamp > ?) "
            "+ (SELECT count(*) FROM gone WHERE stamp > ?)",
            (stamp, stamp),
        )
        return int(row.fetchone()[0])
