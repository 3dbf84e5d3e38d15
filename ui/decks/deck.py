"""A deck under construction: the presentation, its look, and the links to be tied."""

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from ui.decks.look import Box, Look, Sheet, box_of
from ui.decks.page import PILL_HEIGHT, Page
from ui.decks.paragraphs import own_colour


class Deck:
    """What the drawing functions share; `tie` once all slides are drawn."""

    def __init__(self, presentation: Any, look: Look, footer: str, more: str) -> None:
        self.presentation = presentation
        self.look = look
        self.footer = footer
        self.more = more
        self._leads: list[tuple[Any, Page, str]] = []
        self._marks: dict[str, Any] = {}
        self._drop_samples()

    def page(
        self, title: str, number: int, count: int, notes: str, sheet: Sheet | None = None
    ) -> Page:
        """A new page with its title; from the second on the title says that it goes on."""
        sheet = sheet or self.look.plain
        page = Page(self.presentation, sheet)
        more = f" {self.more}" if number else ""
        if number and count > 2:
            more += f" {number + 1}/{count}"
        page.title(title, most=self.title_most(sheet), tail=more)
        page.notes(notes)
        return page

    def title_most(self, sheet: Sheet) -> float:
        """The greatest size of a title here: the template's own, within reason."""
        return min(32.0, max(24.0, sheet.title_size))

    def close(self, page: Page) -> None:
        """The page is drawn: furniture on, empty placeholders off."""
        page.close(self.footer)

    def under_pills(self, sheet: Sheet, pills: bool) -> tuple[Box, tuple[float, float] | None]:
        """(where the content goes, where the pills start): ours stand above the title, in
        another's template they take a strip of the content."""
        box = sheet.content
        if not pills:
            return box, None
        if self.look.own and sheet.title:
            return box, (sheet.title.x + 4, sheet.title.y - PILL_HEIGHT - 4)
        return box.below(PILL_HEIGHT + 10), (box.x, box.y)

    def subtitle_box(self) -> Box:
        """Where the cover's second text goes."""
        layout, page = self.look.cover.layout, self.look.page
        kinds = (KIND.SUBTITLE, KIND.BODY, KIND.OBJECT)
        for shape in layout.placeholders:
            if shape.placeholder_format.type in kinds and (box := box_of(shape, page)):
                return box
        title = self.look.cover.title or Box(page.w * 0.1, page.h * 0.3, page.w * 0.8, 80)
        return Box(title.x, min(title.bottom + 12, page.h - 110), title.w, 90)

    def lead(self, shape: Any, page: Page, key: str) -> None:
        """A click on the shape will lead to the slide of that key."""
        self._leads.append((shape._element.find(f".//{qn('p:cNvPr')}"), page, key))

    def lead_words(self, shape: Any, page: Page, keys: Sequence[str]) -> None:
        """A click on each paragraph will lead to the slide of its key; "" leads nowhere."""
        paragraphs = shape._element.iter(qn("a:p"))
        for paragraph, key in zip(paragraphs, keys, strict=False):
            for properties in paragraph.iter(qn("a:rPr")):
                self._leads.append((properties, page, key))

    def mark(self, key: str, page: Page) -> None:
        """The page is the first one of that key."""
        self._marks.setdefault(key, page.slide)

    def tie(self) -> None:
        """Give everything that leads to a slide its link."""
        for properties, page, key in self._leads:
            target = self._marks.get(key)
            if target is not None:
                link = etree.Element(qn("a:hlinkClick"), action="ppaction://hlinksldjump")
                link.set(qn("r:id"), page.slide.part.relate_to(target.part, RT.SLIDE))
                _put_link(properties, link)

    def _drop_samples(self) -> None:
        """Take the template's own slides out, with every list that names them."""
        listed = self.presentation.slides._sldIdLst
        for item in list(listed):
            self.presentation.part.drop_rel(item.rId)
            listed.remove(item)
        element = self.presentation.part._element
        for shows in element.findall(qn("p:custShowLst")):
            element.remove(shows)
        for extensions in element.findall(qn("p:extLst")):
            for extension in list(extensions):
                if any("sectionLst" in str(child.tag) for child in extension):
                    extensions.remove(extension)
            if not len(extensions):
                element.remove(extensions)


def _put_link(properties: Any, link: Any) -> None:
    """The link in its place: first in a shape's properties, after the colour in a run's."""
    if properties.tag == qn("p:cNvPr"):
        properties.insert(0, link)
        return
    link.append(own_colour())
    properties.append(link)
