"""Areas and services against AWS's own tags, which the program does not see here.

An item with several areas is right with any of them. Tags are read with the filing of their
day (`stood_under` in areas.toml: containers stood under Compute until the end of 2020); the
column "as tagged" counts the tags as they are written. The classifier is learned from the other
years each time: a year is always measured by what was learned without it.
"""

import gc
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.goals import Goal, at_least
from bench.quality import Part
from bench.tellings import Telling, family_name, tellings
from index.entry import Entry
from index.errors import ConfigError
from index.fact import Fact, FactKind
from index.facts import read_facts
from index.facts.classifier import AreaClassifier, Example, learn
from index.facts.lead import Lead
from index.taxonomy import Taxonomy

FEWEST = 20
"""A year and language with fewer tagged items is shown and not judged."""

_Row = tuple[Telling, Fact]


@dataclass(frozen=True, slots=True)
class Score:
    """Right and wrong of one group: counts, not rates."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was said, the part that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what is right, the part that was said."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def measure(folder: Path) -> Part:
    """Area accuracy, macro-F1, services and speed per year and language, with confusions."""
    taxonomy = Taxonomy.load()
    found = tellings(folder, taxonomy)
    rows, plain = _read_areas(found, taxonomy)
    years = sorted({(t.lang, t.year) for t in found})
    table = [_year(lang, year, rows, plain, found, taxonomy) for lang, year in years]
    lines = ["area and services by year (AWS's tags hidden)", _HEAD, *map(_line, table)]
    lines += ["", "worst confusions since 2020", *_confusions(rows)]
    lines += ["", "twenty most doubtful", *_doubtful(rows)]
    return Part(
        goals=(*_goals(table, rows), _speed(found, taxonomy)),
        figures={"areas": [row for row in table if row["tagged"]]},
        lines=tuple(lines),
    )


def _read_areas(found: Sequence[Telling], taxonomy: Taxonomy) -> tuple[list[_Row], dict[str, bool]]:
    """(every tagged telling with its area fact, whether the taxonomy alone was right by id)."""
    tagged = [t for t in found if t.areas]
    examples = [(t.year, e) for t in tagged for e in _examples(t, taxonomy)]
    rows: list[_Row] = []
    plain: dict[str, bool] = {}
    for year in sorted({t.year for t in tagged}):
        classifier = _learn([e for other, e in examples if other != year])
        for telling in (t for t in tagged if t.year == year):
            fact = _area(telling, taxonomy, classifier)
            plain[telling.slug + telling.lang] = (
                _area(telling, taxonomy, None).value in telling.areas
            )
            rows.append((telling, fact))
    return rows, plain


def _area(telling: Telling, taxonomy: Taxonomy, classifier: AreaClassifier | None) -> Fact:
    return read_facts(telling.entry, taxonomy, classifier=classifier).of(FactKind.AREA)[0]


def _examples(telling: Telling, taxonomy: Taxonomy) -> Iterable[Example]:
    lead = Lead(telling.entry)
    text = " ".join([lead.title, *lead.sentences])
    services = tuple(m.service.name for m in taxonomy.services_in(text))
    return (Example(text, services, area) for area in sorted(telling.areas))


def _learn(examples: list[Example]) -> AreaClassifier | None:
    try:
        return learn(examples)
    except ConfigError:
        return None  # a folder of one small year: the taxonomy works alone


def _year(
    lang: str,
    year: int,
    rows: list[_Row],
    plain: dict[str, bool],
    found: Sequence[Telling],
    taxonomy: Taxonomy,
) -> dict[str, Any]:
    mine = [(t, f) for t, f in rows if (t.lang, t.year) == (lang, year)]
    right = sum(f.value in t.areas for t, f in mine)
    alone = sum(plain[t.slug + t.lang] for t, _ in mine)
    as_tagged = sum(f.value in t.written for t, f in mine)
    services = _services([t for t in found if (t.lang, t.year) == (lang, year)], taxonomy)
    return {
        "lang": lang,
        "year": year,
        "items": sum((t.lang, t.year) == (lang, year) for t in found),
        "tagged": len(mine),
        "accuracy": right / len(mine) if mine else None,
        "taxonomy_alone": alone / len(mine) if mine else None,
        "accuracy_as_tagged": as_tagged / len(mine) if mine else None,
        "macro_f1": macro_f1(mine),
        "services": [services.precision, services.recall, services.f1],
        "services_tagged": services.right + services.missed,
    }


def macro_f1(rows: Sequence[_Row], fewest: int = 10) -> float | None:
    """The mean of the areas' F1, areas with fewer items left out; None without any."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for telling, fact in rows:
        if fact.value in telling.areas:
            right[fact.value] += 1
        else:
            wrong[fact.value] += 1
            missed[min(telling.areas)] += 1
    scores = [
        2 * right[a] / (2 * right[a] + wrong[a] + missed[a])
        for a in right | missed
        if right[a] + missed[a] >= fewest
    ]
    return sum(scores) / len(scores) if scores else None


