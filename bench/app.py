"""`./run bench app`: how fast the app answers in a real browser, and what it costs.

`--entries` says how large the knowledge base is (made once under bench/out), `--data` names
one of yours instead. Times are measured inside the page: from the press to new content.
"""

import argparse
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.app_material import knowledge_base
from bench.goals import Goal, at_most, report
from tests.app_browser import NAMES, READY, free_port

ROOT = Path(__file__).parents[1]
PAGES = {
    "week": "/",
    "search": "/search?q=aurora",
    "services": "/services",
    "service": "/services?service=Amazon+Redshift",
    "sessions": "/sessions",
    "study": "/study",
    "sources": "/sources",
}
WORDS = ("redshift", "aurora", "lambda tokyo", "privatelink", "s3", "eks", "対応", "graviton",
         "kinesis", "data masking", "sagemaker", "vector search", "iam", "bedrock")  # fmt: skip
USERS = 10
ROUNDS = 3
PAUSE_MS = 4_000  # between the searches of one of ten people: a reader's pace, still a hurried one

# Resolves with the milliseconds from `act` to the moment when `look()` says something else.
_CHANGE = """
([act, look]) => new Promise((done, fail) => {
  const seen = new Function('return ' + look);
  const before = seen();
  const start = performance.now();
  const end = setTimeout(() => { watch.disconnect(); fail(new Error('nothing changed')); }, 30000);
  const check = () => {
    const now = seen();
    if (now && now !== before) {
      watch.disconnect(); clearTimeout(end);
      requestAnimationFrame(() => done(performance.now() - start));
    }
  };
  const watch = new MutationObserver(check);
  watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  new Function(act)();
})
"""
_TYPE = """
const box = document.querySelector('[data-testid="stMain"] input[type="search"]');
const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
set.call(box, %r);
box.dispatchEvent(new Event('input', { bubbles: true }));
"""
_HITS = """(() => [...document.querySelectorAll('[class*="st-key-hit-"]')]
  .map((e) => e.className.match(/st-key-hit-\\w+/)[0]).slice(0, 5).join() || 'none')()"""
