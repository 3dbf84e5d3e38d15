"""An update's text as the three to five points that a slide holds."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from index.compression import compress
from index.memo import to_note
from index.prose import blocks, clean, is_japanese
from index.summary import LONGEST, lead_sentences

MOST = 5
# Characters that stand on one slide of ours at 20 points or more, the card beside them.
_ROOM = {"ja": 190, "en": 380}
_SAME = 0.6


@lru_cache(maxsize=1024)
def points_of(summary: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The summary's lines, then what else the text (Markdown) says, shortened: at most five,
    and no more than one slide holds; the notes have the rest.

    Sentences that only repeat a line before, greetings and "learn more" are left out. Empty
    when neither says anything.
    """
    points: list[str] = []
    for line in summary:
        _take(points, line)
    for line in _sentences(text):
        if len(points) == MOST:
            break
        room = _ROOM["ja" if is_japanese(line) else "en"]
        if not points or sum(map(len, points)) + len(line) <= room:
            _take(points, line)
    return tuple(points[:MOST])


def _take(points: list[str], line: str) -> None:
    point = clean(line).rstrip("。")
    if point and not any(_repeats(point, said) for said in points):
        points.append(point)


def _sentences(text: str) -> Iterable[str]:
    for sentence in lead_sentences(blocks(text), MOST + 4):
        japanese = is_japanese(sentence)
        short = compress(sentence, LONGEST["ja" if japanese else "en"])
        yield to_note(short) if japanese else short


def _repeats(one: str, other: str) -> bool:
    """True when most of the shorter one's pairs of characters stand in the other."""
    mine, theirs = sorted((_pairs(one), _pairs(other)), key=len)
    return bool(mine) and len(mine & theirs) / len(mine) > _SAME


def _pairs(text: str) -> set[str]:
    letters = [c for c in text.lower() if c.isalnum()]
    return {a + b for a, b in pairwise(letters)}
