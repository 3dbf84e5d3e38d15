"""Scrapy's middlewares of ours: safe redirects, and what a request cost."""

import asyncio
import socket
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response

from crawler.faults import Fault, WireError
from crawler.manners import is_private


class SafeRedirects(RedirectMiddleware):
    """Follows redirects, but never from the public network into a private one."""

    async def process_response(  # type: ignore[override]
        self, request: Request, response: Response, spider: Any = None
    ) -> Request | Response:
        at_home = _at_home(request, response)
        request.meta["at_home"] = at_home
        if not at_home and not _is_public(request, response):
            # A public name may be made to point here: believe the address, not the name.
            raise _refusal(request.url)
        followed = super().process_response(request, response)
        if not isinstance(followed, Request):
            return followed
        # The pace of the new host counts, not the old one's.
        followed.meta.pop("download_slot", None)
        host = urlsplit(followed.url).hostname or ""
        if not at_home and (is_private(host) or await _resolves_privately(host)):
            raise _refusal(followed.url)
        if leave := request.meta.get("leave"):
            await leave(followed.url)  # robots.txt of wherever it leads
        return followed


class CountBytes:
    """Adds every answer, as it came over the wire, to its request's toll."""

    def process_response(
        self, request: Request, response: Response, spider: Any = None
    ) -> Response:
        toll = request.meta.get("toll")
        if toll is not None:
            toll.requests += 1
            head = sum(
                len(name) + len(value) + 4
                for name, values in response.headers.items()
                for value in values
            )
            toll.received += len(response.body) + head + 17
        return response


def _at_home(request: Request, response: Response) -> bool:
    """True when the source itself, as a person named it, is private: then it may stay there."""
    if "at_home" in request.meta:
        return bool(request.meta["at_home"])
    named = urlsplit(f"//{request.meta.get('home', '')}").hostname or ""
    same = urlsplit(request.url).hostname == named
    return is_private(named) or (same and not _is_public(request, response))


def _is_public(request: Request, response: Response) -> bool:
    """True where nothing says otherwise; behind a proxy the address is the proxy's own."""
    address = response.ip_address
    return address is None or "proxy" in request.meta or address.is_global


async def _resolves_privately(host: str) -> bool:
    """True when a name leads into a private network; an unknown name fails later by itself."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(is_private(str(address[4][0])) for address in found)


def _refusal(url: str) -> WireError:
    return WireError(
        f"leads to a private address ({urlsplit(url).netloc}); refused", Fault.PRIVATE, url=url
    )
