"""`fetch`: collect what is new, or a whole history."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.vectors import hint_at_vectors

if TYPE_CHECKING:
    from crawler.sources import Source
    from crawler.spiders.collector import Errand
    from ui.cli.fetch_report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person asked for."""

    names: tuple[str, ...]
    since: datetime | None
    history: bool
    dry_run: bool
    due: bool
    force: bool
    as_json: bool
    json_lines: bool


def _since(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    from ui.fetching import year_start

    if value is None:
        return None
    found = year_start(value)
    if found is None:
        raise click.BadParameter(f"{value!r} is no year, month or day; say 2004 or 2024-06-01")
    return found


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--history", is_flag=True, help="Sweep the past: directories and blog archives.")
@click.option("--since", metavar="DATE", callback=_since, help="How far back (2004, 2024-06-01).")
@click.option("--due", is_flag=True, help="Only what its next check is due for (for timers).")
@click.option("--force", is_flag=True, help="Ask in full, whatever was said or swept before.")
@click.option("--dry-run", is_flag=True, help="Print the entries as JSON lines; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON value.")
@click.option("--json-lines", is_flag=True, help="Progress and result as JSON lines.")
@pass_invocation
def fetch(invocation: Invocation, /, **asked: Any) -> int:
    """Collect from the sources: all that are enabled, or the named ones.

    A SOURCE is a name, a title, or the beginning of names (whats-new, 'aws-blog-*'). The
    second fetch of an unchanged source costs one small question. Exit code 3 when some
    sources failed or an alarm rings, 4 when all failed.

    \b
    Example:
      reinvent-kb fetch
      reinvent-kb fetch whats-new
      reinvent-kb fetch --history whats-new --since 2004
      reinvent-kb fetch publickey1.jp --dry-run
    """
    from ui.fetching import only_fetch

    wish = Wish(**asked)

    def waiting() -> None:
        click.echo("Another fetch is at work in this knowledge base; waiting for it …", err=True)

    with only_fetch(invocation.folder, waiting, wait=not wish.due) as free:
        if not free:
            click.echo("Another fetch is at work in this knowledge base; nothing to do.", err=True)
            return 0
        return _fetch(invocation, wish)


def _fetch(invocation: Invocation, wish: Wish) -> int:
    from crawler.sources import read_sources
    from ui.cli.fetch_report import report_of

    known = read_sources(invocation.folder)
    chosen = _chosen(known, wish)
    if not chosen:
        click.echo("No source is enabled; `reinvent-kb sources` lists them.", err=True)
        return 0
    library = invocation.library
    if not library.config.collect.contact and not library.source_states():
        click.echo(
            'Sources like to know whom to write to: set contact = "you@example.org" under '
            f"[collect] in {invocation.folder / 'config.toml'}.",
            err=True,
        )
    with report_of(library, chosen, wish.as_json, wish.json_lines, wish.dry_run) as report:
        interrupted = _collect(_errand(invocation, known, chosen, wish, report))
    report.finish(history=wish.history)
    if not wish.dry_run and report.has_news:
        library.index.catch_up()
        if not (wish.as_json or wish.json_lines):
            hint_at_vectors(library)
    if interrupted:
        click.echo("Interrupted; everything reported so far is kept.", err=True)
        return 130
    return report.exit_code


def _collect(errand: "Errand") -> bool:
    from crawler.run import collect

    return collect(errand)


def _chosen(known: tuple["Source", ...], wish: Wish) -> tuple["Source", ...]:
    """The sources that the wish means; history asks only what holds a past."""
    from crawler.sources import choose

    named = choose(known, wish.names) if wish.names else tuple(s for s in known if s.enabled)
    if not wish.history:
        # Named by its own name a directory is asked for its news, too.
        return tuple(s for s in named if not s.is_history or s.name in wish.names)
    by_name = {s.name: s for s in known}
    held = [s for s in named if s.is_history]
    held += [by_name[s.history] for s in named if s.history in by_name]
    unique = tuple({s.name: s for s in held}.values())
    if not unique:
        raise click.UsageError(
            f"{', '.join(s.name for s in named)}: no directory or archive to sweep"
        )
    return unique


def _errand(
    invocation: Invocation,
    known: tuple["Source", ...],
    chosen: tuple["Source", ...],
    wish: Wish,
    report: "Report",
) -> "Errand":
    from crawler.spiders.collector import Errand
    from crawler.wire import Manners
    from ui.fetching import states_of

    library = invocation.library
    collect = library.config.collect
    slices = {s.name: library.slices(s.name) for s in known if s.is_history}
    return Errand(
        sources=chosen,
        desk=report.desk,
        known={s.name: s for s in known},
        states=states_of(library, chosen),
        slices=slices,
        manners=Manners(contact=collect.contact, pace=collect.seconds_per_request),
        since=wish.since,
        history=wish.history,
        due_only=wish.due,
        # Who only looks wants to see what the sources hold, known or not.
        force=wish.force or wish.dry_run,
    )
