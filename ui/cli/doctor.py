"""`doctor`: is the knowledge base well, and what is it missing?"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ui.cli.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from index.library import Library
    from index.search.engine import Health
    from ui.source_health import SourceHealth


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_invocation
def doctor(invocation: Invocation, as_json: bool) -> int:
    """Examine the knowledge base: its file, its search index, and every source.

    Exit code 3 when a source, the index or the file needs a look.

    \b
    Example:
      reinvent-kb doctor
      reinvent-kb doctor --json
    """
    from ui.source_health import source_health

    library = invocation.library
    index = library.index.health()
    rows = source_health(library)
    problems = [*_file_problems(library), *_index_problems(index), *_source_problems(rows)]
    if as_json:
        whole = _plain(library, index, rows, problems)
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        _tell(library, index, rows, problems)
    return 3 if problems else 0


def _file_problems(library: "Library") -> list[str]:
    found = [row[0] for row in library.store.read().execute("PRAGMA quick_check")]
    if found == ["ok"]:
        return []
    return [f"the database is damaged ({found[0]}); restore {library.store.path} from a copy"]


def _index_problems(index: "Health") -> list[str]:
    if index.state == "damaged":
        return [
            f"the search index is damaged ({index.message}); `reinvent-kb rebuild` makes it anew"
        ]
    return []


def _source_problems(rows: tuple["SourceHealth", ...]) -> list[str]:
    return [f"{r.source.name}: {r.message}" for r in rows if r.is_trouble]


def _tell(
    library: "Library", index: "Health", rows: tuple["SourceHealth", ...], problems: list[str]
) -> None:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in library.kinds().items())
    click.echo(f"Knowledge base  {library.folder}")
    click.echo(
        f"Entries         {sum(library.kinds().values()):,}" + (f" ({kinds})" if kinds else "")
    )
    behind = (
        f", {index.behind:,} changes behind (caught up at the next search)" if index.behind else ""
    )
    click.echo(f"Search index    {index.state}, {index.documents:,} documents{behind}")
    asked = [r for r in rows if r.state and r.state.checked]
    off = sum(r.word == "off" for r in rows)
    click.echo(f"Sources         {len(rows) - off} on, {off} off, {len(asked)} asked so far")
    for row in asked:
        sign = "!" if row.is_trouble else "·"
        success = f"{row.state.success:%Y-%m-%d}" if row.state and row.state.success else "never"
        new = f"{row.state.new:%Y-%m-%d}" if row.state and row.state.new else "never"
        click.echo(
            f"  {sign} {row.source.name:<40} {row.word:<9} success {success}, new {new}, "
            f"{row.source.cadence}{_covered(row)}"
        )
    if not library.config.collect.contact:
        click.echo(
            "Note: no contact is set; [collect] contact in config.toml tells sources whom to ask."
        )
    _tell_problems(rows, problems)


def _tell_problems(rows: tuple["SourceHealth", ...], problems: list[str]) -> None:
    """What needs a look; sources that fail for one reason (no network) stand in one line."""
    if not problems:
        click.echo("All is well.")
        return
    click.echo(f"{len(problems)} need a look:")
    reasons: dict[str, list[str]] = {}
    for row in rows:
        if row.is_trouble:
            reasons.setdefault(row.message, []).append(row.source.name)
    of_sources = set(_source_problems(rows))
    for problem in problems:
        if problem not in of_sources:
            click.echo(f"  ✗ {problem}")
    for reason, names in reasons.items():
        more = f" and {len(names) - 3} more" if len(names) > 4 else ""
        told = names[:3] if more else names
        click.echo(f"  ✗ {', '.join(told)}{more}: {reason}")


def _covered(row: "SourceHealth") -> str:
    total = sum(c.total for c in row.coverage)
    if not total:
        return ""
    received = sum(min(c.received, c.total) for c in row.coverage)
    return f", coverage {received:,} of {total:,} ({received / total:.1%})"


def _plain(
    library: "Library", index: "Health", rows: tuple["SourceHealth", ...], problems: list[str]
) -> dict[str, Any]:
    return {
        "entries": sum(library.kinds().values()),
        "kinds": library.kinds(),
        "index": asdict(index),
        "sources": [_source(row) for row in rows],
        "problems": problems,
    }


def _source(row: "SourceHealth") -> dict[str, Any]:
    from ui.source_health import iso

    state = row.state
    return {
        "name": row.source.name,
        "state": row.word,
        "last_success": iso(state.success) if state else None,
        "last_new": iso(state.new) if state else None,
        "message": row.message,
        "cadence": row.source.cadence,
        "last_error": state.error if state else "",
        "coverage": [asdict(c) for c in row.coverage],
    }
