"""The page that a browser is given first: Streamlit's own, naming what it will soon need.

Streamlit's browser side learns piece by piece which of its scripts a page is drawn with, and
shows grey bars meanwhile. Named in the page's head they are there when they are asked for.

It also asks twice where its server is (below the page's address first, which is never right
here) and what the server allows, before it opens its socket. Told at once, it does not wait
(streamlit/streamlit#13342, window.__streamlit).
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route

TITLE = "re:Invent KB"
# Every page stands one step below the server's own address, behind a proxy's prefix too. The
# socket shows a cookie that the server's answers bring; without it a signed-in visitor would
# be a stranger, so whoever has none yet waits for them.
_TOLD = """<script>
(() => {{
  const server = new URL('.', location.href).href;
  const known = /(^|; )_streamlit_xsrf=/.test(document.cookie);
  window.__streamlit = {{
    BACKEND_BASE_URL: server, MAIN_PAGE_BASE_URL: server,
    HOST_CONFIG: known ? {allowed} : undefined,
  }};
}})();
</script>
"""
# The kinds of element with which every page begins, as Streamlit names their scripts.
_FIRST = ("ButtonGroup", "BidiComponent", "PageLink", "Button", "Selectbox")
_IMPORTED = re.compile(r"(?:from|import)\s*[\"']\./([\w.\-]+\.js)[\"']")


def front_routes(pages: Iterable[str]) -> "list[Route]":
    """GET / and every page's address: the first page, checked for a newer one each time."""
    from starlette.responses import HTMLResponse
    from starlette.routing import Route
    from streamlit import config, file_util

    @cache
    def text() -> str:  # when the first page is asked for, the settings are known
        origins = list(config.get_option("client.allowedOrigins"))
        return front_page(Path(file_util.get_static_dir()), origins)

    async def front(_: object) -> HTMLResponse:
        return HTMLResponse(text(), headers={"Cache-Control": "no-cache"})

    return [Route(path, front) for path in ("/", *(f"/{page}" for page in pages))]


def front_page(static: Path, origins: Sequence[str]) -> str:
    """Streamlit's first page with our title and looks, its next scripts named, and where its
    server is; `origins` are the hosts that may embed it, as that server says."""
    text = (static / "index.html").read_text(encoding="utf-8")
    text = text.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>")
    scripts = static / "static" / "js"
    links = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n'
        for name in next_scripts(scripts, _FIRST)
        if name not in text
    )
    # At the end, so that it stands after what Streamlit adds to the head.
    style = (files("ui.parts") / "style.css").read_text(encoding="utf-8")
    text = text.replace("</body>", f"<style>\n{style}</style>\n</body>", 1)
    allowed = json.dumps({"allowedOrigins": list(origins), "useExternalAuthToken": False})
    told = _TOLD.format(allowed=allowed.replace("<", "\\u003c"))
    return text.replace("</head>", f"{told}{links}</head>", 1)


def next_scripts(folder: Path, kinds: Sequence[str]) -> list[str]:
    """The scripts of these kinds of element and all that they import, each once; a kind that
    this Streamlit does not have is left out."""
    waiting = [path.name for kind in kinds for path in sorted(folder.glob(f"{kind}.*.js"))]
    found: list[str] = []
    while waiting:
        name = waiting.pop()
        if name in found or not (folder / name).is_file():
            continue
        found.append(name)
        waiting += _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return found
