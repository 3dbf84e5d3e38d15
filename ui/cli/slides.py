"""`slides`: the deck of a period or of a study session."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import ConfigError
from index.library import Library
from index.period import parse_period
from ui.cli.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from ui.decks.outline import Outline


@click.command()
@click.argument("what", metavar="[WEEK|SESSION]", default="")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write: .pptx for PowerPoint, .md for Marp.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="T.pptx",
    help="Your own template (.pptx or .potx, no macros); else ours.",
)
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language (else config.toml's).")
@click.option("--title", default="", help="The deck's title (else made from the period).")
@pass_invocation
def slides(
    invocation: Invocation,
    what: str,
    output: Path,
    template: Path | None,
    lang: str | None,
    title: str,
) -> None:
    """Make slides: editable text, native charts and tables, notes with the full text.

    WEEK is any period that `week` takes; SESSION the number or date of a study session.
    Without it: the newest week known. The same input gives the same file.

    \b
    Example:
      reinvent-kb slides 2020-W50 -o week50.pptx
      reinvent-kb slides 2020-W50 --template company.potx --lang en -o week50.pptx
      reinvent-kb slides 2020-W50 -o week50.md
    """
    ending = output.suffix.lower()
    if ending not in (".pptx", ".md"):
        raise click.UsageError(f"{output}: the file must end in .pptx (PowerPoint) or .md (Marp)")
    library = invocation.library
    outline = _outline(library, what, lang or library.config.interface.language, title)
    if ending == ".md":
        from ui.decks.marp import marp

        _write(output, marp(outline).encode("utf-8"))
        return
    from ui.cli.progress import progress
    from ui.decks.powerpoint import powerpoint

    with progress("Slides") as tell:
        data = powerpoint(outline, template, tell)
    _write(output, data)


def _outline(library: Library, what: str, lang: str, title: str) -> "Outline":
    from ui.decks.week import outline_of_digest

    now = library.clock()
    newest = library.newest_week()
    period = parse_period(what, now) if what or not newest else newest
    digest = library.digest(period, lang=lang)
    if digest.empty:
        click.echo(f"nothing was published in {period.label}; the deck says so", err=True)
    return outline_of_digest(digest, lang, title)


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise ConfigError(f"cannot write {output}: {error.strerror}", key="-o") from error
    click.echo(f"{output}", err=True)
