"""`./run bench fuzz [--data FOLDER] [--seconds N]`: broken input for every reader.

Files of --data (else a few made-up ones) are cut, doubled, flipped and mixed at random and
given to every reader. A reader may refuse with its own error; anything else it raises, and
any input that takes it over five seconds, is a failure and is kept under bench/out/fuzz.
"""

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.goals import Goal, at_least, at_most, report
from crawler.directory import read_directory_page
from crawler.feeds import read_feed
from crawler.imports.shapes import read_bytes
from crawler.opml import read_opml
from crawler.origin import Origin
from crawler.pages import read_archive, read_page
from index.errors import SourceError

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SLOW = 5.0
LARGEST = 60_000
OUT = Path(__file__).parent / "out" / "fuzz"
PAGE = "https://example.org/feed"
SEEDS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>A &amp; B</title>'
    b"<link>https://example.org/1</link><pubDate>Mon, 07 Dec 2020 10:00:00 GMT</pubDate>"
    b"<description>&lt;p&gt;x&lt;/p&gt;</description></item></channel></rss>",
    b'{"items":[{"item":{"id":"a#b","additionalFields":{"headline":"H","headlineUrl":"/x/"}},'
    b'"tags":[{"id":"a#b-c#d","name":"n"}]}],"metadata":{"count":1,"totalHits":9}}',
    b'{"kind":"article","title":"t","published":"2020-12-07T00:00:00Z","source":"s"}\n{"a":1}\n',
    b"code,title,abstract,level\nDOP309-R,[REPEAT] x,y,300\nEMB023,z,w,200\n",
    "---\ntitle: まとめ(12/7~12/11)\nkind: digest\n---\n## A\n\n### B\n\nc。\n".encode(),
    b"AUTHOR: a\nTITLE: t\nDATE: 02/28/2023 07:53:56\n-----\nBODY:\n<p>x</p>\n-----\n--------\n",
    b"<html><head><title>t</title></head><body><article><h1>t</h1><time datetime='2020-01-01'>"
    b"</time><table><tr><td>1</td></tr></table><ul><li>a<ul><li>b</ul></ul></article></body></html>",
    b"<opml><body><outline text='a'><outline xmlUrl='https://e.org/f' title='b & c'></body></opml>",
)
PIECES = (b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\x00", b"\xff\xfe", b"{", b"[", b'"',
          b"\n---\n", b"-----\n", b"# ", b"](javascript:", b"<script>",
          b"&#x0;", b"\xe3\x81", b"9" * 40,
          b"(" * 50, b"[" * 200, b"<div>" * 300, b"- " * 99, b"*" * 99, b" " * 500)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Fuzz for so long, print and report; 0 when no reader failed."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder whose files are broken")
    parser.add_argument("--json", type=Path, help="write goals and figures to this file")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(argv)
    chance = random.Random(chosen.seed)
    seeds = [*SEEDS, *(_files(chosen.data) if chosen.data else ())]
    runs, failures, slowest = Counter[str](), Counter[str](), 0.0
    until = time.monotonic() + chosen.seconds
    while time.monotonic() < until:
        data = broken(chance, seeds)
        for name, reader in READERS.items():
            seconds, fault = _tried(reader, data)
            runs[name] += 1
            slowest = max(slowest, seconds)
            if fault:
                failures[f"{name}: {fault}"] += 1
                _keep(data, name, fault)
    for fault, count in failures.most_common():
        print(f"{count:>6} {fault}")
    print(f"{sum(runs.values()):,} readings of {len(seeds)} files broken; slowest {slowest:.2f} s")
    return report(_goals(runs, failures, slowest), {"runs": dict(runs)}, chosen.json)


def _goals(runs: Counter[str], failures: Counter[str], slowest: float) -> list[Goal]:
    return [
        at_most("failures", sum(failures.values()), 0),
        at_most("seconds of the slowest reading", slowest, SLOW),
        at_least("readings of each reader", min(runs.values(), default=0), 100),
    ]


def broken(chance: random.Random, seeds: list[bytes]) -> bytes:
    """One of the seeds, or two of them mixed, changed in a few places."""
    data = bytearray(chance.choice(seeds))
    if chance.random() < 0.2:
        other = chance.choice(seeds)
        data[chance.randrange(len(data) + 1) :] = other[chance.randrange(len(other) + 1) :]
    for _ in range(chance.randint(0, 8)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + int(chance.expovariate(1 / 40)))
        how = chance.randrange(5)
        if how == 0:
            data[at:end] = b""
        elif how == 1:
            data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 30))
        elif how == 2:
            data[at:at] = data[at:end] * chance.randint(1, 20)
        elif how == 3 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        else:
            data = data[:at] if chance.random() < 0.3 else data
    return bytes(data[: 2 * LARGEST])


def _files(folder: Path) -> list[bytes]:
    """The beginning of every file, whole where it is small."""
    return [p.read_bytes()[:LARGEST] for p in sorted(folder.rglob("*")) if p.is_file()]


def _tried(reader: Callable[[bytes], object], data: bytes) -> tuple[float, str]:
    begun = time.perf_counter()
    try:
        reader(data)
        fault = ""
    except SourceError:
        fault = ""
    except Exception as error:  # every other error is a failure: that is what is looked for
        fault = f"{type(error).__name__}: {str(error)[:120]}"
    seconds = time.perf_counter() - begun
    return seconds, fault or ("slow" if seconds > SLOW else "")


def _keep(data: bytes, name: str, fault: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    mark = hashlib.sha256(fault.encode()).hexdigest()[:8]
    (OUT / f"{name}-{mark}.bin").write_bytes(data)


READERS: dict[str, Callable[[bytes], object]] = {
    "files": lambda data: read_bytes(data, Origin(name="fuzz.bin", path="x/fuzz.bin", now=NOW)),
    "feed": lambda data: read_feed(data, PAGE, now=NOW),
    "directory": lambda data: read_directory_page(data, PAGE, now=NOW),
    "page": lambda data: read_page(data, PAGE, now=NOW),
    "archive": lambda data: read_archive(data, PAGE),
    "opml": lambda data: read_opml(data, "fuzz.opml"),
}

if __name__ == "__main__":
    sys.exit(main())
