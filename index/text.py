"""The one analyser: text to terms with positions, the same for entries and for queries.

NFKC, lower case, spelling variants and long vowels are folded first. Then

- a Latin word or number is one term, words stemmed (Porter): `Databases` → `databas`;
- a compound is its parts, one position each, and its whole at the first part's position:
  `us-east-1` → us, east, 1 and `us-east-1`; `real-time` → real, time and `realtime`, so
  that a phrase crosses it and people find it however they write it;
- `C#`, `C++` and `.NET` are words of their own;
- a run of Chinese, Japanese or Korean characters gives one bigram for each character (the
  last one alone), so that any part of it is a phrase; beside them stands, marked with `~`,
  each katakana or kanji word of the run and each lexicon word inside a katakana compound.

Pure and without state but for memory of what was analysed before.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import NamedTuple

from whoosh.lang.porter import stem as porter

from index.folding import LATIN_VARIANTS, VARIANTS_FILE
from index.folding import fold as fold  # part of this module's interface

WORD_MARK = "~"
LEXICON_FILE = Path(__file__).parent / "lexicon.txt"
_CJK = "々〆〇ぁ-ゖゝゞァ-ヺーヽヾㇰ-ㇿ㐀-䶿一-鿿豈-﫿가-힣\U00020000-\U0003ffff"
_W = rf"[^\W_{_CJK}]"
_JOINT = "-./_:&+‐‑"
_TOKEN = re.compile(
    rf"(?<!\w)(?:c\+\+|[cfj]#|\.net(?!\w))"
    rf"|\d{{1,3}}(?:,\d{{3}})+(?!\d)"
    rf"|{_W}+(?:[{_JOINT}]{_W}+)*(?:['’](?:s|t|re|ve|ll|d|m)(?!\w))?"
    rf"|[{_CJK}]+"
)
# The same for folded text without other characters, where it takes a third of the time.
_ASCII_TOKEN = re.compile(
    r"(?<!\w)(?:c\+\+|[cfj]#|\.net(?!\w))"
    r"|\d{1,3}(?:,\d{3})+(?!\d)"
    r"|[a-z0-9]+(?:[-./_:&+][a-z0-9]+)*(?:'(?:s|t|re|ve|ll|d|m)(?!\w))?",
    re.ASCII,
)
_SPLIT = re.compile(rf"[{_JOINT}]")
_KATAKANA = "ァ-ヺー"
_KANJI = "々〆〇㐀-䶿一-鿿豈-﫿"
_CJK_WORD = re.compile(rf"[{_KATAKANA}]{{2,}}|[{_KANJI}]{{2,}}")
_FIRST_CJK = "々"  # every character of a CJK run sorts at or above it
_LONGEST_COMPOUND = 6
_REMEMBERED = 16  # characters


def _version() -> str:
    data = VARIANTS_FILE.read_bytes() + LEXICON_FILE.read_bytes()
    return f"1-{hashlib.sha256(data).hexdigest()[:8]}"


VERSION = _version()  # stored with an index; another value means: rebuild it


def tokens(text: str) -> list[tuple[str, int]]:
    """The terms of a text with their positions, which rise by one a word or CJK character.

    Several terms may share a position; a phrase is a row of terms at rising positions.
    """
    found: list[tuple[str, int]] = []
    position = 0
    for raw in raw_words(text):
        terms, offsets, width = terms_of(raw)
        found += [(t, position + offset) for t, offset in zip(terms, offsets, strict=True)]
        position += width
    return found


def postings(text: str) -> tuple[dict[str, list[int]], int]:
    """Each term's rising positions, and the number of positions: what an index writes."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    position = 0
    for raw in raw_words(text):
        terms, offsets, width = terms_of(raw)
        for term, offset in zip(terms, offsets, strict=True):
            found[term].append(position + offset)
        position += width
    return found, position


def stream(text: str) -> list[str]:
    """One term for each position: the row of terms by which a phrase is looked up.

    The last, lone character of a CJK run at the end is left out, since in an entry the run
    may go on: データ共有 finds データ共有機能.
    """
    row: list[str] = []
    for raw in raw_words(text):
        terms, offsets, width = terms_of(raw)
        first = dict(zip(reversed(offsets), reversed(terms), strict=True))
        row += [first[i] for i in range(width)]
    if len(row) > 1 and raw[0] >= _FIRST_CJK and len(raw) > 1:
        row.pop()
    return row


def raw_words(text: str) -> list[str]:
    """The words, compounds and CJK runs of a text as folded, before terms are made."""
    folded = fold(text)
    return (_ASCII_TOKEN if folded.isascii() else _TOKEN).findall(folded)


