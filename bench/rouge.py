"""ROUGE-1, -2 and -L as F1, in the plain form: lower case, no stemming, no stop words.

Words are runs of Latin letters and digits; Japanese has no blanks, so each kana, kanji and
full-width sign is a token of its own. Figures therefore compare methods within one run and
language; they are not comparable with those of other tokenisers.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

_TOKEN = re.compile(r"[a-z0-9]+|[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Rouge:
    """F1 of single tokens, pairs, and the longest common subsequence; each 0..1."""

    one: float
    two: float
    longest: float


def tokens(text: str) -> list[str]:
    """The text's tokens in order."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def rouge(candidate: str, reference: str) -> Rouge:
    """How much the two texts share; 0 where one of them is empty."""
    mine, theirs = tokens(candidate), tokens(reference)
    if not mine or not theirs:
        return Rouge(0.0, 0.0, 0.0)
    common = _common_subsequence(mine, theirs)
    return Rouge(
        _overlap(mine, theirs, 1), _overlap(mine, theirs, 2), _f1(common, len(mine), len(theirs))
    )


def _overlap(mine: list[str], theirs: list[str], size: int) -> float:
    a, b = _grams(mine, size), _grams(theirs, size)
    return _f1(sum((a & b).values()), sum(a.values()), sum(b.values()))


def _grams(words: list[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[i:] for i in range(size)), strict=False))


def _f1(hits: int, mine: int, theirs: int) -> float:
    return 2 * hits / (mine + theirs) if mine + theirs else 0.0


def _common_subsequence(mine: list[str], theirs: list[str]) -> int:
    row = [0] * (len(theirs) + 1)
    for word in mine:
        diagonal = 0
        for j, other in enumerate(theirs, 1):
            above = row[j]
            row[j] = diagonal + 1 if word == other else max(above, row[j - 1])
            diagonal = above
    return row[-1]
