"""The slides that lead through a deck: cover, headlines, agenda, sections.

A function takes the `Deck` and the slide's values and adds as many pages as the text needs.
"""

from collections.abc import Sequence

from ui.decks.deck import Deck
from ui.decks.fitting import spread
from ui.decks.look import Box
from ui.decks.measure import shortened, width
from ui.decks.outline import (
    Agenda,
    Cover,
    Headline,
    Headlines,
    Name,
    Section,
    Stop,
)
from ui.decks.page import INSET, SMALLEST, Page
from ui.decks.paragraphs import LEADING, Paragraph, Run
from ui.parts.palette import WHITE, area_colour

_ROW_GAP = 6.0
_CELL_SIDES = 34.0
# Sizes of a section's names and the space below them, in points.
_NAME_SIZES = ((24.0, 12.0), (20.0, 7.0), (18.0, 5.0))


def draw_cover(deck: Deck, slide: Cover) -> None:
    """Title and subtitle in the template's own places."""
    sheet = deck.look.cover
    page = Page(deck.presentation, sheet)
    page.title(slide.title, most=min(44.0, max(28.0, sheet.title_size)))
    box = deck.subtitle_box()
    lines = [Paragraph(runs=(Run(line, 24),)) for line in slide.lines]
    page.body(box, lines)
    page.notes(slide.notes)
    page.close("", numbered=False)


def draw_headlines(deck: Deck, slide: Headlines) -> None:
    """Numbered lines, each with a square in its area's colour."""
    box = deck.look.plain.content
    tall = 22 * LEADING + SMALLEST * LEADING
    pages = spread([tall] * len(slide.lines), box.h, 8.0)
    for number, indices in enumerate(pages):
        page = deck.page(slide.title, number, len(pages), slide.notes)
        step = min(box.h / len(indices), tall + 22)
        for row, index in enumerate(indices):
            spot = Box(box.x, box.y + row * step, box.w, tall)
            _headline(page, spot, index + 1, slide.lines[index])
        deck.close(page)


def _headline(page: Page, box: Box, number: int, line: Headline) -> None:
    sheet = page.sheet
    side = 44.0
    mark = Paragraph(runs=(Run(str(number), 22, bold=True, colour=WHITE),), align="ctr")
    page.panel(
        Box(box.x, box.y + 4, side, side),
        area_colour(line.area),
        [mark],
        name=f"Number {number}",
        anchor="ctr",
        inset=0,
        rounded=True,
    )
    room = box.w - side - 16
    title = shortened(line.title, 22, room, sheet.face, bold=True)
    text = shortened(line.text, SMALLEST, room, sheet.face)
    page.text(
        Box(box.x + side + 16, box.y, room, box.h),
        [
            Paragraph(runs=(Run(title, 22, bold=True),)),
            Paragraph(runs=(Run(text, SMALLEST, colour=sheet.muted),)),
        ],
        name=f"Line {number}",
    )


