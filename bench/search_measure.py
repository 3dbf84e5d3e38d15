"""The measuring of the search benchmark: ours cold and warm, a rival, memory, completion."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median

from bench.rivals import Rival
from bench.search_material import Asked, Doc, fill, touch
from index.search.engine import SearchIndex
from index.search.finder import Finder
from index.search.hits import Hits
from index.search.marking import marker
from index.store import Store
from index.taxonomy import Taxonomy

NARROWED = "+filters+facets"
PAGE = "page of 20 with snippets"
Times = tuple[float, float]  # median and 95th percentile, milliseconds


@dataclass(slots=True)
class Figures:
    """What was measured of one engine; `speeds` by kind of query."""

    build: float = 0.0  # entries a second
    build_cpu: float = 0.0  # entries a second of processor time, which a busy machine keeps
    ratio: float = 0.0  # index bytes per byte of title and text
    upsert: float | None = None  # milliseconds for 50 entries
    speeds: dict[str, Times] = field(default_factory=dict)


def timed(run: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1_000


def best(run: Callable[[], object], times: int) -> float:
    """Milliseconds of the fastest of so many calls: what the call costs when nothing else runs."""
    return min(timed(run) for _ in range(times))


def spread(times: Sequence[float]) -> Times:
    """Median and 95th percentile."""
    ranked = sorted(times)
    return median(ranked), ranked[min(len(ranked) - 1, round(0.95 * (len(ranked) - 1)))]


class Ours:
    """This program's index over a store of the entries."""

    def __init__(self, folder: Path, docs: Sequence[Doc]) -> None:
        self.store = Store(folder)
        fill(self.store, docs)
        self.index = SearchIndex(folder / "index", self.store)
        self._hits = Hits(self.store)

    def build(self) -> None:
        self.index.catch_up(lambda done, _: print(f"\rours {done}", end="", file=sys.stderr))
        self.index.snapshot()

    def ask(self, asked: Asked) -> object:
        return self.index.matches(asked.root, asked.query)

    def page(self, asked: Asked) -> object:
        found = self.index.matches(asked.root, asked.query).found
        return self._hits.of(found, marker(asked.root))

    def forget(self) -> None:
        """Make the next query a cold one."""
        self.index.snapshot().forget()

    def times(self, asked: Sequence[Asked], run: Callable[[Asked], object]) -> tuple[Times, Times]:
        """(cold, warm) over these queries."""
        cold, warm = [], []
        for one in asked:
            colds = []
            for _ in range(3):
                self.forget()
                colds.append(timed(lambda one=one: run(one)))
            cold.append(min(colds))
            warm.append(best(lambda one=one: run(one), 7))
        return spread(cold), spread(warm)

    def upsert(self, numbers: Sequence[int]) -> None:
        touch(self.store, numbers)
        self.index.catch_up()
        self.index.snapshot()


def measure_ours(ours: Ours, docs: Sequence[Doc]) -> Figures:
    """Ours built; speeds are still to come."""
    start = time.process_time()
    seconds = timed(ours.build) / 1_000
    print(file=sys.stderr)
    return Figures(
        build=len(docs) / seconds,
        build_cpu=len(docs) / (time.process_time() - start),
        ratio=ours.index.health().bytes / sum(doc.size for doc in docs),
    )


def measure_rival(rival: Rival, docs: Sequence[Doc]) -> Figures:
    """A rival built; speeds are still to come."""
    print(rival.name, file=sys.stderr)
    start = time.process_time()
    seconds = timed(lambda: rival.build(docs)) / 1_000
    return Figures(
        build=len(docs) / seconds,
        build_cpu=len(docs) / (time.process_time() - start),
        ratio=rival.size() / sum(doc.size for doc in docs),
    )


def measure_speeds(
    ours: Ours,
    cold: Figures,
    warm: Figures,
    rivals: Sequence[tuple[Rival, Figures]],
    asked: dict[str, list[Asked]],
) -> None:
    """All engines on one kind of query after the other, so that each meets the same machine."""
    for kind, some in asked.items():
        cold.speeds[kind], warm.speeds[kind] = ours.times(some, ours.ask)
        for rival, figures in rivals:
            figures.speeds[kind] = _times(rival.ask, some)
    some = asked[NARROWED]
    cold.speeds[PAGE], warm.speeds[PAGE] = ours.times(some, ours.page)
    for rival, figures in rivals:
        figures.speeds[PAGE] = _times(partial(_page, rival, ours.store), some)


def _times(run: Callable[[Asked], object], asked: Sequence[Asked]) -> Times:
    """The best of three calls of each, more where they are quick."""
    found = []
    for one in asked:
        first = timed(lambda one=one: run(one))
        found.append(min(first, best(lambda one=one: run(one), 7 if first < 20 else 2)))
    return spread(found)


def _page(rival: Rival, store: Store, one: Asked) -> None:
    """A page of a rival, told from the same store as ours."""
    _, numbers = rival.ask(one)
    marks = ",".join("?" * len(numbers))
    rows = store.read().execute(
        f"SELECT n, title, url, published, text FROM entry WHERE n IN ({marks})", numbers
    )
    rival.snippets(one, [row["text"] for row in rows])


def measure_upserts(
    ours: Ours, found: Figures, rivals: Sequence[tuple[Rival, Figures]], docs: Sequence[Doc]
) -> None:
    """Fifty entries changed, indexed and open to a search: the median of a few times."""
    found.upsert = median(
        timed(lambda i=i: ours.upsert(range(1 + 50 * i, 51 + 50 * i))) for i in range(7)
    )
    for rival, figures in rivals:
        figures.upsert = median(
            timed(lambda i=i, r=rival: r.upsert(docs[50 * i : 50 * i + 50])) for i in range(3)
        )


def completion(ours: Ours) -> Times:
    """A keystroke's time: completion of every beginning of some things that people type."""
    taxonomy = Taxonomy.load(Path("no overlay"))
    finder = Finder(ours.store, ours.index, taxonomy, lambda: datetime.now(UTC))
    finder.complete("a")
    typed = ["aurora serverless", "lambda", "kubernetes", "redshift ml", "リージョン", "データ共有"]
    return spread(
        [timed(lambda t=t, i=i: finder.complete(t[:i])) for t in typed for i in range(1, len(t))]
    )


def memory(folder: Path, asked: dict[str, list[Asked]]) -> float | None:
    """Megabytes of a process that opened the index and answered every query, above Python's."""
    file = folder / "asked.json"
    file.write_text(json.dumps([asdict(one) for some in asked.values() for one in some]))
    bare = _anonymous("-c", f"{_STATUS}")
    full = _anonymous("-m", "bench.search_measure", str(folder), str(file))
    return None if bare is None or full is None else full - bare


_STATUS = """
for line in open("/proc/self/status"):
    if line.startswith("RssAnon"):
        print(int(line.split()[1]) / 1024)
"""


def _anonymous(*command: str) -> float | None:
    """The memory (MB, files not counted) that a Python process says it holds at its end."""
    root = Path(__file__).parents[1]
    found = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, cwd=root, check=False
    )
    return float(found.stdout.split()[-1]) if found.returncode == 0 and found.stdout else None


def _answer_all(folder: Path, file: Path) -> None:
    asked = [Asked(**one | {"terms": tuple(one["terms"])}) for one in json.loads(file.read_text())]
    index = SearchIndex(folder / "index", Store(folder))
    for one in asked:
        index.matches(one.root, one.query)
    exec(_STATUS)


if __name__ == "__main__":
    _answer_all(Path(sys.argv[1]), Path(sys.argv[2]))
