"""Stages and kinds of change against titles labelled by hand.

`bench/labels/changes.tsv` holds addresses and labels only; the titles come from the folder.
Rules were written with the half `tune` in view; goals are judged on the rest.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.goals import at_least
from bench.quality import Part
from bench.quality_areas import Score
from bench.tellings import tellings
from index.address import launch_slug
from index.fact import FactKind, Facts
from index.facts import read_facts
from index.taxonomy import Taxonomy

LABELS = Path(__file__).parent / "labels" / "changes.tsv"
TUNED = "tune"
_SITE = "https://aws.amazon.com"
_FEWEST = 30


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said of one announcement after reading its title and first sentences."""

    half: str
    lang: str
    slug: str
    stages: frozenset[str]
    changes: frozenset[str]


def read_labels(file: Path = LABELS) -> tuple[Label, ...]:
    """The labels in the file's order; "-" stands for none."""
    with file.open(encoding="utf-8") as lines:
        return tuple(_label(row) for row in csv.DictReader(lines, delimiter="\t"))


def _label(row: dict[str, str]) -> Label:
    url = row["url"] if row["url"].startswith("http") else _SITE + row["url"]
    stages, changes = (frozenset(row[key].split(",")) - {"-", ""} for key in ("stage", "changes"))
    return Label(row["half"], row["lang"], launch_slug(url) or "", stages, changes)


def measure(folder: Path) -> Part:
    """Precision and recall of stages and of changes, for the tuned half and for the rest."""
    taxonomy = Taxonomy.load()
    entries = {(t.slug, t.lang): t.entry for t in tellings(folder, taxonomy)}
    pairs = [
        (label, read_facts(entry, taxonomy))
        for label in read_labels()
        if (entry := entries.get((label.slug, label.lang)))
    ]
    tuned = [pair for pair in pairs if pair[0].half == TUNED]
    rest = [pair for pair in pairs if pair[0].half != TUNED]
    lines = ["", f"stage and changes: {len(pairs)} labelled titles found, {len(rest)} kept aside"]
    lines += _table("kept aside", rest) + _table("tuned on", tuned)
    stage, change = (_score(rest, kind) for kind in (FactKind.STAGE, FactKind.CHANGE))
    enough = len(rest) >= _FEWEST
    return Part(
        goals=(
            at_least(
                "stage precision, labels kept aside", stage.precision if enough else None, 0.98
            ),
            at_least("stage recall, labels kept aside", stage.recall if enough else None, 0.95),
            at_least("changes micro-F1, labels kept aside", change.f1 if enough else None, 0.90),
        ),
        figures={"labels_found": len(pairs), "labels_kept_aside": len(rest)},
        lines=tuple(lines),
    )


_Pairs = Sequence[tuple[Label, Facts]]


def _score(pairs: _Pairs, kind: FactKind, value: str = "") -> Score:
    """Right, wrong and missed of one kind, or of one value of it."""
    count: Counter[str] = Counter()
    for label, facts in pairs:
        told = label.stages if kind is FactKind.STAGE else label.changes
        said = set(facts.values(kind))
        if value:
            told, said = told & {value}, said & {value}
        count.update(right=len(said & told), wrong=len(said - told), missed=len(told - said))
    return Score(count["right"], count["wrong"], count["missed"])


def _table(name: str, pairs: _Pairs) -> list[str]:
    lines = []
    for kind, told in (
        (FactKind.STAGE, {s for label, _ in pairs for s in label.stages}),
        (FactKind.CHANGE, {c for label, _ in pairs for c in label.changes}),
    ):
        for value in ("", *sorted(told)):
            score = _score(pairs, kind, value)
            lines.append(
                f"{name:<10} {kind:<6} {value or 'all':<12} P {score.precision:.3f}  "
                f"R {score.recall:.3f}  F1 {score.f1:.3f}  ({score.right + score.missed} labelled)"
            )
    return lines
