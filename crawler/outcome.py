"""What goes between the crawler and whoever keeps what it brings: parcels and outcomes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from crawler.reading import Skipped
from crawler.sources import Source
from index.entry import Entry
from index.source_state import Slice, SourceState


class Status(StrEnum):
    """How asking one source ended."""

    COLLECTED = "collected"
    UNCHANGED = "unchanged"  # 304
    FRESH = "fresh"  # its own Cache-Control says not yet
    WAITING = "waiting"  # its Retry-After, or our back-off after it, says not yet
    NOT_DUE = "not due"  # a timer's run, before its next check
    STOPPED = "stopped"  # it answered 403; a person decides
    RETIRED = "retired"  # it answered 410
    REFUSED = "refused"  # robots.txt, or a redirect into a private network
    FAILED = "failed"
    INTERRUPTED = "interrupted"


QUIET = (Status.COLLECTED, Status.UNCHANGED, Status.FRESH, Status.WAITING, Status.NOT_DUE)
"""The ends that are no trouble of this run; a source that was retired long ago is none either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Entries of one source, to be kept as a whole, and the parts of its history that are
    complete once they are kept."""

    source: Source
    entries: tuple[Entry, ...]
    skipped: tuple[Skipped, ...] = ()
    slices: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a parcel's entries."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How asking one source ended: `state` is what to remember of it, `alarm` what rings.

    `received` is bytes on the wire, `read` the entries that were read from them.
    """

    source: Source
    status: Status
    state: SourceState
    message: str = ""
    read: int = 0
    kept: Kept = Kept()
    skipped: tuple[Skipped, ...] = ()
    requests: int = 0
    received: int = 0
    seconds: float = 0.0

    @property
    def is_trouble(self) -> bool:
        """True when a person should look: it failed, was refused, or an alarm rings."""
        rings = self.state.alarm or self.state.hole_from
        return self.status not in QUIET or bool(rings)


class Desk(Protocol):
    """Whoever takes what is collected. Called from one thread, one call at a time."""

    def take(self, parcel: Parcel) -> Kept:
        """Keep a parcel; when this returns, its entries are safe."""

    def close(self, outcome: Outcome) -> None:
        """Remember how a source ended."""

    def progress(self, source: Source, done: int, total: int | None, note: str) -> None:
        """Be told how far a long walk is; total None where nobody knows."""
