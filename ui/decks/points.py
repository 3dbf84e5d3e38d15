"""An update's text as the three to five points that a slide holds."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from index.compression import compress
from index.memo import compress_ja, to_note
from index.prose import blocks, clean, is_japanese
from index.summary import LONGEST, lead_sentences

MOST = 5
_SAME = 0.6


@lru_cache(maxsize=1024)
def points_of(summary: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The summary's lines, then what else the text (Markdown) says, shortened: at most five.

    Sentences that only repeat a line before, greetings and "learn more" are left out. Empty
    when neither says anything.
    """
    points: list[str] = []
    for line in (*summary, *_sentences(text)):
        point = clean(line).rstrip("。")
        if point and not any(_repeats(point, said) for said in points):
            points.append(point)
        if len(points) == MOST:
            break
    return tuple(points)


def _sentences(text: str) -> Iterable[str]:
    for sentence in lead_sentences(blocks(text), MOST + 2):
        if is_japanese(sentence):
            yield from map(to_note, compress_ja(sentence, LONGEST["ja"]))
        else:
            yield compress(sentence, LONGEST["en"])


def _repeats(one: str, other: str) -> bool:
    """True when most of the shorter one's pairs of characters stand in the other."""
    mine, theirs = sorted((_pairs(one), _pairs(other)), key=len)
    return bool(mine) and len(mine & theirs) / len(mine) > _SAME


def _pairs(text: str) -> set[str]:
    letters = [c for c in text.lower() if c.isalnum()]
    return {a + b for a, b in pairwise(letters)}