class Terms(NamedTuple):
    """What a raw word gives: terms, the offset of each from the word's own position, and the
    width of the word in positions."""

    terms: Sequence[str]
    offsets: Sequence[int]
    width: int


def terms_of(raw: str) -> Terms:
    """The terms of one of `raw_words`.

    Only short words recur, and only they are remembered: a book's worth of sentences would fill
    the memory.
    """
    return _remembered(raw) if len(raw) <= _REMEMBERED else _terms(raw)


def is_cjk(word: str) -> bool:
    """True for a word that begins with a Chinese, Japanese or Korean character."""
    return bool(word) and word[0] >= _FIRST_CJK


_LEXICON = frozenset(fold(LEXICON_FILE.read_text("utf-8")).split())
"""Katakana words by which compounds are taken apart, in their folded spelling."""


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a lower-case word; short words, numbers and other scripts stay as they are."""
    if len(word) <= 3 or not (word.isascii() and word.isalpha()):
        return word
    found = porter(word)
    return str(found) if len(found) >= 3 else word


def _terms(raw: str) -> Terms:
    return _run(raw) if raw[0] >= _FIRST_CJK else _word(raw)


_remembered = lru_cache(maxsize=1 << 16)(_terms)


def _word(raw: str) -> Terms:
    """A Latin word's terms with offsets, the parts before the whole, and its width."""
    word = raw.split("'")[0].split("’")[0]
    word = LATIN_VARIANTS.get(word, word)
    if word[0].isdigit() and "," in word:
        word = word.replace(",", "")
    if word in ("c++", "c#", "f#", "j#"):
        return Terms((word,), (0,), 1)
    if word == ".net":
        return Terms((word, "net"), (0, 0), 1)
    parts = [p for p in _SPLIT.split(word) if p]
    if len(parts) == 1:
        return Terms((stem(parts[0]),), (0,), 1)
    found = [stem(LATIN_VARIANTS.get(part, part)) for part in parts]
    whole = wholes(word, parts)
    return Terms((*found, *whole), (*range(len(parts)), *(0 for _ in whole)), len(parts))


def wholes(word: str, parts: list[str]) -> list[str]:
    """The terms that stand for a compound as one: as written where it holds a digit
    (`us-east-1`, `17.4`), joined where it does not (`real-time` → `realtime`) or where a
    hyphen parts a name and its number (`sha-256` → `sha256`)."""
    if len(parts) > _LONGEST_COMPOUND:
        return []
    digits = any(c.isdigit() for c in word)
    joined = "".join(parts)
    if not digits:
        return [stem(joined)] if len(parts) <= 3 else []
    hyphened = len(parts) == 2 and not parts[0][0].isdigit() and f"{parts[0]}-{parts[1]}" == word
    return [word, joined] if hyphened else [word]


def _run(run: str) -> Terms:
    """A CJK run's bigrams and words with offsets, and its width in characters."""
    # One slice for each character: the last is that character alone.
    terms = [*map(add, run, run[1:]), run[-1]]
    offsets = [*range(len(run))]
    for match in _CJK_WORD.finditer(run):
        start, word = match.start(), match[0]
        if len(word) > 4 and "ァ" <= word[0] <= "ー":
            words = _katakana_words(word)
            terms += [term for term, _ in words]
            offsets += [start + offset for _, offset in words]
        else:
            terms.append(WORD_MARK + word)
            offsets.append(start)
    return Terms(terms, offsets, len(run))


@lru_cache(maxsize=1 << 14)
def _katakana_words(word: str) -> tuple[tuple[str, int], ...]:
    """The marked word, and the lexicon words inside it, the longest from each place on."""
    found = [(WORD_MARK + word, 0)]
    start = 0
    while start <= len(word) - 3:
        for end in range(min(len(word), start + 10), start + 2, -1):
            if word[start:end] in _LEXICON and end - start < len(word):
                found.append((WORD_MARK + word[start:end], start))
                start = end - 1
                break
        start += 1
    return tuple(found)


def compound_terms(raw: str) -> tuple[list[str], list[str]]:
    """(terms that stand for a Latin compound as one, its parts in a row); a simple word is
    no compound: its one term is the row."""
    row = stream(raw)
    if len(row) < 2:
        return [], row
    found = _word(raw)
    starting = zip(found.terms, found.offsets, strict=True)
    return [term for term, offset in starting if offset == 0 and term != row[0]], row


def cjk_words(run: str) -> list[str]:
    """The marked word terms of a folded CJK run, as the index holds them."""
    return [WORD_MARK + word for word in _CJK_WORD.findall(run)]
