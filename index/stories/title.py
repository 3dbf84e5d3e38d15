"""How a title tells a launch: its words, numbers, services and places, in either language."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from index.stories.phonetics import rendered
from index.text import fold, stem

_LATIN = re.compile(r"[a-z0-9]+(?:[./\-][a-z0-9]+)*[+#]?")
_KATAKANA = re.compile(r"[ァ-ヺー]{2,}")
_KANJI = re.compile(r"[一-鿿々]+(?:し|い|た|げ)?")
_JAPANESE = re.compile(r"[ぁ-ヺ]")
_DATA = tomllib.loads((Path(__file__).parent / "glossary.toml").read_text("utf-8"))
GLOSSARY: dict[str, list[str]] = _DATA["words"]
_NUMBER_WORDS: dict[str, str] = _DATA["numbers"]
# What every announcement says, in either language, tells launches apart in none.
COMMON = frozenset(stem(word) for word in _DATA["common"]["english"])
_SIBLINGS = frozenset(stem(word) for word in _DATA["siblings"]["words"])
_COMMON_KANA = frozenset(fold(word) for word in _DATA["common"]["japanese"])
_LONGEST = max(map(len, GLOSSARY))
_UNIT = re.compile(r"^(\d+(?:\.\d+)*)[a-z]+$")
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """One title, ready to be compared. `words` are stems of Latin words, `kana` katakana
    words, `glosses` the English stems that each kanji word may stand for, `unread` kanji that the
    glossary lacks; `numbers` every token that holds a digit; `places` region codes; `services`
    the subject services, `named` the words of their names, which every other launch of the
    service shares."""

    id: str
    published: datetime
    words: frozenset[str]
    kana: frozenset[str] = frozenset()
    glosses: tuple[frozenset[str], ...] = ()
    unread: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    japanese: bool = False


def title_of(
    entry_id: str,
    title: str,
    published: datetime,
    *,
    services: frozenset[str] = frozenset(),
    places: frozenset[str] = frozenset(),
    names: Iterable[str] = (),
) -> Title:
    """The title taken apart; `services`, `places` and `names` (the services' names as the
    title writes them) are what the taxonomy found in it."""
    folded = fold(title)
    latin = {part for w in _LATIN.findall(folded) for part in _parts(w)}
    numbers = frozenset(w for w in latin if any(c.isdigit() for c in w) and not _is_year(w))
    words = {stem(w) for w in latin - numbers}
    glosses, unread = _glosses(folded)
    return Title(
        id=entry_id,
        published=published,
        words=frozenset(words - COMMON),
        kana=frozenset(_KATAKANA.findall(folded)) - _COMMON_KANA,
        glosses=tuple(frozenset(map(stem, gloss)) for gloss in glosses),
        unread=frozenset(unread),
        numbers=numbers,
        places=places,
        services=services,
        named=frozenset(w for name in names for w in _stems(fold(name))),
        japanese=bool(_JAPANESE.search(folded)),
    )


def likeness(a: Title, b: Title) -> float:
    """From 0 (nothing in common) to 1 (the same words), in any pair of languages."""
    if a.japanese == b.japanese:
        return _same_language(a, b)
    english, japanese = (b, a) if a.japanese else (a, b)
    return _across(english, japanese)


def vetoed(a: Title, b: Title) -> str:
    """Why the two cannot be the same launch: number, region or service; "" when they can."""
    if a.numbers - b.numbers and b.numbers - a.numbers:
        return "number"
    models = [frozenset(n for n in t.numbers if not n[0].isdigit()) for t in (a, b)]
    if models[0] != models[1]:
        return "number"
    # "in additional Regions" and "in Singapore" are two launches, too.
    if a.places != b.places:
        return "region"
    if a.services and b.services and not a.services & b.services:
        return "service"
    return ""


def _same_language(a: Title, b: Title) -> float:
    mine = a.words | a.kana | a.numbers | ({min(g) for g in a.glosses} - COMMON)
    theirs = b.words | b.kana | b.numbers | ({min(g) for g in b.glosses} - COMMON)
    named = a.named | b.named
    mine, theirs = mine | a.places, theirs | b.places
    both = weight(mine & theirs, named)
    return 2 * both / ((weight(mine, named) + weight(theirs, named)) or 1.0)


def _across(english: Title, japanese: Title) -> float:
    named = english.named | japanese.named
    told = english.words | english.numbers
    shared = told & (japanese.words | japanese.numbers)
    left = set(told - shared)
    matched = weight(shared | (english.places & japanese.places), named)
    missed = weight((japanese.words | japanese.numbers) - shared, named)
    for kana in sorted(japanese.kana, key=len, reverse=True):
        heard, unexplained = rendered(kana, frozenset(left))
        left -= heard
        matched += weight(heard, named)
        missed += 0.14 * unexplained
    for gloss in japanese.glosses:
        found = left & gloss
        left -= found
        matched += 0.8 if found else 0.0
        missed += 0.0 if found or gloss & told or gloss & COMMON else 0.3
    return matched / (matched + (missed + weight(left, named)) / 2 or 1.0)


def siblings(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """True when each names another of a row of siblings: the SDK for Ruby is not that for
    .NET, and PostgreSQL not MySQL."""
    return bool((mine - theirs) & _SIBLINGS and (theirs - mine) & _SIBLINGS)


def weight(words: frozenset[str] | set[str], named: frozenset[str]) -> float:
    """Numbers and model names tell most; the words of a service's name tell little."""
    return sum(0.2 if w in named else 1.5 if any(c.isdigit() for c in w) else 1.0 for w in words)


def _glosses(folded: str) -> tuple[list[list[str]], set[str]]:
    """(the glossary's words of the kanji runs, the longest first at each place; what of the
    runs it does not know, two letters or more)."""
    found, unread = [], set()
    for run in _KANJI.findall(folded):
        at, rest = 0, ""
        while at < len(run):
            for end in range(min(len(run), at + _LONGEST), at, -1):
                if gloss := GLOSSARY.get(run[at:end]):
                    found.append(gloss)
                    at, rest = end - 1, rest + " "
                    break
            else:
                rest += run[at]
            at += 1
        unread |= {word for word in rest.split() if len(word) > 1}
    return found, unread


def _stems(folded: str) -> set[str]:
    return {stem(part) for w in _LATIN.findall(folded) for part in _parts(w)}


def _parts(word: str) -> list[str]:
    """A Latin token's words: versions and model names stay whole (`17.4`, `m8i`), units and
    hyphened companions fall off (`100G` → 100, `108-qubit` → 108, qubit)."""
    found = []
    for part in re.split(r"[/\-]", word):
        if part and not part[0].isdigit() and "." in part:
            found += [p for p in part.split(".") if p]
        elif part:
            found.append(_NUMBER_WORDS.get(part, _UNIT.sub(r"\1", part)))
    return found


def _is_year(word: str) -> bool:
    return word.isdigit() and int(word) in _YEARS
