"""What of an entry the rules read: its title, its first two sentences, its plain body."""

import re
from dataclasses import dataclass
from functools import cached_property

from index.entry import Entry
from index.prose import sentences

_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_ADDRESS = re.compile(r"https?://\S+|<[^>\s]+>")
_MARKS = re.compile(r"[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}")
_FENCE = re.compile(r"^```.*?^```", re.M | re.S)
_HEADING = re.compile(r"^\s*#{1,6}\s")
_BOILERPLATE = re.compile(
    r"^(?:posted (?:on|by)|today,?$|投稿日|※|\[?f:id:|to learn more|for more information)", re.I
)
_LEAD_SIZE = 1600
_SENTENCES_SIZE = 600
_BODY_SIZE = 12_000


@dataclass(frozen=True)
class Lead:
    """The words of an entry by how much they count; all are plain text."""

    entry: Entry

    @cached_property
    def title(self) -> str:
        """The title on one line."""
        return " ".join(self.entry.title.split())

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The first two sentences of the text, else of the source's excerpt."""
        text = self.entry.text or self.entry.summary
        found: list[str] = []
        for block in re.split(r"\n\s*\n|\n(?=\s*[-*#]\s)", text[:_LEAD_SIZE]):
            if _HEADING.match(block) or _BOILERPLATE.match(block.strip()):
                continue
            line = plain(block)
            if line and line != self.title:
                found += sentences(line[:_SENTENCES_SIZE])
            if len(found) >= 2:
                break
        return tuple(found[:2])

    @cached_property
    def body(self) -> str:
        """The text without code, addresses and marks, at most some 12,000 characters."""
        text = self.entry.text[:_BODY_SIZE]
        return plain((_FENCE.sub(" ", text) if "```" in text else text) or self.entry.summary)


def plain(text: str) -> str:
    """Markdown's words on one line: links by their words, no marks, no addresses."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "http" in text or "<" in text:
        text = _ADDRESS.sub(" ", text)
    if any(mark in text for mark in "*_`~"):
        text = _MARKS.sub("", text)
    return " ".join(text.split())


_END_BEFORE = re.compile(r"(?:[.!?][\"”)]?\s+(?=[A-Z\"“(])|[。！？])")
_SENTENCE_SIZE = 400


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of the text that holds text[start:end], at most some 400 characters."""
    left, right = max(0, start - _SENTENCE_SIZE), min(len(text), end + _SENTENCE_SIZE)
    begin = left
    for match in _END_BEFORE.finditer(text, left, start):
        begin = match.end()
    close = _END_BEFORE.search(text, end, right)
    return text[begin : close.end() if close else right].strip()
