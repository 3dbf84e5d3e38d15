"""Finding services in text: the longest name at each word, at one dictionary step a word.

A Latin word is a run of ASCII letters and digits, so a name ends beside kana as it does
beside a blank. Names are kept in a tree of their words; what stands between two words must be
the same mark, blanks and hyphens being one. Single words and abbreviations must be written as
the taxonomy writes them ("Glue" is no glue); longer names need their capital only.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from index.taxonomy.values import VENDORS, Mention, Service, without_vendor

_WORD = re.compile(r"[A-Za-z0-9]+")
_NEXT = re.compile(r"([^A-Za-z0-9]{1,4})([A-Za-z0-9]+)")
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_BLANKS = re.compile(r"[\s\-‐‑–　]+")
_NOT_BEFORE = frozenset("-_.$‑")
_KATAKANA = "ァ-ヺー"
_KATAKANA_LETTERS = frozenset(map(chr, range(ord("ァ"), ord("ヺ") + 1))) | {"ー"}
_TYPO_LENGTH = 6


@dataclass(frozen=True, slots=True)
class _Name:
    service: Service
    words: str
    exact: bool
    japanese_only: bool


@dataclass(slots=True)
class _Node:
    following: dict[tuple[str, str], "_Node"] = field(default_factory=dict)
    name: _Name | None = None


class Names:
    """All names of all services, ready to be found in text."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._root = _Node()
        self._lower: set[str] = set()
        self._japanese: dict[str, Service] = {}
        self._coined: dict[str, Service] = {}
        self._meant: dict[str, Service | None] = {}  # what was looked up before
        for service in services:
            self._add_service(service)
        self._first = frozenset(word for _, word in self._root.following)
        self._start = _beginning(self._lower)
        inner = "|".join(sorted(map(re.escape, self._japanese), key=len, reverse=True))
        # No look-behind in front: so the engine skips to letters that begin a name.
        self._japanese_name = re.compile(rf"(?:{inner})(?![{_KATAKANA}])" if inner else r"(?!)")

    def find(self, text: str) -> tuple[Mention, ...]:
        """The services that the text names, in its order; no two mentions overlap."""
        if not _KANA.search(text):
            return tuple(self._latin(text))
        # A name that goes on in Japanese ("IAM アイデンティティセンター") is the longer one.
        japanese = tuple(self._in_japanese(text))
        taken = [(m.start, m.end) for m in japanese]
        latin = (
            m
            for m in self._latin(text)
            if all(m.end <= start or m.start >= end for start, end in taken)
        )
        return tuple(sorted((*japanese, *latin), key=lambda m: m.start))

    def _in_japanese(self, text: str) -> Iterator[Mention]:
        for match in self._japanese_name.finditer(text):
            start, end = match.span()
            before = text[start - 1] if start else " "
            glued = _WORD.match(before) if _WORD.match(match[0]) else before in _KATAKANA_LETTERS
            if not glued:
                yield Mention(self._japanese[match[0]], match[0], start, end)

    def _add_service(self, service: Service) -> None:
        short = without_vendor(service.name)
        for name in dict.fromkeys([service.name, *service.also, *(f.name for f in service.former)]):
            base = without_vendor(name)
            for vendor in VENDORS:
                self._add(service, f"{vendor} {base}")
            if base == name or name != service.name:
                self._add(service, name)
        if service.bare != "no":
            self._add(service, short, japanese_only=service.bare == "japanese")
        for name in service.with_vendor:
            for vendor in VENDORS:
                self._add(service, f"{vendor} {name}")
        if " " not in short and len(short) >= _TYPO_LENGTH and service.bare != "no":
            self._coined[short.casefold()] = service
        for name in service.japanese:
            self._japanese.setdefault(name, service)

    def _add(self, service: Service, name: str, japanese_only: bool = False) -> None:
        words = list(_WORD.finditer(name))
        if not words:
            return
        node, end = self._root, 0
        for i, word in enumerate(words):
            between = _joint(name[end : word.start()]) if i else ""
            node = node.following.setdefault((between, word[0].casefold()), _Node())
            end = word.end()
        if name[0].islower():
            self._lower.add(words[0][0])
        exact = len(words) == 1
        known = node.name
        wider = known and (known.japanese_only > japanese_only or name[0].islower())
        if known is None or (wider and known.service is service):
            node.name = _Name(service, name, exact, japanese_only)

    def _latin(self, text: str) -> Iterator[Mention]:
        japanese = bool(_KANA.search(text))
        end = 0
        for start in self._start.finditer(text):
            if start.start() < end or start[0].casefold() not in self._first:
                continue
            if start.start() and text[start.start() - 1] in _NOT_BEFORE:
                continue
            name, stop = self._longest(text, start, japanese)
            service = name.service if name else None
            if service is None:
                service, stop = self._misspelt(text, start)
            if service is not None:
                end = stop
                yield Mention(service, text[start.start() : end], start.start(), end)

    def _longest(self, text: str, start: re.Match[str], japanese: bool) -> tuple[_Name | None, int]:
        """(the longest name that begins at this word, its end); (None, 0) for none."""
        node = self._root.following.get(("", start[0].casefold()))
        best: tuple[_Name | None, int] = (None, 0)
        end = start.end()
        while node is not None:
            if (name := node.name) and text[end : end + 1] != "_":
                said = text[start.start() : end]
                if _is_written_so(said, name) and (japanese or not name.japanese_only):
                    best = (name, end)
            if not node.following or not (match := _NEXT.match(text, end)):
                break
            node = node.following.get((_joint(match[1]), match[2].casefold()))
            end = match.end()
        return best

    def _misspelt(self, text: str, vendor: re.Match[str]) -> tuple[Service | None, int]:
        """(the service meant by a misspelt single-word name after its vendor, its end):
        "Amazon Kendora"; (None, 0) for none."""
        if vendor[0] not in VENDORS or not (match := _NEXT.match(text, vendor.end())):
            return None, 0
        word = match[2]
        if match[1] != " " or not word[0].isupper() or len(word) < _TYPO_LENGTH:
            return None, 0
        said = word.casefold()
        if said not in self._meant:
            near = get_close_matches(said, self._coined, n=1, cutoff=0.87)
            self._meant[said] = self._coined[near[0]] if near else None
        return self._meant[said], match.end()


def _beginning(lower: Iterable[str]) -> re.Pattern[str]:
    """What a name begins with: a word with a capital or a digit, or one of the few others that
    the taxonomy lists. It looks for a letter first and back then, so that the engine skips."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(lower, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    rests = [f"(?<={letter})(?:{'|'.join(rest)})(?![a-z])" for letter, rest in by_letter.items()]
    whole = "|".join(["(?<=[A-Z0-9])[A-Za-z0-9]*", *rests])
    return re.compile(rf"[A-Z0-9{''.join(by_letter)}](?<![A-Za-z0-9].)(?:{whole})")


def _joint(between: str) -> str:
    if between == " ":
        return between
    return _BLANKS.sub(" ", between).replace("’", "'")


def _is_written_so(said: str, name: _Name) -> bool:
    if name.exact:
        return said == name.words
    return said[0].isupper() or said[0].isdigit() or name.words[0].islower()
