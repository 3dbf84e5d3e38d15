"""What a template offers: which layout serves for what, where its text goes, its colours.

Layouts are chosen by the types of their placeholders, never by position or name, so that
a template in any language works. Boxes are in points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as KIND
from pptx.oxml.ns import qn

from index.errors import ConfigError
from ui.decks.ground import ground_of, scheme_colour, theme_of, typefaces
from ui.decks.measure import Face
from ui.parts.palette import blend, contrast, luminance, readable_on

EMU = 12700
OWN = "re:Invent KB"
_FURNITURE = (KIND.DATE, KIND.FOOTER, KIND.SLIDE_NUMBER)
_TITLES = (KIND.TITLE, KIND.CENTER_TITLE)
_TEXTS = (KIND.BODY, KIND.OBJECT)
_TOO_SMALL = 120.0
_LEAST_WIDE, _LEAST_HIGH = 468.0, 288.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, from the slide's upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.h

    def below(self, height: float) -> "Box":
        """What is left under a strip of that height."""
        return Box(self.x, self.y + height, self.w, max(0.0, self.h - height))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A layout ready to be filled: `title` and `body` are placeholders' boxes, or None;
    `content` is where everything else may stand."""

    layout: Any
    page: Box
    title: Box | None
    body: Box | None
    content: Box
    ground: str
    ink: str
    muted: str
    panel: str
    link: str
    face: Face
    title_face: Face
    title_size: float


@dataclass(frozen=True, slots=True)
class Look:
    """The sheets of a template; `own` is true for the template that comes along."""

    cover: Sheet
    section: Sheet
    points: Sheet
    plain: Sheet
    page: Box
    own: bool


def look_of(presentation: Any) -> Look:
    """Choose the layouts; raises ConfigError when the template has none."""
    layouts = [lay for master in presentation.slide_masters for lay in master.slide_layouts]
    if not layouts:
        raise ConfigError("the template has no slide layouts", key="--template")
    page = Box(0, 0, presentation.slide_width / EMU, presentation.slide_height / EMU)
    if page.w < _LEAST_WIDE or page.h < _LEAST_HIGH:
        raise ConfigError(
            f"the template's slides are {page.w / 72:.1f} × {page.h / 72:.1f} inches; text of 18 "
            f"points needs {_LEAST_WIDE / 72:.1f} × {_LEAST_HIGH / 72:.1f} at least",
            key="--template",
        )
    own = layouts[0].slide_master.name == OWN
    points = _sheet(_best(layouts, _points_score), page, None)
    content = points.content
    return Look(
        cover=_sheet(_best(layouts, _cover_score), page, None),
        section=_sheet(_best(layouts, _section_score), page, None) if own else points,
        points=points,
        plain=_sheet(_best(layouts, _plain_score), page, content),
        page=page,
        own=own,
    )


def kinds_of(layout: Any) -> list[Any]:
    """The placeholder types of a layout, without date, footer and number."""
    kinds = [shape.placeholder_format.type for shape in layout.placeholders]
    return [kind for kind in kinds if kind not in _FURNITURE]


def _best(layouts: Iterable[Any], score: Any) -> Any:
    ranked = list(enumerate(layouts))
    return max(ranked, key=lambda pair: (score(pair[1]), -pair[0]))[1]


def _cover_score(layout: Any) -> float:
    kinds = kinds_of(layout)
    return float(
        8 * (KIND.CENTER_TITLE in kinds)
        + 4 * (KIND.SUBTITLE in kinds)
        + 2 * (layout.element.get("type") == "title")
        + (KIND.TITLE in kinds)
        - len(kinds)
    )


def _points_score(layout: Any) -> float:
    kinds = kinds_of(layout)
    texts = sum(kind in _TEXTS for kind in kinds)
    room = max((s.width * s.height for s in _texts(layout) if s.width and s.height), default=0)
    upright = not _is_vertical(layout)
    return float(
        4 * (KIND.TITLE in kinds)
        + 4 * (texts == 1)
        + 2 * (layout.element.get("type") in ("obj", "tx"))
        + room / 1e14
        - 5 * (layout.element.get("type") == "secHead")
        - 5 * (not upright)
        - 2 * (len(kinds) - texts)
        - 0.5 * len(kinds)
    )


