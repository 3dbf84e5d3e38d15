"""What `fetch` says: a line a source, JSON, or JSON lines; and the exit code that follows."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import click

from crawler.outcome import Kept, Outcome, Parcel, Status
from crawler.sources import Source
from crawler.sweep import Coverage, coverage
from index.entry import entry_to_dict
from index.library import Library
from ui.cli.output import say_json
from ui.cli.progress import progress
from ui.fetching import DryDesk, LibraryDesk

_SIGNS = {
    Status.COLLECTED: ("✓", "green"),
    Status.UNCHANGED: ("·", None),
    Status.FRESH: ("·", None),
    Status.NOT_DUE: ("·", None),
    Status.WAITING: ("…", "yellow"),
    Status.INTERRUPTED: ("!", "yellow"),
}


@dataclass(slots=True)
class Report:
    """One run's telling; `desk` is what the crawler delivers to."""

    library: Library
    sources: tuple[Source, ...]
    as_json: bool
    json_lines: bool
    dry_run: bool
    bar: Any = None
    desk: Any = None
    widest: int = 0
    covered: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def outcomes(self) -> list[Outcome]:
        """How the sources ended so far."""
        found: list[Outcome] = self.desk.outcomes
        return found

    @property
    def kept(self) -> Kept:
        """New, changed and unchanged entries in all."""
        return sum((o.kept for o in self.outcomes), Kept())

    @property
    def has_news(self) -> bool:
        """True when the search index has something to catch up with."""
        return bool(self.kept.new or self.kept.changed)

    @property
    def exit_code(self) -> int:
        """0 when all is well, 3 when a person should look at some sources, 4 at all."""
        asked = [o for o in self.outcomes if not _is_old_news(o)]
        trouble = [o for o in asked if o.is_trouble]
        if not trouble:
            return 0
        return 4 if len(trouble) == len(asked) else 3

    def line(self, outcome: Outcome) -> None:
        """Tell how one source ended, as it ends."""
        if self.json_lines:
            say_json({"event": "source", **_plain(outcome)})
        if self.json_lines or self.as_json or outcome.status is Status.NOT_DUE:
            return
        if self.bar:
            click.echo("\r\x1b[K", err=True, nl=False)  # the bar makes room for the line
        sign, colour = _SIGNS.get(outcome.status, ("✗", "red"))
        if outcome.is_trouble and outcome.status in _SIGNS:
            sign, colour = "!", "yellow"
        kept = outcome.kept
        counts = f"{kept.new:>5} new {kept.changed:>4} changed {outcome.seconds:>6.1f} s"
        text = f"{outcome.source.name:<{self.widest}}  {outcome.status:<11} {counts}"
        if outcome.skipped:
            text += f"  {len(outcome.skipped)} skipped"
        if outcome.message:
            text += f"  {outcome.message}"
        click.secho(f"{sign} ", fg=colour, nl=False, err=self.dry_run)
        click.echo(text, err=self.dry_run)

    def tell(self, source: Source, done: int, total: int | None, note: str) -> None:
        """How far a long walk is."""
        if self.json_lines:
            event = {"event": "progress", "source": source.name, "done": done, "total": total}
            say_json({**event, "note": note})
        elif self.bar:
            self.bar(done, total)

    def show(self, parcel: Parcel) -> None:
        """A dry run's entries."""
        for entry in parcel.entries:
            click.echo(json.dumps(entry_to_dict(entry), ensure_ascii=False))

    def finish(self, *, history: bool) -> None:
        """The summary: counts, what was skipped, what rings, what history covers."""
        if history and not self.dry_run:
            for source in self.sources:
                self.covered[source.name] = coverage_rows(self.library, source)
        if self.json_lines:
            say_json({"event": "done", "exit": self.exit_code, **self._whole()})
        elif self.as_json:
            click.echo(json.dumps(self._whole(), ensure_ascii=False, indent=2))
        else:
            self._summary()

    def _summary(self) -> None:
        for name, rows in self.covered.items():
            _print_coverage(name, rows)
        for outcome in self.outcomes:
            for left in outcome.skipped[:3]:
                click.echo(
                    f"  skipped in {outcome.source.name}: {left.where}: {left.reason}", err=True
                )
        kept, trouble = self.kept, [o for o in self.outcomes if o.is_trouble]
        count = len(self.outcomes)
        text = f"{count} source{'s' * (count != 1)}: {kept.new} new, {kept.changed} changed, "
        text += f"{kept.unchanged} known"
        if idle := sum(o.status is Status.NOT_DUE for o in self.outcomes):
            text += f"; {idle} not due"
        if trouble:
            text += f"; {len(trouble)} need a look: " + ", ".join(
                o.source.name for o in trouble[:8]
            )
            text += " …" if len(trouble) > 8 else ""
        click.echo(text, err=self.dry_run)

    def _whole(self) -> dict[str, Any]:
        kept = self.kept
        whole: dict[str, Any] = {
            "read": sum(o.read for o in self.outcomes),
            "new": kept.new,
            "changed": kept.changed,
            "unchanged": kept.unchanged,
            "skipped": [
                {"file": s.where, "reason": s.reason} for o in self.outcomes for s in o.skipped
            ],
            "sources": [_plain(o) for o in self.outcomes],
        }
        if self.covered:
            whole["coverage"] = self.covered
        return whole


