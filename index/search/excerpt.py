"""What a hit shows: the passage where the query's words stand closest, and the words marked.

Marked text is HTML-escaped and `<mark>` is its only tag: without the marks it is the escaped
text, character by character.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.folding import fold_in_place
from index.search.query import And, Best, Boosted, Near, Node, Or, Phrase, Prefix, Term
from index.search.wording import SOFT
from index.text import WORD_MARK, is_cjk, stem

WIDTH = 240  # of an excerpt, where a CJK character counts two
_MOST_SPANS = 300
_BACK = 70  # how far before the first marked word a passage may begin
_SENTENCE_END = re.compile(r"[.!?]\s+|[。！？]\s*")
_FENCE = re.compile(r"^\s*(```|~~~).*$", re.M)
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)\s]*\)|\[?f:id:\S+?:(?:image|plain)\S*\]?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_BLOCK_SIGN = re.compile(r"^\s{0,8}(?:#{1,6}\s+|[-*+]\s+|>\s?|\|)|^\s*\|?[\s:|-]{3,}$", re.M)
_EMPHASIS = re.compile(r"\*{1,3}|`+|(?<!\w)_{1,3}|_{1,3}(?!\w)|\\(?=[!-/:-@\[-`{-~])")
_CJK_BREAK = re.compile(
    r"(?<=[\u3040-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3040-\u9fff\uff00-\uffef])"
)

Span = tuple[int, int]


@lru_cache(maxsize=512)
def plain(markdown: str) -> str:
    """The words of a Markdown text on one line, without its signs; fast rather than exact.

    What was shown last is remembered: pages are turned and queries typed on.
    """
    text = _FENCE.sub("", markdown) if "```" in markdown or "~~~" in markdown else markdown
    if "](" in text or "f:id:" in text:
        text = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    text = _BLOCK_SIGN.sub(" ", text)
    if any(sign in text for sign in "*_`\\"):
        text = _EMPHASIS.sub("", text)
    return " ".join((_CJK_BREAK.sub("", text) if "\n" in text else text).split())


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds a query's words in a text. Made once for a query, used for each hit."""

    pattern: re.Pattern[str] | None
    stems: frozenset[str]
    starts: tuple[str, ...]

    def spans(self, text: str) -> list[Span]:
        """Where the query's words stand in the text: rising, apart from each other."""
        if self.pattern is None or not text:
            return []
        folded, places = fold_in_place(text)
        found: list[Span] = []
        for match in self.pattern.finditer(folded):
            if not self._means(match):
                continue
            start, end = places[match.start()], places[match.end()]
            if is_cjk(match[0]):
                # A long vowel that folding dropped belongs to the word it ends.
                end = (
                    end + 1 if text[end - 1 : end] != "ー" and text[end : end + 1] == "ー" else end
                )
            if end > start and (not found or start >= found[-1][1]):
                found.append((start, end))
            if len(found) == _MOST_SPANS:
                break
        return found

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
    shapes = sorted({_phrase(row) for row in rows if len(row) > 1}, key=len, reverse=True)
    surfaces = {re.escape(_surface([t])) for t in _singles(rows) if _is_marked_or_cjk(t)}
    surfaces |= {re.escape(s) for s in starts if is_cjk(s)}
    begun = {_begins(t) for t in stems} | {re.escape(s) for s in starts if not is_cjk(s)}
    parts = shapes + sorted(surfaces, key=len, reverse=True)
    if begun:
        inner = "|".join(sorted(begun, key=len, reverse=True))
        parts.append(rf"(?<![a-z0-9])(?P<word>(?:{inner})[a-z0-9]*)")
    pattern = re.compile("|".join(parts)) if parts else None
    latin = tuple(s for s in starts if not is_cjk(s)) or ("\0",)
    return Marker(pattern, frozenset(stems), latin)


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text escaped, `<mark>` around each span (rising, apart)."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (html.escape(text[at:start]), "<mark>", html.escape(text[start:end]), "</mark>")
        at = end
    return "".join([*parts, html.escape(text[at:])])


def excerpt(text: str, mark: Marker, width: int = WIDTH) -> str:
    """The best passage of a plain text, marked; its beginning where no word stands in it."""
    spans = mark.spans(text)
    start, end = _passage(text, spans, width)
    inside = [(s - start, e - start) for s, e in spans if s >= start and e <= end]
    return marked(text[start:end], inside)


def _passage(text: str, spans: Sequence[Span], width: int) -> Span:
    """The stretch with most different words, then with most words, the earliest of equals."""
    if not spans:
        return 0, _cut(text, 0, width)
    reach = width if _mostly_latin(text) else width // 2
    starts = [s for s, _ in spans]
    words = [text[s:e].casefold()[:5] for s, e in spans]
    best, best_value = 0, (0, 0)
    for i, start in enumerate(starts):
        after = bisect_left(starts, start + reach - _BACK)
        value = (len(set(words[i:after])), min(after - i, 12))
        if value > best_value:
            best, best_value = i, value
    start = _beginning(text, starts[best])
    if len(text) - start < reach // 2:
        # Words near the end: show what leads to them rather than half a passage.
        start = _beginning(text, max(0, len(text) - reach + _BACK))
    return start, _cut(text, start, width)


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
    used, end = 0, start
    if text[start : start + width].isascii():
        used, end = width, min(start + width, len(text))
    while end < len(text) and used < width:
        used += 2 if text[end] > "\u2e7f" else 1
        end += 1
    if end < len(text) and text[end].isalnum() and text[end] < "\u2e7f":
        blank = text.rfind(" ", start + width // 2, end)
        end = blank if blank > start else end
    return end


def _mostly_latin(text: str) -> bool:
    return sum(c > "\u2e7f" for c in text[:200]) * 3 < min(len(text), 200)


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


def _begins(term: str) -> str:
    """How the words of a stem begin: its last letter may have changed (registri, siz-e)."""
    if term.isalpha() and len(term) > 3:
        return re.escape(term[:-1])
    return re.escape(term)


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
            shape += before + rf"(?<![a-z0-9]){_begins(term)}[a-z0-9]*"
    return shape


def _surface(terms: Sequence[str]) -> str:
    """The characters that a row of bigrams, or a marked word, stands for."""
    found = terms[0].removeprefix(WORD_MARK)
    for term in terms[1:]:
        found += term[1:] if found.endswith(term[0]) else term
    return found
