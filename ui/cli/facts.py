"""`facts`: what is known of an entry and why; a person's word overrules it."""

import json

import click

from index.errors import KnowledgeBaseError
from index.fact import Fact, FactKind
from index.stored import Stored
from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress


@click.group()
def facts() -> None:
    """Facts of entries (area, services, stage …) with their evidence, and corrections.

    \b
    Example:
      reinvent-kb facts show 3f2a9c41d07e
      reinvent-kb facts set 3f2a9c41d07e area=Compute
      reinvent-kb facts doubtful
    """


@facts.command("show")
@click.argument("entry_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="The facts, for machines.")
@pass_invocation
def show_facts(invocation: Invocation, entry_id: str, as_json: bool) -> None:
    """Every fact of an entry: its value, what it rests on, and the words that say so.

    \b
    Example:
      reinvent-kb facts show 3f2a9c41d07e --json
    """
    _tell(_stored(invocation, entry_id), as_json)


@facts.command("set")
@click.argument("entry_id", metavar="ID")
@click.argument("said", metavar="KIND=VALUE", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The facts as they are now, for machines.")
@pass_invocation
def set_facts(invocation: Invocation, entry_id: str, said: tuple[str, ...], as_json: bool) -> None:
    """Say what an entry is about; it survives re-import, re-reading and training.

    The values given replace all facts of their kind; KIND=none says that there is none.

    \b
    Example:
      reinvent-kb facts set 3f2a9c41d07e area=Compute service="Amazon ECR"
      reinvent-kb facts set 3f2a9c41d07e stage=none
    """
    from index.facts.corrections import read_correction

    library = invocation.library
    stored = _stored(invocation, entry_id)
    values: dict[FactKind, list[str]] = {}
    for text in said:
        kind, value = read_correction(text, library.taxonomy)
        values.setdefault(kind, []).append(value)
    for kind, given in values.items():
        library.correct(stored.id, kind, given)
    _tell(_stored(invocation, stored.id), as_json)


@facts.command("unset")
@click.argument("entry_id", metavar="ID")
@click.argument("kind", type=click.Choice([str(kind) for kind in FactKind]))
@pass_invocation
def unset_facts(invocation: Invocation, entry_id: str, kind: str) -> None:
    """Take back what was said of one kind: the entry's own words count again.

    \b
    Example:
      reinvent-kb facts unset 3f2a9c41d07e area
    """
    stored = _stored(invocation, entry_id)
    invocation.library.correct(stored.id, FactKind(kind), [])
    _tell(_stored(invocation, stored.id), as_json=False)


@facts.command("reread")
@pass_invocation
def reread_facts(invocation: Invocation) -> None:
    """Read the facts of every entry anew, as after a change of taxonomy.toml.

    \b
    Example:
      reinvent-kb facts reread
    """
    library = invocation.library
    with progress("Reading facts") as tell:
        changed = library.understand(tell)
    click.echo(f"{changed} of {library.count()} entries have other facts now")


@facts.command("doubtful")
@click.option("--limit", default=20, show_default=True, help="At most this many.")
@click.option("--json", "as_json", is_flag=True, help="The entries, for machines.")
@pass_invocation
def doubtful_facts(invocation: Invocation, limit: int, as_json: bool) -> None:
    """Entries whose area rests on weak evidence, the newest first: worth a person's look.

    \b
    Example:
      reinvent-kb facts doubtful --limit 50
    """
    found = invocation.library.understanding.doubtful(limit)
    if as_json:
        plain = [{"id": s.id, "title": s.entry.title, **_plain(s.facts.of(FactKind.AREA)[0])}
                 for s in found]  # fmt: skip
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for stored in found:
        fact = stored.facts.of(FactKind.AREA)[0]
        click.echo(f"{stored.id}  {fact.value:<24} {fact.evidence:<10} {stored.entry.title}")
    if not found:
        click.echo("No area is in doubt.", err=True)


def _stored(invocation: Invocation, entry_id: str) -> Stored:
    stored = invocation.library.get(entry_id)
    if stored is None:
        folder = invocation.library.folder
        raise KnowledgeBaseError(
            f"no entry {entry_id!r} in {folder}; `find` prints the ids of its hits"
        )
    return stored


def _tell(stored: Stored, as_json: bool) -> None:
    if as_json:
        told = {"id": stored.id, "title": stored.entry.title, "label": stored.entry.label,
                "facts": [_plain(fact) for fact in stored.facts]}  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(click.style(stored.entry.title, bold=True))
    if stored.entry.label:
        click.echo(f"the author's area: {stored.entry.label}")
    for fact in stored.facts:
        detail = f" ({fact.detail})" if fact.detail else ""
        words = f" “{fact.words}”" if fact.words else ""
        doubt = "  (please check)" if fact.weak else ""
        click.echo(f"  {fact.kind:<10} {fact.value}{detail}  - {fact.evidence}{words}{doubt}")


def _plain(fact: Fact) -> dict[str, object]:
    return {
        "kind": str(fact.kind),
        "value": fact.value,
        "evidence": str(fact.evidence),
        "words": fact.words,
        "weak": fact.weak,
        "detail": fact.detail,
    }
