"""Stories with meaning vectors, through the whole program: what `import` and `vectors` tie.

English launches keep their addresses, their Japanese tellings lose theirs and come from another
source. Each half of the launches is put into a knowledge base of its own: once with its twins,
where each Japanese telling should find its own, and once with the Japanese tellings of the other
half, where every tie is false. The threshold was chosen on the half `tune`; the half `test` is
judged. Needs the extra `semantic`.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.goals import Goal, at_least
from bench.quality import Part
from bench.tellings import Telling, tellings
from index.address import launch_slug
from index.entry import Entry
from index.library import Library
from index.search.arrays import Array
from index.search.embedding import Embedder, installed_embedder
from index.search.meaning import Meaning
from index.stories import MeaningTies
from index.taxonomy import Taxonomy

_FEWEST = 30
_SEEN, _JUDGED = "tune", "test"
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Ties:
    """Japanese tellings that were tied: to their twin, to another; how many should be; how
    many of them titles alone had tied."""

    right: int
    wrong: int
    wanted: int
    by_title: int

    @property
    def precision(self) -> float:
        """The share of the ties that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the tellings that found their twin."""
        return self.right / max(1, self.wanted)


def measure(folder: Path) -> Part:
    """Precision and recall with vectors on the half kept aside, false ties without a twin."""
    lines = ["", "stories with vectors, through import and `vectors`"]
    if (installed := installed_embedder()) is None:
        return Part((), {}, (*lines, "  left out: the extra `semantic` is not installed"))
    pairs = _pairs(tellings(folder, Taxonomy.load()))
    halves = {half: [p for p in pairs if half_of(p[0].slug) == half] for half in (_SEEN, _JUDGED)}
    if min(map(len, halves.values())) < _FEWEST:
        return Part((), {}, (*lines, f"  left out: only {len(pairs)} launches in two languages"))
    figures, embedder = {}, Remembering(installed)
    for half, mine in halves.items():
        print(f"stories with vectors: half {half} …", file=sys.stderr)
        others = halves[_SEEN if half == _JUDGED else _JUDGED]
        twins = _tied(embedder, [en for en, _ in mine], [ja for _, ja in mine])
        apart = _tied(embedder, [en for en, _ in mine], [ja for _, ja in others])
        false = apart.wrong / len(others)
        lines.append(
            f"  {half}  P {twins.precision:.3f}  R {twins.recall:.3f}  "
            f"(titles alone R {twins.by_title / twins.wanted:.3f})"
            f"  false where the twin is absent {false:.3f}"
        )
        figures[half] = {"launches": twins.wanted, "precision": twins.precision,
                         "recall": twins.recall, "false_where_twin_is_absent": false}  # fmt: skip
    judged = figures[_JUDGED]
    goals: tuple[Goal, ...] = (
        at_least("stories with vectors, precision", judged["precision"], 0.98),
        at_least("stories with vectors, recall", judged["recall"], 0.95),
    )
    return Part(goals, {"stories_with_vectors": figures}, tuple(lines))


def half_of(slug: str) -> str:
    """The half that a launch belongs to, for good: by its address."""
    return _JUDGED if blake2b(slug.encode(), digest_size=1).digest()[0] % 2 else _SEEN


def _pairs(told: Iterable[Telling]) -> list[tuple[Telling, Telling]]:
    """The launches told in English and in Japanese."""
    known: dict[str, dict[str, Telling]] = {}
    for telling in told:
        known.setdefault(telling.slug, {})[telling.lang] = telling
    return [(both["en"], both["ja"]) for both in known.values() if {"en", "ja"} <= both.keys()]


class Remembering:
    """An embedder that makes the vector of a text once, however many folders ask for it."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.size = embedder.name, embedder.size
        self.queries = embedder.queries
        self._embedder = embedder
        self._known: dict[str, Array] = {}

    def passages(self, texts: Sequence[str]) -> Array:
        """One row for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._embedder.passages(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def _tied(embedder: Embedder, english: list[Telling], japanese: list[Telling]) -> Ties:
    """What a fresh knowledge base ties of these, as `import` and then `vectors` do."""
    with TemporaryDirectory() as folder:
        library = Library(Path(folder))
        told = [t.entry for t in english] + [without_address(t) for t in japanese]
        library.add(told, index=False)
        by_title = _right(library)[0]
        meaning = Meaning(library.folder / "vectors", library.store, embedder)
        meaning.catch_up()
        MeaningTies(library.shelf, library.taxonomy, meaning.among).place()
        right, wrong = _right(library)
        library.store.close()
    return Ties(right, wrong, len(japanese), by_title)


def without_address(telling: Telling) -> Entry:
    """The telling as another site would carry it: no address, no link; its slug as a tag, so
    that the benchmark knows it again."""
    text = _LINK.sub("", telling.entry.text)
    return replace(telling.entry, url=None, source="elsewhere", text=text, tags=(telling.slug,))


def _right(library: Library) -> tuple[int, int]:
    """(Japanese tellings in the story of their twin, those in another's)."""
    right = wrong = 0
    for stored in library.shelf.where("source = 'elsewhere'"):
        others = [s for s in library.story(stored.story) if s.entry.url]
        slugs = {launch_slug(s.entry.url) for s in others}
        right += slugs == {stored.entry.tags[0]}
        wrong += bool(slugs - {stored.entry.tags[0]})
    return right, wrong
