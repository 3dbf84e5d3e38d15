"""What is known of each source between runs: its validators, its health, its coverage.

Values that the crawler reads and returns; index.source_shelf keeps them.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What one source last said and when it is to be asked again; times are aware UTC.

    `checked` is when it was last asked, `success` when it last answered readably (a 304
    counts), `read` when its entries were last read in full, `new` when something new last
    came. `newest` is the publication time of the newest entry seen. `unchanged` counts
    the 304 answers since the last full reading; `distrust` says that they were untrue.
    `fresh_until` (Cache-Control) and `wait_until` (Retry-After, back-off) bind the next
    run; `next_check` is when a timer's run asks again. `hole_from`/`hole_until` bound a
    time of which entries may be missing. `url` is the address that this was learned at,
    `channel` the source that most of its entries bear.
    """

    name: str
    url: str = ""
    checked: datetime | None = None
    success: datetime | None = None
    read: datetime | None = None
    new: datetime | None = None
    newest: datetime | None = None
    count: int = 0
    etag: str = ""
    last_modified: str = ""
    unchanged: int = 0
    distrust: bool = False
    fresh_until: datetime | None = None
    wait_until: datetime | None = None
    next_check: datetime | None = None
    failures: int = 0
    error: str = ""
    alarm: str = ""
    shape: tuple[str, ...] = ()
    channel: str = ""
    moved_to: str = ""
    stopped: bool = False
    retired: bool = False
    hole_from: datetime | None = None
    hole_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """One part of a source's history and how far it was swept.

    `name` says which ("year 2014", "without a year"), `total` what the source says it
    holds, `seen` the short hashes of the distinct records received, `asked` how many from
    its start were asked for, `done` that nothing is left to ask.
    """

    source: str
    name: str
    total: int = 0
    asked: int = 0
    seen: frozenset[str] = frozenset()
    done: bool = False
    checked: datetime | None = None

    @property
    def received(self) -> int:
        """How many distinct records came."""
        return len(self.seen)
