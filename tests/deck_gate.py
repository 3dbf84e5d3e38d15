"""The rendered gate: what a person would object to on a page, found by comparing the deck
with its PDF.

Bounds alone find nothing: text grows out of its box when it is drawn. So every word that
LibreOffice drew must lie in a box of the slide, every text must be on its page, and no two
words may lie on each other.
"""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from pptx import Presentation

_POINT = 12700
_MISSING = 0.12
_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)
# Text that mixes directions is drawn in another order than it is kept in.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was drawn, its box in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def render(decks: list[Path], folder: Path) -> dict[Path, Path]:
    """The decks as PDF, by one LibreOffice with a profile of its own."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, decks)],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {deck: folder / f"{deck.stem}.pdf" for deck in decks}


def objections(deck: Path, pdf: Path) -> list[str]:
    """What is wrong with the rendered deck, one sentence each; empty for a good one."""
    presentation = Presentation(deck)
    pages = list(_pages(pdf))
    wide, tall = presentation.slide_width / _POINT, presentation.slide_height / _POINT
    slides = list(presentation.slides)
    if len(slides) != len(pages):
        return [f"{len(slides)} slides, {len(pages)} pages"]
    found = []
    for number, (slide, words) in enumerate(zip(slides, pages, strict=True), 1):
        shapes = list(slide.shapes)
        for told in (
            *_empty(shapes),
            *_off_page(shapes, wide, tall),
            *_clipped(shapes, words),
            *_outside(shapes, words),
            *_overlapping(words),
        ):
            found.append(f"slide {number}: {told}")
    return found


def _pages(pdf: Path) -> Iterator[list[Word]]:
    made = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, timeout=120
    ).stdout
    for page in made.decode("utf-8", "replace").split("<page ")[1:]:
        yield [
            Word(unescape(text), float(left), float(top), float(right), float(bottom))
            for left, top, right, bottom, text in _WORD.findall(page)
        ]


def texts_of(shape: Any) -> list[str]:
    """The texts that a shape shows, table cells included."""
    if shape.has_text_frame:
        return [p.text for p in shape.text_frame.paragraphs]
    if getattr(shape, "has_table", False) and shape.has_table:
        return [cell.text for row in shape.table.rows for cell in row.cells]
    return []


def _empty(shapes: list[Any]) -> Iterator[str]:
    for shape in shapes:
        if shape.is_placeholder and shape.has_text_frame and not shape.text_frame.text.strip():
            kind = shape.placeholder_format.type
            if "SLIDE_NUMBER" not in str(kind):
                yield f"empty placeholder {shape.name}"


def _off_page(shapes: list[Any], wide: float, tall: float) -> Iterator[str]:
    for shape in shapes:
        if shape.left is None:
            continue
        x, y = shape.left / _POINT, shape.top / _POINT
        right, bottom = x + shape.width / _POINT, y + shape.height / _POINT
        if x < -0.5 or y < -0.5 or right > wide + 0.5 or bottom > tall + 0.5:
            yield f"{shape.name} reaches over the edge"


def _pieces(text: str) -> list[str]:
    """Stretches that every renderer draws in the order of reading, without blanks: emoji and
    right-to-left script part them."""
    kept = []
    for char in unicodedata.normalize("NFKC", text):
        ordered = unicodedata.bidirectional(char) in ("L", "EN", "ON", "ES", "CS", "WS", "ET")
        picture = ord(char) >= 0x1F000 or unicodedata.category(char) in ("So", "Cf", "Mn")
        kept.append(char if ordered and not picture else "\0")
    return re.sub(r"[\s•]", "", "".join(kept)).split("\0")


def _clipped(shapes: list[Any], words: list[Word]) -> Iterator[str]:
    have = _pieces("".join(word.text for word in words))
    known = {piece[i : i + 4] for piece in have for i in range(len(piece))}
    for shape in shapes:
        texts = [text for text in texts_of(shape) if not _RIGHT_TO_LEFT.search(text)]
        pieces = [piece for text in texts for piece in _pieces(text)]
        grams = [piece[i : i + 4] for piece in pieces for i in range(len(piece) - 3)]
        missing = sum(gram not in known for gram in grams)
        if grams and missing / len(grams) > _MISSING:
            yield f"{missing} of {len(grams)} pieces of {shape.name} are not on the page"


def _outside(shapes: list[Any], words: list[Word]) -> Iterator[str]:
    boxes = [
        (s.left / _POINT, s.top / _POINT, s.width / _POINT, s.height / _POINT)
        for s in shapes
        if s.left is not None and (texts_of(s) or s.has_chart or s.is_placeholder)
    ]
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if not any(
            left - 4 <= x <= left + wide + 4 and top - 3 <= y <= top + tall + 3
            for left, top, wide, tall in boxes
        ):
            yield f"{word.text!r} stands outside every box ({x:.0f}, {y:.0f})"


def _overlapping(words: list[Word]) -> Iterator[str]:
    # Joined emoji are drawn on each other by fonts that lack the joined picture.
    words = [word for word in words if any(map(str.isalnum, word.text))]
    words = [word for word in words if not re.search("[\u200d\U0001f000-\U0001ffff]", word.text)]
    for place, one in enumerate(words):
        for other in words[:place]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            least = min(one.bottom - one.top, other.bottom - other.top)
            if across > 2 and down > 0.45 * least:
                yield f"{one.text!r} lies on {other.text!r}"
