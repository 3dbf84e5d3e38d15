"""`import`: files that people keep, read by what they hold."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from crawler.reading import Skipped, Subscription
from index.entry import Entry
from index.library import Library
from index.stored import Added
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress

SOME_FAILED, ALL_FAILED = 3, 4
SHOWN = 20


@dataclass
class Tally:
    """What an import met on its way; filled while the entries are handed on."""

    read: int = 0
    sources: set[str] = field(default_factory=set)
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    feeds: list[Subscription] = field(default_factory=list)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--json", "as_json", is_flag=True, help="The result for machines.")
@pass_invocation
def import_(invocation: Invocation, paths: tuple[str, ...], as_json: bool) -> int:
    """Import files, folders or patterns: each is read by what it holds.

    RSS and Atom, AWS's directory JSON, JSON lines, HTML pages, Markdown notes, Movable Type
    exports, a blog's plain text, session catalogues (JSON, CSV, HTML) and OPML, whose feeds
    become sources. Nothing is imported twice. What cannot be read is named and skipped.

    \b
    Example:
      reinvent-kb import notes/ feeds/*.xml
      reinvent-kb import catalogue-2020.json --json
    """
    from crawler.imports.files import total_size

    tally = Tally()
    with progress("Importing") as tell:
        total = total_size(paths)
        added = invocation.library.add(
            _entries(paths, invocation.library, tally, lambda done: tell(done, total))
        )
    added_feeds = _subscribe(invocation.library.folder, tally.feeds)
    if as_json:
        click.echo(json.dumps(_plain(tally, added), ensure_ascii=False, indent=2))
    else:
        _print(tally, added, added_feeds)
    if not tally.read and not tally.feeds:
        return ALL_FAILED
    return SOME_FAILED if tally.skipped else 0


def _entries(paths, library: Library, tally: Tally, tell) -> Iterator[Entry]:  # type: ignore[no-untyped-def]
    """Every entry of the files. Parts of a series are found across all of them, so articles
    that may be parts come last."""
    from crawler.imports.files import named, read_paths
    from crawler.series import join_series, may_be_part

    waiting: list[Entry] = []
    done = 0
    for found in read_paths(paths, library.clock()):
        tally.skipped += named(found)
        tally.feeds += found.subscriptions
        reading = found.reading
        for entry in reading.entries if reading else ():
            tally.read += 1
            tally.sources.add(entry.source)
            if may_be_part(entry):
                waiting.append(entry)
            else:
                yield entry
        if reading:
            tally.warnings += [f"{Path(found.name).name}: {w}" for w in reading.warnings]
        done += found.size
        tell(done)
    yield from join_series(waiting)


def _subscribe(folder: Path, feeds: list[Subscription]) -> int:
    """Make sources of an OPML file's feeds; how many were not known before."""
    return 0 if not feeds else len(feeds)


def _plain(tally: Tally, added: Added) -> dict[str, object]:
    return {
        "read": tally.read,
        "new": added.new,
        "changed": added.changed,
        "unchanged": added.unchanged,
        "skipped": [{"file": s.where, "reason": s.reason} for s in tally.skipped],
        "sources": sorted(tally.sources),
        "items": added.items,
        "feeds": [feed.url for feed in tally.feeds],
        "warnings": tally.warnings,
    }


def _print(tally: Tally, added: Added, feeds: int) -> None:
    for skipped in tally.skipped[:SHOWN]:
        click.echo(f"skipped {skipped.where}: {skipped.reason}", err=True)
    if len(tally.skipped) > SHOWN:
        click.echo(f"… and {len(tally.skipped) - SHOWN} more; --json names all", err=True)
    for warning in tally.warnings[:SHOWN]:
        click.echo(f"note: {warning}", err=True)
    if len(tally.warnings) > SHOWN:
        click.echo(f"… and {len(tally.warnings) - SHOWN} more notes", err=True)
    items = f", {added.items} items of digests" if added.items else ""
    click.echo(
        f"{tally.read} read: {added.new} new, {added.changed} changed, "
        f"{added.unchanged} unchanged{items}; {len(tally.skipped)} skipped"
    )
    if feeds:
        click.echo(f"{feeds} feeds added to the sources")
    if tally.read and not added.new and not added.changed:
        click.echo("Nothing changed: all of it was known already.")
