"""One slide under the pen: its placeholders, and the shapes that stand beside them."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.oxml.ns import qn
from pptx.util import Pt

from ui.decks.look import Box, Sheet, box_of
from ui.decks.measure import Face, shortened_lines, width, wrap
from ui.decks.paragraphs import Paragraph, Run, fill_text, language, printable
from ui.decks.shapes import coloured, decorate, paint, put, set_place, settle, size_of
from ui.parts.palette import WHITE

TITLE_SIZES = (30, 28, 26, 24, 22, 20, 18)
_COVER_SIZES, _ONE_LINE = (40, 36, 32), 0.72
TITLE_LEADING = 1.2
SMALLEST = 18
PILL_HEIGHT = 30.0
INSET = 4.0


class Page:
    """A new slide of a presentation on a sheet; `close` must be called when it is drawn."""

    def __init__(self, presentation: Any, sheet: Sheet) -> None:
        self.sheet = sheet
        self.slide = presentation.slides.add_slide(sheet.layout)
        self.shapes = self.slide.shapes
        self._used: list[Any] = []

    # placeholders

    def title(
        self, text: str, *, colour: str = "", most: float = TITLE_SIZES[0], tail: str = ""
    ) -> None:
        """The title at the greatest size at which it fits, cut with an ellipsis if at none;
        `tail` is kept whole behind it.

        A layout without a title placeholder gets a text box where the title would stand.
        """
        box = self.sheet.title or Box(
            self.sheet.content.x, max(6.0, self.sheet.content.y - 62), self.sheet.content.w, 56
        )
        shape = self.slide.shapes.title
        text = " ".join(printable(text).split())
        size, text = _fitted_title(text, tail, box, self.sheet.title_face, most)
        paragraph = Paragraph(
            runs=(Run(text, size, bold=True, colour=colour),), leading=TITLE_LEADING
        )
        if shape is None:
            self.text(box, [paragraph], name="Title", colour=self.sheet.ink)
            return
        self._fill(shape, box, [paragraph], None)

    def body(self, box: Box, paragraphs: Sequence[Paragraph]) -> Any:
        """The text placeholder, at `box`; a text box where the layout has none."""
        shape = self._placeholder((KIND.BODY, KIND.OBJECT, KIND.SUBTITLE))
        if shape is None:
            return self.text(box, paragraphs, name="Text", colour=self.sheet.ink)
        self._fill(shape, box, paragraphs, "t")
        return shape

    def _placeholder(self, kinds: tuple[Any, ...]) -> Any:
        found = [p for p in self.slide.placeholders if p.placeholder_format.type in kinds]
        found = [p for p in found if p._element not in self._used]
        return max(found, key=lambda p: (p.width or 0) * (p.height or 0), default=None)

    def _fill(self, shape: Any, box: Box, text: Sequence[Paragraph], anchor: str | None) -> None:
        self._used.append(shape._element)
        put(shape, box)
        body = shape._element.find(qn("p:txBody"))
        settle(body.find(qn("a:bodyPr")), INSET, anchor)
        fill_text(body, text, self.slide.part)

    def raise_shape(self, shape: Any) -> None:
        """The shape above those drawn before it."""
        self.shapes._spTree.append(shape._element)

    def ground(self, colour: str) -> None:
        """Fill the slide's own background."""
        fill = self.slide.background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(colour)

    # shapes

    def text(
        self,
        box: Box,
        paragraphs: Sequence[Paragraph],
        *,
        name: str,
        colour: str = "",
        anchor: str = "t",
        inset: float = 0.0,
    ) -> Any:
        """A text box; runs without a colour of their own take `colour`."""
        shape = self.shapes.add_textbox(Pt(0), Pt(0), Pt(1), Pt(1))
        put(shape, box)
        shape.name = name
        body = shape._element.find(qn("p:txBody"))
        settle(body.find(qn("a:bodyPr")), inset, anchor)
        fill_text(body, coloured(paragraphs, colour or self.sheet.ink), self.slide.part)
        return shape

    def panel(
        self,
        box: Box,
        fill: str,
        paragraphs: Sequence[Paragraph] = (),
        *,
        name: str,
        colour: str = "",
        anchor: str = "t",
        inset: float = 12.0,
        rounded: bool = False,
    ) -> Any:
        """A filled shape with text inside, or a decoration when it holds none."""
        kind = MSO_SHAPE.ROUNDED_RECTANGLE if rounded else MSO_SHAPE.RECTANGLE
        shape = self.shapes.add_shape(kind, Pt(0), Pt(0), Pt(1), Pt(1))
        put(shape, box)
        shape.name = name
        paint(shape, fill)
        if rounded:
            shape.adjustments[0] = min(0.5, 5.0 / max(1.0, min(box.w, box.h)))
        body = shape._element.find(qn("p:txBody"))
        settle(body.find(qn("a:bodyPr")), inset, anchor)
        fill_text(body, coloured(paragraphs, colour or self.sheet.ink), self.slide.part)
        if not paragraphs:
            decorate(shape)
        return shape

    def bar(self, box: Box, fill: str) -> Any:
        """A plain coloured rectangle that only decorates."""
        return self.panel(box, fill, name="Bar")

    def pill(self, x: float, y: float, text: str, fill: str, name: str) -> float:
        """A label in white on a colour; the x right of it."""
        wide = width(text, SMALLEST, self.sheet.face, bold=True) + 20
        run = Run(printable(text), SMALLEST, bold=True, colour=WHITE)
        self.panel(
            Box(x, y, wide, PILL_HEIGHT),
            fill,
            [Paragraph(runs=(run,), align="ctr", leading=1.2)],
            name=name,
            anchor="ctr",
            inset=0.0,
            rounded=True,
        )
        return x + wide + 10

    def notes(self, text: str) -> None:
        """The speaker's notes, in paragraphs with their language."""
        if not text.strip():
            return
        frame = self.slide.notes_slide.notes_text_frame
        if frame is None:
            return
        lines = printable(text).split("\n")
        body = frame._txBody
        for old in body.findall(qn("a:p")):
            body.remove(old)
        for line in lines:
            element = etree.SubElement(body, qn("a:p"))
            if line.strip():
                run = etree.SubElement(element, qn("a:r"))
                etree.SubElement(run, qn("a:rPr"), lang=language(line), dirty="0")
                etree.SubElement(run, qn("a:t")).text = line.replace("\t", " ")

    # the end

    def close(self, footer: str, *, numbered: bool = True) -> None:
        """Remove placeholders that hold nothing; bring footer and number from the layout."""
        for shape in list(self.slide.placeholders):
            if shape._element not in self._used:
                shape._element.getparent().remove(shape._element)
        for shape in self.sheet.layout.placeholders:
            if shape.placeholder_format.type == KIND.FOOTER and footer:
                self._furniture(shape, footer)
            elif shape.placeholder_format.type == KIND.SLIDE_NUMBER and numbered:
                self._furniture(shape, None)

    def _furniture(self, source: Any, text: str | None) -> None:
        """A copy of the layout's footer or number: python-pptx leaves them behind."""
        box = box_of(source, self.sheet.page)
        if box is None or box.w < 20 or box.h < 8:
            return  # it lies beyond the page
        element = deepcopy(source._element)
        set_place(element, box)
        tree = self.shapes._spTree
        ids = [int(e.get("id")) for e in tree.iter(qn("p:cNvPr"))]
        element.find(f".//{qn('p:cNvPr')}").set("id", str(max(ids) + 1))
        tree.append(element)
        if text is None:
            return
        body = element.find(qn("p:txBody"))
        for old in body.findall(qn("a:p")):
            body.remove(old)
        run = etree.SubElement(etree.SubElement(body, qn("a:p")), qn("a:r"))
        etree.SubElement(run, qn("a:rPr"), lang=language(text), dirty="0")
        room = box.w - 16
        size = size_of(source)
        etree.SubElement(run, qn("a:t")).text = shortened_lines(
            text, size, room, 1, self.sheet.face
        )


def _fitted_title(text: str, tail: str, box: Box, face: Face, most: float) -> tuple[float, str]:
    room, tall = box.w - 2 * INSET, box.h - 2 * INSET
    sizes = [size for size in (most, *_COVER_SIZES, *TITLE_SIZES) if size <= most]
    lines = {size: len(wrap(text + tail, size, room, face, bold=True)) for size in sizes}
    # A smaller size in one line looks better than a word or two alone in the second.
    for size in [*(s for s in sizes if s >= _ONE_LINE * most and lines[s] == 1), *sizes]:
        if lines[size] * size * TITLE_LEADING <= tall and lines[size] <= 2:
            return size, text + tail
    rows = max(1, int(tall / (SMALLEST * TITLE_LEADING)))
    room -= width(tail, SMALLEST, face, bold=True) / rows
    return SMALLEST, shortened_lines(text, SMALLEST, room, rows, face, bold=True) + tail
