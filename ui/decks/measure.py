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


def place_of_line(text: str, lines: Sequence[str], line: int) -> int:
    """Where the line of that number starts in the text that was wrapped."""
    at = 0
    for past in lines[:line]:
        at = text.index(past, at) + len(past)
    return at


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
    start = place_of_line(text, lines, most - 1)
    gap = " " if text[start : start + 1].isspace() else ""
    share = 1.0
    while True:
        short = text[:start] + gap + shortened(text[start:], size, room * share, face, bold)
        if share < 0.3 or len(wrap(short, size, room, face, bold)) <= most:
            return short
        share -= 0.05
