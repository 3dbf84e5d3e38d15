"""The route of the digests as a feed, for feed readers: what `week --format atom` writes.

A reader signs in nowhere: where sign-in is demanded there is no such route. A foreign page
whose name was pointed at this machine gets nothing, as on Streamlit's own socket.
"""

import asyncio
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ui.signing import REQUIRED

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from index.digest import Digest

PATH = "/kb/weeks.atom"
WEEKS = 4


def feed_route() -> "Route":
    """GET PATH?lang=ja|en: the newest weeks as Atom, the newest first."""
    from starlette.responses import Response
    from starlette.routing import Route

    async def feed(request: "Request") -> "Response":
        if os.environ.get(REQUIRED) or not _is_ours(request.headers.get("host", "")):
            return Response(status_code=404)
        lang = request.query_params.get("lang", "")
        body = await asyncio.to_thread(_written, lang)
        return Response(body, media_type="application/atom+xml")

    return Route(PATH, feed, methods=["GET"])


def _is_ours(host: str) -> bool:
    """True for a name under which the server is meant to be asked (all, where none is set)."""
    from streamlit import config

    allowed = config.get_option("server.allowedHosts")
    return not allowed or urlsplit(f"//{host}").hostname in allowed


def _written(lang: str) -> bytes:
    from ui.atom import atom_feed
    from ui.parts.opened import visit_as
    from ui.parts.values import digest_of, newest_of
    from ui.parts.weeks import beside

    seen = visit_as(lang, lang)
    period = newest_of(seen.library)
    found: list[Digest] = []
    while period and len(found) < WEEKS:
        found.append(digest_of(seen.library, period, seen.lang))
        period = beside(period)[0]
    return atom_feed(found, seen.lang).encode()
