"""What a hit shows: the passage where the query's words stand closest, and the words marked.

Marked text is HTML-escaped and `<mark>` is its only tag: without the marks it is the escaped
text, character by character.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from index.search.plain import WIDE, Plain
from index.search.query import And, Best, Boosted, Near, Node, Or, Phrase, Prefix, Term
from index.search.wording import SOFT
from index.text import WORD_MARK, is_cjk, stem

WIDTH = 240  # of an excerpt, where a CJK character counts two
_MOST_SPANS = 300
_BACK = 70  # how far before the first marked word a passage may begin
_SENTENCE_END = re.compile(r"[.!?]\s+|[。！？]\s*")

Span = tuple[int, int]


class _Found(NamedTuple):
    """A marked word: where it stands, and what it is told apart from others by."""

    start: int
    end: int
    word: str


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

    def spans(self, plain: Plain) -> list[Span]:
        """Where the query's words stand in the text: rising, apart from each other."""
        return [(start, end) for start, end, _ in self.found(plain)]

    def found(self, plain: Plain) -> list[_Found]:
        """The query's words in the text: rising, apart from each other."""
        found: list[_Found] = []
        past = 0
        for match in self._matches(plain.folded):
            start, end = plain.places[match.start()], plain.places[match.end()]
            if is_cjk(match[0]) and plain.text[end - 1 : end] != "ー":
                # A long vowel that folding dropped belongs to the word it ends.
                end += plain.text[end : end + 1] == "ー"
            if end > start >= past:
                found.append(_Found(start, end, match[0][:5]))
                past = end
            if len(found) == _MOST_SPANS:
                break
        return found

    def _matches(self, folded: str) -> Iterator[re.Match[str]]:
        """What `pattern.finditer` gives, where it means a word of the query."""
        if self.pattern is None:
            return
        past = 0
        for at in self.candidates(folded):
            if at >= past and (match := self.pattern.match(folded, at)):
                past = match.end()
                if self._means(match):
                    yield match

    def candidates(self, folded: str) -> Sequence[int]:
        """Where an anchor stands, rising."""
        places: list[int] = []
        for anchor in self.anchors:
            at = folded.find(anchor)
            while at >= 0:
                places.append(at)
                at = folded.find(anchor, at + 1)
        return places if len(self.anchors) == 1 else sorted(set(places))

    def _means(self, match: re.Match[str]) -> bool:
        """A Latin word begins like a stem; only its own stem tells whether it is one."""
        word = match[0]
        if match.lastgroup != "word":
            return True
        return stem(word) in self.stems or word in self.stems or word.startswith(self.starts)


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


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text escaped, `<mark>` around each span (rising, apart)."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (html.escape(text[at:start]), "<mark>", html.escape(text[start:end]), "</mark>")
        at = end
    return "".join([*parts, html.escape(text[at:])])


def excerpt(plain: Plain, mark: Marker, width: int = WIDTH) -> str:
    """The best passage of a plain text, marked; its beginning where no word stands in it."""
    found = mark.found(plain)
    start, end = _passage(plain, found, width)
    inside = [(f.start - start, f.end - start) for f in found if f.start >= start and f.end <= end]
    return marked(plain.text[start:end], inside)


def _passage(plain: Plain, found: Sequence[_Found], width: int) -> Span:
    """The stretch with most different words, then with most words, the earliest of equals."""
    text = plain.text
    if not found:
        return 0, _cut(text, 0, width)
    reach = width if plain.is_latin else width // 2
    start = _beginning(text, found[_densest(found, reach - _BACK)].start)
    if len(text) - start < reach // 2:
        # Words near the end: show what leads to them rather than half a passage.
        start = _beginning(text, max(0, len(text) - reach + _BACK))
    return start, _cut(text, start, width)


def _densest(found: Sequence[_Found], reach: int) -> int:
    """The first word of the best stretch of this many characters."""
    best, best_value = 0, (0, 0)
    counts: dict[str, int] = {}
    last = 0
    for i, first in enumerate(found):
        while last < len(found) and found[last].start < first.start + reach:
            word = found[last].word
            counts[word] = counts.get(word, 0) + 1
            last += 1
        value = (len(counts), min(last - i, 12))
        if value > best_value:
            best, best_value = i, value
        if counts[first.word] > 1:
            counts[first.word] -= 1
        else:
            del counts[first.word]
    return best


def _beginning(text: str, first: int) -> int:
    """Where a passage that shows text[first] begins: at its sentence, else at a word near it."""
    low = max(0, first - _BACK)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, low, first)]
    if ends:
        return ends[-1]
    if low == 0:
        return 0
    low = max(0, first - _BACK // 2)
    blank = text.find(" ", low, first)
    return blank + 1 if blank >= 0 else low


def _cut(text: str, start: int, width: int) -> int:
    """Where a passage of this width ends: not within a Latin word."""
    end, room = start, width
    if text[start : start + width].isascii():
        end, room = min(start + width, len(text)), 0
    while room > 1 and end < len(text):
        piece = text[end : end + room // 2]
        end += len(piece)
        room -= len(piece) + len(WIDE.findall(piece))
    if end < len(text) and text[end].isalnum() and not WIDE.match(text[end]):
        blank = text.rfind(" ", start + width // 2, end)
        end = blank if blank > start else end
    return end


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
