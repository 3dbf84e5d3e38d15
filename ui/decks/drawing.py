"""Lists, charts and tables on slides: each function draws one slide of an outline.

A function takes the `Deck` and the slide's values and adds as many pages as the text needs.
"""

from collections.abc import Sequence

from ui.decks.deck import Deck
from ui.decks.look import Box
from ui.decks.measure import fit, height, shortened, shortened_lines, spread, width, wrap
from ui.decks.outline import (
    Agenda,
    Brief,
    Briefs,
    Cover,
    Headline,
    Headlines,
    Link,
    Moment,
    Name,
    Points,
    Section,
    Stop,
    Timeline,
)
from ui.decks.page import INSET, SMALLEST, Page
from ui.decks.paragraphs import LEADING, Paragraph, Run
from ui.parts.palette import WHITE, area_colour, readable_on, stage_colour

BODY_SIZES = (28, 26, 24, 22, 20)
GAP = 0.45
_LIST_SIZES = (24, 22, 20)
_MOST_BRIEFS = 5
_ROW_GAP = 8.0
_CELL_SIDES = 34.0


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
    pages = spread([tall] * len(slide.lines), box.h, _ROW_GAP)
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
    least = 40.0 if short else 56.0
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
    tall = min(96.0, (box.h - _ROW_GAP * (rows - 1)) / rows)
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
    if tall >= 56:
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
        box = Box(box.x + 24, box.y + 20, box.w - 48, box.h - 40)
    _names(page, slide.names, box, deck)
    page.notes(slide.notes)
    deck.mark(slide.key, page)
    deck.close(page)


def _names(page: Page, names: Sequence[Name], box: Box, deck: Deck) -> None:
    """As many names as two columns hold, the rest as a number; each leads to its slide."""
    size, after = (24.0, 10.0) if len(names) <= 6 else (20.0, 7.0)
    rows = max(1, int((box.h - 2 * INSET) / (size * LEADING + after)))
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


def draw_points(deck: Deck, slide: Points) -> None:
    """A plain list; lines that lead somewhere are links."""
    box, pill = deck.under_pills(deck.look.points, bool(slide.area))
    texts = [line.text if isinstance(line, Link) else line for line in slide.lines]
    urls = [line.url if isinstance(line, Link) else None for line in slide.lines]
    room = (box.w - 2 * INSET - 24, box.h - 2 * INSET)
    face = deck.look.points.face
    fitted = fit(texts, room, face, sizes=_LIST_SIZES, leading=LEADING, gap=GAP)
    colour = deck.look.points.link
    for number, lines in enumerate(fitted.pages):
        page = deck.page(slide.title, number, len(fitted.pages), slide.notes, deck.look.points)
        if slide.area and pill:
            page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
        page.body(
            box,
            [
                Paragraph(
                    runs=(_listed(line, fitted.size, texts, urls, colour),),
                    bullet=True,
                    after=fitted.size * GAP,
                )
                for line in lines
            ],
        )
        deck.close(page)


def _listed(
    line: str, size: float, texts: Sequence[str], urls: Sequence[str | None], colour: str
) -> Run:
    """The line as a run, with the address of the text that it is (or is a piece of)."""
    owner = next((i for i, text in enumerate(texts) if line == text or line in text), None)
    url = urls[owner] if owner is not None else None
    return Run(line, size, colour=colour if url else "", url=url)


def draw_briefs(deck: Deck, slide: Briefs) -> None:
    """Short items under each other, at most five a slide."""
    sheet = deck.look.plain
    box, pill = deck.under_pills(sheet, True)
    room = box.w - 22
    texts = ["".join(_staged(item)) for item in slide.items]
    lines = [min(2, len(wrap(text, SMALLEST, room, sheet.face))) if text else 0 for text in texts]
    tall = [20 * LEADING + n * SMALLEST * LEADING for n in lines]
    pages = _at_most(spread(tall, box.h, 14.0), tall, box.h)
    for number, indices in enumerate(pages):
        page = deck.page(slide.title, number, len(pages), slide.notes, sheet)
        if pill:
            page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
        deck.mark(slide.key, page)
        y = box.y
        for index in indices:
            page.bar(Box(box.x, y + 3, 6, tall[index] - 6), area_colour(slide.area))
            _brief(page, Box(box.x + 22, y, room, tall[index]), slide, index, lines[index])
            y += tall[index] + 14
        deck.close(page)


