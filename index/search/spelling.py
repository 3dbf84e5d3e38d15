"""Did you mean: words of the knowledge base within one or two slips of what was typed.

A word is suspected when it occurs nowhere, or far less often than a neighbour: typing errors
stand in real announcements too. The neighbour must come from a title or a service's name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from index.search.snapshot import Snapshot
from index.search.terms import frequency, latin_terms
from index.taxonomy import Taxonomy
from index.text import stem

SHORTEST = 4
MUCH_LARGER = 20  # a neighbour so many times as frequent is offered though the word occurs
_TWO_SLIPS = 7  # letters from which two slips are forgiven
_LOOKED_AT = 12  # neighbours whose spelling is compared
_SERVICE_WEIGHT = 3  # a service's name counts as if it stood in so many more titles
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Correction:
    """A better text, and whether some typed word occurs nowhere at all."""

    text: str
    needed: bool


class Speller:
    """Corrects query texts by one state of the index; keeps the words of the latest state."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._names: dict[str, str] = {}
        for service in taxonomy.services:
            for name in service.aliases:
                for raw in re.findall(r"[A-Za-z][A-Za-z0-9]*", name):
                    self._names.setdefault(stem(raw.lower()), raw)
        self._lock = Lock()
        self._known: dict[str, int] = {}
        self._state: object = None

    def correct(
        self,
        snapshot: Snapshot,
        text: str,
        words: Iterable[str],
        titles: Callable[[str], Iterable[str]],
    ) -> Correction | None:
        """The text with its misspelt words replaced, or None where all are well.

        `titles` gives some titles in which a stem stands.
        """
        better, needed = text, False
        for word in dict.fromkeys(words):
            if not self._may_be_misspelt(word):
                continue
            count = frequency(snapshot, stem(word))
            if count > 5 or (count and stem(word) in self._names):
                continue
            other = self._nearest(snapshot, word, count, titles)
            if other:
                better = re.sub(
                    rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", other, better, flags=re.I
                )
                needed = needed or not count
        return Correction(better, needed) if better != text else None

    def _may_be_misspelt(self, word: str) -> bool:
        return len(word) >= SHORTEST and word.isascii() and word.isalpha()

    def _nearest(
        self,
        snapshot: Snapshot,
        word: str,
        count: int,
        titles: Callable[[str], Iterable[str]],
    ) -> str:
        """The word with fewest slips, among those the most frequent one; "" for none."""
        known = self._terms(snapshot)
        most = 2 if len(word) >= _TWO_SLIPS else 1
        near = {t for w in (word, stem(word)) for s in slips(w) if (t := stem(s)) in known}
        if most == 2:
            letters = set(stem(word))
            near |= {
                t
                for t in known
                if t[0] == word[0] and len(letters.symmetric_difference(t)) < 5
                and distance(stem(word), t) <= 2
            }  # fmt: skip
        enough = [t for t in near if t != stem(word) and known[t] >= max(1, MUCH_LARGER * count)]
        enough.sort(key=lambda term: -known[term])
        best, fewest = "", most + 1
        for term in enough[:_LOOKED_AT]:
            forms = [self._names[term]] if term in self._names else []
            for other in [*forms, *_written(term, titles(term))]:
                slipped = distance(word, other.lower())
                if 0 < slipped < fewest:
                    best, fewest = other, slipped
        return best

    def _terms(self, snapshot: Snapshot) -> dict[str, int]:
        """The words of titles and of services, with how often they stand in titles."""
        with self._lock:
            if self._state is not snapshot:
                found = {t: c for t, c in latin_terms(snapshot).items() if len(t) >= 3}
                for name in self._names:
                    # A name that the knowledge base never mentions is no help.
                    if name in found or frequency(snapshot, name):
                        found[name] = found.get(name, 0) + _SERVICE_WEIGHT
                self._known, self._state = found, snapshot
            return self._known


def _written(term: str, titles: Iterable[str]) -> list[str]:
    """The words of these titles that have this stem, the most usual first."""
    words = [w for title in titles for w in _WORD.findall(title) if stem(w.lower()) == term]
    return sorted(set(words), key=lambda word: (-words.count(word), word))


def slips(word: str) -> Iterator[str]:
    """Every string one slip away: a letter lost, doubled or added, swapped, or mistaken."""
    for i in range(len(word) + 1):
        before, after = word[:i], word[i:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def distance(one: str, other: str) -> int:
    """How many slips lead from one word to the other; 3 stands for any number above two."""
    if abs(len(one) - len(other)) > 2:
        return 3
    rows: list[list[int]] = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, rows[-2][j - 2] + 1)
            row.append(least)
        if min(row) > 2:
            return 3
        rows.append(row)
    return min(rows[-1][-1], 3)
