"""kill -9 at random moments of commits and rebuilds, two writers at once: nothing may be lost.

Each round starts two processes on one knowledge base. Both keep entries, bring the search index
up to date (now and then they rebuild it), and say what they have kept; both are killed at a
random moment. Then the knowledge base is opened: everything that was said to be kept must be in
the store and in the index, and the index must hold exactly what the store holds.

    ./run bench crash [--rounds 200] [--seed N] [--json FILE]
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.goals import Goal, at_least, report
from index.entry import Entry
from index.search.engine import SearchIndex
from index.search.query import Everything, Query
from index.shelf import Shelf
from index.store import Store

WRITERS = 2
START = datetime(2020, 12, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One round: entries said to be kept so far, those lost, whether the index held what the
    store holds, whether it had to be healed, and how long the first answer took."""

    said: int
    lost: int
    whole: bool
    healed: bool
    seconds: float


def entries(writer: str, first: int, count: int) -> Iterator[Entry]:
    """Entries of one writer, numbered on, each with a word of its own."""
    for number in range(first, first + count):
        yield Entry(
            kind="note",
            title=f"Note {writer}x{number}",
            text=f"Aurora Serverless in us-east-1, データ共有. {number}\n" * 20,
            published=START + timedelta(minutes=number),
            source="crash",
            guid=f"{writer}x{number}",
        )


def work(folder: Path, writer: str, seed: int) -> None:
    """Keep entries for ever and say each that is kept and indexed."""
    chance = random.Random(seed)
    store = Store(folder)
    shelf, index = Shelf(store), SearchIndex(folder / "index", store)
    print("ready", flush=True)
    number = 0
    while True:
        batch = list(entries(writer, number, chance.randint(1, 15)))
        number += len(batch)
        with store.write():
            for entry in batch:
                shelf.put(entry, START)
        print("\n".join(f"kept {entry.guid}" for entry in batch), flush=True)
        index.rebuild() if chance.random() < 0.15 else index.catch_up()


def rounds(folder: Path, count: int, seed: int) -> Iterator[Outcome]:
    """Kill and open, so many times, on one growing knowledge base."""
    chance = random.Random(seed)
    said: set[str] = set()
    for number in range(count):
        names = [f"r{seed}n{number}w{writer}" for writer in range(WRITERS)]
        said |= _killed(folder, names, chance)
        yield _opened(folder, said)


def _killed(folder: Path, names: list[str], chance: random.Random) -> set[str]:
    """What the writers said to have kept before they were killed."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.crash", "--work", str(folder), name, str(i)],
            cwd=Path(__file__).parents[1],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for i, name in enumerate(names)
    ]
    said: list[str] = []
    readers = [threading.Thread(target=_listen, args=(w, said)) for w in workers]
    for worker in workers:
        assert worker.stdout is not None and worker.stdout.readline() == "ready\n", (
            worker.stderr and worker.stderr.read()
        )
    for reader in readers:
        reader.start()
    time.sleep(chance.uniform(0.0, 0.5))
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
    for worker, reader in zip(workers, readers, strict=True):
        worker.wait()
        reader.join()
    return set(said)


def _listen(worker: "subprocess.Popen[str]", said: list[str]) -> None:
    assert worker.stdout is not None
    said += [line.split()[1] for line in worker.stdout if line.startswith("kept ")]


def _opened(folder: Path, said: set[str]) -> Outcome:
    started = time.perf_counter()
    store = Store(folder)
    index = SearchIndex(folder / "index", store)
    found = index.matches(Everything(), Query(limit=1))
    seconds = time.perf_counter() - started
    rows = store.read().execute("SELECT n, title FROM entry").fetchall()
    kept = {row["title"].split()[1] for row in rows}
    snapshot = index.snapshot()
    indexed = sorted(snapshot.n[snapshot.alive].tolist())
    store.close()
    return Outcome(
        said=len(said),
        lost=len(said - kept),
        whole=found.total == len(rows) and indexed == sorted(row["n"] for row in rows),
        healed=bool(found.notice),
        seconds=seconds,
    )


def main(argv: list[str] | None = None) -> int:
    """Run the rounds and report; the goals: nothing lost, the index whole, every time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Formatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--data", type=Path, help="not used; every benchmark takes it")
    parser.add_argument("--json", type=Path, help="write goals and figures to this file")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.work:
        work(Path(options.work[0]), options.work[1], int(options.work[2]))
    with tempfile.TemporaryDirectory() as folder:
        outcomes = []
        for outcome in rounds(Path(folder), options.rounds, options.seed):
            outcomes.append(outcome)
            print(f"{len(outcomes)}: {outcome}", file=sys.stderr)
    return report(goals(outcomes), {"rounds": len(outcomes), "seed": options.seed}, options.json)


def goals(outcomes: list[Outcome]) -> list[Goal]:
    """Nothing lost, the index whole, after every kill."""
    whole = sum(outcome.whole and not outcome.lost for outcome in outcomes)
    return [
        at_least("rounds after which nothing was lost", whole, len(outcomes)),
        Goal("entries lost", "0", lost := sum(o.lost for o in outcomes), not lost),
        Goal("rounds that needed healing", "0", h := sum(o.healed for o in outcomes), not h),
    ]


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the docstring's lines."""


if __name__ == "__main__":
    sys.exit(main())
