"""A text as it is shown and searched in: without Markdown's signs, and folded beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import getsizeof

from index.folding import fold_in_place

WIDE = re.compile("[\u2e80-\uffff\U00020000-\U0003ffff]")
"""A character that is drawn twice as wide as a Latin letter."""
_FENCE = re.compile(r"^\s*(```|~~~).*$", re.M)
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)\s]*\)|\[?f:id:\S+?:(?:image|plain)\S*\]?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_BLOCK_SIGN = re.compile(r"#{1,6}\s+|[-*+]\s+|>|\||\|?[\s:|-]{3,}$")
_BLOCK_SIGNS = frozenset("#-*+>|:")
# Every branch begins with its own character: Python's `re` then skips to the next of them.
_EMPHASIS = re.compile(
    r"\*\*{0,2}|``*|_(?<!\w_)_{0,2}|__{0,2}(?!\w)|\\(?=[!-/:-@\[-`{-~])",
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text on one line. `folded` is what words are looked for in, `places` tells for each of
    its characters, and for its end, where in `text` it stands. `is_latin`: mostly written in
    narrow letters."""

    text: str
    folded: str
    places: Sequence[int]
    is_latin: bool

    @classmethod
    def of(cls, text: str) -> "Plain":
        """A text that has no Markdown."""
        start = text[:200]
        is_latin = start.isascii() or len(WIDE.findall(start)) * 3 < len(start)
        return cls(text, *fold_in_place(text), is_latin)

    @property
    def nbytes(self) -> int:
        return sum(map(getsizeof, (self.text, self.folded, self.places)))


def plain(markdown: str) -> str:
    """The words of a Markdown text on one line, without its signs; fast rather than exact."""
    text = _FENCE.sub("", markdown) if "```" in markdown or "~~~" in markdown else markdown
    if "](" in text or "f:id:" in text:
        text = _LINK.sub(r"\1", _PICTURE.sub(r"\1", text))
    text = _joined(_without_sign(line) for line in text.split("\n"))
    if any(sign in text for sign in "*_`\\"):
        text = _EMPHASIS.sub("", text)
    return " ".join(text.split())


def _without_sign(line: str) -> str:
    """A line without what makes it a heading, an item of a list, a quotation or a table."""
    line = line.strip()
    if line[:1] in _BLOCK_SIGNS and (match := _BLOCK_SIGN.match(line)):
        return line[match.end() :].lstrip()
    return line


def _joined(lines: Iterable[str]) -> str:
    """The lines as one: a blank between them, but none within Japanese."""
    parts: list[str] = []
    for line in filter(None, lines):
        if parts and not (_is_cjk(parts[-1][-1]) and _is_cjk(line[0])):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _is_cjk(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
