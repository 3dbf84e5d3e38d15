"""How wide a text is and where it breaks, so that a slide never clips it.

Widths are in points. They come from the font that will really draw the text (`faces`),
read at ten times the size, or from a table on the safe side where there is none. Breaking
follows kinsoku, the Japanese rules on what may not begin or end a line (JIS X 4051).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ui.decks.faces import font_file

# Hinting, kerning and fonts that stand in for others: 6 % covers them.
SLACK = 1.06
# LibreOffice parts Japanese from Latin by a fifth of the size; PowerPoint does not.
_BETWEEN = 0.2
_READ_AT, _LOOK_AT = 1000, 24
_NO_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー〜…‥’”）〕］｝〉》」』】"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ%％)]},.!?:;"
)
_NO_END = frozenset("‘“（〔［｛〈《「『【([{")
_LATIN = r"[A-Za-z0-9À-ɏͰ-ϿЀ-ӿ֐-ۿऀ-෿._/:$@&+'’#=~^|*<>%-]+"
# LibreOffice keeps `S3、RDS、EC2` together as it does a word; PowerPoint may break it.
_TOKEN = re.compile(rf"{_LATIN}(?:[、。，．・：；]{_LATIN})*|\s+|.", re.S)
# No break between a hyphen and a number (UAX 14, LB25): `ap-northeast-1` stays whole there.
_BREAK_AFTER = re.compile(r"(?<=[-/、。，．・：；])(?!\d)")


@dataclass(frozen=True, slots=True)
class Face:
    """The pair of typefaces that draws a text: `latin` and `ea` are family names."""

    latin: str
    ea: str


def width(text: str, size: float, face: Face, bold: bool = False) -> float:
    """Points that the text takes in one line at `size`, with slack."""
    return SLACK * size * _ems(text, face, bold)


@lru_cache(maxsize=65536)
def _ems(text: str, face: Face, bold: bool) -> float:
    """The text's width in ems; words come again and again, so they are remembered."""
    between = _BETWEEN * sum(_parts(a, b) for a, b in pairwise(text))
    return between + sum(_advance(char, face, bold) for char in text)


def _parts(one: str, other: str) -> bool:
    """True where the script changes from Japanese to another or back."""
    return is_eastern(one) != is_eastern(other)


@lru_cache(maxsize=65536)
def _advance(char: str, face: Face, bold: bool) -> float:
    """The character's advance in ems."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0.0
    eastern = is_eastern(char)
    read = _reader(face.ea if eastern else face.latin, bold, "ja" if eastern else "en")
    measured = read(char) if read else 0.0
    # What the font lacks is drawn by another, which may be wider: emoji above all.
    return max(measured, 0.0) or _table_advance(char)


def is_eastern(char: str) -> bool:
    """True where a renderer takes the East Asian typeface."""
    return unicodedata.east_asian_width(char) in "WF" or char in "、。「」・…―‘’“”※→←↑↓■□●○◎★☆"


def _table_advance(char: str) -> float:
    if ord(char) >= 0x1F000:
        return 1.4
    if is_eastern(char):
        return 1.0
    if char.isspace():
        return 0.32
    return 0.92 if char in "MW@%" else 0.72 if char.isupper() else 0.64


@lru_cache(maxsize=64)
def _reader(family: str, bold: bool, lang: str) -> Callable[[str], float] | None:
    """A function from a character to its advance in ems, 0 where the font lacks it."""
    found = font_file(family, bold, lang)
    if found is None:
        return None
    from PIL import ImageFont

    try:
        font = ImageFont.truetype(found[0], _READ_AT, index=found[1])
        small = ImageFont.truetype(found[0], _LOOK_AT, index=found[1])
    except OSError:
        return None
    # What the font lacks is drawn as the sign that stands for it: the same as a non-character.
    sign, length = bytes(small.getmask("\U0010ffff")), font.getlength("\U0010ffff")

    def read(char: str) -> float:
        across = font.getlength(char)
        if across == length and bytes(small.getmask(char)) == sign:
            return 0.0
        return float(across) / _READ_AT

    return read


def wrap(text: str, size: float, room: float, face: Face, bold: bool = False) -> list[str]:
    """The lines into which the text breaks in `room` points; at least one, maybe empty.

    A word that is wider than the room breaks inside, as renderers do.
    """
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(_wrap_line(part, size, room, face, bold))
    return lines


def _wrap_line(text: str, size: float, room: float, face: Face, bold: bool) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for token in _tokens(text, size, room, face, bold):
        needs = width(token, size, face, bold)
        if line and _parts(line[-1], token[0]):
            needs += SLACK * size * _BETWEEN
        if not line or token.isspace() or used + needs <= room:
            line, used = line + token, used + needs
            continue
        carried = _carried(line, token)
        if carried:
            line = line[: -len(carried)]
        lines.append(line.rstrip())
        line = (carried + token).lstrip()
        used = width(line, size, face, bold)
    return [*lines, line.rstrip()]


def _carried(line: str, token: str) -> str:
    """What must move to the next line along with the token: kinsoku."""
    at = len(line)
    if token[0] in _NO_START:
        at -= 1
        while at > 1 and line[at] in _NO_START:
            at -= 1
    while at > 1 and line[at - 1] in _NO_END:
        at -= 1
    return line[at:] if 0 < at < len(line) else ""


def _tokens(text: str, size: float, room: float, face: Face, bold: bool) -> Iterable[str]:
    for token in _TOKEN.findall(text):
        if len(token) == 1 or width(token, size, face, bold) <= room:
            yield token
            continue
        for piece in filter(None, _BREAK_AFTER.split(token)):
            yield from [piece] if width(piece, size, face, bold) <= room else piece


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
    starts = [*(_place(text, lines, first) for first in firsts), len(text)]
    return [text[a:b].strip() for a, b in pairwise(starts)]


def _place(text: str, lines: Sequence[str], line: int) -> int:
    """Where the line of that number starts in the text that was wrapped."""
    at = 0
    for past in lines[:line]:
        at = text.index(past, at) + len(past)
    return at


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


def shortened(text: str, size: float, room: float, face: Face, bold: bool = False) -> str:
    """The text in one line of `room` points, ending in an ellipsis where it was cut."""
    text = " ".join(text.split())
    if width(text, size, face, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", size, face, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def shortened_lines(
    text: str, size: float, room: float, most: int, face: Face, bold: bool = False
) -> str:
    """The text cut with an ellipsis so that it breaks into at most `most` lines."""
    text = " ".join(text.split())
    lines = wrap(text, size, room, face, bold)
    if len(lines) <= most:
        return text
    start = _place(text, lines, most - 1)
    gap = " " if text[start : start + 1].isspace() else ""
    share = 1.0
    while True:
        short = text[:start] + gap + shortened(text[start:], size, room * share, face, bold)
        if share < 0.3 or len(wrap(short, size, room, face, bold)) <= most:
            return short
        share -= 0.05