def _services(found: Sequence[Telling], taxonomy: Taxonomy) -> Score:
    """Subject services, tags hidden, of the items that AWS tagged with a product."""
    right = wrong = missed = 0
    for telling in found:
        if not telling.services:
            continue
        said = {family_name(s, taxonomy) for s in read_facts(telling.entry, taxonomy).services}
        right += len(said & telling.services)
        wrong += len(said - telling.services)
        missed += len(telling.services - said)
    return Score(right, wrong, missed)


def _goals(table: list[dict[str, Any]], rows: list[_Row]) -> tuple[Goal, ...]:
    judged = [r for r in table if r["tagged"] >= FEWEST and r["year"] >= 2020]
    every = [r["accuracy"] for r in judged if r["lang"] in ("en", "ja")]
    recent = [(t, f) for t, f in rows if t.year >= 2025 and t.lang == "en"]
    services = [r["services"][2] for r in table
                if r["services_tagged"] >= FEWEST and r["year"] >= 2025]  # fmt: skip
    return (
        at_least("area accuracy en, worst year since 2025", _worst(judged, "en", 2025), 0.92),
        at_least("area accuracy ja, worst year since 2025", _worst(judged, "ja", 2025), 0.91),
        at_least("area accuracy, worst year since 2020", min(every, default=None), 0.90),
        at_least("area macro-F1 en since 2025", macro_f1(recent), 0.90),
        at_least("services F1, worst year since 2025", min(services, default=None), 0.89),
    )


def _worst(judged: list[dict[str, Any]], lang: str, since: int) -> float | None:
    return min(
        (r["accuracy"] for r in judged if r["lang"] == lang and r["year"] >= since), default=None
    )


def _speed(found: Sequence[Telling], taxonomy: Taxonomy) -> Goal:
    some = [t.entry for t in found if t.entry.text][:2000] or [t.entry for t in found][:2000]
    gc.collect()
    gc.freeze()  # what the benchmark itself holds would be walked through again and again
    taken = [_seconds(some, taxonomy) for _ in range(3)]  # the best: others share the machine
    gc.unfreeze()
    rate = len(some) / min(taken) if some else None
    return at_least("facts read, entries a second of processor time", rate, 1000)


def _seconds(entries: Sequence[Entry], taxonomy: Taxonomy) -> float:
    start = time.process_time()
    for entry in entries:
        read_facts(entry, taxonomy)
    return time.process_time() - start


_HEAD = "lang year  items tagged  area (alone)  as tagged  macro-F1  services P    R     F1"


def _line(row: dict[str, Any]) -> str:
    def rate(value: float | None) -> str:
        return "  -  " if value is None else f"{value:.3f}"

    services = [value if row["services_tagged"] else None for value in row["services"]]
    return (
        f"{row['lang']:<4} {row['year']} {row['items']:>6} {row['tagged']:>6}  "
        f"{rate(row['accuracy'])} ({rate(row['taxonomy_alone'])})  "
        f"{rate(row['accuracy_as_tagged'])}      {rate(row['macro_f1'])}     "
        f"{'  '.join(map(rate, services))}"
    )


def _confusions(rows: list[_Row]) -> list[str]:
    wrong = [(t, f) for t, f in rows if t.year >= 2020 and f.value not in t.areas]
    count = Counter((f.value, "/".join(sorted(t.areas))) for t, f in wrong)
    lines = []
    for (said, tagged), number in count.most_common(15):
        example = next(t.entry.title for t, f in reversed(wrong)
                       if (f.value, "/".join(sorted(t.areas))) == (said, tagged))  # fmt: skip
        lines.append(f"{number:>4}  {said} for {tagged}: {example[:80]}")
    return lines


def _doubtful(rows: list[_Row]) -> list[str]:
    """Weak facts: those without any evidence first, then guesses by their margin, then names
    that the classifier doubts; one of each name."""
    weak = {f"{f.value} {f.words}": (t, f) for t, f in rows if f.weak}
    ordered = sorted(weak.values(), key=lambda row: _certainty(row[1]))
    return [f"{f.value} ({f.evidence} {f.words}): {t.entry.title[:90]}" for t, f in ordered[:20]]


def _certainty(fact: Fact) -> float:
    margin = re.fullmatch(r"margin (\d+\.\d+)", fact.words)
    if fact.evidence == "none":
        return 0.0
    return float(margin[1]) if margin else 1.0
