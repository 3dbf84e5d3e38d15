"""Ours against five other engines: one run, one machine, the same entries.

    ./run bench search [--entries 5000] [--data FOLDER] [--engines fts5,tantivy] [--json FILE]

Entries are recombined from the real text of FOLDER (else of the sample pack). Every engine gets
the same terms and queries; times are milliseconds, median and 95th percentile over the queries
of a kind, each query the best of a few calls, since a machine may be busy with other things.
Ours is timed cold (its cache emptied before each call) and warm; the others have no cache but
the system's. Rivals are stock Whoosh, SQLite FTS5, tantivy, and, where Debian's python3-xapian
and groonga-bin are installed, Xapian and Groonga.
"""

import argparse
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.goals import Goal, at_least, at_most, report
from bench.rivals import RIVALS
from bench.search_material import questions, real_entries, recombined
from bench.search_measure import (
    NARROWED,
    PAGE,
    Figures,
    Ours,
    Times,
    completion,
    measure_ours,
    measure_rival,
    measure_speeds,
    measure_upserts,
    memory,
)


@dataclass(frozen=True, slots=True)
class Target:
    """The figures that ours should reach at a size."""

    build: float
    ratio: float
    memory: float
    upsert: float
    cold: Times
    warm: Times


TARGETS = {
    5_000: Target(400, 2.0, 40, 250, (2, 8), (1, 2)),
    25_000: Target(400, 1.9, 60, 350, (4, 15), (1, 2)),
    100_000: Target(350, 1.7, 150, 600, (10, 50), (2, 4)),
}


def goals(
    entries: int, figures: dict[str, Figures], used: float | None, typed: Times
) -> list[Goal]:
    """The goals of this size (the nearest that has targets), those against rivals included."""
    target = TARGETS[min(TARGETS, key=lambda size: abs(size - entries))]
    cold, warm = figures["ours cold"], figures["ours warm"]
    (c50, c95), (w50, w95) = cold.speeds[NARROWED], warm.speeds[NARROWED]
    found = [
        at_least("build, entries/s", cold.build, target.build),
        at_least("build, entries/s (stretch)", cold.build, 1_500),
        at_most("index bytes per source byte", cold.ratio, target.ratio),
        at_most("memory above Python, MB", used, target.memory),
        at_most("upsert of 50, ms", cold.upsert, target.upsert),
        at_most("filters and facets cold p50, ms", c50, target.cold[0]),
        at_most("filters and facets cold p95, ms", c95, target.cold[1]),
        at_most("filters and facets warm p50, ms", w50, target.warm[0]),
        at_most("filters and facets warm p95, ms", w95, target.warm[1]),
        at_most("completion p95, ms", typed[1], 20),
    ]
    if entries < min(size for size in TARGETS if size > 5_000):
        return found  # few entries take any engine no time: ratios are goals from 25,000 on
    for name, factors in (("tantivy", (0.5, 1.5)), ("FTS5", (0.1, None))):
        theirs = figures[name].speeds[NARROWED][0] if name in figures else None
        for ours, factor, words in ((w50, factors[0], "warm"), (c50, factors[1], "cold")):
            if factor is not None:
                ratio = ours / theirs if theirs else None
                found.append(at_most(f"filters and facets {words} / {name}", ratio, factor))
    theirs = figures["tantivy"].speeds[PAGE][0] if "tantivy" in figures else None
    page = warm.speeds[PAGE][0] / theirs if theirs else None
    return [*found, at_most("page with snippets warm / tantivy", page, 1)]


def table(figures: dict[str, Figures]) -> str:
    """The figures, a column for each engine; in brackets how many times ours warm it takes."""
    names = list(figures)
    lines = [f"{'':26}" + "".join(f"{name:>22}" for name in names)]
    rows: list[tuple[str, list[str]]] = [
        ("build, entries/s", [f"{figures[n].build:.0f}" for n in names]),
        ("build, entries/s of CPU", [f"{figures[n].build_cpu:.0f}" for n in names]),
        ("index / source bytes", [f"{figures[n].ratio:.2f}" for n in names]),
        ("upsert of 50, ms", [f"{figures[n].upsert or 0:.0f}" for n in names]),
    ]
    base = figures["ours warm"]
    for kind in base.speeds:
        cells = []
        for name in names:
            p50, p95 = figures[name].speeds[kind]
            cells.append(f"{p50:.2f}/{p95:.2f} ({p50 / base.speeds[kind][0]:.1f}x)")
        rows.append((f"{kind}, ms", cells))
    lines += [f"{row:26}" + "".join(f"{cell:>22}" for cell in cells) for row, cells in rows]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Build all engines, ask all queries, print the table and the goals."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=5_000)
    parser.add_argument("--data", type=Path, help="a folder in the layout of the captures")
    parser.add_argument("--engines", default=",".join(RIVALS), help="rivals, with commas")
    parser.add_argument("--json", type=Path, help="write goals and figures to this file")
    options = parser.parse_args(argv)
    docs = recombined(real_entries(options.data), options.entries)
    asked = questions(docs)
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        ours = Ours(folder / "kb", docs)
        cold = measure_ours(ours, docs)
        warm = replace(cold, speeds={})
        rivals = []
        for name in filter(None, options.engines.split(",")):
            try:
                rival = RIVALS[name](folder / name)
            except ImportError as error:
                print(f"{name} is not installed: {error}", file=sys.stderr)
                continue
            rivals.append((rival, measure_rival(rival, docs)))
        measure_speeds(ours, cold, warm, rivals, asked)
        used, typed = memory(folder / "kb", asked), completion(ours)
        measure_upserts(ours, cold, rivals, docs)
        warm.upsert = cold.upsert
        figures = {"ours cold": cold, "ours warm": warm}
        figures |= {rival.name: found for rival, found in rivals}
    source = sum(doc.size for doc in docs) / len(docs)
    print(f"{len(docs)} entries of {source:.0f} bytes; milliseconds p50/p95 (times ours warm)\n")
    print(table(figures), f"\ncompletion, ms: {typed[0]:.2f}/{typed[1]:.2f}\n", sep="\n")
    told = {name: asdict(found) for name, found in figures.items()}
    return report(
        goals(options.entries, figures, used, typed),
        {"entries": len(docs), "engines": told, "memory": used, "completion": typed},
        options.json,
    )
