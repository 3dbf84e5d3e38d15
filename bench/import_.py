"""`./run bench import [--data FOLDER]`: entries a second and memory of an import, file by file.

--data is a folder in the layout of the captures (its feeds and announcement archives are
imported); without it 7,000 announcements are made up. Reading alone is measured apart from
keeping, facts and index, and a second import must change nothing.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.goals import Goal, at_least, at_most, options, report
from crawler.imports.files import FileReading, left_out, read_paths
from index.entry import Entry
from index.library import Library
from index.stored import Added

MADE_UP = 7_000
_ARCHIVES = ("feeds/*.xml", "whats-new-archive/*.jsonl")
_SERVICES = ("Amazon EC2", "Amazon S3", "AWS Lambda", "Amazon Aurora", "Amazon EKS", "AWS Glue")
_NEWS = ("is available in {n} more regions", "adds a setting for group {n}", "lowers price {n}")


def main(argv: list[str] | None = None) -> int:
    """Measure, print and report; 0 when every goal is met."""
    chosen = options(str(__doc__).partition("\n")[0], argv)
    with tempfile.TemporaryDirectory() as made:
        paths = _archives(chosen.data) if chosen.data else [str(_made_up(Path(made)))]
        readings, seconds, busy = _read(paths)
        files = [_file(reading) for reading in readings]
        for file in files:
            print(
                "{records:>6} records {entries:>6} entries {skipped:>4} skipped  {name}".format(
                    **file
                )
            )
        entries = sum(file["entries"] for file in files)
        del readings
        first, again, kept = _keep(paths, Path(made) / "kb")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"reading {entries / seconds:,.0f} entries/s ({busy:.1f} s of this process, {seconds:.1f} s"
        f" on the clock); reading and keeping {entries / kept:,.0f} entries/s, peak {memory:.0f} MB"
    )
    silent = sum(file["entries"] + file["skipped"] == 0 for file in files)
    goals = _goals(entries, busy, kept, memory, again, silent)
    figures = {"files": files, "new": first.new, "changed": first.changed, "entries": entries}
    return report(goals, figures, chosen.json)


def _goals(
    entries: int, busy: float, kept: float, memory: float, again: Added, silent: int
) -> list[Goal]:
    share = MADE_UP / max(entries, 1)
    return [
        at_most("seconds of processor to read 7,000 entries", busy * share, 10),
        at_most("seconds to import 7,000 entries, facts and index included", kept * share, 90),
        at_least("entries a second", entries / kept, MADE_UP / 90),
        at_most("peak memory in MB", memory, 600),
        at_most("entries that a second import changes", again.new + again.changed, 0),
        at_most("files neither read nor named with a reason", silent, 0),
    ]


def _archives(folder: Path) -> list[str]:
    return [str(folder / pattern) for pattern in _ARCHIVES]


def _read(paths: list[str]) -> tuple[list[FileReading], float, float]:
    """What was read, in how many seconds on the clock and of this process."""
    begun, busy = time.perf_counter(), time.process_time()
    readings = list(read_paths(paths, datetime.now(UTC)))
    return readings, time.perf_counter() - begun, time.process_time() - busy


def _file(file: FileReading) -> dict[str, Any]:
    reading = file.reading
    return {
        "name": Path(file.name).name,
        "form": reading.form if reading else "feeds" if file.subscriptions else "",
        "records": reading.records if reading else len(file.subscriptions),
        "entries": len(reading.entries) if reading else 0,
        "skipped": len(left_out(file)) or (1 if file.subscriptions else 0),
    }


def _keep(paths: list[str], folder: Path) -> tuple[Added, Added, float]:
    """What a first and a second import did, and the seconds of the first."""
    library = Library(folder)
    begun = time.perf_counter()
    first = library.add(_entries(paths))
    seconds = time.perf_counter() - begun
    return first, library.add(_entries(paths)), seconds


def _entries(paths: list[str]) -> Iterator[Entry]:
    for file in read_paths(paths, datetime.now(UTC)):
        yield from file.reading.entries if file.reading else ()


def _made_up(folder: Path) -> Path:
    """A file of announcements that nobody made: so many, and of their usual length."""
    start = datetime(2023, 1, 2, 17, tzinfo=UTC)
    with (path := folder / "made-up.jsonl").open("w", encoding="utf-8") as file:
        for n in range(MADE_UP):
            when, service = start + timedelta(hours=4 * n), _SERVICES[n % len(_SERVICES)]
            title = f"{service} {_NEWS[n % len(_NEWS)].format(n=n)}"
            slug = title.lower().replace(" ", "-")
            record = {
                "title": title,
                "url": f"https://aws.amazon.com/about-aws/whats-new/{when:%Y/%m}/{slug}/",
                "published": f"{when:%Y-%m-%dT%H:%M:%SZ}",
                "body_html": f"<p>Today {title}.</p>" + f"<p>You can use {service} so.</p>" * 12,
            }
            file.write(json.dumps(record) + "\n")
    return path


if __name__ == "__main__":
    sys.exit(main())
