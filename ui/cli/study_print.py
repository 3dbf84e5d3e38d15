"""What the commands of `study` print: a session for people, for machines, and written texts."""

from pathlib import Path
from typing import Any

import click

from index.meeting import StudyItem, StudySession
from ui.cli.output import write_file


def print_session(session: StudySession) -> None:
    """The session with its items in order, a comment below each."""
    done = len(session.items) - len(session.left)
    click.echo(
        f"Study session {session.number}: {session.name} ({session.day}), "
        f"{len(session.items)} items, {done} covered"
    )
    for place, item in enumerate(session.items, 1):
        mark = "x" if item.covered else " "
        said = [
            word
            for word, true in (
                ("pinned", item.pinned),
                (f"carried over from {item.carried}", item.carried is not None),
                ("changed since presented", item.changed),
            )
            if true
        ]
        extra = f"  ({', '.join(said)})" if said else ""
        click.echo(f"{place:>3}. [{mark}] {item.entry.id}  {item.entry.entry.title}{extra}")
        for line in item.comment.splitlines():
            click.echo(f"       {line}")


def session_to_dict(session: StudySession) -> dict[str, Any]:
    """The JSON of `study show --json`; times as ISO 8601 in UTC, null for what is not so."""
    return {
        "number": session.number,
        "day": session.day.isoformat(),
        "title": session.title,
        "items": [_item_to_dict(item) for item in session.items],
    }


def _item_to_dict(item: StudyItem) -> dict[str, Any]:
    entry = item.entry.entry
    return {
        "id": item.entry.id,
        "title": entry.title,
        "url": entry.url,
        "area": item.entry.facts.area,
        "published": entry.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "pinned": item.pinned,
        "comment": item.comment,
        "covered": item.covered.strftime("%Y-%m-%dT%H:%M:%SZ") if item.covered else None,
        "carried": item.carried,
        "changed": item.changed,
    }


def give_text(text: str, output: Path | None) -> None:
    """Write a text to the file, else to standard output; raises ConfigError where it cannot."""
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(output, text)
    click.echo(f"{output}", err=True)
