"""Text fitted into a box: the greatest size at which it stands there, else spread over pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ui.decks.measure import Face, place_of_line, wrap


@dataclass(frozen=True, slots=True)
class Fitted:
    """Paragraphs at a size that fits, on as many pages as they need."""

    size: float
    pages: tuple[tuple[str, ...], ...]


def height(
    paragraphs: Sequence[str],
    size: float,
    room: float,
    face: Face,
    *,
    leading: float,
    gap: float,
    bold: bool = False,
) -> float:
    """Points that the paragraphs take; `leading` and `gap` are in ems of the size."""
    lines = sum(len(wrap(p, size, room, face, bold)) for p in paragraphs)
    return size * (lines * leading + max(0, len(paragraphs) - 1) * gap)


def fit(
    paragraphs: Sequence[str],
    room: tuple[float, float],
    face: Face,
    *,
    sizes: Sequence[float],
    leading: float,
    gap: float,
) -> Fitted:
    """The greatest of `sizes` at which all stands in `room` (width, height), else the least
    with the paragraphs spread evenly over pages; a paragraph longer than a page is cut
    between lines. No page is empty.
    """
    across, down = room
    for size in sizes:
        if height(paragraphs, size, across, face, leading=leading, gap=gap) <= down:
            return Fitted(size, (tuple(paragraphs),))
    size = sizes[-1]
    most = max(1, int(down / (size * leading)))
    pieces = [piece for p in paragraphs for piece in _cut(p, size, across, face, most)]
    tall = [height([p], size, across, face, leading=leading, gap=gap) for p in pieces]
    pages = spread(tall, down, gap * size)
    return Fitted(size, tuple(tuple(pieces[i] for i in page) for page in pages))


def _cut(text: str, size: float, room: float, face: Face, most: int) -> list[str]:
    """The paragraph in pieces of at most `most` lines, near equal."""
    lines = wrap(text, size, room, face)
    if len(lines) <= most:
        return [text]
    count = -(-len(lines) // most)
    firsts = [round(i * len(lines) / count) for i in range(count)]
    starts = [*(place_of_line(text, lines, first) for first in firsts), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


def spread(tall: Sequence[float], room: float, gap: float) -> list[list[int]]:
    """Indices on pages: as few pages as needed, then as even as the order allows.

    The last page gets no orphan: the least page is made as full as it can be.
    """
    pages = _filled(tall, room, gap)
    if len(pages) < 2:
        return pages
    low, high = max(tall), room
    for _ in range(24):
        middle = (low + high) / 2
        if len(_filled(tall, middle, gap)) > len(pages):
            low = middle
        else:
            high = middle
    return _filled(tall, high, gap)


def _filled(tall: Sequence[float], room: float, gap: float) -> list[list[int]]:
    pages: list[list[int]] = []
    used = 0.0
    for i, needs in enumerate(tall):
        if pages and used + gap + needs <= room:
            pages[-1].append(i)
            used += gap + needs
        else:
            pages.append([i])
            used = needs
    return pages
