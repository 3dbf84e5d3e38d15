"""Other names of what a query names: services, their former names, and words across languages.

Applied when a query is read, never when entries are indexed. A name's key is the row of its
words as the analyser cuts them, so that `Single Sign-On` and `single sign on` are one.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.folding import fold
from index.search.notices import Notice
from index.taxonomy.values import Service, without_vendor
from index.text import is_cjk, raw_words, stem, stream

SAME, TRANSLATED = 0.6, 0.5
_MOST_OTHERS = 4
_LONGEST_NAME = 8
_CHUNK = re.compile(r"[ァ-ヺー]+|[ぁ-ゖ]+|[^ァ-ヺーぁ-ゖ]+")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another name, as the row of terms by which the index holds it, and its weight."""

    terms: Key
    weight: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means besides itself; `notice` tells of a service's former names."""

    others: tuple[Other, ...] = ()
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Glossary:
    """The shipped words: groups of one thing's names, Japanese words with their English, and
    what asks for nothing."""

    groups: tuple[tuple[str, ...], ...]
    japanese: tuple[tuple[str, tuple[str, ...]], ...]
    soft: frozenset[str]
    particles: frozenset[str]


@lru_cache(maxsize=1)
def glossary() -> Glossary:
    """The glossary that comes with the program (glossary.toml)."""
    data = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text("utf-8"))
    soft = data["soft"]
    return Glossary(
        tuple(tuple(group) for group in data["same"]["groups"]),
        tuple((word, tuple(english)) for word, english in data["japanese"].items()),
        frozenset(fold(f"{soft['english']} {soft['japanese']}").split()),
        frozenset(soft["particles"].split()),
    )


class Aliases:
    """All names by their keys. Does not change once made."""

    def __init__(self, services: Iterable[Service], words: Glossary | None = None) -> None:
        self.words = words or glossary()
        self._others: dict[Key, dict[Key, float]] = {}
        self._notices: dict[Key, Notice] = {}
        for group in self.words.groups:
            self._relate(group, group)
        for service in services:
            self._add_service(service)
        for word, english in self.words.japanese:
            self._translate(word, english)
        self._pieces = frozenset(k[0] for k in self._others if len(k) == 1 and is_cjk(k[0]))
        self._longest_piece = max((len(piece) for piece in self._pieces), default=0)

    def longest(self, units: Sequence[str], at: int) -> tuple[int, Meaning]:
        """(units taken, meaning) of the longest name that begins at this unit; (0, …) if none."""
        for end in range(min(len(units), at + _LONGEST_NAME), at, -1):
            key = tuple(units[at:end])
            if key in self._others:
                return end - at, self._meaning(key)
        return 0, Meaning()

    def joins(self, one: str, other: str) -> bool:
        """True when two words written as one are a name (cloud watch: CloudWatch)."""
        return (stem(one + other),) in self._others

    def segments(self, run: str) -> list[tuple[str, ...]]:
        """A folded CJK run as pieces between particles, each as the words it is made of."""
        return [tuple(self._words_of(piece)) for piece in self._between_particles(run)]

    def parts(self, word: str) -> tuple[str, ...]:
        """The words that a CJK compound is made of, known ones first of all: 医療, データ."""
        chunks = _okurigana_joined(_CHUNK.findall(word))
        found = [part for chunk in chunks for part in self._tiles(chunk, word) or [chunk]]
        return tuple(found)

    def _meaning(self, key: Key) -> Meaning:
        others = [Other(terms, weight) for terms, weight in self._others[key].items()]
        return Meaning(tuple(others), self._notices.get(key))

    def _relate(self, names: Iterable[str], others: Iterable[str], weight: float = SAME) -> None:
        """Each name finds the others, but none that merely holds it (`Amazon EC2` for EC2)."""
        rows = [tuple(stream(other)) for other in others]
        for name in names:
            own = key_of(name)
            found = self._others.setdefault(own, {})
            said = tuple(stream(name))
            for row in rows:
                if row and row != said and not _holds(row, said):
                    found[row] = max(weight, found.get(row, 0.0))

    def _translate(self, word: str, english: Sequence[str]) -> None:
        self._relate([word], english[:_MOST_OTHERS], TRANSLATED)
        for name in english:
            known = self._others.get(key_of(name), {})
            if sum(weight == TRANSLATED for weight in known.values()) < _MOST_OTHERS:
                self._relate([name], [word], TRANSLATED)

    def _add_service(self, service: Service) -> None:
        former = [f.name for f in service.former]
        old = [n for n in map(without_vendor, former) if service.bare == "yes" and len(n) > 2]
        names = list(dict.fromkeys([*_same_names(service), *former, *old, *service.japanese]))
        shortest = [n for n in names if not any(_holds_name(n, m) for m in names if m != n)]
        self._relate(names, shortest)
        if former:
            notice = Notice("formerly", service=service.name, former=" and ".join(former[:2]))
            for name in names:
                self._notices[key_of(name)] = notice

    def _between_particles(self, run: str) -> Iterator[str]:
        """The run cut at particles; one that begins or ends it is dropped."""
        chunks = _CHUNK.findall(run)
        if len(chunks) == 1:
            yield run
            return
        piece = ""
        for chunk in chunks:
            if chunk in self.words.particles:
                if piece:
                    yield piece
                piece = ""
            else:
                piece += chunk
        if piece:
            yield piece

    def _words_of(self, piece: str) -> Iterator[str]:
        """The piece cut where its script changes, or where known words fill a stretch whole."""
        if piece in self._pieces or piece in self.words.soft:
            yield piece
            return
        chunks = _okurigana_joined(_CHUNK.findall(piece))
        at = 0
        while at < len(chunks):
            for end in range(len(chunks), at + 1, -1):
                if (joined := "".join(chunks[at:end])) in self._pieces:
                    yield joined
                    at = end
                    break
            else:
                yield from self._tiles(chunks[at]) or [chunks[at]]
                at += 1

    def _tiles(self, chunk: str, whole: str = "") -> list[str]:
        """The fewest known words, other than `whole`, that fill the chunk from end to end."""
        known_pieces = self._pieces - {whole} if whole else self._pieces
        best: list[list[str] | None] = [[]] + [None] * len(chunk)
        for end in range(1, len(chunk) + 1):
            for start in range(max(0, end - self._longest_piece), end):
                before = best[start]
                if before is not None and end - start > 1 and chunk[start:end] in known_pieces:
                    tiled = [*before, chunk[start:end]]
                    known = best[end]
                    if known is None or len(tiled) < len(known):
                        best[end] = tiled
        return best[-1] or []


