"""What every walk through a source shares: its limits, its toll, and where its entries go."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from crawler.faults import Fault, WireError
from crawler.outcome import Kept, Parcel, Status
from crawler.reading import Skipped
from crawler.sources import Source
from crawler.sweep import Wall
from crawler.wire import Answer, Toll, Wire
from index.entry import Entry
from index.source_state import Slice, SourceState

PAGES = {"feed": 20, "page": 20, "directory": 2_000, "archive": 5_000}
"""The most pages of a run, by kind of source; `pages` of a source overrides it."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class End:
    """How a walk ended: what to remember, and a sentence where one is due."""

    state: SourceState
    status: Status = Status.COLLECTED
    message: str = ""


@dataclass(slots=True)
class Walk:
    """One source's way through one run."""

    source: Source
    state: SourceState
    wire: Wire
    now: datetime
    chance: float
    deliver: Callable[[Parcel], Awaitable[Kept]]
    tell: Callable[[Source, int, int | None, str], None]
    slices: Mapping[str, Slice] = field(default_factory=dict)
    since: datetime | None = None
    history: bool = False
    wall: Wall = field(default_factory=Wall)
    anew: bool = False
    toll: Toll = field(default_factory=Toll)
    pages: int = 0
    read: int = 0
    kept: Kept = field(default_factory=Kept)
    skipped: list[Skipped] = field(default_factory=list)
    channel: str = ""

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """One page of this source, within its limits; raises WireError."""
        most = self.source.pages or PAGES[self.source.kind]
        if self.pages >= most:
            raise WireError(
                f"the limit of {most} pages a run is reached; run again to go on",
                Fault.LIMIT,
                name=self.source.name,
                url=url,
            )
        self.pages += 1
        manners = self.wire.manners
        archive = self.source.kind == "directory"
        return await self.wire.get(
            url,
            toll=self.toll,
            obey_robots=self.source.obey_robots and self.source.kind != "feed",
            headers=headers,
            limit=manners.archive_limit if archive else manners.page_limit,
            home=self.source.host,
        )

    async def keep(
        self,
        entries: Iterable[Entry],
        skipped: Iterable[Skipped] = (),
        slices: Iterable[Slice] = (),
    ) -> Kept:
        """Hand entries over; when this returns they are safe, and so is the progress."""
        parcel = Parcel(
            source=self.source,
            entries=tuple(entries),
            skipped=tuple(skipped),
            slices=tuple(slices),
        )
        self.skipped += parcel.skipped
        self.read += len(parcel.entries)
        self.channel = self.channel or next((e.source for e in parcel.entries), "")
        # A parcel that is on its way arrives, even when the run is interrupted.
        kept = await asyncio.shield(asyncio.ensure_future(self.deliver(parcel)))
        self.kept += kept
        return kept


async def read_aside(reader: Callable[..., T], *args: object, **named: object) -> T:
    """Read bytes in a thread of their own, so that other hosts' answers are not kept waiting."""
    return await asyncio.to_thread(reader, *args, **named)
