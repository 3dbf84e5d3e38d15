"""`rebuild`: make what can be derived anew; what was fetched is not touched."""

import click

from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress


@click.command()
@click.option("--facts", is_flag=True, help="Read the facts of every entry anew first.")
@pass_invocation
def rebuild(invocation: Invocation, facts: bool) -> None:
    """Make the search index anew from the stored entries.

    \b
    Example:
      reinvent-kb rebuild
      reinvent-kb rebuild --facts     after a change of taxonomy.toml
    """
    library = invocation.library
    if facts:
        with progress("Reading facts") as tell:
            changed = library.understand(tell)
        click.echo(f"{changed} of {library.count()} entries have other facts now")
    with progress("Building the index") as tell:
        library.rebuild(tell)
    click.echo(f"{library.count()} entries indexed")
