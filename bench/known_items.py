"""Known-item queries, made from the data: each asks for one launch that must come back.

Every query is made from a title by a rule, with a fixed seed, so that a run can be repeated:

- dropped     half of the title's words (three at least), in their order
- reordered   two thirds of its words, shuffled
- misspelt    its three longest words, one slip (a letter lost, doubled, swapped or mistaken)
              in the longest
- unsegmented a stretch of a Japanese title from particle to particle, blanks taken out
- spelt       words of a Japanese title in another spelling: half-width kana, no long vowel at
              the end, full-width letters
- former      a service's former name and the two longest other words of a title that bears
              the present name
- ja-to-en    AWS's own Japanese title, asked of the English entries only; en-to-ja likewise

Words that only connect (the, for …) are never asked for.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.search.aliases import glossary
from index.stored import Stored
from index.taxonomy import Taxonomy
from index.taxonomy.values import without_vendor

SEED = 20201201
EACH = 120  # queries of each kind and language, at most
_LATIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+#-]*[A-Za-z0-9+#]|[A-Za-z0-9]")
_JAPANESE = re.compile(r"[ァ-ヺー]{2,}|[一-鿿々]{2,}|[A-Za-z0-9][A-Za-z0-9.+#-]*[A-Za-z0-9]")
_STRETCH = re.compile(r"[^、。「」()（）\[\]【】:：〜～/|!！?？・…]{8,}")
_PARTICLES = "のをにがはで"
_PARTICLE_END = re.compile(rf"(?<=[{_PARTICLES}])")
_BLANK_BESIDE_KANA = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺ]{2})ー(?![ァ-ヺー])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Question:
    """A query of the set `kind` in a language, the stories that answer it with their worth
    (1 or 2), and the language that answers must have ("" for any)."""

    kind: str
    lang: str
    text: str
    answers: tuple[tuple[str, int], ...]
    only: str = ""


def known_items(entries: Sequence[Stored], taxonomy: Taxonomy) -> tuple[Question, ...]:
    """All known-item questions that these entries give."""
    chance = random.Random(SEED)
    launches = [s for s in entries if s.part_of is None]
    english = [s for s in launches if s.entry.lang == "en" and len(_content(s)) >= 5]
    japanese = [s for s in launches if s.entry.lang == "ja" and len(_content(s)) >= 4]
    found: list[Question] = []
    for some, lang in ((english, "en"), (japanese, "ja")):
        found += _made("dropped", lang, some, chance, _dropped)
        found += _made("reordered", lang, some, chance, _reordered)
    found += _made("misspelt", "en", english, chance, _misspelt)
    found += _made("unsegmented", "ja", japanese, chance, _unsegmented)
    found += _made("spelt", "ja", japanese, chance, _spelt)
    found += _sampled(list(_former(english, taxonomy)), chance)
    found += _sampled(list(_twins(launches, "ja", "en")), chance)
    found += _sampled(list(_twins(launches, "en", "ja")), chance)
    return tuple(found)


def _sampled(found: list[Question], chance: random.Random) -> list[Question]:
    return chance.sample(found, min(EACH, len(found)))


def _made(
    kind: str,
    lang: str,
    entries: Sequence[Stored],
    chance: random.Random,
    make: Callable[[Stored, random.Random], str],
) -> Iterator[Question]:
    for stored in chance.sample(list(entries), min(EACH, len(entries))):
        if text := make(stored, chance):
            yield Question(kind, lang, text, ((stored.story, 1),))


def _content(stored: Stored) -> list[str]:
    """The words of the title that say something."""
    words = _LATIN if stored.entry.lang == "en" else _JAPANESE
    soft = glossary().soft
    return [w for w in words.findall(stored.entry.title) if w.lower() not in soft]


def _dropped(stored: Stored, chance: random.Random) -> str:
    words = _content(stored)
    kept = sorted(chance.sample(range(len(words)), max(3, len(words) // 2)))
    return " ".join(words[i] for i in kept)


def _reordered(stored: Stored, chance: random.Random) -> str:
    words = _content(stored)
    return " ".join(chance.sample(words, max(3, len(words) * 2 // 3)))


def _misspelt(stored: Stored, chance: random.Random) -> str:
    words = sorted(set(_content(stored)), key=lambda w: (-len(w), w))[:3]
    if not words[0].isalpha() or len(words[0]) < 6:
        return ""
    return " ".join([_slipped(words[0], chance), *words[1:]])


def _slipped(word: str, chance: random.Random) -> str:
    """The word with one slip, not at its first letter."""
    i = chance.randrange(1, len(word) - 1)
    return chance.choice((
        word[:i] + word[i + 1 :],
        word[:i] + word[i] + word[i:],
        word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        word[:i] + chance.choice(_LETTERS) + word[i + 1 :],
    ))  # fmt: skip


def _unsegmented(stored: Stored, chance: random.Random) -> str:
    title = _BLANK_BESIDE_KANA.sub("", stored.entry.title)
    pieces = [p for s in _STRETCH.findall(title) for p in _PARTICLE_END.split(s) if p]
    mixed = [
        i for i, p in enumerate(pieces[:-1])
        if len(p) > 2 and len(pieces[i + 1]) > 2 and p[-1] in _PARTICLES
    ]  # fmt: skip
    if not mixed:
        return ""
    i = chance.choice(mixed)
    return (pieces[i] + pieces[i + 1]).rstrip(_PARTICLES).strip()


def _spelt(stored: Stored, chance: random.Random) -> str:
    words = _content(stored)
    kept = sorted(chance.sample(range(len(words)), min(len(words), 4)))
    change = chance.choice((_half_width, _without_long_vowel, _full_width))
    changed = " ".join(change(words[i]) for i in kept)
    return changed if changed != " ".join(words[i] for i in kept) else ""


def _half_width(word: str) -> str:
    return "".join(_HALF.get(c, c) for c in word)


def _without_long_vowel(word: str) -> str:
    return _LONG_VOWEL.sub("", word)


def _full_width(word: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word)


_HALF = {
    unicodedata.normalize("NFKC", half + mark): half + mark
    for half in map(chr, range(0xFF66, 0xFF9E))
    for mark in ("", "\uff9e", "\uff9f")
    if len(unicodedata.normalize("NFKC", half + mark)) == 1
}


def _former(english: Sequence[Stored], taxonomy: Taxonomy) -> Iterator[Question]:
    """One question for each title that bears the present name of a renamed service."""
    for service in taxonomy.services:
        if not service.former:
            continue
        name = without_vendor(service.name)
        old = without_vendor(service.former[0].name)
        for stored in english:
            title = stored.entry.title
            if service.name not in stored.facts.services or name not in title or old in title:
                continue
            rest = [w for w in _content(stored) if w not in name.split()]
            words = sorted(set(rest), key=lambda w: (-len(w), w))[:2]
            yield Question("former", "en", " ".join([old, *words]), ((stored.story, 1),))


def _twins(entries: Sequence[Stored], asked: str, answer: str) -> Iterator[Question]:
    """AWS's title in one language for each launch that the other language tells too."""
    told = {s.story for s in entries if s.entry.lang == answer and s.entry.kind == "announcement"}
    for stored in entries:
        entry = stored.entry
        if entry.lang == asked and entry.kind == "announcement" and stored.story in told:
            kind = f"{asked}-to-{answer}"
            yield Question(kind, asked, entry.title, ((stored.story, 1),), answer)
