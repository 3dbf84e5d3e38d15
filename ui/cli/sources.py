"""`sources`: what is collected, its health, and how to change the list."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import ConfigError
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.output import write_file

if TYPE_CHECKING:
    from crawler.sources import Source
    from ui.source_health import SourceHealth


@click.group(invoke_without_command=True)
@click.pass_context
def sources(ctx: click.Context) -> None:
    """The sources: list them with their health, add, remove, switch, take over from OPML.

    \b
    Example:
      reinvent-kb sources
      reinvent-kb sources add https://example.hatenablog.com/
      reinvent-kb sources disable 'aws-blog-robotics'
      reinvent-kb sources export -o feeds.opml
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@sources.command("list")
@click.option("--all", "everything", is_flag=True, help="Those switched off as well.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_invocation
def list_(invocation: Invocation, everything: bool = False, as_json: bool = False) -> None:
    """Every source with its health: last success, last new entry, next check, trouble.

    \b
    Example:
      reinvent-kb sources list --all --json
    """
    from ui.source_health import source_health

    rows = source_health(invocation.library)
    shown = [r for r in rows if everything or r.source.enabled]
    if as_json:
        click.echo(json.dumps([_plain(r) for r in shown], ensure_ascii=False, indent=2))
        return
    widest = max((len(r.source.name) for r in shown), default=0)
    for row in shown:
        click.echo(_line(row, widest))
    hidden = len(rows) - len(shown)
    if hidden:
        click.echo(f"{hidden} more are switched off; --all shows them.", err=True)


@sources.command()
@click.argument("url")
@click.option("--name", default="", help="What to call it (else from the address).")
@click.option("--kind", type=click.Choice(["feed", "directory", "archive", "page"]))
@click.option("--title", default="", help="What people call it.")
@click.option("--lang", type=click.Choice(["en", "ja", "ko", "zh"]), help="Its language.")
@click.option("--channel", default="", help="The source that its entries bear.")
@click.option("--entry-kind", default="", help="announcement, blog, session, note, article …")
@click.option("--cadence", type=click.Choice(["hourly", "daily", "weekly", "monthly", "rarely"]))
@click.option("--history", default="", help="The source that fills its holes.")
@click.option("--no-robots", is_flag=True, help="Its owner permits crawling despite robots.txt.")
@pass_invocation
def add(invocation: Invocation, /, url: str, name: str, no_robots: bool, **given: Any) -> None:
    """Add a source by its address; a Hatena blog gets its feed and its archive.

    \b
    Example:
      reinvent-kb sources add https://example.com/blog/feed.xml --cadence weekly
    """
    from ui.subscriptions import add_source

    wanted = {key: value for key, value in given.items() if value}
    if no_robots:
        wanted["obey_robots"] = False
    _check_kind(str(wanted.get("entry_kind", "")))
    for source in add_source(invocation.folder, url, name, **wanted):
        click.echo(f"added {source.name} ({source.kind}): {source.url}")


@sources.command()
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@pass_invocation
def remove(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Remove sources from the list; their entries stay.

    \b
    Example:
      reinvent-kb sources remove example.com
    """
    from crawler.source_file import drop_sources
    from index.source_shelf import forget_source

    found = _chosen(invocation, names)
    drop_sources(invocation.folder, [s.name for s in found])
    for source in found:
        forget_source(invocation.library.store, source.name)
        click.echo(f"removed {source.name}")


@sources.command()
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@pass_invocation
def enable(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Switch sources on; one that was stopped, retired or rings is trusted again.

    \b
    Example:
      reinvent-kb sources enable 'doc-history-*'
    """
    from ui.source_health import trusted_again

    found = _switch(invocation, names, on=True)
    library = invocation.library
    states = library.source_states()
    library.keep_source_states([trusted_again(states[s.name]) for s in found if s.name in states])


@sources.command()
@click.argument("names", metavar="SOURCE...", nargs=-1, required=True)
@pass_invocation
def disable(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Switch sources off; their entries stay.

    \b
    Example:
      reinvent-kb sources disable aws-blog-robotics
    """
    _switch(invocation, names, on=False)


@sources.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@pass_invocation
def export(invocation: Invocation, output: Path | None) -> None:
    """Write the feeds as OPML, for any feed reader.

    \b
    Example:
      reinvent-kb sources export -o feeds.opml
    """
    from crawler.opml_out import write_opml
    from crawler.sources import read_sources

    feeds = [s for s in read_sources(invocation.folder) if s.kind == "feed"]
    text = write_opml(feeds)
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(output, text)
    click.echo(f"{len(feeds)} feeds written to {output}", err=True)


@sources.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@pass_invocation
def import_(invocation: Invocation, files: tuple[Path, ...]) -> int:
    """Add the feeds of OPML files, well-formed or not; known addresses are left as they are.

    \b
    Example:
      reinvent-kb sources import feeds.opml
    """
    from ui.subscriptions import add_subscriptions

    code = 0
    for file in files:
        added, known, refused = add_subscriptions(invocation.folder, file)
        click.echo(f"{file.name}: {added} added, {known} known already")
        for where, reason in refused:
            click.echo(f"  skipped {where}: {reason}", err=True)
            code = 3
    return code


def _chosen(invocation: Invocation, names: tuple[str, ...]) -> tuple["Source", ...]:
    from crawler.sources import choose, read_sources

    return choose(read_sources(invocation.folder), names)


def _switch(invocation: Invocation, names: tuple[str, ...], *, on: bool) -> tuple["Source", ...]:
    from crawler.source_file import change_sources

    found = _chosen(invocation, names)
    change_sources(invocation.folder, [s.name for s in found], {"enabled": on})
    for source in found:
        click.echo(f"{'enabled' if on else 'disabled'} {source.name}")
    return found


def _check_kind(kind: str) -> None:
    from index.entry import KINDS

    if kind and kind not in KINDS:
        raise ConfigError(f"{kind!r} is none of {', '.join(KINDS)}", key="--entry-kind")


def _line(row: "SourceHealth", widest: int) -> str:
    if row.state is None or row.state.checked is None:
        asked = "off" if row.word == "off" else "not asked yet"
        return f"{row.source.name:<{widest}}  {asked:<13} {row.source.kind}"
    last, new = _day(row.state.success), _day(row.state.new)
    text = f"{row.source.name:<{widest}}  {row.word:<13} {row.source.kind:<9} "
    text += f"success {last:<10} new {new:<10} {row.entries:>6,} entries"
    return f"{text}  {row.message}".rstrip()


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}" if when else "never"


def _plain(row: "SourceHealth") -> dict[str, Any]:
    from ui.source_health import iso

    source, state = row.source, row.state
    return {
        "name": source.name,
        "title": source.title,
        "kind": source.kind,
        "url": state.moved_to if state and state.moved_to else source.url,
        "enabled": source.enabled,
        "state": row.word,
        "cadence": source.cadence,
        "entries": row.entries,
        "last_success": iso(state.success) if state else None,
        "last_new": iso(state.new) if state else None,
        "next_check": iso(state.next_check) if state else None,
        "message": row.message,
    }
