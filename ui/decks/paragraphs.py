"""Text as DrawingML: paragraphs and runs, with language, direction, links and exact leading.

Line spacing is given in points, not per cent: then a paragraph is as tall in PowerPoint as
in LibreOffice, whichever font stands in, and what `measure` counted holds.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from index.address import is_web_address

LEADING = 1.32
_KANA_KANJI = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_UNPRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"
)
_THEME_NAMES = ("tx1", "bg1", "tx2", "bg2")
# Office draws a link in the theme's colour unless told to take the run's own.
_OWN_COLOUR = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/>'
    "</a:ext></a:extLst>"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style; `colour` is six hex digits, a theme name, or "" to inherit."""

    text: str
    size: float
    bold: bool = False
    colour: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`after` is the space below in points; `align` is l, ctr, r or "" to inherit."""

    runs: tuple[Run, ...]
    align: str = ""
    after: float = 0.0
    leading: float = LEADING
    bullet: bool = False


def printable(text: str) -> str:
    """The text without what XML, PowerPoint or a reader's eye would trip over: control
    characters, lone surrogates, marks that reorder text. Vertical tabs become line ends."""
    return _UNPRINTED.sub("", text.replace("\x0b", "\n").replace("\r\n", "\n").replace("\r", "\n"))


def language(text: str) -> str:
    """The tag that proofing and screen readers need: ja-JP, ko-KR or en-US."""
    if _HANGUL.search(text) and not _KANA_KANJI.search(text):
        return "ko-KR"
    return "ja-JP" if _KANA_KANJI.search(text) else "en-US"


def runs_right_to_left(text: str) -> bool:
    """True when the first letter with a direction is Hebrew, Arabic or the like."""
    directions = (unicodedata.bidirectional(c) for c in text)
    return next((d for d in directions if d in ("L", "R", "AL")), "L") != "L"


def fill_text(body: Any, paragraphs: Sequence[Paragraph], part: Any) -> None:
    """Put the paragraphs into a `txBody`, in place of what it held."""
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for paragraph in paragraphs:
        body.append(_paragraph(paragraph, part))
    if not paragraphs:
        etree.SubElement(body, qn("a:p"))


def _paragraph(paragraph: Paragraph, part: Any) -> Any:
    element = etree.Element(qn("a:p"))
    properties = etree.SubElement(element, qn("a:pPr"))
    size = max((run.size for run in paragraph.runs), default=18.0)
    if paragraph.bullet:
        properties.set("marL", str(round(size * 0.95 * 12700)))
        properties.set("indent", str(-round(size * 0.95 * 12700)))
    else:
        properties.set("marL", "0")
        properties.set("indent", "0")
    text = "".join(run.text for run in paragraph.runs)
    rtl = runs_right_to_left(text)
    if paragraph.align or rtl:
        properties.set("algn", paragraph.align or "r")
    if rtl:
        properties.set("rtl", "1")
    for name, points in (
        ("a:lnSpc", size * paragraph.leading),
        ("a:spcBef", 0.0),
        ("a:spcAft", paragraph.after),
    ):
        spacing = etree.SubElement(properties, qn(name))
        etree.SubElement(spacing, qn("a:spcPts"), val=str(round(points * 100)))
    _bullet(properties, paragraph.bullet)
    for run in paragraph.runs:
        _runs(element, run, part)
    return element


def _bullet(properties: Any, shown: bool) -> None:
    if shown:
        etree.SubElement(properties, qn("a:buFont"), typeface="Arial")
        etree.SubElement(properties, qn("a:buChar"), char="•")
    else:
        etree.SubElement(properties, qn("a:buNone"))


def _runs(element: Any, run: Run, part: Any) -> None:
    """The run, with a break at every line end in its text."""
    for place, line in enumerate(printable(run.text).split("\n")):
        if place:
            etree.SubElement(element, qn("a:br"))
        if line:
            piece = etree.SubElement(element, qn("a:r"))
            _style(etree.SubElement(piece, qn("a:rPr")), run, line, part)
            etree.SubElement(piece, qn("a:t")).text = line


def _style(properties: Any, run: Run, text: str, part: Any) -> None:
    tag = language(text)
    properties.set("lang", tag)
    properties.set("altLang", "en-US" if tag != "en-US" else "ja-JP")
    properties.set("sz", str(round(run.size * 100)))
    properties.set("b", "1" if run.bold else "0")
    properties.set("cap", "none")
    properties.set("spc", "0")
    properties.set("dirty", "0")
    if run.colour:
        fill = etree.SubElement(properties, qn("a:solidFill"))
        kind = "a:schemeClr" if run.colour in _THEME_NAMES else "a:srgbClr"
        etree.SubElement(fill, qn(kind), val=run.colour)
    if run.url and is_web_address(run.url):
        link = etree.SubElement(properties, qn("a:hlinkClick"))
        link.set(qn("r:id"), part.relate_to(run.url, RT.HYPERLINK, is_external=True))
        if run.colour:
            link.append(own_colour())


def own_colour() -> Any:
    """The extension by which a link keeps the colour of its run."""
    return etree.fromstring(_OWN_COLOUR)
