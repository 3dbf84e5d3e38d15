"""`saved`: searches with a name, and what is new in them."""

import click

from index.search.query import Query
from ui.cli.hits import page_text
from ui.cli.invocation import Invocation, pass_invocation


@click.group()
def saved() -> None:
    """Searches with a name: how much is new in each since you last looked.

    \b
    Example:
      reinvent-kb saved add redshift "redshift stage:ga"
      reinvent-kb saved list
      reinvent-kb saved show redshift
    """


@saved.command("add")
@click.argument("name")
@click.argument("words", metavar="QUERY", nargs=-1, required=True)
@pass_invocation
def add(invocation: Invocation, name: str, words: tuple[str, ...]) -> None:
    """Keep QUERY under NAME; what it finds now counts as seen.

    The query may hold filters (area:Security, lang:ja, since:2020-11 …).

    \b
    Example:
      reinvent-kb saved add security "area:Security lang:ja"
    """
    kept = invocation.library.saved.save(name, Query(text=" ".join(words)))
    click.echo(f"{kept.name}: {kept.query.text}")


@saved.command("list")
@pass_invocation
def list_(invocation: Invocation) -> None:
    """Every saved search with the count of new hits.

    \b
    Example:
      reinvent-kb saved list
    """
    found = invocation.library.saved.all()
    for search in found:
        click.echo(f"{search.name}\t{search.new} new\t{search.query.text}")
    if not found:
        click.echo("No search is saved yet; `saved add NAME QUERY` keeps one.", err=True)


@saved.command("show")
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.pass_context
def show(ctx: click.Context, /, name: str, limit: int) -> None:
    """What a saved search finds, the newest first; from now on it counts as seen.

    Exit code 1 when nothing is found.

    \b
    Example:
      reinvent-kb saved show security
    """
    library = ctx.ensure_object(Invocation).library
    search = library.saved.look(name)
    page = library.find(search.newest(limit))
    click.echo(f"{search.name}: {search.new} new since you last looked", err=True)
    if page.notice:
        click.echo(f"Note: {page.notice}.", err=True)
    if not page.total:
        click.echo(f"Nothing was found for {search.query.text}.", err=True)
        ctx.exit(1)
    click.echo(page_text(page, search.query.text))


@saved.command("drop")
@click.argument("name")
@pass_invocation
def drop(invocation: Invocation, name: str) -> None:
    """Forget a saved search.

    \b
    Example:
      reinvent-kb saved drop security
    """
    invocation.library.saved.drop(name)
    click.echo(f"{name} is forgotten", err=True)