def _plain_score(layout: Any) -> float:
    kinds = kinds_of(layout)
    if not any(kind in _TITLES for kind in kinds):
        return -20.0 - len(kinds)
    is_only = kinds == [KIND.TITLE]
    score = _points_score(layout) - 4 * (KIND.CENTER_TITLE in kinds)
    return score + 9.0 * is_only


def _section_score(layout: Any) -> float:
    return _points_score(layout) + (9.0 if layout.element.get("type") == "secHead" else 0.0)


def _is_vertical(layout: Any) -> bool:
    kinds = kinds_of(layout)
    if KIND.VERTICAL_TITLE in kinds or KIND.VERTICAL_BODY in kinds:
        return True
    return any(b.get("vert", "horz") != "horz" for b in layout.element.iter(qn("a:bodyPr")))


def _texts(layout: Any) -> list[Any]:
    return [s for s in layout.placeholders if s.placeholder_format.type in _TEXTS]


def _sheet(layout: Any, page: Box, content: Box | None) -> Sheet:
    titles = [s for s in layout.placeholders if s.placeholder_format.type in _TITLES]
    title = box_of(titles[0], page) if titles else None
    bodies = [box_of(s, page) for s in _texts(layout)]
    body = max((b for b in bodies if b), key=lambda b: b.w * b.h, default=None)
    ground = ground_of(layout)
    theme = theme_of(layout.slide_master)
    ink = readable_on(ground, scheme_colour("tx1", layout), 7.0)
    dark = luminance(ground) < 0.18
    link = scheme_colour("hlink", layout)
    return Sheet(
        layout=layout,
        page=page,
        title=title,
        body=body,
        content=_beside(content or _content(body, title, layout, page), title),
        ground=ground,
        ink=ink,
        muted=readable_on(ground, blend(ink, ground, 0.3)),
        panel=blend(ground, ink, 0.12 if dark else 0.05),
        link=link if contrast(link, ground) >= 5 else readable_on(ground, link, 5),
        face=Face(*typefaces(theme, "minor")),
        title_face=Face(*typefaces(theme, "major")),
        title_size=_title_size(layout, titles),
    )


def _beside(content: Box, title: Box | None) -> Box:
    """The content's box without what the title covers: the greater part, above or below."""
    if title is None or content.bottom <= title.y or title.bottom <= content.y:
        return content
    above, below = title.y - 8 - content.y, content.bottom - title.bottom - 8
    if above > below:
        return Box(content.x, content.y, content.w, above)
    return Box(content.x, title.bottom + 8, content.w, max(1.0, below))


def box_of(shape: Any, page: Box) -> Box | None:
    """The placeholder's box, inherited from the master where the layout has none; what
    reaches over the page's edge is cut off."""
    if shape.width is None or shape.left is None or not shape.width or not shape.height:
        return None
    x, y = max(0.0, shape.left / EMU), max(0.0, shape.top / EMU)
    right = min(page.w, (shape.left + shape.width) / EMU)
    bottom = min(page.h, (shape.top + shape.height) / EMU)
    return Box(x, y, max(1.0, right - x), max(1.0, bottom - y))


def _content(body: Box | None, title: Box | None, layout: Any, page: Box) -> Box:
    """The body's box when it can hold a slide, else what title and footer leave free."""
    if body and body.h >= _TOO_SMALL and body.w >= page.w * 0.45:
        return body
    high = title is not None and title.bottom < page.h * 0.45
    top = title.bottom + 8 if title and high else page.h * (0.06 if title else 0.22)
    feet = [
        box.y
        for s in layout.placeholders
        if s.placeholder_format.type in _FURNITURE
        and (box := box_of(s, page))
        and box.y > page.h / 2
    ]
    bottom = min([*feet, page.h * 0.94]) - 6
    side = title.x if title and title.w > page.w / 2 else page.w * 0.06
    return Box(side, top, page.w - 2 * side, bottom - top)


def _title_size(layout: Any, titles: list[Any]) -> float:
    """The size that the template gives titles, in points; PowerPoint's 44 where unsaid."""
    master = layout.slide_master.element
    styles = [title._element for title in titles]
    styles += [
        s._element for s in layout.slide_master.placeholders if s.placeholder_format.type in _TITLES
    ]
    for style in styles:
        found = style.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if found is not None and found.get("sz"):
            return int(found.get("sz")) / 100
    path = f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
    found = master.find(path)
    return int(found.get("sz", "4400")) / 100 if found is not None else 44.0
