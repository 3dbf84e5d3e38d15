"""The query language: a person's text to a tree of what was written. Never raises.

Words are joined by AND; "phrases"; OR or |; NOT, - or !; prefix*; field:value; (groups).
What the Japanese IME writes means the same: ：　（）「」“”－＊. Whatever cannot be read as
the language is read as words, and a notice says so. The person's page is docs/searching.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.search.notices import Notice

FIELDS = {
    "title": "title", "intitle": "title", "タイトル": "title", "題名": "title",
    "service": "service", "サービス": "service",
    "area": "area", "category": "area", "分野": "area", "カテゴリ": "area",
    "カテゴリー": "area",
    "kind": "kind", "type": "kind", "種類": "kind", "種別": "kind",
    "lang": "lang", "language": "lang", "言語": "lang",
    "stage": "stage", "status": "stage", "段階": "stage",
    "region": "region", "リージョン": "region",
    "source": "source", "site": "source", "ソース": "source", "出典": "source",
    "code": "code", "session": "code", "コード": "code",
    "year": "year", "年": "year",
    "since": "since", "after": "since", "from": "since", "以降": "since",
    "until": "until", "before": "until", "to": "until", "まで": "until",
    "week": "week", "週": "week",
    "date": "date", "during": "date", "period": "date", "期間": "date",
    "sort": "sort", "order": "sort", "並び": "sort",
}  # fmt: skip
"""What may stand before the colon, and the field that it names."""

LONGEST = 1000
MOST_PARTS = 60
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Words:
    """Words side by side, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A phrase."""

    text: str


@dataclass(frozen=True, slots=True)
class Starred:
    """A word with `*` in it."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field and what is asked of it."""

    field: str
    value: "Part"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this part."""

    part: "Part"


Part = Words | Quoted | Starred | FieldValue | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, and what could not be read as written."""

    root: AllOf | AnyOf
    notices: tuple[Notice, ...] = ()


_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〟＂", '"') | {"：": ":", "\u3000": " "})
_DASHES = re.compile(r"(?<![^\s(|])[–—−‒―‐‑](?=[^\s])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_NAMES = "|".join(sorted(map(re.escape, FIELDS), key=len, reverse=True))
_LEXEME = re.compile(
    rf"""(?P<blank>\s+)
    |(?P<field>{_NAMES}):\s*(?=[^\s):|])
    |(?P<quoted>"[^"]*(?:"|$))
    |(?P<open>\()
    |(?P<close>\))
    |(?P<or>OR(?=[\s("]|$)|\|{{1,2}})
    |(?P<and>AND(?=[\s("]|$)|&&(?=\s|$))
    |(?P<not>NOT(?=[\s("])|[-!](?=[^\s\-!)]))
    |(?P<word>[^\s"()|]+)""",
    re.X | re.I,
)


def parse(text: str) -> Parsed:
    """The tree of a query text; `Parsed.notices` says what was not understood."""
    return _Reader(text).read()


class _Reader:
    """Reads one query text from left to right."""

    def __init__(self, text: str) -> None:
        self.notices: list[Notice] = []
        clean = unicodedata.normalize("NFKC", _CONTROL.sub(" ", text).translate(_QUOTES))
        clean = _DASHES.sub("-", clean.translate(_QUOTES))
        if len(clean) > LONGEST:
            clean = clean[:LONGEST]
            self._note(Notice("too-long", most=LONGEST))
        self.lexemes = list(_lexemes(clean))
        self.at = 0
        self.depth = 0
        self.parts = 0

    def read(self) -> Parsed:
        parts: list[Part] = []
        while self.at < len(self.lexemes):
            if self._peek() == "close":
                self.at += 1
                continue
            parts.append(self._any())
        root = parts[0] if len(parts) == 1 else AllOf(tuple(parts))
        tree = root if isinstance(root, AllOf | AnyOf) else AllOf((root,))
        return Parsed(tree, tuple(self.notices))

    def _any(self) -> AllOf | AnyOf:
        """Groups of words between ORs."""
        groups = [self._all()]
        while self._peek() == "or":
            self.at += 1
            groups.append(self._all())
        filled = [g for g in groups if g.parts]
        if len(filled) < len(groups) > 1:
            self._note(Notice("lonely-or"))
        return AnyOf(tuple(filled)) if len(filled) > 1 else filled[0] if filled else AllOf(())

    def _all(self) -> AllOf:
        parts: list[Part] = []
        while (kind := self._peek()) not in ("", "or", "close"):
            if kind == "and":
                self.at += 1
            elif (part := self._one()) is not None:
                parts.append(part)
        return AllOf(tuple(_joined(parts)))

    def _one(self) -> Part | None:
        """One word, phrase, group, field or negation."""
        kind, text = self.lexemes[self.at]
        self.at += 1
        self.parts += 1
        if self.parts > MOST_PARTS:
            self._note(Notice("too-many", most=MOST_PARTS))
            return None
        if kind == "not":
            return self._negated()
        if kind == "field":
            value = self._operand()
            return None if value is None else FieldValue(FIELDS[text.lower()], value)
        if kind == "open":
            return self._group()
        if kind == "quoted":
            return self._phrase(text)
        return Starred(text) if "*" in text.strip("*") + text[-1:] else Words(text)

    def _negated(self) -> Part | None:
        part = self._operand()
        if isinstance(part, Without):
            return part.part
        return None if part is None else Without(part)

    def _operand(self) -> Part | None:
        """What a NOT or a field applies to; None where nothing follows."""
        if self._peek() in ("", "or", "and", "close") or self.depth > DEEPEST:
            return None
        self.depth += 1
        part = self._one()
        self.depth -= 1
        return part

    def _group(self) -> Part | None:
        if self.depth >= DEEPEST:
            self._note(Notice("too-deep", most=DEEPEST))
            return None
        self.depth += 1
        part = self._any()
        self.depth -= 1
        if self._peek() == "close":
            self.at += 1
        return part if part.parts else None

    def _phrase(self, text: str) -> Part | None:
        inner = text.strip('"').strip()
        if len(text) < 2 or not text.endswith('"'):
            self._note(Notice("open-quote"))
        return Quoted(inner) if inner else None

    def _peek(self) -> str:
        return self.lexemes[self.at][0] if self.at < len(self.lexemes) else ""

    def _note(self, notice: Notice) -> None:
        if notice not in self.notices:
            self.notices.append(notice)


def _lexemes(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each lexeme; OR, AND and NOT count only in capitals."""
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup or "blank"
        written = match[kind]
        if kind in ("or", "and", "not") and written.isalpha() and not written.isupper():
            kind = "word"
        if kind != "blank":
            yield kind, written


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Neighbouring words as one, so that a name of several words is seen whole."""
    waiting: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            waiting.append(part.text)
            continue
        if waiting:
            yield Words(" ".join(waiting))
            waiting = []
        yield part
    if waiting:
        yield Words(" ".join(waiting))
