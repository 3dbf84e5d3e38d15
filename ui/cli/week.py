"""`week`: the digest of a week or of any other period."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from index.digest import Digest
from index.errors import ConfigError
from index.library import Library
from index.period import Period, parse_period, since, weeks_before
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.output import write_file
from ui.rewriter import smoothed
from ui.wording import day, say

FORMATS = ("text", "md", "html", "json", "atom")
FEED_WEEKS = 8
"""How many digests a feed holds."""


@click.command()
@click.argument("period", metavar="[DATE|YYYY-Www]", default="")
@click.option("--since-session", is_flag=True, help="Everything since the last study session.")
@click.option("--lang", type=click.Choice(["ja", "en"]), help="Language (else config.toml's).")
@click.option("--style", type=click.Choice(["note", "polite"]), help="Japanese summaries' style.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How it is written; atom is a feed of this and the seven before.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write it to a file instead of the screen.",
)
@click.option("--send", type=click.Choice(["smtp", "slack", "teams"]), help="Send it off.")
@pass_invocation
def week(
    invocation: Invocation,
    period: str,
    since_session: bool,
    lang: str | None,
    style: str | None,
    form: str,
    output: Path | None,
    send: str | None,
) -> None:
    """The digest of a period: what AWS announced, by area, the weightiest first.

    DATE stands for its week; also 2020-12 (a month), 2020-12-07..2020-12-11,
    since:2020-12-01, reinvent-2020, last. Without it: this week, or the newest week known.

    \b
    Example:
      reinvent-kb week 2020-W50
      reinvent-kb week 2020-12-09 --format md -o week50.md
    """
    library = invocation.library
    wanted = _period(library, period, since_session)
    tongue = lang or library.config.interface.language
    digest = library.digest(wanted, lang=tongue, style=style)
    digest = smoothed(library, digest, lambda told: click.echo(told, err=True), style or "")
    if digest.empty and send is None:
        click.echo(_nothing(library, digest), err=True)
    if send:
        from ui.sending import send_digest

        click.echo(send_digest(digest, send, library.config), err=True)
        return
    written = _writers(library, tongue, style)[form](digest)
    if output is None:
        click.echo(_painted(written) if form == "text" else written, nl=False)
    else:
        _write(output, written)


def _period(library: Library, text: str, since_session: bool) -> Period:
    now = library.clock()
    if since_session:
        if text:
            raise click.UsageError("--since-session stands without a date")
        return since(_last_session(library), now)
    if text:
        return parse_period(text, now)
    current = parse_period("", now)
    newest = library.newest_week()
    return newest if newest and newest.start < current.start else current


def _last_session(library: Library) -> datetime:
    held = library.last_session()
    if held is None:
        raise ConfigError("no study session has been held yet; `study new` makes one")
    return held


def _writers(library: Library, lang: str, style: str | None) -> dict[str, Callable[[Digest], str]]:
    from ui.atom import atom_feed
    from ui.digest_json import json_digest
    from ui.mail import html_digest
    from ui.markdown import markdown_digest
    from ui.plain import plain_digest

    def feed(digest: Digest) -> str:
        periods = weeks_before(digest.period, FEED_WEEKS - 1)
        former = [library.digest(p, lang=lang, style=style) for p in periods]
        return atom_feed([d for d in (digest, *former) if not d.empty], lang)

    return {
        "text": plain_digest,
        "md": markdown_digest,
        "html": html_digest,
        "json": json_digest,
        "atom": feed,
    }


def _painted(text: str) -> str:
    """The text with its headings bold on a terminal that wants colours."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    lines = text.splitlines(keepends=True)
    return "".join(click.style(x, bold=True) if x.startswith("■") else x for x in lines)


def _nothing(library: Library, digest: Digest) -> str:
    period = digest.period
    start, end = day(period.start.date()), day(period.last_day)
    told = say(digest.lang, "empty", label=period.label, start=start, end=end)
    newest = library.newest_week()
    if newest is None:
        return f"{told} {say(digest.lang, 'empty_all')}"
    return f"{told} {say(digest.lang, 'empty_newest', newest=newest.label)}"


def _write(output: Path, text: str) -> None:
    write_file(output, text)
    click.echo(f"{output}", err=True)
