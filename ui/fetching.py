"""Where the crawler meets the knowledge base: what it brings is kept, what it learned too."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.outcome import Kept, Outcome, Parcel, Status
from crawler.sources import Source
from index.library import Library
from index.source_state import SourceState

Tell = Callable[[Source, int, int | None, str], None]


@dataclass(slots=True)
class LibraryDesk:
    """Keeps parcels in the library and states beside them; tells `seen` of every outcome."""

    library: Library
    seen: Callable[[Outcome], None]
    tell: Tell
    outcomes: list[Outcome] = field(default_factory=list)

    def take(self, parcel: Parcel) -> Kept:
        """Keep the entries, then the progress that they make; the search index comes last."""
        added = self.library.add(parcel.entries, index=False)
        if parcel.slices:
            self.library.keep_slices(parcel.slices)
        return Kept(added.new, added.changed, added.unchanged)

    def close(self, outcome: Outcome) -> None:
        """Remember how a source ended; what was not asked leaves no trace."""
        asked = outcome.status not in (Status.FRESH, Status.WAITING, Status.NOT_DUE)
        if asked and outcome.status is not Status.INTERRUPTED:
            self.library.keep_source_states([outcome.state])
        self.outcomes.append(outcome)
        self.seen(outcome)

    def progress(self, source: Source, done: int, total: int | None, note: str) -> None:
        """Pass on how far a long walk is."""
        self.tell(source, done, total, note)


@dataclass(slots=True)
class DryDesk:
    """Keeps nothing: `show` is given each parcel, `seen` each outcome."""

    show: Callable[[Parcel], None]
    seen: Callable[[Outcome], None]
    outcomes: list[Outcome] = field(default_factory=list)

    def take(self, parcel: Parcel) -> Kept:
        """Show what would be kept."""
        self.show(parcel)
        return Kept()

    def close(self, outcome: Outcome) -> None:
        """Tell how a source ended, and forget it."""
        self.outcomes.append(outcome)
        self.seen(outcome)

    def progress(self, source: Source, done: int, total: int | None, note: str) -> None:
        """Nothing: the entries themselves are shown."""


def states_of(library: Library, sources: Iterable[Source]) -> dict[str, SourceState]:
    """What is known of the sources, with the newest entry that the library holds of each."""
    known = library.source_states()
    found = {}
    for source in sources:
        state = known.get(source.name) or SourceState(name=source.name)
        channel = source.entry_source or state.channel
        held = library.newest_published(channel) if channel else None
        newest = max((t for t in (state.newest, held) if t), default=None)
        found[source.name] = replace(state, newest=newest)
    return found


@contextmanager
def only_fetch(folder: Path, waiting: Callable[[], None], *, wait: bool = True) -> Iterator[bool]:
    """Hold the knowledge base's fetch lock: two runs at once would double our pace.

    Calls `waiting` once where another run holds it. Gives False, without the lock, when
    `wait` is off and another run is at work. A run that died holds no lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "fetch.lock").open("a+") as file:
        if not _lock(file.fileno(), block=False):
            if not wait:
                yield False
                return
            waiting()
            _lock(file.fileno(), block=True)
        yield True


def _lock(handle: int, *, block: bool) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_LOCK if block else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if block else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def year_start(text: str) -> datetime | None:
    """The moment that `--since` names: a year, a month, or a day (UTC); None where it is none."""
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
