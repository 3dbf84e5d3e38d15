"""`taxonomy`: the names that the program knows, and those that it should learn."""

import json
from pathlib import Path

import click

from ui.cli.invocation import Invocation, pass_invocation
from ui.cli.progress import progress


@click.group()
def taxonomy() -> None:
    """Areas, services and regions: what is known, what is wrong, what is missing.

    The file taxonomy.toml in the knowledge base's folder is laid over what comes with the
    program; `facts reread` applies a change to the entries that are kept.

    \b
    Example:
      reinvent-kb taxonomy unknown
      reinvent-kb taxonomy check taxonomy.toml
      reinvent-kb taxonomy show ECR
    """


@taxonomy.command("unknown")
@click.option("--limit", default=30, show_default=True, help="At most this many.")
@click.option("--json", "as_json", is_flag=True, help="The names, for machines.")
@pass_invocation
def unknown(invocation: Invocation, limit: int, as_json: bool) -> None:
    """Service-like names that entries use and the taxonomy lacks, the most frequent first.

    \b
    Example:
      reinvent-kb taxonomy unknown --limit 50
    """
    with progress("Reading entries") as tell:
        found = invocation.library.understanding.unknown_names(tell)[:limit]
    if as_json:
        plain = [{"name": u.name, "entries": u.count, "example": u.example, "id": u.id}
                 for u in found]  # fmt: skip
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for name in found:
        click.echo(f"{name.count:>5}  {name.name:<40} {name.id}  {name.example}")
    if not found:
        click.echo("Every service-like name is known.", err=True)


@taxonomy.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@pass_invocation
def check(invocation: Invocation, file: Path | None) -> None:
    """Check a taxonomy file, else the knowledge base's own; the error names the line.

    \b
    Example:
      reinvent-kb taxonomy check my-taxonomy.toml
    """
    from index.errors import ConfigError
    from index.taxonomy import Taxonomy

    overlay = file or invocation.folder / "taxonomy.toml"
    if file and not file.exists():
        raise ConfigError("there is no such file", key=str(file))
    found = Taxonomy.load(overlay)
    over = f" with {overlay}" if overlay.exists() else ""
    click.echo(
        f"{len(found.services)} services, {len(found.areas)} areas, {len(found.regions)} regions, "
        f"{len(found.rules)} rules{over}: nothing wrong"
    )


@taxonomy.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="The service, for machines.")
@pass_invocation
def show(invocation: Invocation, name: str, as_json: bool) -> None:
    """A service by any of its names: area, aliases, former names.

    \b
    Example:
      reinvent-kb taxonomy show "AWS SSO"
    """
    from index.errors import ConfigError

    service = invocation.library.taxonomy.service(name)
    if service is None:
        raise ConfigError(f"no service is called {name!r}; `taxonomy unknown` lists what is new")
    if as_json:
        past = [{"name": f.name, "until": f.until.isoformat()} for f in service.former]
        told = {"name": service.name, "area": service.area, "aliases": service.aliases,
                "part_of": service.part_of or None, "former": past}  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{service.name}  ({service.area})")
    if service.part_of:
        click.echo(f"  part of {service.part_of}")
    for former in service.former:
        click.echo(f"  until {former.until}: {former.name}")
    click.echo(f"  also: {', '.join(service.aliases[1:])}")
