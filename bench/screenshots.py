"""`./run bench screenshots`: every page in both languages, both appearances and two widths.

They go to bench/out/screens to be looked at; `--docs` renews the few in docs/screens.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.app_browser import READY, TITLES, served

ROOT = Path(__file__).parents[1]
OUT = ROOT / "bench" / "out" / "screens"
DOCS = ROOT / "docs" / "screens"
LANGUAGES = {"ja": "日本語", "en": "English"}
MOST_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page's path in a language, an appearance and a width."""

    name: str
    path: str
    lang: str
    scheme: str
    width: int

    @property
    def file(self) -> str:
        return f"{self.name}-{self.lang}-{self.scheme}-{self.width}.png"


PATHS = {
    "this-week": "/?week=2020-W50",
    "search": "/search?q=aurora",
    "entry": "/search?q=%22Aurora+Serverless+v2%22+title:available",
    "services": "/services",
    "service": "/services?service=Amazon+Redshift",
    "sessions": "/sessions",
    "study": "/study",
    "sources": "/sources",
}
IN_DOCS = {
    "this-week": Shot("this-week", PATHS["this-week"], "ja", "light", 1440),
    "this-week-en-dark": Shot("this-week", PATHS["this-week"], "en", "dark", 1440),
    "search": Shot("search", PATHS["search"], "ja", "light", 1440),
    "service": Shot("service", PATHS["service"], "en", "light", 1440),
    "study": Shot("study", PATHS["study"], "ja", "light", 1440),
    "phone": Shot("this-week", PATHS["this-week"], "ja", "light", 390),
}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true", help="renew docs/screens")
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    asked = parser.parse_args(argv)
    wanted = dict(_of_docs() if asked.docs else _all(asked.only))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data = Path(folder) / "data"
        with served(data) as base:
            _prepare(data)
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            for file, shot in wanted.items():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(_small(_taken(browser, base, shot)))
                print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB", flush=True)
            browser.close()
    return 0


def _of_docs() -> Iterator[tuple[Path, Shot]]:
    for name, shot in IN_DOCS.items():
        yield DOCS / f"{name}.png", shot


def _all(start: str) -> Iterator[tuple[Path, Shot]]:
    for name, lang, scheme, width in product(PATHS, LANGUAGES, ("light", "dark"), (1440, 390)):
        if name.startswith(start):
            shot = Shot(name, PATHS[name], lang, scheme, width)
            yield OUT / shot.file, shot


def _prepare(folder: Path) -> None:
    """A study session with a few items and comments, so that its page has something to show."""
    from index.library import Library
    from index.period import parse_period

    library = Library(folder)
    digest = library.digest(parse_period("2020-W50", library.clock()))
    day = library.clock().date().replace(month=12, day=28)
    session = library.study.new(day, "re:Invent 2020 第2週")
    session = library.study.add(session, [item.id for item in digest.top[:4]])
    first = session.items[0].entry.id
    library.study.comment(session, first, "FHIR の変換が要らなくなるのは大きい。次回までに試す。")


def _taken(browser: Browser, base: str, shot: Shot) -> bytes:
    context = browser.new_context(
        viewport={"width": shot.width, "height": 900 if shot.width > 600 else 844},
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    sign = "&" if "?" in shot.path else "?"
    page.goto(f"{base}{shot.path}{sign}lang={LANGUAGES[shot.lang]}")
    _settle(page)
    if shot.name == "entry":
        page.locator(TITLES).first.click()
        page.wait_for_url("**/entry**")
        _settle(page)
    picture = page.screenshot()
    context.close()
    return picture


def _settle(page: Page) -> None:
    """Wait until the script has run and the charts have stopped growing."""
    page.wait_for_selector(READY)
    page.wait_for_selector("h1, h2")
    page.wait_for_function(
        """() => new Promise((done) => {
          let last = '';
          const look = () => {
            const now = document.querySelector('[data-testid="stMain"]')?.innerHTML ?? '';
            const busy = document.querySelector(
              '[data-testid="stSkeleton"], [data-test-script-state="running"]');
            if (now === last && !busy) { done(true); return; }
            last = now;
            setTimeout(look, 400);
          };
          look();
        })"""
    )


def _small(picture: bytes) -> bytes:
    """The picture as a PNG of few colours, small enough for a repository."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    out = BytesIO()
    image.quantize(192, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    assert out.tell() <= MOST_BYTES, f"{out.tell()} bytes"
    return out.getvalue()
