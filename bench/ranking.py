"""`./run bench ranking [--data FOLDER]`: does our ranking put first what people chose?

Weekly digests that people wrote are read from `digests/*weekly*/*.md` (links to announcements) and
from the notes beside the folder (`../seed/posts`), whose items are matched by story. The
candidates of a week are all announcements of its seven days. Weeks that list nearly all of
them chose nothing and are left out. Weights that were learned are judged only on weeks left
out: for every week they are learned again from the others.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.corpus import announcements, entries, linked_launches
from bench.goals import at_least, options, report
from index.entry import Entry
from index.facts import read_facts
from index.period import Period, week_of
from index.ranking import WEIGHTS, signals
from index.stored import Stored
from index.taxonomy import Taxonomy
from index.telling import merged_facts

MOST_CHOSEN = 0.8
"""A digest that links to more of its candidates than this made no choice."""
# Set by hand: attention is not in these weeks' data, or is what we ask for.
_BY_HAND = ("watch", "keynote", "event", "news-blog", "noted", "at-length", "copies")
_LEARNED = tuple(name for name in WEIGHTS if name not in _BY_HAND)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!.*\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A launch of a week: its signals by name, and whether the person chose it."""

    signals: Mapping[str, float]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A person's week; `name` is the digest's file."""

    name: str
    candidates: tuple[Candidate, ...]

    @property
    def chosen(self) -> int:
        return sum(c.chosen for c in self.candidates)


def main(argv: list[str] | None = None) -> int:
    """Measure, print and report; 0 when the goal is met."""
    chosen = options(str(__doc__).partition("\n")[0], argv)
    weeks = _weeks(chosen.data)
    figures: dict[str, Any] = {"weeks": []}
    for number, week in enumerate(weeks):
        weights = _learned(weeks[:number] + weeks[number + 1 :])
        told = {
            "week": week.name,
            "candidates": len(week.candidates),
            "chosen": week.chosen,
            "left_out": _judged(week, weights),
            "shipped": _judged(week, WEIGHTS),
            "chance": {"auc": 0.5, "p5": week.chosen / len(week.candidates)},
        }
        figures["weeks"].append(told)
        print(
            f"{week.name}: {week.chosen} of {len(week.candidates)}; left out "
            f"AUC {told['left_out']['auc']:.3f}, shipped AUC {told['shipped']['auc']:.3f}, "
            f"P@5 {told['left_out']['p5']:.2f} (chance {told['chance']['p5']:.2f})"
        )
    figures |= _means(figures["weeks"])
    figures["learned"] = {n: round(v, 2) for n, v in _learned(weeks).items() if n in _LEARNED}
    goals = [
        at_least("AUC on weeks left out", figures.get("auc_left_out"), 0.72),
        at_least("P@5 over chance", figures.get("p5_over_chance"), 1.5),
    ]
    return report(goals, figures, chosen.json)


def _weeks(folder: Path | None) -> list[Week]:
    """The weeks in which somebody chose, by name; none without a folder that holds some."""
    if folder is None:
        print("people's digests are needed: name them with --data FOLDER (layout of the captures)")
        return []
    taxonomy = Taxonomy.load()
    try:
        launches = announcements(folder)
    except FileNotFoundError as error:
        print(error)
        return []
    found = [*_linked_weeks(folder, launches, taxonomy), *_noted_weeks(folder, launches)]
    return [w for w in found if 0 < w.chosen <= MOST_CHOSEN * len(w.candidates)]


def _linked_weeks(
    folder: Path, launches: Mapping[str, Mapping[str, Entry]], taxonomy: Taxonomy
) -> list[Week]:
    """Digests that link to what they chose; their day is the last date in the file's name."""
    weeks = []
    for file in sorted((folder / "digests").glob("*weekly*/*.md")):
        day, linked = _DAY.search(file.stem), linked_launches(file.read_text(encoding="utf-8"))
        if not day or not linked:
            continue
        end = datetime.combine(date.fromisoformat(day[1]), datetime.min.time(), UTC)
        period = Period(end - timedelta(days=6), end + timedelta(days=1), file.stem)
        candidates = [
            _candidate([_stored(e, slug, taxonomy) for e in copies.values()], slug in linked)
            for slug, copies in launches.items()
            if min(e.published for e in copies.values()) in period
        ]
        weeks.append(Week(file.stem, tuple(candidates)))
    return weeks


