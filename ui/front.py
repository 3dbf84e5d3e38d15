"""The page that a browser is given first: Streamlit's own, naming what it will soon need.

Streamlit's browser side learns piece by piece which of its scripts a page is drawn with, and
shows grey bars meanwhile. Named in the page's head they are there when they are asked for.
"""

import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import Route

TITLE = "re:Invent KB"
# The kinds of element with which every page begins, as Streamlit names their scripts.
_FIRST = ("ButtonGroup", "BidiComponent", "PageLink", "Button", "Selectbox")
_IMPORTED = re.compile(r"(?:from|import)\s*[\"']\./([\w.\-]+\.js)[\"']")


def front_routes(pages: Iterable[str]) -> "list[Route]":
    """GET / and every page's address: the first page, checked for a newer one each time."""
    from starlette.responses import HTMLResponse
    from starlette.routing import Route
    from streamlit import file_util

    text = front_page(Path(file_util.get_static_dir()))

    async def front(_: object) -> HTMLResponse:
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    return [Route(path, front) for path in ("/", *(f"/{page}" for page in pages))]


def front_page(static: Path) -> str:
    """Streamlit's first page with our title and looks, and its next scripts named."""
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
    return text.replace("</head>", f"{links}</head>", 1)


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
