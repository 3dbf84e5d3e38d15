"""`import`: files that people keep, read by what they hold."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.entry import Entry
from index.stored import Added
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress
from ui.cli.vectors import hint_at_vectors

if TYPE_CHECKING:
    from crawler.imports.files import FileReading
    from crawler.reading import Skipped

SOME_FAILED, ALL_FAILED = 3, 4
SHOWN = 20


@dataclass
class Tally:
    """What an import met on its way; filled while the entries are handed on."""

    read: int = 0
    sources: set[str] = field(default_factory=set)
    skipped: list["Skipped"] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    feeds_added: int = 0
    feeds_known: int = 0


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="The result for machines.")
@pass_invocation
def import_(invocation: Invocation, paths: tuple[str, ...], as_json: bool) -> int:
    """Import files, folders or patterns: each is read by what it holds.

    RSS and Atom, AWS's directory JSON, JSON lines, HTML pages, Markdown notes, Movable Type
    exports, a blog's plain text, session catalogues (JSON, CSV, HTML) and OPML, whose feeds
    become sources. What is known already is not imported twice; what cannot be read is named
    and skipped, and the exit code says so.

    \b
    Example:
      reinvent-kb import notes/ "feeds/*.xml"
      reinvent-kb import catalogue-2020.json --json
    """
    from crawler.imports.files import read_paths, total_size

    library, tally = invocation.library, Tally()
    with progress("Importing") as tell:
        total = total_size(paths)
        files = read_paths(paths, library.clock())
        entries = _entries(files, tally, lambda done: tell(done, total))
        added = library.add(entries, index=False)
    if added.new or added.changed:
        with progress("Indexing") as tell:
            library.catch_up(tell)
    _subscribe(invocation.folder, tally)
    if as_json:
        click.echo(json.dumps(_plain(tally, added), ensure_ascii=False, indent=2))
    else:
        _print(tally, added)
        if added.new or added.changed:
            hint_at_vectors(library)
    if not tally.read and not tally.lists:
        return ALL_FAILED
    return SOME_FAILED if tally.skipped else 0


def _entries(
    files: Iterable["FileReading"], tally: Tally, tell: Callable[[int], None]
) -> Iterator[Entry]:
    """Every entry of the files. The parts of a series are found across all of them, so what
    may be a part comes last."""
    from crawler.imports.files import left_out
    from crawler.series import join_series, may_be_part

    waiting: list[Entry] = []
    done = 0
    for file in files:
        tally.skipped += left_out(file)
        if file.subscriptions:
            tally.lists.append(Path(file.name))
        if file.reading:
            name = Path(file.name).name
            tally.warnings += [f"{name}: {warning}" for warning in file.reading.warnings]
        for entry in file.reading.entries if file.reading else ():
            tally.read += 1
            tally.sources.add(entry.source)
            if may_be_part(entry):
                waiting.append(entry)
            else:
                yield entry
        done += file.size
        tell(done)
    yield from join_series(waiting)


def _subscribe(folder: Path, tally: Tally) -> None:
    """Make sources of the feeds that OPML files list."""
    if not tally.lists:
        return
    from crawler.reading import Skipped
    from ui.subscriptions import add_subscriptions

    for file in tally.lists:
        added, known, refused = add_subscriptions(folder, file)
        tally.feeds_added += added
        tally.feeds_known += known
        tally.skipped += [Skipped(f"{file}: {where}", reason) for where, reason in refused]


def _plain(tally: Tally, added: Added) -> dict[str, object]:
    return {
        "read": tally.read,
        "new": added.new,
        "changed": added.changed,
        "unchanged": added.unchanged,
        "skipped": [{"file": s.where, "reason": s.reason} for s in tally.skipped],
        "sources": sorted(tally.sources),
        "items": added.items,
        "feeds": {"added": tally.feeds_added, "known": tally.feeds_known},
        "warnings": tally.warnings,
    }


def _print(tally: Tally, added: Added) -> None:
    _print_some([f"skipped {s.where}: {s.reason}" for s in tally.skipped])
    _print_some([f"note: {warning}" for warning in tally.warnings])
    items = f", {added.items} items of digests" if added.items else ""
    click.echo(
        f"{tally.read} read: {added.new} new, {added.changed} changed, "
        f"{added.unchanged} unchanged{items}; {len(tally.skipped)} skipped"
    )
    if tally.lists:
        click.echo(f"{tally.feeds_added} feeds added to the sources, {tally.feeds_known} known")
    if tally.read and not added.new and not added.changed:
        click.echo("Nothing changed: all of it was known already.")


def _print_some(lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        click.echo(line, err=True)
    if len(lines) > SHOWN:
        click.echo(f"... and {len(lines) - SHOWN} more; --json names them all", err=True)
