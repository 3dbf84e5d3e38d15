"""robots.txt: what a site lets robots fetch (RFC 9309), asked once a run and host."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from protego import Protego

from crawler.faults import Fault, WireError

PRODUCT = "reinvent-kb"
LIMIT = 500 * 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says of us; `trouble` is why it could not be read."""

    parsed: Any = None
    trouble: str = ""
    delay: float = 0.0

    def check(self, url: str) -> None:
        """Raise WireError when the address is not ours to crawl."""
        host = urlsplit(url).netloc
        if self.trouble:
            raise WireError(
                f"robots.txt of {host} cannot be read ({self.trouble}), "
                "so its pages are not crawled; try again later",
                Fault.ROBOTS,
                url=url,
            )
        if self.parsed is not None and not self.parsed.can_fetch(url, PRODUCT):
            raise WireError(
                f"robots.txt of {host} does not allow robots at {urlsplit(url).path}; set "
                "obey_robots = false for this source only if its owner permits it, "
                "or import its files",
                Fault.ROBOTS,
                url=url,
            )


@dataclass(slots=True)
class Robots:
    """The rules of every host of this run, each fetched once."""

    get: Callable[..., Awaitable[Any]]
    asked: dict[str, "asyncio.Task[Rules]"] = field(default_factory=dict)

    async def rules(self, url: str, toll: Any) -> Rules:
        """The rules for an address's host; walks that ask at the same time share one fetch."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.asked:
            self.asked[site] = asyncio.ensure_future(self._fetch(site, toll))
        return await asyncio.shield(self.asked[site])

    async def _fetch(self, site: str, toll: Any) -> Rules:
        """No file (4xx) allows everything, an unreadable one (5xx, no answer) nothing."""
        try:
            answer = await self.get(f"{site}/robots.txt", toll=toll, obey_robots=False, limit=LIMIT)
        except WireError as fault:
            if 400 <= fault.status < 500 and fault.fault is not Fault.BUSY:
                return Rules()
            if fault.fault is Fault.UNREACHABLE:
                raise
            return Rules(trouble=fault.reason)
        parsed = Protego.parse(answer.body.decode("utf-8", "replace"))
        return Rules(parsed, delay=float(parsed.crawl_delay(PRODUCT) or 0.0))
