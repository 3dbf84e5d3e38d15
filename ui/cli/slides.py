"""`slides`: the deck of a period or of a study session."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.library import Library
from index.meeting import StudySession
from index.period import parse_period
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.output import write_file
from ui.rewriter import smoothed

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
@click.option(
    "--pictures",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="FOLDER",
    help="Where the pictures of notes lie; a session's notes show them.",
)
@pass_invocation
def slides(
    invocation: Invocation,
    what: str,
    output: Path,
    template: Path | None,
    lang: str | None,
    title: str,
    pictures: Path | None,
) -> None:
    """Make slides: editable text, native charts and tables, notes with the full text.

    WEEK is any period that `week` takes; SESSION the number or day of a study session, or
    "last". Without it: the newest week known. The same input gives the same file.

    \b
    Example:
      reinvent-kb slides 2020-W50 -o week50.pptx
      reinvent-kb slides 2020-W50 --template company.potx --lang en -o week50.pptx
      reinvent-kb slides last -o study.pptx
      reinvent-kb slides 2020-W50 -o week50.md
    """
    ending = output.suffix.lower()
    if ending not in (".pptx", ".md"):
        raise click.UsageError(f"{output}: the file must end in .pptx (PowerPoint) or .md (Marp)")
    library = invocation.library
    tongue = lang or library.config.interface.language
    session = _session(library, what)
    if session:
        outline = _of_session(library, session, tongue, title, pictures)
    else:
        outline = _of_period(library, what, tongue, title)
    _write(output, _made(outline, ending, template))


def _session(library: Library, what: str) -> StudySession | None:
    """The study session of that name; a day without a session is its week."""
    if what == "last" or what.isdecimal():
        return library.study.get(what)
    try:
        day = date.fromisoformat(what).isoformat()
    except ValueError:
        return None
    held = any(session.day.isoformat() == day for session in library.study.all())
    return library.study.get(day) if held else None


def _of_session(
    library: Library, session: StudySession, lang: str, title: str, pictures: Path | None
) -> "Outline":
    from ui.decks.gather import chosen_of, timelines_of
    from ui.decks.meeting import outline_of_session

    chosen = chosen_of(library, session, lang, pictures)
    timelines = timelines_of(library, [one.told for one in chosen], lang)
    return outline_of_session(session, chosen, lang, title, timelines)


def _of_period(library: Library, what: str, lang: str, title: str) -> "Outline":
    from ui.decks.gather import timelines_of
    from ui.decks.week import outline_of_digest

    newest = library.newest_week()
    period = parse_period(what, library.clock()) if what or not newest else newest
    digest = library.digest(period, lang=lang)
    digest = smoothed(library, digest, lambda told: click.echo(told, err=True), slides=True)
    if digest.empty:
        click.echo(f"nothing was published in {period.label}; the deck says so", err=True)
    return outline_of_digest(digest, lang, title, timelines_of(library, digest.items, lang))


def _made(outline: "Outline", ending: str, template: Path | None) -> bytes:
    if ending == ".md":
        from ui.decks.marp import marp

        return marp(outline).encode("utf-8")
    from ui.cli.progress import progress
    from ui.decks.powerpoint import powerpoint

    with progress("Slides") as tell:
        return powerpoint(outline, template, tell)


def _write(output: Path, data: bytes) -> None:
    write_file(output, data)
    click.echo(f"{output}", err=True)
