"""`./run bench app`: how fast the app answers in a real browser, and what it costs.

`--entries` says how large the knowledge base is (made once under bench/out), `--data` names
one of yours instead. Times are measured inside the page: from the press to new content.
"""

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.app_material import invented, knowledge_base
from bench.app_served import ROOT, Served, company, importing
from bench.goals import Goal, at_most, report
from tests.app_browser import NAMES, READY

# Each page with what it is for: its title and this must be seen.
PAGES = {
    "week": ("/", ".kb-list .kb-card"),
    "search": ("/search?q=aurora", ".kb-found .kb-card"),
    "services": ("/services", ".kb-list .kb-title"),
    "service": ("/services?service=Amazon+Redshift", ".kb-list .kb-title"),
    "sessions": ("/sessions", '[data-testid="stAlert"]'),
    "study": ("/study", '[data-testid="stAlert"]'),
    "sources": ("/sources", '[data-testid="stMain"] table'),
}
WORDS = ("redshift", "aurora", "lambda tokyo", "privatelink", "s3", "eks", "対応", "graviton",
         "kinesis", "data masking", "sagemaker", "vector search", "iam", "bedrock")  # fmt: skip
ROUNDS = 3
OTHERS = 9
MEANWHILE = 40_000  # entries to import beside a person: more than are imported in that time
PACE = 2.5  # seconds between two acts of a person: a reader's pace, still a hurried one

# Notes when the frame with the title and the wanted thing has been painted, in milliseconds
# since the browser began to ask for the page. A driver outside learns of it later.
_PAINTED = """
(() => {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('h1') || !document.querySelector(%r)) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.paintedAt = performance.now(); }));
  });
  watch.observe(document, { subtree: true, childList: true });
})()
"""
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
_HITS = """(() => [...document.querySelectorAll('.kb-found [data-entry]')]
  .map((e) => e.dataset.entry).slice(0, 5).join() || 'none')()"""
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
    served = Served(folder)
    figures: dict[str, Any] = {"start_s": served.seconds}
    try:
        chromium = next(f"/usr/bin/{name}" for name in NAMES if Path(f"/usr/bin/{name}").exists())
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            figures |= _paints(browser, served.base)
            figures["alone"] = _user(browser, served.base)
            figures["memory_one_mb"] = served.memory()
            for name, pace in (("among_ten", PACE), ("among_ten_without_pause", 0.0)):
                with company(served.base, OTHERS, pace) as done:
                    figures[name] = _user(browser, served.base)
                figures[name]["others_did"] = done
            figures["memory_ten_mb"] = served.memory()
            served.stop()
            figures["first_look_ms"] = _first_look(browser, folder)
            with importing(folder, invented(MEANWHILE)) as beside:
                figures["while_importing"] = _user(browser, beside.base)
            browser.close()
    finally:
        served.stop()
    return figures


def _first_look(browser: Browser, folder: Path) -> int:
    """Milliseconds until This week is painted for a new visitor, at the first request that a
    server ever gets: nothing is in the browser's cache or in the server's memory."""
    times = []
    for _ in range(3):
        served = Served(folder)
        try:
            times.append(_paint(browser.new_context(), served.base, "week"))
        finally:
            served.stop()
    return round(statistics.median(times))


def _paints(browser: Browser, base: str) -> dict[str, Any]:
    """First paints in milliseconds: of a new visitor, and of every page for a known one."""
    _paint(browser.new_context(), base, "week")  # the browser's own first start
    new = statistics.median(_paint(browser.new_context(), base, "week") for _ in range(5))
    usual = browser.new_context(viewport={"width": 1440, "height": 900})
    pages = {
        name: round(statistics.median(_paint(usual, base, name) for _ in range(5)))
        for name in PAGES
    }
    usual.close()
    return {"paint_new_visitor_ms": round(new), "paint_ms": pages}


def _paint(context: BrowserContext, base: str, name: str) -> float:
    """Milliseconds until a page is painted, in a tab of its own; a context that was here
    before has the app's scripts in its cache, as people's browsers have."""
    path, wanted = PAGES[name]
    page = context.new_page()
    page.add_init_script(_PAINTED % wanted)
    page.goto(base + path, wait_until="commit")
    page.wait_for_function("() => window.paintedAt", timeout=60_000)
    painted = float(page.evaluate("() => window.paintedAt"))
    page.wait_for_selector(READY, timeout=60_000)
    page.close()
    return painted


def _user(browser: Browser, base: str) -> dict[str, Any]:
    """One person types searches and presses filters; milliseconds of each."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    found = {"search_ms": _summary(_search(page, base)), "filter_ms": _summary(_filter(page, base))}
    context.close()
    return found


def _search(page: Page, base: str) -> list[float]:
    page.goto(f"{base}/search?q=start")
    page.wait_for_selector(READY)
    page.wait_for_selector('[data-testid="stMain"] input[type="search"]')
    _still(page)
    times = []
    for _ in range(ROUNDS):
        for word in WORDS:
            times.append(float(page.evaluate(_CHANGE, [_TYPE % word, _HITS])))
            _still(page)
    return times[1:]


def _filter(page: Page, base: str) -> list[float]:
    page.goto(base)
    page.wait_for_selector('[data-testid="stMain"] [data-testid="stButtonGroup"] button')
    _still(page)
    times = []
    for place in (0, 0, 1, 1, 2, 2) * ROUNDS:
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


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }


def _goals(figures: dict[str, Any]) -> list[Goal]:
    alone, among = figures["alone"], figures["among_ten"]
    ten = max(among[act]["p50"] / alone[act]["p50"] for act in ("search_ms", "filter_ms"))
    return [
        at_most("second start to a served page, s", figures["start_s"], 5.0),
        at_most("first paint of the slowest page, ms", max(figures["paint_ms"].values()), 1500),
        at_most("first look after a start, ms", figures["first_look_ms"], 1500),
        at_most("a filter to new results, p95 ms", alone["filter_ms"]["p95"], 300),
        at_most("typing to new results, p95 ms", alone["search_ms"]["p95"], 150),
        at_most("memory with one user, MB", figures["memory_one_mb"], 350),
        at_most("ten users at once against one, ratio", round(ten, 2), 1.5),
    ]


def _print(figures: dict[str, Any]) -> None:
    tell: Callable[[str], None] = print
    tell(f"{figures['entries']} entries; served after {figures['start_s']} s")
    tell(f"first paint for a new visitor, ms: {figures['paint_new_visitor_ms']}")
    tell(f"first look after a start, ms: {figures['first_look_ms']}")
    tell("first paint, ms: " + ", ".join(f"{k} {v}" for k, v in figures["paint_ms"].items()))
    for name in ("alone", "among_ten", "among_ten_without_pause", "while_importing"):
        tell(f"{name}: " + ", ".join(f"{act} {found}" for act, found in figures[name].items()))
    tell(f"memory, MB: one user {figures['memory_one_mb']}, ten {figures['memory_ten_mb']}")
