"""What a hit shows: the passage where the query's words stand closest, and the words marked.

Marked text is HTML-escaped and `<mark>` is its only tag: without the marks it is the escaped
text, character by character.
"""

import html
from collections.abc import Iterable, Sequence

from index.search.marking import Found, Marker
from index.search.plain import WIDE, Plain

WIDTH = 240  # of an excerpt, where a CJK character counts two
_BACK = 70  # how far before the first marked word a passage may begin
_SENTENCE_ENDS = (". ", "。", "! ", "? ", "！", "？")
_TO_ESCAPE = frozenset("&<>\"'")


def marked(text: str, found: Iterable[Found]) -> str:
    """The text escaped, `<mark>` around each word found (rising, apart)."""
    escape = str if _TO_ESCAPE.isdisjoint(text) else html.escape
    parts: list[str] = []
    at = 0
    for start, end, _ in found:
        parts += (escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>")
        at = end
    return "".join([*parts, escape(text[at:])])


def excerpt(plain: Plain, mark: Marker, width: int = WIDTH) -> str:
    """The best passage of a plain text, marked; its beginning where no word stands in it."""
    found = mark.found(plain)
    start, end = _passage(plain, found, width)
    inside = [(a - start, b - start, word) for a, b, word in found if a >= start and b <= end]
    return marked(plain.text[start:end], inside)


def _passage(plain: Plain, found: Sequence[Found], width: int) -> tuple[int, int]:
    """The stretch with most different words, then with most words, the earliest of equals."""
    text = plain.text
    if not found:
        return 0, _cut(text, 0, width)
    reach = width if plain.is_latin else width // 2
    start = _beginning(text, found[_densest(found, reach - _BACK)][0])
    if len(text) - start < reach // 2:
        # Words near the end: show what leads to them rather than half a passage.
        start = _beginning(text, max(0, len(text) - reach + _BACK))
    return start, _cut(text, start, width)


def _densest(found: Sequence[Found], reach: int) -> int:
    """The first word of the best stretch of this many characters."""
    if found[-1][0] < found[0][0] + reach:
        return 0
    best, best_value = 0, (0, 0)
    counts: dict[str, int] = {}
    last = 0
    for i, (start, _, word) in enumerate(found):
        while last < len(found) and found[last][0] < start + reach:
            counts[found[last][2]] = counts.get(found[last][2], 0) + 1
            last += 1
        value = (len(counts), min(last - i, 12))
        if value > best_value:
            best, best_value = i, value
        counts[word] -= 1
        if not counts[word]:
            del counts[word]
    return best


def _beginning(text: str, first: int) -> int:
    """Where a passage that shows text[first] begins: at its sentence, else at a word near it."""
    low = max(0, first - _BACK)
    ends = [at + len(end) for end in _SENTENCE_ENDS if (at := text.rfind(end, low, first)) >= 0]
    if ends:
        end = max(ends)
        return end + text.startswith(" ", end)
    if low == 0:
        return 0
    low = max(0, first - _BACK // 2)
    blank = text.find(" ", low, first)
    return blank + 1 if blank >= 0 else low


def _cut(text: str, start: int, width: int) -> int:
    """Where a passage of this width ends: with a sentence of its last third, else not within a
    Latin word."""
    end, room = start, width
    if text[start : start + width].isascii():
        end, room = min(start + width, len(text)), 0
    while room > 1 and end < len(text):
        piece = text[end : end + room // 2]
        end += len(piece)
        room -= len(piece) + len(WIDE.findall(piece))
    if end < len(text) and (whole := _sentence_end(text, end - (end - start) // 3, end)):
        return whole
    if end < len(text) and text[end].isalnum() and not WIDE.match(text[end]):
        blank = text.rfind(" ", start + width // 2, end)
        end = blank if blank > start else end
    return end


def _sentence_end(text: str, low: int, high: int) -> int:
    """The end of the last sentence that ends between the two; 0 for none."""
    ends = ((text.rfind(mark, low, high), len(mark.rstrip())) for mark in _SENTENCE_ENDS)
    return max((at + length for at, length in ends if at >= 0), default=0)
