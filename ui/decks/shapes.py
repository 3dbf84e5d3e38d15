"""What is done to one shape: its place, its paint, its text frame, its words for screen readers."""

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from ui.decks.look import EMU, Box
from ui.decks.paragraphs import Paragraph, Run, printable

_DECORATIVE = (
    '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
)


def coloured(paragraphs: Sequence[Paragraph], colour: str) -> list[Paragraph]:
    """The paragraphs with `colour` where their runs name none."""
    return [
        Paragraph(
            runs=tuple(Run(r.text, r.size, r.bold, r.colour or colour, r.url) for r in p.runs),
            align=p.align,
            after=p.after,
            leading=p.leading,
            bullet=p.bullet,
        )
        for p in paragraphs
    ]


def decorate(shape: Any) -> None:
    """Mark a shape as decoration: screen readers pass it by."""
    properties = shape._element.find(f".//{qn('p:cNvPr')}")
    properties.set("descr", "")
    holder = etree.SubElement(properties, qn("a:extLst"))
    holder.append(etree.fromstring(_DECORATIVE))


def describe(shape: Any, name: str, words: str) -> None:
    """Give a chart, table or picture its name and alternative text."""
    shape.name = name
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", printable(words))


def put(shape: Any, box: Box) -> None:
    # All four at once: setting one of an inheriting placeholder zeroes the others.
    shape.left, shape.top = round(box.x * EMU), round(box.y * EMU)
    shape.width, shape.height = round(box.w * EMU), round(box.h * EMU)


def set_place(element: Any, box: Box) -> None:
    """Give a placeholder's element its box: first in its properties, as the schema has it."""
    properties = element.find(qn("p:spPr"))
    frame = properties.find(qn("a:xfrm"))
    if frame is not None:
        properties.remove(frame)
    frame = properties.makeelement(qn("a:xfrm"), {})
    x, y, w, h = (str(round(v * EMU)) for v in (box.x, box.y, box.w, box.h))
    etree.SubElement(frame, qn("a:off"), x=x, y=y)
    etree.SubElement(frame, qn("a:ext"), cx=w, cy=h)
    properties.insert(0, frame)


def settle(properties: Any, inset: float, anchor: str | None) -> None:
    """Make the text frame behave as measured, whatever the template says."""
    for child in list(properties):
        properties.remove(child)
    for side in ("lIns", "tIns", "rIns", "bIns"):
        properties.set(side, str(round(inset * EMU)))
    properties.set("wrap", "square")
    properties.set("numCol", "1")
    properties.set("vert", "horz")
    if anchor:
        properties.set("anchor", anchor)
    etree.SubElement(properties, qn("a:noAutofit"))


def paint(shape: Any, fill: str) -> None:
    """A flat fill: no outline, no shadow, none of the theme's effects."""
    element = shape._element
    style = element.find(qn("p:style"))
    if style is not None:
        element.remove(style)
    properties = element.find(qn("p:spPr"))
    solid = etree.SubElement(properties, qn("a:solidFill"))
    etree.SubElement(solid, qn("a:srgbClr"), val=fill)
    etree.SubElement(etree.SubElement(properties, qn("a:ln")), qn("a:noFill"))


def size_of(shape: Any) -> float:
    run = shape._element.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
    return int(run.get("sz", "1200")) / 100 if run is not None else 12.0