def draw_agenda(deck: Deck, slide: Agenda) -> None:
    """A grid of what is to come; each cell leads to its slide once that is drawn."""
    box, face = deck.look.plain.content, deck.look.plain.face
    names = max(width(s.name, SMALLEST, face, bold=True) for s in slide.stops) + _CELL_SIDES
    columns = max(1, min(3 if box.w >= 780 else 2, int((box.w + 14) / (names + 14))))
    wide = (box.w - 14 * (columns - 1)) / columns
    lines = [f"{s.name}  {s.text}" for s in slide.stops]
    short = all(width(t, SMALLEST, face, bold=True) <= wide - _CELL_SIDES for t in lines)
    least = 28.0 if short else 56.0
    most = max(1, int((box.h + _ROW_GAP) / (least + _ROW_GAP))) * columns
    count = -(-len(slide.stops) // most)
    bounds = [round(i * len(slide.stops) / count) for i in range(count + 1)]
    for number in range(count):
        page = deck.page(slide.title, number, count, slide.notes)
        _stops(deck, page, slide.stops[bounds[number] : bounds[number + 1]], columns, box)
        deck.close(page)


def _stops(deck: Deck, page: Page, stops: Sequence[Stop], columns: int, box: Box) -> None:
    rows = -(-len(stops) // columns)
    wide = (box.w - 14 * (columns - 1)) / columns
    most = 96.0 if any(stop.text for stop in stops) else 48.0
    tall = min(most, (box.h - _ROW_GAP * (rows - 1)) / rows)
    for place, stop in enumerate(stops):
        column, row = place % columns, place // columns
        spot = Box(box.x + column * (wide + 14), box.y + row * (tall + _ROW_GAP), wide, tall)
        cell = page.panel(
            spot,
            page.sheet.panel,
            _stop_text(page, stop, wide, tall),
            name=f"Agenda: {stop.name}",
            anchor="ctr",
            inset=_CELL_SIDES / 2,
        )
        page.bar(Box(spot.x, spot.y, 8, tall), area_colour(stop.area))
        deck.lead(cell, page, stop.key)


def _stop_text(page: Page, stop: Stop, wide: float, tall: float) -> list[Paragraph]:
    """Name and count: below each other where there is room, else in one line."""
    sheet, room = page.sheet, wide - _CELL_SIDES
    if tall >= 56 and stop.text:
        size = 24 if tall >= 84 else SMALLEST
        if width(stop.name, size, sheet.face, bold=True) > room:
            size = SMALLEST
        name = Run(shortened(stop.name, size, room, sheet.face, bold=True), size, bold=True)
        return [
            Paragraph(runs=(name,), leading=1.25),
            Paragraph(runs=(Run(stop.text, SMALLEST, colour=sheet.muted),), leading=1.25),
        ]
    count = f"  {stop.text}" if stop.text else ""
    left = room - width(count, SMALLEST, sheet.face)
    name = Run(shortened(stop.name, SMALLEST, left, sheet.face, bold=True), SMALLEST, bold=True)
    runs = (name, Run(count, SMALLEST, colour=sheet.muted)) if count else (name,)
    return [Paragraph(runs=runs, leading=1.2)]


def draw_section(deck: Deck, slide: Section) -> None:
    """The area's colour over the whole slide in our template, as a panel in another's."""
    colour = area_colour(slide.area)
    sheet = deck.look.section
    page = Page(deck.presentation, sheet)
    box = sheet.body or sheet.content
    if deck.look.own:
        page.ground(colour)
        page.title(slide.title, colour=WHITE, most=44, tail=f"  {slide.count}")
    else:
        page.title(slide.title, most=deck.title_most(sheet), tail=f"  {slide.count}")
        page.panel(sheet.content, colour, name="Area")
        area = sheet.content
        box = Box(area.x + 24, area.y + 20, area.w - 48, area.h - 40)
    _names(page, slide.names, box, deck)
    page.notes(slide.notes)
    deck.mark(slide.key, page)
    deck.close(page)


def _names(page: Page, names: Sequence[Name], box: Box, deck: Deck) -> None:
    """As many names as two columns hold, the rest as a number; each leads to its slide."""
    for size, after in _NAME_SIZES:
        rows = max(1, int((box.h - 2 * INSET) / (size * LEADING + after)))
        if len(names) <= rows:
            break
    columns = 1 if len(names) <= rows else 2
    shown = list(names)
    if len(shown) > rows * columns:
        rest = len(shown) - (rows * columns - 1)
        shown = [*shown[: rows * columns - 1], Name(f"… +{rest}")]
    per = -(-len(shown) // columns)
    wide = (box.w - 24 * (columns - 1)) / columns
    room, face = wide - 2 * INSET, page.sheet.face
    for column in range(columns):
        some = shown[column * per : (column + 1) * per]
        runs = [Run(shortened(n.text, size, room, face), size, colour=WHITE) for n in some]
        text = [Paragraph(runs=(run,), after=after) for run in runs]
        spot = Box(box.x + column * (wide + 24), box.y, wide, box.h)
        if column:
            shape = page.text(spot, text, name="Names", inset=INSET)
        else:
            shape = page.body(spot, text)
            page.raise_shape(shape)
        deck.lead_words(shape, page, [n.key for n in some])
