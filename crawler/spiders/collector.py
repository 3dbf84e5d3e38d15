"""The Scrapy spider: all sources of a run, hosts side by side, one host's in a row."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any, Self, TypeVar

import scrapy
from scrapy.crawler import Crawler

from crawler import health
from crawler.faults import Fault, WireError
from crawler.outcome import Desk, Kept, Outcome, Parcel, Status
from crawler.sources import Source
from crawler.spiders.archive import walk_archive
from crawler.spiders.directory import walk_directory
from crawler.spiders.feed import walk_feed
from crawler.spiders.fill import fill_hole, filled_with_others, told_of_hole
from crawler.spiders.walk import End, Walk
from crawler.sweep import Wall
from crawler.wire import Manners, Wire
from index.errors import SourceError
from index.source_state import Slice, SourceState

HOSTS_ABREAST = 16
A = TypeVar("A")
T = TypeVar("T")
WALKS = {
    "feed": walk_feed,
    "page": walk_feed,
    "directory": walk_directory,
    "archive": walk_archive,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a run is to do. `known` are all sources (one may fill another's hole), `states`
    and `slices` what is known of them, `since` bounds a history sweep."""

    sources: tuple[Source, ...]
    desk: Desk
    known: Mapping[str, Source] = field(default_factory=dict)
    states: Mapping[str, SourceState] = field(default_factory=dict)
    slices: Mapping[str, tuple[Slice, ...]] = field(default_factory=dict)
    manners: Manners = field(default_factory=Manners)
    since: datetime | None = None
    history: bool = False
    wall: Wall = field(default_factory=Wall)
    due_only: bool = False
    force: bool = False
    seed: int | None = None


class Collector(scrapy.Spider):
    """Walks every source of its errand; what it finds goes to the errand's desk."""

    name = "collector"

    def __init__(self, errand: Errand) -> None:
        super().__init__()
        self.errand = errand
        self.chance = Random(errand.seed)
        # One thread takes parcels: a store's connection belongs to its thread, and the
        # order of parcels is the order of arrival.
        self.clerk = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self.interrupted = False
        self.broken: Exception | None = None  # what the desk could not keep ends the run
        self._tasks: list[asyncio.Task[None]] = []
        self._reached: dict[str, datetime] = {}  # how far back a source filled holes in this run

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's own way to make a spider."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        assert isinstance(spider, cls)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Take every host's sources; Scrapy sees one start that ends when all is done."""
        wire = Wire(self.crawler, self.errand.manners)
        room = asyncio.Semaphore(HOSTS_ABREAST)
        self._tasks = [
            asyncio.ensure_future(self._host(wire, room, sources))
            for sources in by_host(self.errand.sources)
        ]
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.clerk.shutdown(wait=True)
        return
        yield

    def interrupt(self) -> None:
        """Stop asking; what is on its way to the desk still arrives."""
        self.interrupted = True
        for task in self._tasks:
            task.cancel()

    async def _host(self, wire: Wire, room: asyncio.Semaphore, sources: Iterable[Source]) -> None:
        async with room:
            for source in sources:
                outcome = await self._source(wire, source)
                await self._at_desk(self.errand.desk.close, outcome)

    async def _source(self, wire: Wire, source: Source) -> Outcome:
        errand, began = self.errand, time.monotonic()
        state = health.known_of(source, errand.states.get(source.name))
        held = health.hold(
            source, state, wire.clock(), due_only=errand.due_only, force=errand.force
        )
        if held:
            return Outcome(source=source, status=held.status, state=state, message=held.message)
        walk = self._walk(wire, source, state)
        try:
            end = await self._walked(walk)
        except asyncio.CancelledError:
            await self._interrupted(walk, began)
            raise
        return _outcome(walk, end, began)

    def _walk(self, wire: Wire, source: Source, state: SourceState) -> Walk:
        errand = self.errand
        return Walk(
            source=source,
            state=state,
            wire=wire,
            now=wire.clock(),
            chance=self.chance.random(),
            deliver=self._deliver,
            tell=errand.desk.progress,
            slices={s.name: s for s in errand.slices.get(source.name, ())},
            since=errand.since,
            history=errand.history,
            wall=errand.wall,
            anew=errand.force,
        )

    async def _walked(self, walk: Walk) -> End:
        """The walk's end; every fault of a source becomes a state and a sentence."""
        try:
            return await self._filled(walk, await WALKS[walk.source.kind](walk))
        except SourceError as error:
            return _failed(walk, error)
        except Exception as error:
            if self.broken:
                raise
            # A fault of ours in one source's walk must not silence the other sources.
            said = " ".join(str(error).split())[:200]
            text = f"unexpected {type(error).__name__}: {said}; please report it"
            return _failed(walk, SourceError(text, name=walk.source.name))

    async def _filled(self, walk: Walk, end: End) -> End:
        """The end once a hole that the walk found is filled, or told."""
        since = end.state.hole_from
        if since is None:
            return end
        filler = self.errand.known.get(walk.source.history)
        if filler is None:
            return told_of_hole(end)
        reached = self._reached.get(filler.name)
        if reached and reached <= since:
            # Many blogs share one directory: it is asked once for all their holes.
            return filled_with_others(end, filler.name)
        other = self._walk(walk.wire, filler, SourceState(name=filler.name))
        filled = await fill_hole(walk, end, other)
        if filled.state.hole_from is None:
            self._reached[filler.name] = since
        return filled

    async def _deliver(self, parcel: Parcel) -> Kept:
        return await self._at_desk(self.errand.desk.take, parcel)

    async def _at_desk(self, call: Callable[[A], T], about: A) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self.clerk, call, about)
        except Exception as error:
            self.broken = self.broken or error
            self.interrupt()
            raise

    async def _interrupted(self, walk: Walk, began: float) -> None:
        end = End(walk.state, Status.INTERRUPTED, "interrupted; run again to go on")
        closing = self._at_desk(self.errand.desk.close, _outcome(walk, end, began))
        await asyncio.shield(asyncio.ensure_future(closing))


def by_host(sources: Iterable[Source]) -> list[list[Source]]:
    """The sources by host, in order; what holds a past comes after what is new."""
    hosts: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda s: s.is_history):
        hosts.setdefault(source.host, []).append(source)
    return list(hosts.values())


def _failed(walk: Walk, error: SourceError) -> End:
    state = health.after_fault(walk.source, walk.state, walk.wire.clock(), error, walk.chance)
    status = Status.FAILED
    if isinstance(error, WireError):
        status = {
            Fault.REFUSED: Status.STOPPED,
            Fault.GONE: Status.RETIRED,
            Fault.ROBOTS: Status.REFUSED,
            Fault.PRIVATE: Status.REFUSED,
        }.get(error.fault, Status.FAILED)
    if walk.kept.new:
        state = replace(state, new=walk.now)
    return End(state, status, error.reason)


def _outcome(walk: Walk, end: End, began: float) -> Outcome:
    return Outcome(
        source=walk.source,
        status=end.status,
        state=replace(end.state, channel=end.state.channel or walk.channel),
        message=end.message,
        read=walk.read,
        kept=walk.kept,
        skipped=tuple(walk.skipped),
        requests=walk.toll.requests,
        received=walk.toll.received,
        seconds=time.monotonic() - began,
    )
