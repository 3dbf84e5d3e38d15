"""Markdown to plain prose: blocks, and the sentences in them, English or Japanese.

The rules are for the traps that real announcements set: list items without full stops,
full stops inside Japanese brackets, `U.S.`, `N. Virginia`, `v1.2`, `(US)`, `Node.js`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-Z]|U\.S|U\.K|e\.g|i\.e|a\.k\.a|vs|etc|Inc|Corp|Ltd|Co|No|St|Dr|Mr|Ms|"
    r"approx|incl|Fig|ver|v)\.$",
    re.I,
)
_LATIN_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z0-9\u3040-\u9fff])")
_OPENING, _CLOSING = "「『（(【［[“", "」』）)】］]”"
_FULL_STOPS = "。！？!?"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
# Notes leave the full stop out: "… に対応 次の文". Only nouns that cannot go before another one.
_NOTE_END = re.compile(r"(?<=対応|可能|不要|実施|終了)[ 　]+(?=\S)")
# Where no blank parts Latin from Japanese words, a blank after Japanese ends a sentence
# (but not between two words in katakana).
_TIGHT = re.compile(r"[A-Za-z0-9][ぁ-んァ-ヺ一-鿿]")
_LOOSE = re.compile(r"[A-Za-z0-9] [ぁ-んァ-ヺ一-鿿]")
_BLANK = re.compile(
    r"(?<=[ぁ-んァ-ヺー一-鿿)）])(?<![ァ-ヺー](?=[ 　]+[ァ-ヺ]))[ 　]+"
    r"(?=[^\s0-9をはがのにへとでもや、。(（])"
)
# Hatena leaves these marks where a picture stood.
_PICTURE = re.compile(r"\[?f:id:\S+?:(?:image|plain)\S*\]?")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item or a heading, as plain text without line ends."""

    kind: str  # text | item | heading
    text: str


def is_japanese(text: str) -> bool:
    """True when a fifth of the letters or more are kana or kanji."""
    letters = sum(map(str.isalpha, text))
    return bool(letters) and len(_CJK.findall(text)) * 5 >= letters


def clean(text: str) -> str:
    """One line: NFC, no control or format characters, white space collapsed."""
    text = unicodedata.normalize("NFC", text.replace("\u200b", ""))
    kept = "".join(" " if c.isspace() else c for c in text if _is_printed(c))
    return " ".join(kept.split())


def _is_printed(char: str) -> bool:
    """Zero-width joiners hold emoji together; other format characters only reorder or hide."""
    return (
        char.isspace() or char == "\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
    )


def blocks(markdown: str) -> tuple[Block, ...]:
    """The text's blocks in order; fenced code, tables and pictures are left out."""
    return tuple(b for b in _walk(_tokens(markdown)) if b.text)


def _tokens(markdown: str) -> Sequence[Any]:
    from markdown_it import MarkdownIt

    # Indented lines are prose here: feeds indent paragraphs, and nobody's code is summed up.
    # HTML is text: the crawler has turned real markup into Markdown before.
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "html_block", "html_inline"])
    return parser.parse(markdown)


def _walk(tokens: Sequence[Any]) -> Iterator[Block]:
    depth, heading, table = 0, False, 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type in ("table_open", "table_close"):
            table += 1 if token.type == "table_open" else -1
        elif token.type == "inline" and not table:
            kind = "heading" if heading else "item" if depth else "text"
            for line in _inline(token.children or ()).split("\0"):
                yield Block(kind, clean(_PICTURE.sub(" ", line)))


def _inline(children: Sequence[Any]) -> str:
    """The words of a paragraph; a hard break between paragraphs' worth of text stays as NUL."""
    words = ""
    for child in children:
        if child.type in ("text", "code_inline"):
            words += child.content
        elif child.type == "softbreak":
            words += "" if words[-1:] and _CJK.match(words[-1]) else " "
        elif child.type == "hardbreak":
            words += "\0" if words.rstrip()[-1:] in ".:。：" else " "
    return words


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of one block, trimmed, in order; joined they are the text again."""
    latin = tuple(s for part in _japanese(text) for s in _latin(part))
    if not is_japanese(text):
        return latin or ((text.strip(),) if text.strip() else ())
    # Unless the author parts Latin words by blanks, a blank in Japanese parts sentences.
    loose = len(_LOOSE.findall(text))
    blank = _BLANK if not loose or len(_TIGHT.findall(text)) > loose else _NOTE_END
    return tuple(s for part in latin for s in _notes(part, blank))


def _japanese(text: str) -> Iterator[str]:
    """Splits after 。 outside brackets; a bracket that never closes holds nothing back."""
    if not _CJK.search(text):
        yield text.strip()
        return
    balanced = all(
        text.count(o) == text.count(c) for o, c in zip("「『（(", "」』）)", strict=True)
    )
    depth, start = 0, 0
    for i, char in enumerate(text):
        if balanced and char in _OPENING:
            depth += 1
        elif balanced and char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in _FULL_STOPS and not depth and (char == "。" or _CJK.match(text[i - 1 : i])):
            yield text[start : i + 1].strip()
            start = i + 1
    if text[start:].strip():
        yield text[start:].strip()


def _notes(text: str, blank: re.Pattern[str]) -> Iterator[str]:
    """Parts what a note's author has only parted by a blank or a line end."""
    start = 0
    for match in blank.finditer(text):
        if match.start() - start >= 15:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _latin(text: str) -> Iterator[str]:
    start = 0
    for match in _LATIN_END.finditer(text):
        before = text[start : match.start() + 1]
        if _ABBREVIATION.search(before) or before.count("(") > before.count(")"):
            continue
        yield text[start : match.end()].strip()
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip()
