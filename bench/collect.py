"""`./run bench collect`: our crawler beside plain Scrapy, bytes of two runs, memory of a history.

All against a made-up site on 127.0.0.1 (`bench.collect_site`), each crawl in a process of its
own, politeness off. Plain Scrapy reads the pages with the same reader, as whoever wants the
entries must; its time without reading is given beside it. Bytes are those of `fetch` with twelve
feeds, a blog's archive and the directory, run twice. Memory is the peak of the program's own
`fetch --history` of 25,000 records into a knowledge base: facts, store and search index included.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.collect_site import FEEDS
from bench.goals import at_least, at_most, options, report
from crawler.source_file import write_sources
from crawler.sources import Source, new_sources

ENTRIES = 450
RECORDS = 25_000
ROUNDS = 3


def main(argv: list[str] | None = None) -> int:
    """Measure, print and report; 0 when every goal is met."""
    chosen = options(str(__doc__).partition("\n")[0], argv)
    with _site() as address:
        speeds = [_round(address) for _ in range(ROUNDS)]
        ratios = {
            name: statistics.median(s["ours"]["seconds"] / s[name]["seconds"] for s in speeds)
            for name in ("read", "links")
        }
        first, second = _bytes(address)
        history = _history(address)
    pages = statistics.median(s["ours"]["pages"] / s["ours"]["seconds"] for s in speeds)
    plain = statistics.median(s["read"]["pages"] / s["read"]["seconds"] for s in speeds)
    print(f"pages a second: ours {pages:.1f}, plain Scrapy that reads as we do {plain:.1f}")
    print(f"beside plain Scrapy that only follows links: {ratios['links']:.2f} times its time")
    print(f"bytes: {first:,} in the first run, {second:,} in the second")
    print(
        f"history: {history['new']:,} entries, {history['seconds']:.0f} s, {history['mb']:.0f} MB"
    )
    goals = [
        at_most("time beside plain Scrapy on the same pages", ratios["read"], 1.3),
        at_most("bytes of the second run, share of the first", second / first, 0.02),
        at_most("MB at a 25,000-entry history", history["mb"], 300),
        at_least("entries of that history kept", history["new"], RECORDS),
    ]
    figures = {
        "pages_per_second": pages,
        "plain_pages_per_second": plain,
        "ratio_to_links_only": ratios["links"],
        "rounds": speeds,
        "bytes": [first, second],
        "history": history,
    }
    return report(goals, figures, chosen.json)


@contextmanager
def _site() -> Iterator[str]:
    command = [sys.executable, "-m", "bench.collect_site", str(ENTRIES), str(RECORDS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()


def _round(address: str) -> dict[str, dict[str, float]]:
    """Ours and both plain crawls, one after the other: a busy machine slows all alike."""
    return {
        "ours": _told("bench.collect_ours", address),
        "read": _told("bench.collect_plain", address, "read"),
        "links": _told("bench.collect_plain", address, "links"),
    }


def _told(module: str, *args: str) -> dict[str, float]:
    command = [sys.executable, "-m", module, *args]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _bytes(address: str) -> tuple[int, int]:
    """Bytes on the wire of two runs over feeds, archive and directory, the same commands."""
    with tempfile.TemporaryDirectory() as made:
        folder = _folder(Path(made), address)
        feeds = [f"feed-{n}" for n in range(FEEDS)]
        totals = []
        for _ in range(2):
            news, past = _fetch(folder, *feeds), _fetch(folder, "--history", "blog")
            totals.append(sum(s["bytes"] for told in (news, past) for s in told["sources"]))
    return totals[0], totals[1]


def _history(address: str) -> dict[str, Any]:
    """The program's own sweep of the directory: entries kept, seconds, peak megabytes."""
    with tempfile.TemporaryDirectory() as made:
        folder = _folder(Path(made), address)
        told = _fetch(folder, "--history", "directory")
        (source,) = told["sources"]
        return {"new": told["new"], "seconds": source["seconds"], "mb": told["mb"]}


def _folder(folder: Path, address: str) -> Path:
    (folder / "config.toml").write_text("[collect]\nseconds_per_request = 0.0\n")
    api = f"{address}/api/dirs/items/search?item.directoryId=whats-new-v2&item.locale=en_US"
    write_sources(
        folder,
        [
            *(Source(name=f"feed-{n}", url=f"{address}/feed/{n}") for n in range(FEEDS)),
            Source(name="blog", url=f"{address}/archive", kind="archive"),
            *new_sources(api, name="directory"),
        ],
    )
    return folder


def _fetch(folder: Path, *args: str) -> dict[str, Any]:
    """What `fetch --json` tells, and the peak memory of its process."""
    command = [sys.executable, "-m", "ui", "--data", str(folder), "fetch", *args, "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"fetch {' '.join(args)} ended with {process.returncode}")
    return {**told, "mb": usage.ru_maxrss / 1024}


if __name__ == "__main__":
    sys.exit(main())
