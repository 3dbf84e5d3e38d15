"""`study`: study sessions, from choosing the stories to the report afterwards."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from index.errors import ConfigError
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.study_print import give_text, print_session, session_to_dict

_SESSION = click.option(
    "-s",
    "--session",
    "name",
    default="last",
    show_default=True,
    metavar="SESSION",
    help="Which one: its number or day.",
)


def _one(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every command on one session has."""
    return pass_invocation(_SESSION(command))


@click.group()
def study() -> None:
    """Study sessions: choose stories, order them, comment, present, report.

    \b
    Example:
      reinvent-kb study new 2026-11-30 --since-last
      reinvent-kb study add 3f2a9c41d07e
      reinvent-kb study comment 1 "試してみたい"
      reinvent-kb slides 2026-11-30 -o study.pptx
      reinvent-kb study covered 1 2
      reinvent-kb study report -o report.md
    """


@study.command()
@click.argument("day", metavar="DAY")
@click.option("--since-last", is_flag=True, help="Start with the weightiest news since the last.")
@click.option("--most", default=10, show_default=True, help="How many of them at most.")
@click.option("--title", default="", help="What the session is about.")
@click.option("--no-carry", is_flag=True, help="Leave behind what the last one did not cover.")
@pass_invocation
def new(
    invocation: Invocation, day: str, since_last: bool, most: int, title: str, no_carry: bool
) -> None:
    """Make a session on DAY (2026-11-30); what the last one left uncovered comes along.

    \b
    Example:
      reinvent-kb study new 2026-11-30 --since-last --title "re:Invent 1週目"
    """
    try:
        when = date.fromisoformat(day)
    except ValueError as error:
        raise ConfigError(f"{day!r} is no day; write it like 2026-11-30") from error
    studies = invocation.library.study
    session = studies.new(when, title, since_last=since_last, carry=not no_carry, most=most)
    print_session(session)
    changed = studies.changed()
    if changed:
        click.echo("Changed since presented:", err=True)
        for former, item in changed:
            click.echo(f"  {item.entry.id}  {former.day}  {item.entry.entry.title}", err=True)


@study.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@_one
def add(invocation: Invocation, name: str, ids: tuple[str, ...]) -> None:
    """Choose entries for the session, by the ids that `find` and `week` print.

    \b
    Example:
      reinvent-kb study add 3f2a9c41d07e 8407f8d3ea45
    """
    studies = invocation.library.study
    print_session(studies.add(studies.get(name), ids))


@study.command()
@click.argument("ids", nargs=-1, required=True, metavar="ITEM…")
@_one
def drop(invocation: Invocation, name: str, ids: tuple[str, ...]) -> None:
    """Take items out; ITEM is an id or a place as `study show` prints it.

    \b
    Example:
      reinvent-kb study drop 3
    """
    studies = invocation.library.study
    print_session(studies.drop(studies.get(name), ids))


@study.command()
@click.argument("item", metavar="ITEM")
@click.argument("place", type=click.IntRange(min=1))
@_one
def move(invocation: Invocation, name: str, item: str, place: int) -> None:
    """Put an item at another PLACE, counted from 1.

    \b
    Example:
      reinvent-kb study move 3f2a9c41 1
    """
    studies = invocation.library.study
    print_session(studies.move(studies.get(name), item, place))


@study.command()
@click.argument("item", metavar="ITEM")
@click.option("--off", is_flag=True, help="Let it go again.")
@_one
def pin(invocation: Invocation, name: str, item: str, off: bool) -> None:
    """Hold an item at the top.

    \b
    Example:
      reinvent-kb study pin 4
    """
    studies = invocation.library.study
    print_session(studies.pin(studies.get(name), item, not off))


