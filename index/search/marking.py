"""The words of a query where they stand in a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.search.plain import Plain
from index.search.query import And, Best, Boosted, Near, Node, Or, Phrase, Prefix, Term
from index.search.wording import SOFT
from index.text import WORD_MARK, is_cjk, stem

_MOST = 300  # words of one text

Found = tuple[int, int, str]
"""A word of the query: its start and end, and by what it is told apart from the others."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds a query's words in a text. Made once for a query, used for each hit.

    `anchors` are the beginnings of everything that the pattern matches: looking for them first
    is many times faster than trying the pattern at every character.
    """

    pattern: re.Pattern[str] | None
    anchors: tuple[str, ...]
    stems: frozenset[str]
    starts: tuple[str, ...]

    def found(self, plain: Plain) -> list[Found]:
        """The query's words in the text: rising, apart from each other."""
        found: list[Found] = []
        if self.pattern is None:
            return found
        past = end = 0
        for at in self.candidates(plain.folded):
            if at < past or (match := self.pattern.match(plain.folded, at)) is None:
                continue
            past = match.end()
            word = match[0]
            if match.lastgroup == "word" and not self._means(word):
                continue
            start, before = plain.places[at], end
            end = plain.places[past]
            if not word.isascii():
                end = _with_long_vowel(plain.text, end, word)
            if end > start >= before:
                found.append((start, end, word[:5]))
                if len(found) == _MOST:
                    break
        return found

    def candidates(self, folded: str) -> Sequence[int]:
        """Where an anchor stands, rising."""
        places: list[int] = []
        for anchor in self.anchors:
            at = folded.find(anchor)
            while at >= 0:
                places.append(at)
                at = folded.find(anchor, at + 1)
        return places if len(self.anchors) == 1 else sorted(set(places))

    def _means(self, word: str) -> bool:
        """A Latin word begins like a stem; only its own stem tells whether it is one."""
        return word in self.stems or stem(word) in self.stems or word.startswith(self.starts)


def _with_long_vowel(text: str, end: int, word: str) -> int:
    """The end of a Japanese word: a long vowel that folding dropped belongs to it."""
    if is_cjk(word) and text[end - 1 : end] != "ー" and text[end : end + 1] == "ー":
        return end + 1
    return end


def marker(root: Node) -> Marker:
    """The marker of a query's tree."""
    rows = list(dict.fromkeys(_rows(root)))
    stems = {row[0] for row in rows if len(row) == 1 and not _is_marked_or_cjk(row[0])}
    starts = tuple(dict.fromkeys(s for s in _starts(root) if s))
    shapes = {_phrase(row): _anchor(row) for row in rows if len(row) > 1}
    surfaces = {_surface([t]) for t in _singles(rows) if _is_marked_or_cjk(t)}
    surfaces |= {s for s in starts if is_cjk(s)}
    begun = {_beginning_of(t) for t in stems} | {s for s in starts if not is_cjk(s)}
    parts = sorted(shapes, key=len, reverse=True)
    parts += sorted(map(re.escape, surfaces), key=len, reverse=True)
    if begun:
        inner = "|".join(sorted(map(re.escape, begun), key=len, reverse=True))
        parts.append(rf"(?<![a-z0-9])(?P<word>(?:{inner})[a-z0-9]*)")
    pattern = re.compile("|".join(parts)) if parts else None
    latin = tuple(s for s in starts if not is_cjk(s)) or ("\0",)
    return Marker(
        pattern, _shortest({*shapes.values(), *surfaces, *begun}), frozenset(stems), latin
    )


def _rows(node: Node) -> Iterator[tuple[str, ...]]:
    match node:
        case Term(term, _, boost) if boost > SOFT:
            yield (term,)
        case Phrase(terms, _, boost) if boost > SOFT:
            yield terms
        case Near(terms):
            yield from ((term,) for term in terms)
        case And(parts) | Or(parts) | Best(parts):
            for part in parts:
                yield from _rows(part)
        case Boosted(base, boosts):
            for part in (base, *boosts):
                yield from _rows(part)


def _starts(node: Node) -> Iterator[str]:
    match node:
        case Prefix(start):
            yield start
        case And(parts) | Or(parts) | Best(parts):
            for part in parts:
                yield from _starts(part)
        case Boosted(base):
            yield from _starts(base)


def _singles(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (row[0] for row in rows if len(row) == 1)


def _is_marked_or_cjk(term: str) -> bool:
    return term.startswith(WORD_MARK) or is_cjk(term)


def _beginning_of(term: str) -> str:
    """How the words of a stem begin: its last letter may have changed (registri, siz-e)."""
    return term[:-1] if term.isalpha() and len(term) > 3 else term


def _anchor(row: Sequence[str]) -> str:
    """How every place begins that has the shape of a row."""
    if not is_cjk(row[0]):
        return _beginning_of(row[0])
    return _surface([*takewhile(is_cjk, row)])


def _shortest(anchors: Iterable[str]) -> tuple[str, ...]:
    """Those that begin with no other: the other stands wherever they stand."""
    found: list[str] = []
    for anchor in sorted(filter(None, anchors), key=len):
        if not anchor.startswith(tuple(found)):
            found.append(anchor)
    return tuple(found)


def _phrase(row: Sequence[str]) -> str:
    """The shape of a row of terms in folded text: Latin words with what parts them, CJK runs."""
    shape = ""
    run: list[str] = []
    for term in (*row, ""):
        if is_cjk(term):
            run.append(term)
            continue
        if run:
            shape += (r"[^\w]{0,3}" if shape else "") + re.escape(_surface(run))
            run = []
        if term:
            before = r"[^a-z0-9]{0,3}" if shape else ""
            shape += before + rf"(?<![a-z0-9]){re.escape(_beginning_of(term))}[a-z0-9]*"
    return shape


def _surface(terms: Sequence[str]) -> str:
    """The characters that a row of bigrams, or a marked word, stands for."""
    found = terms[0].removeprefix(WORD_MARK)
    for term in terms[1:]:
        found += term[1:] if found.endswith(term[0]) else term
    return found
