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
_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_BLANKS = re.compile(r"[\s\-‐‑–　]+")
_NOT_BEFORE = frozenset("-_.$‑")
_NOT_AFTER = frozenset("_")
_KATAKANA = "ァ-ヺー"
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
        self._japanese: dict[str, Service] = {}
        self._coined: dict[str, Service] = {}
        for service in services:
            self._add_service(service)
        inner = "|".join(sorted(map(re.escape, self._japanese), key=len, reverse=True))
        pattern = rf"(?<![{_KATAKANA}])(?:{inner})(?![{_KATAKANA}])"
        self._japanese_name = re.compile(pattern if inner else r"(?!)")

    def find(self, text: str) -> tuple[Mention, ...]:
        """The services that the text names, in its order; no two mentions overlap."""
        found = list(self._latin(text))
        if _KANA.search(text):
            taken = [(m.start, m.end) for m in found]
            for match in self._japanese_name.finditer(text):
                if all(match.end() <= start or match.start() >= end for start, end in taken):
                    service = self._japanese[match[0]]
                    found.append(Mention(service, match[0], match.start(), match.end()))
            found.sort(key=lambda m: m.start)
        return tuple(found)

    def _add_service(self, service: Service) -> None:
        short = without_vendor(service.name)
        for name in dict.fromkeys([service.name, *service.also, *(f.name for f in service.former)]):
            base = without_vendor(name)
            for vendor in VENDORS:
                self._add(service, f"{vendor} {base}")
            if base == name or name != service.name:
                self._add(service, name)
        old = [without_vendor(f.name) for f in service.former]
        if service.bare != "no":
            self._add(service, short, japanese_only=service.bare == "japanese")
            for name in old:
                self._add(service, name, japanese_only=service.bare == "japanese")
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
        exact = len(words) == 1
        if node.name is None or (node.name.japanese_only and not japanese_only):
            node.name = _Name(service, name, exact, japanese_only)

    def _latin(self, text: str) -> Iterator[Mention]:
        japanese = bool(_KANA.search(text))
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            length, name = self._longest(text, words, at, japanese)
            if name is None and (service := self._misspelt(text, words, at)):
                end = words[at + 1].end()
                yield Mention(service, text[words[at].start() : end], words[at].start(), end)
                at += 2
                continue
            if name is not None:
                start, end = words[at].start(), words[at + length - 1].end()
                yield Mention(name.service, text[start:end], start, end)
            at += length

    def _longest(
        self, text: str, words: list[re.Match[str]], at: int, japanese: bool
    ) -> tuple[int, _Name | None]:
        """(words taken, the longest name that begins at this word); (1, None) for none."""
        start = words[at].start()
        if start and text[start - 1] in _NOT_BEFORE:
            return 1, None
        node = self._root.following.get(("", words[at][0].casefold()))
        best: tuple[int, _Name | None] = (1, None)
        i = at
        while node is not None:
            end = words[i].end()
            if (name := node.name) and text[end : end + 1] not in _NOT_AFTER:
                said = text[start:end]
                if _is_written_so(said, name) and (japanese or not name.japanese_only):
                    best = (i - at + 1, name)
            i += 1
            if i >= len(words):
                break
            between = _joint(text[end : words[i].start()])
            node = node.following.get((between, words[i][0].casefold()))
        return best

    def _misspelt(self, text: str, words: list[re.Match[str]], at: int) -> Service | None:
        """The service meant by a misspelt single-word name after its vendor ("Kendora")."""
        if words[at][0] not in VENDORS or at + 1 >= len(words):
            return None
        word = words[at + 1]
        if text[words[at].end() : word.start()] != " " or not word[0][0].isupper():
            return None
        said = word[0].casefold()
        if len(said) < _TYPO_LENGTH:
            return None
        near = get_close_matches(said, self._coined, n=1, cutoff=0.88)
        return self._coined[near[0]] if near else None


def _joint(between: str) -> str:
    return _BLANKS.sub(" ", between).replace("’", "'")


def _is_written_so(said: str, name: _Name) -> bool:
    if name.exact:
        return said == name.words
    return said[0].isupper() or said[0].isdigit() or name.words[0].islower()
