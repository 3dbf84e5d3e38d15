"""`vectors`: make what search by meaning needs."""

import time

import click

from index.errors import ConfigError
from index.search.embedding import MISSING
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress


@click.command()
@click.option("--status", is_flag=True, help="Only tell how many there are and how many lack.")
@pass_invocation
def vectors(invocation: Invocation, status: bool) -> None:
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
        raise ConfigError(MISSING)
    if status:
        click.echo(f"{meaning.known():,} vectors, {meaning.waiting():,} entries to read")
        return
    started = time.perf_counter()
    with progress("vectors") as tell:
        made = meaning.catch_up(tell)
    with progress("stories") as tell:
        tied = library.tie_by_meaning(tell)
    seconds = time.perf_counter() - started
    click.echo(f"{made:,} vectors made in {seconds:.0f} s, {meaning.known():,} in all", err=True)
    click.echo(f"{tied:,} entries found their story by meaning", err=True)