def _at_most(pages: list[list[int]], tall: Sequence[float], room: float) -> list[list[int]]:
    """The same pages when none holds more than five, else fives spread evenly."""
    if max(map(len, pages)) <= _MOST_BRIEFS:
        return pages
    count = -(-len(tall) // _MOST_BRIEFS)
    bounds = [round(i * len(tall) / count) for i in range(count + 1)]
    chunks = [list(range(bounds[i], bounds[i + 1])) for i in range(count)]
    return [
        [chunk[i] for i in part]
        for chunk in chunks
        for part in spread([tall[i] for i in chunk], room, 14.0)
    ]


def _brief(page: Page, box: Box, slide: Briefs, index: int, lines: int) -> None:
    sheet, item = page.sheet, slide.items[index]
    url = item.source.url if item.source else None
    title = shortened(item.title, 20, box.w, sheet.face, bold=True)
    head = Run(title, 20, bold=True, colour=sheet.link if url else sheet.ink, url=url)
    text = [Paragraph(runs=(head,))]
    if lines:
        stage, rest = _staged(item)
        rest = shortened_lines(stage + rest, SMALLEST, box.w, 2, sheet.face)[len(stage) :]
        shade = readable_on(sheet.ground, stage_colour(item.stage))
        runs = (Run(stage, SMALLEST, colour=shade), Run(rest, SMALLEST, colour=sheet.muted))
        text.append(Paragraph(runs=runs))
    page.text(box, text, name=f"Brief {index + 1}")


def _staged(item: Brief) -> tuple[str, str]:
    """(the stage with what parts it from the text, the text); one of them may be empty."""
    mark = " ・ " if item.stage_name and item.text else ""
    return item.stage_name + mark, item.text


def draw_timeline(deck: Deck, slide: Timeline) -> None:
    """Moments on a line from above to below, the oldest first."""
    sheet = deck.look.plain
    box, pill = deck.under_pills(sheet, True)
    left, size = 128.0, 20.0
    room = box.w - left - 36
    tall = [
        height([m.text], size, room, sheet.face, leading=LEADING, gap=0)
        + (SMALLEST * LEADING if m.stage_name else 0)
        for m in slide.moments
    ]
    pages = spread(tall, box.h, 12.0)
    for number, indices in enumerate(pages):
        page = deck.page(slide.title, number, len(pages), slide.notes, sheet)
        if pill:
            page.pill(pill[0], pill[1], slide.area, area_colour(slide.area), "Area")
        y = box.y
        end = box.y + sum(tall[i] + 12.0 for i in indices) - 12.0
        page.bar(Box(box.x + left + 5, y + 8, 3, max(4.0, end - y - 16)), sheet.muted)
        for index in indices:
            _moment(page, slide.moments[index], Box(box.x, y, box.w, tall[index]), left)
            y += tall[index] + 12.0
        deck.close(page)


def _moment(page: Page, moment: Moment, box: Box, left: float) -> None:
    sheet = page.sheet
    shade = stage_colour(moment.stage) if moment.stage else sheet.muted
    page.text(
        Box(box.x, box.y, left - 8, 20 * LEADING),
        [Paragraph(runs=(Run(moment.date, SMALLEST, bold=True, colour=sheet.muted),))],
        name=f"Date {moment.date}",
    )
    page.panel(Box(box.x + left, box.y + 6, 13, 13), shade, name="Dot", rounded=True)
    text = [Paragraph(runs=(Run(moment.text, 20),))]
    if moment.stage_name:
        ink = readable_on(sheet.ground, shade)
        stage = Run(moment.stage_name, SMALLEST, bold=True, colour=ink)
        text.insert(0, Paragraph(runs=(stage,)))
    page.text(Box(box.x + left + 32, box.y, box.w - left - 32, box.h), text, name="Moment")
