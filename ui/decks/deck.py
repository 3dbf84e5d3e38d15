"""A deck under construction: the presentation, its look, and the links to be tied."""

from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.oxml.ns import qn

from ui.decks.look import EMU, Box, Look, Sheet
from ui.decks.page import PILL_HEIGHT, Page


class Deck:
    """What the drawing functions share; `tie` once all slides are drawn."""

    def __init__(self, presentation: Any, look: Look, footer: str, more: str) -> None:
        self.presentation = presentation
        self.look = look
        self.footer = footer
        self.more = more
        self._leads: list[tuple[Any, str]] = []
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
            if shape.placeholder_format.type in kinds and shape.width and shape.height:
                box = [v / EMU for v in (shape.left, shape.top, shape.width, shape.height)]
                return Box(*box)
        title = self.look.cover.title or Box(page.w * 0.1, page.h * 0.3, page.w * 0.8, 80)
        return Box(title.x, min(title.bottom + 12, page.h - 110), title.w, 90)

    def lead(self, shape: Any, area: str) -> None:
        """The shape will lead to the area's section."""
        self._leads.append((shape, area))

    def mark(self, area: str, page: Page) -> None:
        """The page is where the area starts."""
        self._marks.setdefault(area, page.slide)

    def tie(self) -> None:
        """Give every agenda cell its link."""
        for shape, area in self._leads:
            if area in self._marks:
                shape.click_action.target_slide = self._marks[area]

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
