"""`timeline`: how a feature or a service went on, and what the timelines say together."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from index.library import Library
from index.timeline import (
    Due,
    Moment,
    Rename,
    Succession,
    Timeline,
    Waiting,
    calendar,
    moment_to_dict,
    timeline_to_dict,
)
from ui.cli.invocation import Invocation, pass_invocation

_STAGE_COLOURS = {"preview": "yellow", "ga": "green", "region": "blue", "end": "red"}


@click.command()
@click.argument("subject", nargs=-1)
@click.option("--regions", is_flag=True, help="The subject's regions, and what opened each.")
@click.option("--previews", is_flag=True, help="Previews that still wait for their release.")
@click.option("--months", type=float, default=6.0, show_default=True, help="Age of a preview.")
@click.option("--deadlines", is_flag=True, help="What ends, the nearest first.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Deadlines from this day on.")
@click.option("--ics", type=click.Path(path_type=Path), help="Also write them as a calendar.")
@click.option("--renames", is_flag=True, help="Renames that texts speak of.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@pass_invocation
def timeline(
    invocation: Invocation,
    subject: tuple[str, ...],
    regions: bool,
    previews: bool,
    months: float,
    deadlines: bool,
    since: datetime | None,
    ics: Path | None,
    renames: bool,
    as_json: bool,
) -> None:
    """Show how a service or feature went on: preview, release, regions, changes, end.

    SUBJECT is a service by any of its names, or the words of a feature. Exit code 1: nothing
    is known of it.

    \b
    Example:
      reinvent-kb timeline "Aurora Serverless v2"
      reinvent-kb timeline redshift --regions
      reinvent-kb timeline --previews --months 12
      reinvent-kb timeline --deadlines --ics deadlines.ics
    """
    library = invocation.library
    if not (subject or previews or deadlines or renames):
        raise click.UsageError("name a service or feature, or --previews, --deadlines, --renames")
    if previews:
        _say(_waiting(library, months), as_json)
    elif deadlines:
        day = since.date() if since else library.clock().date()
        _say(_due(library, day, ics), as_json)
    elif renames:
        _say([(_rename_line(r), _rename_dict(r)) for r in library.almanac.renames()], as_json)
    elif regions:
        _say(_regions(library, " ".join(subject)), as_json)
    else:
        _show(library.almanac.timeline(" ".join(subject)), as_json)


Line = tuple[str, dict[str, Any]]


def _say(lines: list[Line], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([plain for _, plain in lines], ensure_ascii=False, indent=2))
    elif not lines:
        click.echo("Nothing found.", err=True)
    else:
        for text, _ in lines:
            click.echo(text)
    if not lines:
        raise click.exceptions.Exit(1)


def _show(found: Timeline, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(timeline_to_dict(found), ensure_ascii=False, indent=2))
    elif found.moments:
        click.echo(_heading(found))
        ends = {end.preview.id: end for end in found.ends}
        for moment in found.moments:
            click.echo(_moment_line(moment))
            if end := ends.get(moment.id):
                click.echo(_end_line(end))
    else:
        click.echo(f"Nothing tells of {found.subject.name!r}; try `find`.", err=True)
    if not found.moments:
        raise click.exceptions.Exit(1)


def _heading(found: Timeline) -> str:
    formerly = "; ".join(
        f"formerly {name} (until {until})" for name, until in found.subject.formerly
    )
    count = f"{len(found.moments)} stories"
    return (
        click.style(found.subject.name, bold=True)
        + f"  {count}"
        + (f", {formerly}" * bool(formerly))
    )


def _moment_line(moment: Moment) -> str:
    stage = f"[{moment.stage}]" if moment.stage else ""
    badge = click.style(f"{stage:<10}", fg=_STAGE_COLOURS.get(moment.stage))
    changes = f"  ({', '.join(moment.changes)})" if moment.changes else ""
    return f"{moment.when:%Y-%m-%d}  {badge}{moment.id}  {moment.title}{changes}"


def _end_line(end: Succession) -> str:
    if end.ga is None:
        return "            … no general availability known"
    how = "then" if end.sure else "possibly"
    then = f"{how} generally available on {end.ga.when:%Y-%m-%d}"
    return f"            … {then}: preview for {end.months} months"


def _waiting(library: Library, months: float) -> list[Line]:
    def line(item: Waiting) -> Line:
        text = f"{item.months:6.1f} months  {_moment_line(item.preview)}"
        return text, {"months": item.months, **moment_to_dict(item.preview)}

    return [line(item) for item in library.almanac.waiting(library.clock(), months)]


def _due(library: Library, day: date, ics: Path | None) -> list[Line]:
    found = library.almanac.deadlines(day)
    if ics:
        ics.write_bytes(calendar(found, library.clock()).encode())
        click.echo(f"{len(found)} deadlines written to {ics}", err=True)
    return [(_due_line(due), _due_dict(due)) for due in found]


def _due_line(due: Due) -> str:
    return (
        f"{due.day}  {due.what or 'deadline':<18} {due.id}  {due.title}\n            “{due.words}”"
    )


def _due_dict(due: Due) -> dict[str, Any]:
    return {
        "day": due.day.isoformat(),
        "what": due.what,
        "id": due.id,
        "title": due.title,
        "words": due.words,
        "url": due.url,
        "services": list(due.services),
    }


def _regions(library: Library, subject: str) -> list[Line]:
    def line(code: str, moment: Moment) -> Line:
        region = library.taxonomy.region(code)
        name = region.name if region else ""
        text = f"{code:<16} {name:<28} {_moment_line(moment)}"
        return text, {"region": code, "name": name, "since": moment_to_dict(moment)}

    return [line(code, moment) for code, moment in library.almanac.matrix(subject)]


def _rename_line(rename: Rename) -> str:
    note = "" if rename.known else "  (not in the taxonomy)"
    names = f"{rename.old} → {rename.new}{note}"
    return f"{rename.published:%Y-%m-%d}  {names}\n            “{rename.words}”"


def _rename_dict(rename: Rename) -> dict[str, Any]:
    return {
        "old": rename.old,
        "new": rename.new,
        "words": rename.words,
        "id": rename.id,
        "published": rename.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "known": rename.known,
    }
