"""Stories with their addresses hidden, and previews with their releases, against what is known.

English and Japanese tellings of one launch share an address; by titles and days alone they must
find each other again. Successions are judged by `bench/labels/successions.tsv`, pairs that a
person read: addresses and a verdict only.
"""

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.goals import at_least
from bench.quality import Part
from bench.tellings import Telling, tellings
from index.facts import read_facts
from index.stored import Stored
from index.stories import titled
from index.stories.placing import SURE, WINDOW, comparable
from index.stories.title import Title, likeness, vetoed
from index.taxonomy import Taxonomy
from index.timeline import Succession, moment_of, successions

LABELS = Path(__file__).parent / "labels" / "successions.tsv"
_FEWEST = 30
_ALIKE = 0.3


_Told = dict[tuple[str, str], Stored]
"""Tellings by launch and language."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the titles found: pairs (slug of one, slug of the other), and how many should be."""

    pairs: tuple[tuple[str, str], ...]
    wanted: int
    false_alone: float

    @property
    def precision(self) -> float:
        """The share of found pairs that are one launch."""
        return sum(a == b for a, b in self.pairs) / len(self.pairs) if self.pairs else 0.0

    @property
    def recall(self) -> float:
        """The share of launches that found each other."""
        return sum(a == b for a, b in self.pairs) / self.wanted if self.wanted else 0.0


def measure(folder: Path) -> Part:
    """Stories by address and by title, and successions; goals of docs/timelines.md."""
    taxonomy = Taxonomy.load()
    told = tellings(folder, taxonomy)
    stored = {(t.slug, t.lang): _stored(t, n, taxonomy) for n, t in enumerate(told)}
    one, other = _stories(_twins(told), stored, taxonomy), _successions(stored, taxonomy)
    return Part(
        goals=(*one.goals, *other.goals),
        figures={**one.figures, **other.figures},
        lines=(*one.lines, *other.lines),
    )


def _stories(twins: list[str], stored: _Told, taxonomy: Taxonomy) -> Part:
    titles = {key: titled(s, taxonomy) for key, s in stored.items()}
    english = [titles[slug, "en"] for slug in twins]
    japanese = [titles[slug, "ja"] for slug in twins]
    agreeing = sum(
        a.published == b.published or likeness(a, b) >= _ALIKE
        for a, b in zip(english, japanese, strict=True)
    )
    found = match(english, japanese)
    enough = len(twins) >= _FEWEST
    return Part(
        goals=(
            at_least("stories by address, precision",
                     agreeing / len(twins) if enough else None, 0.995),
            at_least("stories by title, precision", found.precision if enough else None, 0.95),
            at_least("stories by title, recall", found.recall if enough else None, 0.80),
        ),
        figures={"stories": {
            "twins": len(twins), "precision": found.precision, "recall": found.recall,
            "false_where_twin_is_absent": found.false_alone,
        }},
        lines=(
            "",
            f"stories: {len(twins)} launches told in English and Japanese, addresses hidden",
            f"  by title  P {found.precision:.3f}  R {found.recall:.3f}"
            f"  false where the twin is absent {found.false_alone:.3f}",
        ),
    )  # fmt: skip


def _successions(stored: _Told, taxonomy: Taxonomy) -> Part:
    moments = [moment_of([s], taxonomy) for (_, lang), s in stored.items() if lang == "en"]
    ends = [end for end in successions(moments) if end.sure and end.ga]
    right, judged = _judged(ends)
    precision = right / judged if judged >= _FEWEST else None
    return Part(
        goals=(at_least("preview to release, precision", precision, 0.95),),
        figures={"successions": {"sure": len(ends), "judged": judged, "right": right}},
        lines=(f"successions: {len(ends)} sure, {judged} of them judged, {right} right",),
    )


def match(english: Sequence[Title], japanese: Sequence[Title]) -> Found:
    """Mutual best choices at the threshold that placing uses, within its window of days."""
    ordered = sorted(english, key=lambda t: t.published)
    days = [t.published for t in ordered]
    scores: dict[tuple[str, str], float] = {}
    for ja in japanese:
        first = bisect_left(days, ja.published - WINDOW)
        for en in ordered[first : bisect_right(days, ja.published + WINDOW)]:
            if comparable(en, ja) and not vetoed(en, ja):
                scores[en.id, ja.id] = likeness(en, ja)
    best_en: dict[str, tuple[float, str]] = {}
    best_ja: dict[str, tuple[float, str]] = {}
    alone: dict[str, float] = {}
    for (en_id, ja_id), score in scores.items():
        best_en[en_id] = max(best_en.get(en_id, (0.0, "")), (score, ja_id))
        best_ja[ja_id] = max(best_ja.get(ja_id, (0.0, "")), (score, en_id))
        if en_id != ja_id:
            alone[ja_id] = max(alone.get(ja_id, 0.0), score)
    pairs = tuple(
        (en_id, ja_id)
        for ja_id, (score, en_id) in best_ja.items()
        if score >= SURE and best_en[en_id][1] == ja_id
    )
    false = sum(score >= SURE for score in alone.values())
    return Found(pairs, len(japanese), false / (len(japanese) or 1))


def _twins(told: Sequence[Telling]) -> list[str]:
    languages: dict[str, set[str]] = {}
    for telling in told:
        languages.setdefault(telling.slug, set()).add(telling.lang)
    return [slug for slug, langs in languages.items() if {"en", "ja"} <= langs]


def _stored(telling: Telling, n: int, taxonomy: Taxonomy) -> Stored:
    """The telling as the shelf would give it; its slug is its id."""
    entry = telling.entry
    return Stored(
        n=n,
        id=telling.slug,
        entry=entry,
        facts=read_facts(entry, taxonomy),
        story=telling.slug,
        revision=1,
        first_seen=entry.published,
        changed=entry.published,
    )


def _judged(ends: Sequence[Succession]) -> tuple[int, int]:
    with LABELS.open(encoding="utf-8") as lines:
        verdicts = {
            (r["preview"], r["ga"]): r["right"] == "yes"
            for r in csv.DictReader(lines, delimiter="\t")
        }
    known = [
        verdicts[key] for end in ends if end.ga and (key := (end.preview.id, end.ga.id)) in verdicts
    ]
    return sum(known), len(known)