def _noted_weeks(folder: Path, launches: Mapping[str, Mapping[str, Entry]]) -> list[Week]:
    """Digests as notes whose items carry no links: matched to launches by the story rules."""
    from index.library import Library

    weeks = []
    for note in entries([str(folder.parent / "seed" / "posts")]):
        if note.kind != "digest" or not note.parts:
            continue
        period = week_of(note.parts[0].published)
        own = [e for copies in launches.values() for e in copies.values() if e.published in period]
        with tempfile.TemporaryDirectory() as place:
            library = Library(Path(place))
            library.add([*own, note])
            stories: dict[str, list[Stored]] = {}
            for stored in library.published(period.start, period.end):
                if stored.entry.kind == "announcement":
                    stories.setdefault(stored.story, []).append(stored)
        candidates = []
        for members in stories.values():
            own_words = [m for m in members if m.part_of is None]
            if own_words:
                candidates.append(_candidate(own_words, len(own_words) < len(members)))
        weeks.append(Week(note.title, tuple(candidates)))
    return weeks


def _stored(entry: Entry, story: str, taxonomy: Taxonomy) -> Stored:
    when = entry.published
    return Stored(
        n=0,
        id=entry.id,
        entry=entry,
        facts=read_facts(entry, taxonomy),
        story=story,
        revision=1,
        first_seen=when,
        changed=when,
    )


def _candidate(members: Sequence[Stored], chosen: bool) -> Candidate:
    found = signals(members, merged_facts(members))
    return Candidate({n: s.strength for n, s in found.items() if n in WEIGHTS}, chosen)


def _learned(weeks: Sequence[Week]) -> dict[str, float]:
    """Our weights, those that can be learned learned from these weeks; ours where there are
    none. Each week counts alike, however many it has."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = [c for week in weeks for c in week.candidates]
    if len({c.chosen for c in rows}) < 2:
        return dict(WEIGHTS)
    features = np.array([[c.signals.get(n, 0.0) for n in _LEARNED] for c in rows])
    model = LogisticRegression(C=0.3, class_weight="balanced", max_iter=1000)
    model.fit(features, [c.chosen for c in rows])
    return {**WEIGHTS, **dict(zip(_LEARNED, map(float, model.coef_[0]), strict=True))}


def _judged(week: Week, weights: Mapping[str, float]) -> dict[str, float]:
    scored = [
        (sum(weights[n] * s for n, s in c.signals.items()), c.chosen) for c in week.candidates
    ]
    yes = [score for score, chosen in scored if chosen]
    no = [score for score, chosen in scored if not chosen]
    wins = sum((y > n) + 0.5 * (y == n) for y in yes for n in no)
    best = sorted(scored, key=lambda pair: -pair[0])[:5]
    return {
        "auc": wins / (len(yes) * len(no)),
        "p5": sum(chosen for _, chosen in best) / len(best),
    }


def _means(weeks: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    if not weeks:
        return {}
    by = {
        "auc_left_out": [w["left_out"]["auc"] for w in weeks],
        "auc_shipped": [w["shipped"]["auc"] for w in weeks],
        "p5_left_out": [w["left_out"]["p5"] for w in weeks],
        "p5_shipped": [w["shipped"]["p5"] for w in weeks],
        "p5_chance": [w["chance"]["p5"] for w in weeks],
    }
    means = {name: round(sum(values) / len(values), 4) for name, values in by.items()}
    return {**means, "p5_over_chance": round(means["p5_left_out"] / means["p5_chance"], 3)}


if __name__ == "__main__":
    raise SystemExit(main())
