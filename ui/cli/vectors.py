"""`vectors`: make what search by meaning needs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from index.errors import ConfigError
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.output import say_json
from ui.cli.progress import progress

if TYPE_CHECKING:
    from index.library import Library


@click.command()
@click.option("--status", is_flag=True, help="Only tell how many there are and how many lack.")
@click.option("--json-lines", is_flag=True, help="Progress and result as JSON lines.")
@pass_invocation
def vectors(invocation: Invocation, status: bool, json_lines: bool) -> None:
    """Make the vectors of new and changed entries, for search by meaning across languages.

    Needs the extra `semantic`. May be stopped and run again at any time: it goes on where it
    stopped. `find` and "more like this" use what there is.

    \b
    Example:
      reinvent-kb vectors
    """
    library = invocation.library
    meaning = library.meaning
    if meaning is None:
        from index.search.embedding import MISSING

        raise ConfigError(MISSING)
    if status:
        click.echo(f"{meaning.known():,} vectors, {meaning.waiting():,} entries to read")
        return
    started = time.perf_counter()
    told = _as_lines if json_lines else progress
    with told("vectors") as tell:
        made = meaning.catch_up(tell)
    with told("stories") as tell:
        tied = library.tie_by_meaning(tell)
    if json_lines:
        say_json({"event": "done", "made": made, "known": meaning.known(), "tied": tied})
        return
    seconds = time.perf_counter() - started
    click.echo(f"{made:,} vectors made in {seconds:.0f} s, {meaning.known():,} in all", err=True)
    click.echo(f"{tied:,} entries found their story by meaning", err=True)


def hint_at_vectors(library: "Library") -> None:
    """Tell what search by meaning has not read yet, where it is installed."""
    if library.meaning and (waiting := library.meaning.waiting()):
        click.echo(f"`vectors` lets search by meaning read {waiting:,} more.", err=True)


@contextmanager
def _as_lines(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """Progress as JSON lines, for a program that watches."""
    yield lambda done, total: say_json({"event": label, "done": done, "total": total})
