"""The wire: one polite GET at a time through Scrapy, every fault as one sentence.

A walk asks `Wire.get` and gets an `Answer` or a `WireError`; pace, retries, redirects,
sizes, robots.txt and waiting are decided here and in `manners`.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from crawler import manners
from crawler.faults import Fault, WireError, status_fault
from crawler.robots import Robots
from crawler.scrapy_faults import wire_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How hard we ask; the defaults are polite, and only tests and benches loosen them.

    `pace` is seconds between two requests to one host, `abreast` how many may run at once
    there, `patience` the longest wait for a busy source within a run, `pause` the first
    wait for one that names no time.
    """

    contact: str = ""
    pace: float = 1.0
    abreast: int = 1
    timeout: float = manners.TIMEOUT
    patience: float = 60.0
    pause: float = 5.0
    page_limit: int = manners.PAGE_LIMIT
    archive_limit: int = manners.ARCHIVE_LIMIT


@dataclass(slots=True)
class Toll:
    """What an address cost: requests sent and bytes received, redirects and retries included."""

    requests: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A 200 or a 304. `moved` is the new address where every redirect was a permanent one."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str]
    charset: str = ""
    moved: str = ""

    @property
    def is_unchanged(self) -> bool:
        """True when the source says that nothing changed since the validators."""
        return self.status == 304


def utc_now() -> datetime:
    """The present, aware UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Wire:
    """Everything a run asks of the network, through one Scrapy crawler."""

    crawler: Crawler
    manners: Manners
    clock: Callable[[], datetime] = utc_now
    down: dict[str, WireError] = field(default_factory=dict)
    robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self.robots = Robots(self.get)

    async def get(
        self,
        url: str,
        *,
        toll: Toll,
        obey_robots: bool = True,
        headers: Mapping[str, str] | None = None,
        limit: int = 0,
        home: str = "",
    ) -> Answer:
        """The answer to a GET: 200 with its body, or 304; anything else raises WireError.

        `home` is the source's own host: redirects into private networks are refused unless
        it is private itself. A busy source is asked again within our patience.
        """
        host = urlsplit(url).netloc.lower()
        if fault := self.down.get(host):
            raise WireError(fault.reason, fault.fault, url=url, until=fault.until)
        request = self._request(url, toll, headers or {}, limit, home or host)
        if obey_robots:
            await self._ask_leave(url, toll)
            request.meta["leave"] = lambda other: self._ask_leave(other, toll)
        waited, attempt = 0.0, 0
        while True:
            try:
                return await self._once(request.copy())
            except WireError as fault:
                self._note(host, fault)
                wait = self._wait(fault, attempt)
                if wait is None or waited + wait > self.manners.patience:
                    if fault.fault is Fault.BUSY:
                        self.down[host] = fault
                    raise
                await asyncio.sleep(wait)
                waited, attempt = waited + wait, attempt + 1

    async def _ask_leave(self, url: str, toll: Toll) -> None:
        rules = await self.robots.rules(url, toll)
        if rules.delay > self.manners.pace > 0:
            self._slow_down(urlsplit(url).hostname or "", min(rules.delay, 60.0))
        rules.check(url)

    def _slow_down(self, host: str, delay: float) -> None:
        """A Crawl-delay of robots.txt, which Scrapy leaves aside, becomes the host's pace."""
        engine = self.crawler.engine
        assert engine is not None
        engine.downloader.per_slot_settings[host] = {"delay": delay, "jitter": 0.0}
        if slot := engine.downloader.slots.get(host):
            slot.delay = delay

    def _note(self, host: str, fault: WireError) -> None:
        if fault.fault is Fault.UNREACHABLE:
            self.down[host] = fault

    def _wait(self, fault: WireError, attempt: int) -> float | None:
        """Seconds to wait before asking a busy source again; None where we must not."""
        if fault.fault is not Fault.BUSY:
            return None
        if fault.until is None:
            return self.manners.pause * float(3**attempt)
        return max((fault.until - self.clock()).total_seconds(), 0.0) + 0.05

    def _request(
        self, url: str, toll: Toll, headers: Mapping[str, str], limit: int, home: str
    ) -> Request:
        """The request with what `crawler.redirects` needs to know of it."""
        size = limit or self.manners.page_limit
        meta = {"download_maxsize": size, "toll": toll, "home": home}
        return Request(url, headers=dict(headers), dont_filter=True, meta=meta)

    async def _once(self, request: Request) -> Answer:
        engine = self.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except Exception as error:
            raise wire_fault(error, request.url) from error
        return self._read(response, request.url)

    def _read(self, response: Response, url: str) -> Answer:
        headers = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        if response.status not in (200, 203, 304):
            now = self.clock()
            until = manners.retry_at(headers.get("retry-after"), now)
            raise status_fault(response.status, url, until)
        meta: Mapping[str, Any] = response.meta
        permanent = all(r in (301, 308) for r in meta.get("redirect_reasons", []))
        moved = response.url if meta.get("redirect_urls") and permanent else ""
        charset = response.encoding if isinstance(response, TextResponse) else ""
        return Answer(
            url=response.url,
            status=response.status,
            body=response.body,
            headers=headers,
            charset=charset if _names_charset(headers) else "",
            moved=moved,
        )


def _names_charset(headers: Mapping[str, str]) -> bool:
    return "charset=" in headers.get("content-type", "").lower()