@contextmanager
def report_of(
    library: Library,
    sources: tuple[Source, ...],
    as_json: bool,
    json_lines: bool,
    dry_run: bool,
) -> Iterator[Report]:
    """A report with its desk, and a progress bar on a terminal while it lasts."""
    report = Report(library, sources, as_json, json_lines, dry_run)
    report.widest = max(len(s.name) for s in sources)
    if dry_run:
        report.desk = DryDesk(report.show, report.line)
    else:
        report.desk = LibraryDesk(library, report.line, report.tell)
    if json_lines:
        say_json({"event": "start", "sources": [s.name for s in sources]})
    if sys.stderr.isatty() and any(s.is_history for s in sources) and not json_lines:
        with progress("history") as bar:
            report.bar = bar
            yield report
    else:
        yield report


def coverage_rows(library: Library, source: Source) -> list[dict[str, Any]]:
    """A history's coverage, a row a year: what the source holds, gave, and what is kept."""
    state = library.source_states().get(source.name)
    channel = source.entry_source or (state.channel if state else "")
    kept = library.kept_by_year(channel) if channel else {}
    return [_row(c, kept) for c in coverage(library.slices(source.name))]


def _row(found: Coverage, kept: dict[int, int]) -> dict[str, Any]:
    return {
        "year": found.year,
        "total": found.total,
        "received": found.received,
        "kept": kept.get(found.year, 0) if found.year is not None else None,
        "coverage": round(found.share, 4),
    }


def _print_coverage(name: str, rows: list[dict[str, Any]]) -> None:
    click.echo(f"\n{name}\n  {'year':<8}{'source has':>11}{'received':>10}{'kept':>8}  coverage")
    for row in rows:
        year = row["year"] or "undated"
        kept = "" if row["kept"] is None else f"{row['kept']:,}"
        counts = f"{row['total']:>11,}{row['received']:>10,}{kept:>8}"
        click.echo(f"  {year:<8}{counts}  {row['coverage']:8.1%}")
    total, received = sum(r["total"] for r in rows), sum(r["received"] for r in rows)
    share = min(received / total, 1.0) if total else 1.0
    click.echo(f"  {'all':<8}{total:>11,}{received:>10,}{'':>8}  {share:8.1%}")


def _is_old_news(outcome: Outcome) -> bool:
    """A source that was retired in an earlier run troubles nobody any more."""
    return outcome.status is Status.RETIRED and not outcome.requests


def _plain(outcome: Outcome) -> dict[str, Any]:
    kept = outcome.kept
    return {
        "name": outcome.source.name,
        "status": str(outcome.status),
        "new": kept.new,
        "changed": kept.changed,
        "unchanged": kept.unchanged,
        "skipped": len(outcome.skipped),
        "seconds": round(outcome.seconds, 2),
        "requests": outcome.requests,
        "bytes": outcome.received,
        "message": outcome.message,
        "alarm": outcome.state.alarm,
    }