_PRESS = """
[...document.querySelectorAll('[data-testid="stMain"] [data-testid="stButtonGroup"] button')][%d]
  .click();
"""
_AREAS = """(() => [...document.querySelectorAll('[data-testid="stMain"] h3')]
  .map((e) => e.innerText).join())()"""


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a knowledge base (else one is made)")
    parser.add_argument("--entries", type=int, default=25_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(argv)
    folder = asked.data or ROOT / "bench" / "out" / f"app-{asked.entries}"
    entries = knowledge_base(folder, 0 if asked.data else asked.entries).count()
    figures = {"entries": entries, **_measured(folder)}
    _print(figures)
    return report(_goals(figures), figures, asked.json)


def _measured(folder: Path) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    served = _Served(folder)
    try:
        figures["start_s"] = served.seconds
        chromium = next(f"/usr/bin/{name}" for name in NAMES if Path(f"/usr/bin/{name}").exists())
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            _paint(browser.new_context(), served.base, "/")  # the browser's own first start
            figures["paint_new_visitor_ms"] = round(
                statistics.median(_paint(browser.new_context(), served.base, "/") for _ in range(3))
            )
            usual = browser.new_context(viewport={"width": 1440, "height": 900})
            figures["paint_ms"] = {
                name: round(statistics.median(_paint(usual, served.base, path) for _ in range(3)))
                for name, path in PAGES.items()
            }
            usual.close()
            one = _user(browser, served.base)
            figures["search_ms"] = _summary(one["search"])
            figures["filter_ms"] = _summary(one["filter"])
            figures["memory_one_mb"] = served.memory()
            browser.close()
        many = _many(chromium, served.base)
        figures["search_ten_ms"] = _summary(many)
        figures["memory_ten_mb"] = served.memory()
    finally:
        served.stop()
    return figures


class _Served:
    """The app in a process of its own, as people start it."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui", "serve", "--data", str(folder), "--no-browser",
             "--no-sample", "--port", str(port)],
            cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._wait()
        self.seconds = round(time.perf_counter() - start, 2)

    def _wait(self) -> None:
        import urllib.request

        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.base}/_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("the app was not served within half a minute")

    def memory(self) -> float:
        """Resident megabytes of the server."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in text.splitlines() if line.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def _paint(context: BrowserContext, base: str, path: str) -> float:
    """Milliseconds from the address to the page's title, in a tab of its own; a context that
    was here before has the app's scripts in its cache, as people's browsers have."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(base + path, wait_until="commit")
    page.wait_for_selector("h1", timeout=60_000)
    elapsed = (time.perf_counter() - start) * 1000
    page.wait_for_selector(READY, timeout=60_000)
    page.close()
    return elapsed


def _user(browser: Browser, base: str) -> dict[str, list[float]]:
    """One person types searches and presses filters; milliseconds of each."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    found = {"search": _search(page, base, ROUNDS), "filter": _filter(page, base)}
    context.close()
    return found


def _search(page: Page, base: str, rounds: int, pause: int = 0) -> list[float]:
    page.goto(f"{base}/search?q=start")
    page.wait_for_selector(READY)
    page.wait_for_selector('[data-testid="stMain"] input[type="search"]')
    _still(page)
    times = []
    for _ in range(rounds):
        for word in WORDS:
            times.append(float(page.evaluate(_CHANGE, [_TYPE % word, _HITS])))
            _still(page)
            page.wait_for_timeout(pause)
    return times[1:]


def _filter(page: Page, base: str) -> list[float]:
    page.goto(base)
    page.wait_for_selector('[data-testid="stMain"] [data-testid="stButtonGroup"] button')
    _still(page)
    times = []
    for place in (0, 0, 1, 1, 2, 2, 0, 0):
        times.append(float(page.evaluate(_CHANGE, [_PRESS % place, _AREAS])))
        _still(page)
    return times


def _still(page: Page) -> None:
    """Wait until the script has run and nothing is drawn any more."""
    page.wait_for_selector(READY)
    page.wait_for_function(
        """() => new Promise((done) => {
          let timer = setTimeout(() => done(true), 120);
          new MutationObserver(() => {
            clearTimeout(timer); timer = setTimeout(() => done(true), 120);
          }).observe(document.body, { subtree: true, childList: true });
        })"""
    )


def _many(chromium: str, base: str) -> list[float]:
    """Ten people at once, each in a browser of their own, searching every few seconds."""
    start = threading.Barrier(USERS)

    def person(place: int) -> list[float]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(120_000)
            start.wait(timeout=300)
            page.wait_for_timeout(place * PAUSE_MS / USERS)
            times = _search(page, base, 1, PAUSE_MS)
            browser.close()
            return times

    with ThreadPoolExecutor(USERS) as pool:
        return [t for times in pool.map(person, range(USERS)) for t in times]


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }


def _goals(figures: dict[str, Any]) -> list[Goal]:
    paint = max(figures["paint_ms"].values())
    ten = figures["search_ten_ms"]["p50"] / figures["search_ms"]["p50"]
    return [
        at_most("second start to a served page, s", figures["start_s"], 5.0),
        at_most("first paint of the slowest page, ms", paint, 1500),
        at_most("a filter to new results, p95 ms", figures["filter_ms"]["p95"], 300),
        at_most("typing to new results, p95 ms", figures["search_ms"]["p95"], 150),
        at_most("memory with one user, MB", figures["memory_one_mb"], 350),
        at_most("ten users at once against one, ratio", round(ten, 2), 1.5),
    ]


def _print(figures: dict[str, Any]) -> None:
    tell: Callable[[str], None] = print
    tell(f"{figures['entries']} entries; served after {figures['start_s']} s")
    tell(f"first paint for a new visitor, ms: {figures['paint_new_visitor_ms']}")
    tell("first paint, ms: " + ", ".join(f"{k} {v}" for k, v in figures["paint_ms"].items()))
    for name in ("search_ms", "filter_ms", "search_ten_ms"):
        tell(f"{name}: {figures[name]}")
    tell(f"memory, MB: one user {figures['memory_one_mb']}, ten {figures['memory_ten_mb']}")
