"""`./run bench decks`: how long a deck of ten slides and one of 150 updates take.

The updates are those of the sample pack, repeated until there are enough. Each deck is made
by a process of its own, from the digest to the checked file: loading python-pptx and reading
the fonts are counted, filling the knowledge base is not.
"""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from bench.goals import at_most, options, report
from index.digest import AreaGroup, Digest
from index.library import Library
from index.period import reinvent

# Four updates of one area make ten slides; three weeks of re:Invent make 150 updates.
UPDATES = {"ten_slides": (4, 2.0), "week_of_150_updates": (150, 15.0)}


def main(argv: list[str] | None = None) -> int:
    """Measure, print and report; 0 when every goal is met."""
    if argv and argv[0] == "--one":
        print(json.dumps(_made(int(argv[1]))))
        return 0
    chosen = options(str(__doc__).partition("\n")[0], argv)
    figures: dict[str, Any] = {}
    goals = []
    for name, (updates, most) in UPDATES.items():
        command = [sys.executable, "-m", "bench.decks", "--one", str(updates)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        figures[name] = json.loads(run.stdout)
        print(f"{name}: {figures[name]}")
        goals.append(at_most(f"{name}, seconds", figures[name]["seconds"], most))
    return report(goals, figures, chosen.json)


def _made(updates: int) -> dict[str, float]:
    """Make a deck of so many updates: how long it took, what came of it."""
    digest = _digest(updates)
    start, spent = perf_counter(), process_time()
    from ui.decks.powerpoint import powerpoint
    from ui.decks.week import outline_of_digest

    data = powerpoint(outline_of_digest(digest, "ja"))
    seconds, processor = perf_counter() - start, process_time() - spent
    from io import BytesIO

    from pptx import Presentation

    return {
        "updates": updates,
        "slides": len(Presentation(BytesIO(data)).slides),
        "seconds": round(seconds, 2),
        "processor_seconds": round(processor, 2),
        "bytes": len(data),
    }


def _digest(updates: int) -> Digest:
    """A digest of so many updates, each with a slide of its own."""
    from ui.sample import load_sample

    with TemporaryDirectory() as folder:
        library = Library(Path(folder))
        load_sample(library)
        digest = library.digest(reinvent(2020), lang="ja")
    wanted = islice(cycle(digest.items), updates)
    items = [replace(item, id=f"{n}", pinned=True) for n, item in enumerate(wanted)]
    areas = list(dict.fromkeys(item.area for item in items))
    groups = tuple(AreaGroup(a, tuple(i for i in items if i.area == a)) for a in areas)
    return replace(digest, areas=groups, top=tuple(items[:5]), total=updates, apart=())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
