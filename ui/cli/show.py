"""`show`: one entry with everything known of it, and why."""

import json
from typing import Any

import click

from index.entry import entry_to_dict
from index.errors import KnowledgeBaseError
from index.fact import Fact
from index.library import Library
from index.stored import Stored
from ui.cli.invocation import Invocation, pass_invocation


@click.command()
@click.argument("entry_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Everything, for machines.")
@pass_invocation
def show(invocation: Invocation, entry_id: str, as_json: bool) -> None:
    """Show an entry: its text, its facts with their evidence, its copies and revisions.

    ID may be shortened to six or more digits.

    \b
    Example:
      reinvent-kb show 3f2a9c41d07e
    """
    library = invocation.library
    stored = library.get(entry_id)
    if stored is None:
        raise KnowledgeBaseError(
            f"no entry {entry_id!r} in {library.folder}; `find` prints the ids of its hits"
        )
    if as_json:
        click.echo(json.dumps(_plain(library, stored), ensure_ascii=False, indent=2))
    else:
        click.echo(_text(library, stored))


def _plain(library: Library, stored: Stored) -> dict[str, Any]:
    entry = entry_to_dict(stored.entry)
    entry.pop("parts")
    copies = [c for c in library.story(stored.story) if c.id != stored.id]
    return {
        "id": stored.id,
        **entry,
        "area": stored.facts.area,
        "services": list(stored.facts.services),
        "stage": stored.facts.stage or None,
        "facts": [_fact(fact) for fact in stored.facts],
        "story": stored.story,
        "copies": [_reference(copy) for copy in copies],
        "possible": [
            {**_reference(p.stored), "why": p.why, "words": list(p.words), "weight": p.weight}
            for p in library.suggestions(stored.id)
        ],
        "part_of": stored.part_of,
        "items": [_reference(item) for item in library.items(stored.id)],
        "revision": stored.revision,
        "first_seen": stored.first_seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "changed": stored.changed.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "revisions": [
            {"revision": r.revision, "seen": r.seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
             "title": r.entry.title}
            for r in library.revisions(stored.id)
        ],
    }  # fmt: skip


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "kind": str(fact.kind),
        "value": fact.value,
        "evidence": str(fact.evidence),
        "words": fact.words,
        "weak": fact.weak,
        "detail": fact.detail,
    }


def _reference(stored: Stored) -> dict[str, Any]:
    entry = stored.entry
    return {
        "id": stored.id,
        "kind": entry.kind,
        "title": entry.title,
        "url": entry.url,
        "lang": entry.lang,
        "source": entry.source,
        "area": stored.facts.area,
        "label": entry.label,
    }


def _text(library: Library, stored: Stored) -> str:
    entry = stored.entry
    lines = [click.style(entry.title, bold=True)]
    lines.append(f"{entry.published:%Y-%m-%d}  {entry.kind}  {entry.source}  {entry.lang}")
    if entry.url:
        lines.append(entry.url)
    if entry.session and entry.session.code:
        lines.append(f"session {entry.session.code}, {entry.session.event} {entry.session.year}")
    if entry.series:
        lines.append(f"part {entry.series.part} of “{entry.series.name}”")
    if entry.label:
        lines.append(f"the author's area: {entry.label}")
    lines.append("")
    lines += [_fact_line(fact) for fact in stored.facts]
    lines += _list("Told also by", [c for c in library.story(stored.story) if c.id != stored.id])
    lines += _list("Possibly beside it", [p.stored for p in library.suggestions(stored.id)])
    lines += _list("Items", list(library.items(stored.id)))
    if stored.revision > 1:
        lines.append(f"changed {stored.changed:%Y-%m-%d %H:%M} UTC, revision {stored.revision}")
    return "\n".join([*lines, "", entry.text or entry.summary])


def _fact_line(fact: Fact) -> str:
    words = f" “{fact.words}”" if fact.words else ""
    doubt = "  (please check)" if fact.weak else ""
    detail = f" ({fact.detail})" if fact.detail else ""
    return f"  {fact.kind:<10} {fact.value}{detail}  - {fact.evidence}{words}{doubt}"


def _list(heading: str, found: list[Stored]) -> list[str]:
    lines = [f"  {s.id}  {s.entry.lang}  {s.entry.title}" for s in found]
    return [heading, *lines] if lines else []
