"""`train`: learn areas from the entries that AWS itself tagged."""

import click

from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress


@click.command()
@pass_invocation
def train(invocation: Invocation) -> None:
    """Learn areas from the entries that carry AWS's own tags, then read all facts anew.

    What is learned decides only where neither a tag nor a service's name does. Without
    training the program works by the taxonomy alone.

    \b
    Example:
      reinvent-kb train
    """
    library = invocation.library
    with progress("Learning areas") as tell:
        classifier = library.understanding.learn(tell)
    click.echo(
        f"learned {len(classifier.areas)} areas from {classifier.examples} examples, "
        f"{len(classifier.vocabulary)} features"
    )
    with progress("Reading facts") as tell:
        changed = library.understand(tell)
    click.echo(f"{changed} of {library.count()} entries have other facts now")
