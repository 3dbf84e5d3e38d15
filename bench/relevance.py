"""Does search find what was asked for? Known items and judged queries, beside other engines.

`./run bench relevance [--data FOLDER] [--json FILE] [--queries FILE] [--without-meaning]`

FOLDER holds whatever `import` reads (default: the captures beside the checkout, else the sample
pack). Each set of questions is told apart by language: mean reciprocal rank, recall at 10 and
nDCG at 10 of ten hits, copies of one story being one hit. Known items: see known_items.py.
Judged queries: judged_queries.toml, whose judgements are addresses; those that FOLDER does not
hold are left out, and with too few left that goal is not measured.
"""

import argparse
import math
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpus import entries as read_entries
from bench.goals import Goal, at_least, report
from bench.known_items import Question, known_items
from bench.relevance_engines import Engine, Fts5, Ours, Tantivy
from index.address import canonical_url, launch_slug
from index.library import Library
from index.stored import Stored

ROOT = Path(__file__).parents[1]
CAPTURES = ROOT.parent / "shared" / "captures"
PLACES = ("whats-new-archive/dirs-*.jsonl", "whats-new-archive/rss-*.jsonl", "feeds/*.xml",
          "feeds/parsed/developersio-ja.jsonl")  # fmt: skip
JUDGED = Path(__file__).parent / "judged_queries.toml"
DEPTH = 10
LEAST_JUDGED = 20  # queries of a language below which nothing is said of it
CROSS = ("ja-to-en", "en-to-ja")


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions, each 0..1."""

    questions: int
    mrr: float
    recall: float
    ndcg: float


def main(argv: list[str] | None = None) -> int:
    options = _options(argv)
    with tempfile.TemporaryDirectory(prefix="relevance-") as folder:
        library = _imported(options.data, Path(folder) / "kb")
        entries = list(library.shelf.where("1"))
        if not entries:
            print(f"nothing in {options.data} can be imported; name another folder with --data",
                  file=sys.stderr)  # fmt: skip
            return 2
        meaning = not options.without_meaning and _with_meaning(library)
        engines = _engines(library, entries, Path(folder), meaning)
        questions = [*known_items(entries, library.taxonomy), *_judged(options.queries, entries)]
        table = {engine.name: _measured(engine, questions) for engine in engines}
    _print(table)
    goals = _goals(table, meaning)
    figures = {
        "entries": len(entries),
        "figures": {name: {f"{k} {lang}": _plain(f) for (k, lang), f in sets.items()}
                    for name, sets in table.items()},
    }  # fmt: skip
    return report(goals, figures, options.json)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench relevance", description=__doc__)
    default = CAPTURES if CAPTURES.is_dir() else ROOT / "data" / "sample"
    parser.add_argument("--data", type=Path, default=default, help="what to import")
    parser.add_argument("--json", type=Path, help="write goals and figures to this file")
    parser.add_argument("--queries", type=Path, default=JUDGED, help="judged queries")
    parser.add_argument("--without-meaning", action="store_true", help="leave the extra out")
    return parser.parse_args(argv)


def _imported(data: Path, folder: Path) -> Library:
    """A knowledge base of what the folder holds: its archives and feeds where it has the layout
    of the captures, else everything."""
    places = [str(data / place) for place in PLACES if list(data.glob(place))]
    library = Library(folder)
    started = time.perf_counter()
    library.add(read_entries(places or [str(data)]))
    say(f"{library.count():,} entries imported in {time.perf_counter() - started:.0f} s")
    return library


def _with_meaning(library: Library) -> bool:
    """Make the vectors of all entries; False without the extra."""
    meaning = library.meaning
    if meaning is None:
        say("the extra `semantic` is not installed: meaning is not measured")
        return False
    started = time.perf_counter()
    made = meaning.catch_up()
    say(f"{made:,} vectors made in {time.perf_counter() - started:.0f} s")
    return True


def _engines(
    library: Library, entries: Sequence[Stored], folder: Path, meaning: bool
) -> list[Engine]:
    story_of = {stored.n: stored.story for stored in entries}
    engines: list[Engine] = [Ours(library, story_of, meaning=False)]
    if meaning:
        engines.append(Ours(library, story_of, meaning=True))
    engines += [Fts5(entries, trigrams=True), Fts5(entries, trigrams=False)]
    try:
        engines += [
            Tantivy(entries, folder / "default", ngrams=False),
            Tantivy(entries, folder / "grams", ngrams=True),
        ]
    except ImportError:
        say("tantivy is not installed (extra `bench`): it is not compared")
    return engines


def _judged(file: Path, entries: Sequence[Stored]) -> Iterable[Question]:
    """The judged queries of which at least one answer is among the entries."""
    stories: dict[str, str] = {}
    for stored in entries:
        if stored.entry.url:
            stories[canonical_url(stored.entry.url)] = stored.story
            if slug := launch_slug(stored.entry.url):
                stories[slug] = stored.story
    for query in tomllib.loads(file.read_text("utf-8")).get("query", []):
        worth: dict[str, int] = {}
        for grade, key in ((1, "related"), (2, "best")):
            for url in query.get(key, []):
                story = stories.get(canonical_url(url)) or stories.get(launch_slug(url) or "")
                if story:
                    worth[story] = max(worth.get(story, 0), grade)
        if worth:
            yield Question("judged", query["lang"], query["text"], tuple(worth.items()))


Sets = dict[tuple[str, str], Figures]


def _measured(engine: Engine, questions: Sequence[Question]) -> Sets:
    """The figures of each set of questions, and of all known items of a language."""
    rows: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    started = time.perf_counter()
    for question in questions:
        row = scored(engine.stories(question.text, question.only, DEPTH), question.answers)
        rows.setdefault((question.kind, question.lang), []).append(row)
        if question.kind not in ("judged", *CROSS):
            rows.setdefault(("known items", question.lang), []).append(row)
    say(f"{engine.name}: {len(questions)} questions in {time.perf_counter() - started:.1f} s")
    return {key: _mean(found) for key, found in rows.items()}


def scored(found: Sequence[str], answers: Sequence[tuple[str, int]]) -> tuple[float, float, float]:
    """(reciprocal rank, recall, nDCG) of the first ten stories found."""
    worth = dict(answers)
    gains = [worth.get(story, 0) for story in found[:DEPTH]]
    first = next((1 / rank for rank, gain in enumerate(gains, 1) if gain), 0.0)
    recall = sum(gain > 0 for gain in gains) / min(len(worth), DEPTH)
    best = _gain(sorted(worth.values(), reverse=True)[:DEPTH])
    return first, recall, _gain(gains) / best


def _gain(gains: Iterable[int]) -> float:
    return sum((2**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _mean(rows: Sequence[tuple[float, float, float]]) -> Figures:
    mrr, recall, ndcg = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return Figures(len(rows), mrr, recall, ndcg)


def _goals(table: dict[str, Sets], meaning: bool) -> list[Goal]:
    """Ahead of every rival on known items and judged queries in both languages; across
    languages, nine of ten in the first ten."""
    ours = table["ours"]
    goals = []
    for kind in ("known items", "judged"):
        for lang in ("en", "ja"):
            own = ours.get((kind, lang))
            enough = own is not None and (kind != "judged" or own.questions >= LEAST_JUDGED)
            for name, sets in table.items():
                if not name.startswith("ours"):
                    goals.append(_ahead(f"{kind} {lang}", name, own if enough else None,
                                        sets.get((kind, lang))))  # fmt: skip
    for kind in CROSS:
        sets = table.get("ours + meaning", {}) if meaning else {}
        across = sets.get((kind, kind[:2]))
        goals.append(at_least(f"{kind} recall@10", across.recall if across else None, 0.9))
    return goals


def _ahead(sets: str, rival: str, own: Figures | None, other: Figures | None) -> Goal:
    name = f"{sets}: nDCG@10 ahead of {rival}"
    if own is None or other is None:
        return Goal(name, "> 0", None, False)
    return Goal(name, "> 0", own.ndcg - other.ndcg, own.ndcg > other.ndcg)


def _print(table: dict[str, Sets]) -> None:
    keys = list(next(iter(table.values())))
    width = max(len(name) for name in table)
    for kind, lang in keys:
        count = table["ours"][kind, lang].questions
        print(f"\n{kind} ({lang}), {count} questions".ljust(width + 4) + "   MRR  recall  nDCG")
        for name, sets in table.items():
            f = sets[kind, lang]
            print(f"  {name.ljust(width)}    {f.mrr:.3f}  {f.recall:.3f}  {f.ndcg:.3f}")
    print()


def _plain(figures: Figures) -> dict[str, Any]:
    return {"questions": figures.questions, "mrr": round(figures.mrr, 4),
            "recall": round(figures.recall, 4), "ndcg": round(figures.ndcg, 4)}  # fmt: skip


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr)