def key_of(name: str) -> Key:
    """A name's words as query units: stems, and CJK runs whole."""
    return tuple(unit for raw in raw_words(name) for unit in units_of(raw))


def units_of(raw: str) -> list[str]:
    """The units of one raw word: the parts of a compound, or the CJK run itself."""
    return [raw] if is_cjk(raw) else stream(raw)


def _okurigana_joined(chunks: list[str]) -> list[str]:
    """Hiragana goes with the kanji before it (切り, 替え); the glossary joins what it knows."""
    joined: list[str] = []
    for chunk in chunks:
        hiragana = "ぁ" <= chunk[0] <= "ゖ"
        if joined and hiragana and not _katakana(joined[-1]):
            joined[-1] += chunk
        else:
            joined.append(chunk)
    return joined


def _katakana(chunk: str) -> bool:
    return "ァ" <= chunk[-1] <= "ー"


def _same_names(service: Service) -> list[str]:
    """The names in full and short that mean the whole service, not a part of it.

    Of the names in `also` these are abbreviations, what they abbreviate, and shorter forms.
    """
    short = without_vendor(service.name)
    names = [service.name] + ([short] if service.bare == "yes" else [])
    for also in service.also:
        bare = without_vendor(also)
        if _abbreviates(bare, short) or _abbreviates(short, bare) or _holds_name(short, bare):
            names.append(bare)
    return list(dict.fromkeys(names))


def _abbreviates(short: str, name: str) -> bool:
    """True for EC2 and Elastic Compute Cloud, MSK and Managed Streaming for Apache Kafka."""
    words = re.findall(r"[A-Za-z0-9]+", without_vendor(name))
    if not re.fullmatch(r"[A-Z][A-Za-z]?[A-Z0-9]{0,4}", short) or len(words) < 2 or len(short) < 2:
        return False
    letters = re.sub(r"([A-Z])(\d)", lambda m: m[1] * int(m[2]), short).upper()
    initials = iter("".join(w[0] for w in words).upper())
    return words[0][0].upper() == letters[0] and all(c in initials for c in letters)


def _holds_name(name: str, part: str) -> bool:
    return name != part and _holds(tuple(stream(name)), tuple(stream(part)))


def _holds(row: Key, part: Key) -> bool:
    """True when `part` stands in `row` as neighbours."""
    width = len(part)
    return 0 < width < len(row) and any(
        row[i : i + width] == part for i in range(len(row) - width + 1)
    )