@study.command()
@click.argument("item", metavar="ITEM")
@click.argument("text", default="-")
@_one
def comment(invocation: Invocation, name: str, item: str, text: str) -> None:
    """Say what the group thinks of an item (感想); without TEXT it is read from the input.

    \b
    Example:
      reinvent-kb study comment 1 "試してみたい"
    """
    studies = invocation.library.study
    words = sys.stdin.read() if text == "-" else text
    print_session(studies.comment(studies.get(name), item, words))


@study.command()
@click.argument("ids", nargs=-1, metavar="[ITEM…]")
@click.option("--all", "every", is_flag=True, help="Everything in the session.")
@click.option("--off", is_flag=True, help="They were not covered after all.")
@_one
def covered(
    invocation: Invocation, name: str, ids: tuple[str, ...], every: bool, off: bool
) -> None:
    """Mark items as presented; the rest is carried over to the next session.

    \b
    Example:
      reinvent-kb study covered 1 2 3
    """
    studies = invocation.library.study
    session = studies.get(name)
    wanted = [item.entry.id for item in session.items] if every else list(ids)
    if not wanted:
        raise click.UsageError("name the items that were covered, or say --all")
    print_session(studies.cover(session, wanted, not off))


@study.command()
@click.argument("name", default="last", metavar="[SESSION]")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@pass_invocation
def show(invocation: Invocation, name: str, as_json: bool) -> None:
    """Show a session: its items in order, comments, what was covered and what changed.

    \b
    Example:
      reinvent-kb study show 2026-11-30
    """
    session = invocation.library.study.get(name)
    if as_json:
        click.echo(json.dumps(session_to_dict(session), ensure_ascii=False, indent=2))
    else:
        print_session(session)


@study.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@pass_invocation
def list_(invocation: Invocation, as_json: bool) -> None:
    """List all sessions, the latest first.

    \b
    Example:
      reinvent-kb study list
    """
    sessions = invocation.library.study.all()
    if as_json:
        click.echo(json.dumps([session_to_dict(s) for s in sessions], ensure_ascii=False, indent=2))
        return
    for session in sessions:
        done = len(session.items) - len(session.left)
        click.echo(
            f"{session.number:>3}  {session.day}  {done}/{len(session.items)}  {session.title}"
        )
    if not sessions:
        click.echo("no study session yet; `study new 2026-11-30 --since-last` makes one", err=True)


@study.command()
@click.argument("name", metavar="SESSION")
@pass_invocation
def remove(invocation: Invocation, name: str) -> None:
    """Forget a session and its comments.

    \b
    Example:
      reinvent-kb study remove 3
    """
    studies = invocation.library.study
    session = studies.get(name)
    studies.remove(session)
    click.echo(f"removed study session {session.number} of {session.day}", err=True)


@study.command()
@click.argument("name", default="last", metavar="[SESSION]")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@pass_invocation
def export(invocation: Invocation, name: str, output: Path | None) -> None:
    """Write a session as Markdown that `study import` takes back.

    \b
    Example:
      reinvent-kb study export 2026-11-30 -o session.md
    """
    from index.study_text import export_session

    give_text(export_session(invocation.library.study.get(name)), output)


@study.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_invocation
def import_(invocation: Invocation, file: Path) -> None:
    """Read a session from Markdown; one of the same day and title is replaced.

    \b
    Example:
      reinvent-kb study import session.md
    """
    studies = invocation.library.study
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot read {file}: {error}") from error
    session, unknown = studies.take(text, file.name)
    print_session(session)
    for title in unknown:
        click.echo(f"{file}: no entry for {title!r}; left out", err=True)


@study.command()
@click.argument("name", default="last", metavar="[SESSION]")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language (else config.toml's).")
@pass_invocation
def report(invocation: Invocation, name: str, output: Path | None, lang: str | None) -> None:
    """Write the session's report, prefilled: 概要, セッション内容, 感想.

    \b
    Example:
      reinvent-kb study report 2026-11-30 -o report.md
    """
    from index.study_text import report_of

    library = invocation.library
    give_text(report_of(library.study.get(name), lang or library.config.interface.language), output)
