"""The route that answers a search at every key: what the page's script would say, sooner.

Streamlit runs a whole script for every change and its browser side waits between keys; here
only the search is run. Without the pass of an open page there is no answer.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ui.passes import admits

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

PATH = "/kb/find"
# As many as can work at once anyway; each keeps a connection to the database.
_WORKERS = 2
_LONGEST = 4_000  # characters of an address


def finding_route() -> "Route":
    """GET PATH?q=…: the answer to an address of the search page, as JSON."""
    from starlette.responses import Response
    from starlette.routing import Route

    pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="finding")

    async def find(request: "Request") -> "Response":
        if not admits(request.headers.get("x-kb-pass", "")):
            return Response(status_code=403)
        if len(request.url.query) > _LONGEST:
            return Response(status_code=414)
        address = {name: request.query_params.getlist(name) for name in request.query_params}
        shown = request.headers.get("x-kb-shown", "").split()
        body = await asyncio.get_running_loop().run_in_executor(pool, _found, address, shown)
        headers = {"Cache-Control": "no-store"}
        return Response(body, media_type="application/json", headers=headers)

    return Route(PATH, find, methods=["GET"])


def _found(address: Mapping[str, Sequence[str]], shown: Sequence[str]) -> bytes:
    from ui.parts.answering import answer
    from ui.parts.component import packed
    from ui.parts.opened import visit_as

    lang, texts = (*shown, "", "")[:2]
    return packed(answer(visit_as(lang, texts), address))
