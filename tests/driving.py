"""Running the crawler many times in one process: one reactor, in a thread of its own.

The program starts a fresh process for each run; `test_fetch_command` tests it that way.
"""

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from crawler.outcome import Kept, Outcome, Parcel
from crawler.run import ended, settings
from crawler.sources import Source
from crawler.spiders.collector import Collector, Errand
from crawler.wire import Manners
from index.source_state import Slice, SourceState

HASTY = Manners(pace=0.0, timeout=1.5, pause=0.05)


@dataclass
class Run:
    """What one run delivered. It is a desk: what it has not seen before counts as new."""

    parcels: list[Parcel] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    told: list[tuple[str, int, int | None, str]] = field(default_factory=list)
    interrupted: bool = False
    seen: set[str] = field(default_factory=set)
    after: Any = None

    def take(self, parcel: Parcel) -> Kept:
        """Note a parcel."""
        ids = [entry.id for entry in parcel.entries]
        new = set(ids) - self.seen
        self.seen |= new
        self.parcels.append(parcel)
        if self.after:
            self.after(self)
        return Kept(new=len(new), unchanged=len(ids) - len(new))

    def close(self, outcome: Outcome) -> None:
        """Note an outcome."""
        self.outcomes[outcome.source.name] = outcome

    def progress(self, source: Source, done: int, total: int | None, note: str) -> None:
        """Note progress."""
        self.told.append((source.name, done, total, note))

    def of(self, source: str) -> list[Parcel]:
        """One source's parcels."""
        return [p for p in self.parcels if p.source.name == source]

    def titles(self, source: str | None = None) -> list[str]:
        """The titles of all entries that came, in order."""
        found = self.of(source) if source else self.parcels
        return [e.title for p in found for e in p.entries]

    def state(self, source: str) -> SourceState:
        """What is to be remembered of one source."""
        return self.outcomes[source].state

    @property
    def states(self) -> list[SourceState]:
        """What is to be remembered of every source."""
        return [o.state for o in self.outcomes.values()]

    @property
    def slices(self) -> list[Slice]:
        """The newest word on every part of a history."""
        return list({(s.source, s.name): s for p in self.parcels for s in p.slices}.values())


def run(*sources: Source, manners: Mapping[str, Any] | None = None, **errand: Any) -> Run:
    """Run the crawler on these sources and wait for its end."""
    found = Run(after=errand.pop("after", None))
    states = errand.pop("states", ())
    slices: dict[str, tuple[Slice, ...]] = {}
    for part in errand.pop("slices", ()):
        slices[part.source] = (*slices.get(part.source, ()), part)
    given = Errand(
        sources=sources,
        desk=found,
        known={s.name: s for s in (*sources, *errand.pop("known", ()))},
        states={s.name: s for s in states},
        slices=slices,
        manners=replace(HASTY, **(manners or {})),
        **errand,
    )
    found.interrupted = crawl(given)
    return found


def crawl(errand: Errand, begun: Any = None) -> bool:
    """One crawl in the reactor's thread; `begun` is given the crawler once it is made."""
    done: Future[bool] = Future()

    def begin() -> None:
        from scrapy.crawler import AsyncCrawlerRunner

        runner = AsyncCrawlerRunner(settings(errand.manners))
        crawler = runner.create_crawler(Collector)
        task = asyncio.ensure_future(runner.crawl(crawler, errand=errand))
        task.add_done_callback(lambda _: _settle(done, crawler))
        if begun:
            begun(crawler)

    _reactor().call_soon_threadsafe(begin)
    return done.result(timeout=300)


def _settle(done: "Future[bool]", crawler: Any) -> None:
    try:
        done.set_result(ended(crawler))
    except Exception as error:
        done.set_exception(error)


@cache
def _reactor() -> asyncio.AbstractEventLoop:
    ready: Future[asyncio.AbstractEventLoop] = Future()

    def live() -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        from twisted.internet.asyncioreactor import install

        install(loop)
        from twisted.internet import reactor

        loop.call_soon(ready.set_result, loop)
        reactor.run(installSignalHandlers=False)  # type: ignore[attr-defined]

    threading.Thread(target=live, daemon=True, name="reactor").start()
    return ready.result(timeout=10)
