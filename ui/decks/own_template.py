"""Our own 16:9 template, made by code: `python -m ui.decks.own_template` writes the file.

It starts from python-pptx's default package and keeps four layouts: cover, section, points
and title only. The file lies beside this module, so that anyone may open and change it in
PowerPoint; the tests hold that both are the same.

Typefaces: Latin text asks for Noto Sans CJK JP, Japanese for Yu Gothic. Windows and macOS
(with Office) have the second and put their own sans in place of the first; Linux has the
first, and fontconfig puts it in place of the second. Both pairs are equally wide.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.oxml.ns import qn
from pptx.util import Pt

from ui.decks.look import EMU, OWN
from ui.decks.package import settled
from ui.parts.palette import ACCENT, AREA_COLOURS, INK, LINK, MUTED, WHITE

FILE = Path(__file__).with_name("template.pptx")
LATIN, EASTERN = "Noto Sans CJK JP", "Yu Gothic"
WIDE, HIGH = 960.0, 540.0
MARGIN = 44.0
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# layout index in python-pptx's default package -> its name here
_KEPT = {0: "Cover", 1: "Points", 2: "Section", 5: "Title only"}
_TITLE = (MARGIN, 68.0, WIDE - 2 * MARGIN, 68.0)
_BODY = (MARGIN, 146.0, WIDE - 2 * MARGIN, 344.0)
_STRIPE = ("Compute", "Network", "Analytics", "ML/AI", "Storage", "Security")


def build() -> bytes:
    """The template as the bytes of a .pptx; the same on every run."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDE), Pt(HIGH)
    master = presentation.slide_master
    master.element.find(qn("p:cSld")).set("name", OWN)
    layouts = list(presentation.slide_layouts)
    for index, layout in enumerate(layouts):
        if index not in _KEPT:
            presentation.slide_layouts.remove(layout)
        else:
            layout.name = _KEPT[index]
    _dress_theme(master)
    _dress_master(master)
    for index, name in _KEPT.items():
        _place_furniture(layouts[index], WHITE if name in ("Cover", "Section") else MUTED)
    _dress_cover(layouts[0])
    _dress_section(layouts[2])
    for index in (1, 5):
        _forget_places(layouts[index])
    _name_core(presentation)
    out = BytesIO()
    presentation.save(out)
    return settled(out.getvalue())


def _name_core(presentation: Any) -> None:
    from datetime import datetime

    core = presentation.core_properties
    core.title, core.author, core.last_modified_by = OWN, OWN, OWN
    core.created = core.modified = datetime(2020, 11, 30)
    core.language = "ja-JP"


def _emu(points: float) -> int:
    return round(points * EMU)


def _place(shape: Any, box: tuple[float, float, float, float]) -> None:
    # All four at once: python-pptx zeroes the others when one is set on a placeholder.
    shape.left, shape.top, shape.width, shape.height = map(_emu, box)


def _dress_theme(master: Any) -> None:
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    theme.set("name", OWN)
    for font in theme.iter(f"{_A}majorFont", f"{_A}minorFont"):
        latin = font.find(f"{_A}latin")
        latin.set("typeface", LATIN)
        # What stands in for a missing font: a sans serif of variable width.
        latin.set("panose", "020B0500000000000000")
        latin.set("pitchFamily", "34")
        latin.set("charset", "0")
        font.find(f"{_A}ea").set("typeface", EASTERN)
    colours = {
        "dk1": INK,
        "lt1": WHITE,
        "dk2": "232F3E",
        "lt2": "EEF1F5",
        "accent1": ACCENT,
        "accent2": AREA_COLOURS["Analytics"],
        "accent3": AREA_COLOURS["ML/AI"],
        "accent4": AREA_COLOURS["Network"],
        "accent5": AREA_COLOURS["Application Integration"],
        "accent6": AREA_COLOURS["Security"],
        "hlink": LINK,
        "folHlink": AREA_COLOURS["Network"],
    }
    scheme = theme.find(f".//{_A}clrScheme")
    scheme.set("name", OWN)
    for name, value in colours.items():
        entry = scheme.find(_A + name)
        for child in list(entry):
            entry.remove(child)
        etree.SubElement(entry, f"{_A}srgbClr").set("val", value)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _dress_master(master: Any) -> None:
    for shape in master.placeholders:
        kind = shape.placeholder_format.type
        if kind == KIND.TITLE:
            _place(shape, _TITLE)
            _anchor(shape, "ctr")
        elif kind == KIND.BODY:
            _place(shape, _BODY)
    _place_furniture(master)
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    run = title.find(qn("a:defRPr"))
    run.set("sz", "3000")
    run.set("b", "1")
    sizes = ("2400", "2000", "2000", "2000", "2000")
    body = styles.find(qn("p:bodyStyle"))
    for level, size in enumerate(sizes, 1):
        body.find(f"{qn(f'a:lvl{level}pPr')}/{qn('a:defRPr')}").set("sz", size)
    _bar(master, (0, 0, 10, HIGH), ACCENT, "Edge")


def _place_furniture(holder: Any, colour: str = MUTED) -> None:
    """Footer, date and number in one line at the foot; number at the right."""
    boxes = {
        KIND.FOOTER: (MARGIN, 504.0, 620.0, 22.0),
        KIND.DATE: (MARGIN + 640, 504.0, 120.0, 22.0),
        KIND.SLIDE_NUMBER: (WIDE - MARGIN - 90, 504.0, 90.0, 22.0),
    }
    for shape in holder.placeholders:
        kind = shape.placeholder_format.type
        if kind in boxes:
            _place(shape, boxes[kind])
            styles = shape._element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
            for child in list(styles):
                styles.remove(child)
            align = "l" if kind == KIND.FOOTER else "r"
            level = etree.SubElement(styles, qn("a:lvl1pPr"), algn=align)
            run = etree.SubElement(level, qn("a:defRPr"), sz="1200")
            etree.SubElement(etree.SubElement(run, qn("a:solidFill")), qn("a:srgbClr"), val=colour)


def _forget_places(layout: Any) -> None:
    """Title and body stand where the master has them."""
    for shape in layout.placeholders:
        if shape.placeholder_format.type in (KIND.TITLE, KIND.OBJECT, KIND.BODY):
            properties = shape._element.find(qn("p:spPr"))
            frame = properties.find(qn("a:xfrm"))
            if frame is not None:
                properties.remove(frame)


def _dress_cover(layout: Any) -> None:
    _ground(layout, "tx2")
    layout.element.set("showMasterSp", "0")
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind == KIND.CENTER_TITLE:
            _place(shape, (72, 132, 816, 150))
            _anchor(shape, "b")
            _style(shape, "4400", "bg1", bold=True)
        elif kind == KIND.SUBTITLE:
            _place(shape, (72, 306, 816, 110))
            _anchor(shape, "t")
            _style(shape, "2400", "bg1", bold=False)
    each = WIDE / len(_STRIPE)
    for place, area in enumerate(_STRIPE):
        _bar(layout, (place * each, HIGH - 14, each, 14), AREA_COLOURS[area], f"Stripe {place}")
    _bar(layout, (72, 290, 96, 5), "F0883E", "Rule")


def _dress_section(layout: Any) -> None:
    _ground(layout, "tx2")
    layout.element.set("showMasterSp", "0")
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind == KIND.TITLE:
            _place(shape, (72, 56, 816, 84))
            _anchor(shape, "b")
            _style(shape, "4400", "bg1", bold=True)
        elif kind == KIND.BODY:
            _place(shape, (72, 164, 816, 318))
            _anchor(shape, "t")
            _style(shape, "2000", "bg1", bold=False)
    _bar(layout, (72, 148, 96, 5), WHITE, "Rule")


def _ground(layout: Any, scheme: str) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    fill = layout.background.fill
    fill.solid()
    fill.fore_color.theme_color = {"tx2": MSO_THEME_COLOR.TEXT_2}[scheme]


def _anchor(shape: Any, anchor: str) -> None:
    shape._element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}").set("anchor", anchor)


def _style(shape: Any, size: str, scheme: str, bold: bool) -> None:
    """The placeholder's first level: left, of that size and theme colour, without bullet."""
    styles = shape._element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
    for child in list(styles):
        styles.remove(child)
    level = etree.SubElement(styles, qn("a:lvl1pPr"), marL="0", indent="0", algn="l")
    etree.SubElement(level, qn("a:buNone"))
    run = etree.SubElement(level, qn("a:defRPr"), sz=size, b="1" if bold else "0", cap="none")
    fill = etree.SubElement(run, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:schemeClr"), val=scheme)


def _bar(holder: Any, box: tuple[float, float, float, float], colour: str, name: str) -> None:
    """A plain rectangle behind everything else of a master or layout."""
    tree = holder.shapes._spTree
    ids = [int(e.get("id")) for e in tree.iter(qn("p:cNvPr"))]
    x, y, w, h = map(_emu, box)
    shape = etree.fromstring(
        f'<p:sp xmlns:p="{tree.nsmap["p"]}" xmlns:a="{tree.nsmap["a"]}"><p:nvSpPr>'
        f'<p:cNvPr id="{max(ids) + 1}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:srgbClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    tree.insert(2, shape)


if __name__ == "__main__":
    FILE.write_bytes(build())
    print(FILE)
